"""What holds of every plan whatever was reported (COMPLIANCE, Worked examples: the properties)."""

from dataclasses import fields, replace
from fractions import Fraction
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.calculations import compute
from indicators.calculations.inputs import FigureInput, IndicatorInput, PlanInputs, ReportInput
from indicators.calculations.results import Coverage, PlanResult
from indicators.calculations.terms import Entry, Kind, Recurrence, Scope, Stage
from indicators.tests.builders import PlanBuilder, day, moment, row

CUT_OFFS = st.sampled_from(["31-12-2015", "30-06-2016", "31-12-2016", "31-12-2018"])
KNOWN_ATS = st.sampled_from(["01-09-2015", "10-01-2017", "31-12-2026"])
REGIONS = ("I", "X")
AMOUNTS = st.integers(0, 60)


@st.composite
def broken_down(draw, name):
    amounts = {key: draw(AMOUNTS) for key in REGIONS}
    rows = tuple(row(**{"region": key, name: amount}) for key, amount in amounts.items())
    return {name: sum(amounts.values()), "rows": rows}


@st.composite
def flows(draw):
    below = draw(st.integers(0, 40))
    return {"numerator": draw(st.integers(0, below)), "denominator": below}


#: By name: how the indicator is defined and what a report may say of it.
SHAPES: dict[str, tuple[dict[str, Any], st.SearchStrategy]] = {
    "increments": ({}, AMOUNTS),
    "increments by region": ({"breakdown": "region"}, broken_down("value")),
    "largest cell": ({"cell_aggregation": "max"}, AMOUNTS),
    "totals": ({"entry": Entry.RUNNING_TOTAL}, AMOUNTS),
    "institutions": ({"derived_from": "mesa"}, st.booleans().map(lambda said: {"affirmative": said})),
    "stock ratio": (
        {"kind": Kind.RATIO, "denominator_aggregation": "stock", "universe_id": 1},
        broken_down("numerator"),
    ),
    "flow ratio": ({"kind": Kind.RATIO, "denominator_aggregation": "flow"}, flows()),
    "product": (
        {"kind": Kind.PRODUCT, "stage": Stage.VALIDATED},
        st.sampled_from(list(Stage)).map(lambda stage: {"stage": stage}),
    ),
    "yearly product": (
        {"kind": Kind.YEARLY_PRODUCT, "years": (2015, 2016)},
        st.frozensets(st.sampled_from([2015, 2016]), max_size=2).map(lambda years: {"years": years}),
    ),
}
FATES = st.sampled_from(["approved", "approved", "in review", "returned", "no_progress", "not_applicable", "silent"])


@st.composite
def plans(draw, shapes=tuple(SHAPES), fates=FATES):
    """A plan with an action for each of some shapes, three institutions and four periods, reported at random."""
    plan = PlanBuilder()
    institutions = [plan.institution(name) for name in "ABC"]
    periods = [plan.half(year, half) for year in (2015, 2016) for half in (1, 2)]
    for institution in institutions:
        for key in REGIONS:
            plan.universe(institution, draw(st.integers(1, 100)), region=key)
    chosen = draw(st.lists(st.sampled_from(shapes), min_size=1, max_size=3))
    for place, shape in enumerate(chosen, start=1):
        owing = institutions[: draw(st.integers(1, 3))]
        action = plan.action(f"1.1.{place}", *owing)
        plan.means(action, recurrence=draw(st.sampled_from(list(Recurrence))))
        indicator = plan.indicator(action, **SHAPES[shape][0])
        _set_target(draw, plan, indicator)
        for period in periods:
            for institution in owing:
                _report(draw, plan, action, institution, period, indicator, SHAPES[shape][1], fates)
    return plan


def _set_target(draw, plan, indicator: IndicatorInput) -> None:
    if indicator.kind in (Kind.PRODUCT, Kind.YEARLY_PRODUCT):
        return
    value = draw(st.sampled_from([Fraction(1, 3), Fraction(9, 10), Fraction(40)]))
    scope = Scope.CUMULATIVE if indicator.entry == Entry.RUNNING_TOTAL else draw(st.sampled_from(list(Scope)))
    extra = {Scope.YEAR: {"year": 2016}, Scope.CUMULATIVE: {"due_on": "30-06-2016"}, Scope.WHOLE_PLAN: {}}
    plan.target(indicator, value, scope, **extra[scope])


def _report(draw, plan, action, institution, period, indicator, figures, fates) -> None:
    fate = draw(fates)
    if fate in ("no_progress", "not_applicable"):
        plan.report(action, institution, period, answer=fate)
    elif fate != "silent":
        means = tuple(known for known in plan.rows["means"] if known.action_id == action.id)
        kept = {"approved": {"accredited": means}, "in review": {"decided": None}, "returned": {"returned": True}}
        plan.report(action, institution, period, {indicator: draw(figures)}, **kept[fate])


def seen(inputs: PlanInputs, cut_off="31-12-2016", known_at="31-12-2026") -> PlanResult:
    return compute(inputs, day(cut_off), moment(known_at))


def shuffled(value: Any, random: Random) -> Any:
    """The same rows in another order, at every depth."""
    if isinstance(value, tuple):
        return tuple(random.sample([shuffled(part, random) for part in value], len(value)))
    if isinstance(value, PlanInputs | ReportInput):
        return replace(value, **{field.name: shuffled(getattr(value, field.name), random) for field in fields(value)})
    return value


@settings(max_examples=60, deadline=None)
@given(plans(), CUT_OFFS, KNOWN_ATS)
def test_what_is_aggregated_lies_between_0_and_1(plan, cut_off, known_at):
    result = seen(plan.inputs(), cut_off, known_at)
    for score in (result, *result.axes, *result.axes[0].objectives, *result.iter_actions()):
        for value in (score.verified.value, score.informed.value):
            assert value is None or 0 <= value <= 1


@settings(max_examples=60, deadline=None)
@given(plans(), CUT_OFFS, KNOWN_ATS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(plan, cut_off, known_at, random):
    inputs = plan.inputs()
    assert seen(shuffled(inputs, random), cut_off, known_at) == seen(inputs, cut_off, known_at)


RAISABLE = ("increments", "increments by region", "largest cell", "totals", "stock ratio")


def raised(figure: FigureInput, by: int) -> FigureInput:
    """One count or numerator more, in its first row where it has rows."""
    name = "value" if figure.value is not None else "numerator"
    rows = figure.rows and (replace(figure.rows[0], **{name: getattr(figure.rows[0], name) + by}), *figure.rows[1:])
    return replace(figure, **{name: getattr(figure, name) + by}, rows=rows)


def with_raised(inputs: PlanInputs, chosen: ReportInput, by: int) -> PlanInputs:
    (submission,) = chosen.submissions
    figures = tuple(raised(figure, by) for figure in submission.decision.figures)
    decision = replace(submission.decision, figures=figures)
    better = replace(chosen, submissions=(replace(submission, decision=decision),))
    return replace(inputs, reports=tuple(better if row is chosen else row for row in inputs.reports))


def raw_scores(result: PlanResult) -> dict[int, Fraction | None]:
    return {indicator.id: indicator.verified.raw for indicator in result.iter_indicators()}


@settings(max_examples=60, deadline=None)
@given(plans(shapes=RAISABLE), CUT_OFFS, st.integers(0, 1000), st.integers(1, 50))
def test_raising_one_validated_amount_never_lowers_a_score(plan, cut_off, pick, by):
    inputs = plan.inputs()
    approved = [
        report for report in inputs.reports if report.submissions[0].decision and report.submissions[0].decision.figures
    ]
    if not approved:
        return
    before = raw_scores(seen(inputs, cut_off))
    after = raw_scores(seen(with_raised(inputs, approved[pick % len(approved)], by), cut_off))
    assert before.keys() == after.keys()
    assert all(after[pk] >= raw for pk, raw in before.items() if raw is not None)


def shares(coverage: Coverage) -> list[Fraction]:
    counts = [(coverage.made, coverage.owed), (coverage.validated, coverage.owed), (coverage.on_time, coverage.owed)]
    counts.append((coverage.means_accredited, coverage.means_owed))
    return [Fraction(made, owed) if owed else Fraction(1) for made, owed in counts]


@settings(max_examples=60, deadline=None)
@given(plans(), CUT_OFFS, KNOWN_ATS, st.integers(0, 1000))
def test_leaving_a_report_out_never_raises_coverage(plan, cut_off, known_at, pick):
    inputs = plan.inputs()
    if not inputs.reports:
        return
    kept = tuple(report for place, report in enumerate(inputs.reports) if place != pick % len(inputs.reports))
    before = seen(inputs, cut_off, known_at).coverage
    after = seen(replace(inputs, reports=kept), cut_off, known_at).coverage
    assert all(less <= more for less, more in zip(shares(after), shares(before), strict=True))


LOSABLE = ("increments", "increments by region", "largest cell", "institutions", "stock ratio", "product")


@settings(max_examples=60, deadline=None)
@given(plans(shapes=LOSABLE), CUT_OFFS, KNOWN_ATS, st.integers(0, 1000))
def test_leaving_a_report_out_never_raises_the_score_of_what_only_grows(plan, cut_off, known_at, pick):
    inputs = plan.inputs()
    if not inputs.reports:
        return
    kept = tuple(report for place, report in enumerate(inputs.reports) if place != pick % len(inputs.reports))
    before = raw_scores(seen(inputs, cut_off, known_at))
    after = raw_scores(seen(replace(inputs, reports=kept), cut_off, known_at))
    for pk, raw in before.items():
        assert after[pk] is None or raw is None or after[pk] <= raw
