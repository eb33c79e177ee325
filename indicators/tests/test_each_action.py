"""Action by action: what was worked out of one is kept until something that it is made of changes, and no longer."""

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.calculations import compute
from indicators.calculations.moments import end_of_day
from indicators.calculations.terms import Kind, Recurrence, Stage
from indicators.enums import Move, ReportState
from indicators.models import (
    Decision,
    MeansDeadline,
    PeriodExtension,
    ProgressReport,
    ReportingPeriod,
    Responsibility,
    Target,
    Transition,
    UniverseValue,
)
from indicators.queries import load_inputs, records
from indicators.queries.records import Records
from indicators.tests.builders import PlanBuilder, as_outlined, moment, row
from indicators.tests.stored import store
from plan.models import Action, Amendment, Institution, InstitutionName, Membership, Plan, User

pytestmark = pytest.mark.django_db
CUT_OFF, KNOWN_AT = date(2016, 12, 31), moment("31-12-2026")


@pytest.fixture(autouse=True)
def _keeps(settings):
    settings.CACHES = settings.CACHES | {"figures": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    yield
    caches["figures"].clear()


@pytest.fixture
def plan():
    """1.1.1 counts institutions, 3.2.1 finds gaps and lends them to 3.2.2, 4.1.1 has a universo."""
    told = PlanBuilder()
    first, second = told.institution("A"), told.institution("B")
    period = told.half(2016, 1)
    counting, lending, borrowing, dividing = (told.action(code, first) for code in ("1.1.1", "3.2.1", "3.2.2", "4.1.1"))
    named = told.indicator(counting, derived_from="mesa")
    gaps = told.indicator(lending, kind=Kind.PRODUCT, stage=Stage.VALIDATED, named_count_label="Brechas")
    closed = told.indicator(borrowing, kind=Kind.RATIO, denominator_aggregation="stock", depends_on_id=gaps.id)
    trained = told.indicator(dividing, kind=Kind.RATIO, denominator_aggregation="stock", universe_id=1)
    told.universe(first, 100)
    told.year_target(trained, Fraction(1, 2))
    told.deadline(told.means(dividing, recurrence=Recurrence.ONCE), "30-06-2016")
    told.extend(period, second, "31-08-2016", "15-07-2016")
    told.amend("1.1.1.I1", "modify", "01-05-2016", "Texto nuevo")
    told.report(counting, first, period, {named: {"affirmative": True, "institutions": frozenset({second.id})}})
    told.report(lending, first, period, {gaps: {"stage": Stage.VALIDATED, "named_count": 4}})
    told.report(borrowing, first, period, {closed: {"numerator": 2}})
    told.report(dividing, first, period, {trained: {"numerator": 30}})
    return store(told.inputs())


def outlined(plan: Plan):
    """What is kept, after checking that it is what the arithmetic makes of the records as they are now."""
    result = Records(plan).outline(CUT_OFF, KNOWN_AT)
    assert result == as_outlined(compute(load_inputs(plan), CUT_OFF, KNOWN_AT))
    return result


def worked_out(plan: Plan, cut_off: date = CUT_OFF) -> set[str]:
    """Codes of the actions that are not kept as they are."""
    found = set()
    Records(plan).of_each_action(lambda pk, _: found.add(pk), cut_off, None, "ids")
    return set(Action.objects.filter(pk__in=found).values_list("code", flat=True))


def approve_again(code: str, **told) -> None:
    """The institution sends the report of an action anew, and it is approved."""
    report = ProgressReport.objects.get(action__code=code)
    old = Decision.objects.get(submission__report=report)
    sent = report.submissions.create(number=2, answer="progress", submitted_by=old.submitted_by)
    value = sent.values.create(indicator=report.action.indicators.get(), **told)
    decided = Decision.objects.create(
        submission=sent, outcome="approved", reviewer=old.reviewer, submitted_by=old.submitted_by
    )
    decided.values.create(reported_value=value, **told)


def move(code: str, name: Move, reason: str) -> None:
    report = ProgressReport.objects.get(action__code=code)
    state = ReportState.APPROVED
    by = User.objects.first()
    Transition.objects.create(
        report=report, move=name, from_state=state, to_state=state, by=by, acting_as="-", round=1, comment=reason
    )


def test_an_approval_works_out_its_action_and_no_other(plan):
    assert worked_out(plan) == {"1.1.1", "3.2.1", "3.2.2", "4.1.1"}
    assert worked_out(plan) == set()
    approve_again("4.1.1", numerator=40)
    assert worked_out(plan) == {"4.1.1"}


def test_a_report_of_a_later_period_leaves_what_is_kept_of_an_earlier_corte(plan):
    before = date(2016, 6, 30)
    later = ReportingPeriod.objects.get()
    later.pk, later.starts_on, later.ends_on = None, date(2016, 7, 1), CUT_OFF
    later.save()
    assert worked_out(plan, before) == worked_out(plan, CUT_OFF) == {"1.1.1", "3.2.1", "3.2.2", "4.1.1"}
    action = Action.objects.get(code="4.1.1")
    report = ProgressReport.objects.create(
        action=action, period=later, institution=ProgressReport.objects.first().institution, state="submitted"
    )
    report.submissions.create(number=1, answer="progress", submitted_by=User.objects.first())
    assert (worked_out(plan, before), worked_out(plan, CUT_OFF)) == (set(), {"4.1.1"})


def test_a_corte_that_nobody_has_looked_at_reads_no_report_where_nothing_turned_since_another(plan, monkeypatch):
    outlined(plan)
    monkeypatch.setattr(records, "reports", lambda *_: pytest.fail("Reports are read"))
    for cut_off in (CUT_OFF - timedelta(days=100), CUT_OFF + timedelta(days=400)):
        assert Records(plan).outline(cut_off, KNOWN_AT).cut_off == cut_off
    with pytest.raises(pytest.fail.Exception):
        Records(plan).outline(date(2016, 6, 1), KNOWN_AT)


@pytest.fixture
def read(monkeypatch):
    """Codes of the actions whose reports are read."""
    found: set[str] = set()
    reading = records.reports

    def noted(plan, actions, named):
        found.update(Action.objects.filter(pk__in=actions).values_list("code", flat=True))
        return reading(plan, actions, named)

    monkeypatch.setattr(records, "reports", noted)
    return found


def test_with_what_was_known_on_another_day_only_what_was_recorded_since_is_read(plan, read):
    Records(plan).outline(CUT_OFF)
    read.clear()
    settled, under_way = moment("01-09-2016"), moment("15-07-2016")
    before = Records(plan).outline(CUT_OFF, settled)
    assert read == set()
    assert before == as_outlined(compute(load_inputs(plan), CUT_OFF, settled))
    read.clear()
    approve_again("4.1.1", numerator=40)
    for known_at, then in ((settled, Fraction(3, 10)), (None, Fraction(2, 5)), (settled, Fraction(3, 10))):
        assert Records(plan).outline(CUT_OFF, known_at).indicator("4.1.1.I1").verified.value == then
    assert read == {"4.1.1"}
    Records(plan).outline(CUT_OFF, under_way)
    assert read == {"1.1.1", "3.2.1", "3.2.2", "4.1.1"}


def test_after_keep_figures_nobody_waits_for_the_reports_to_be_read(plan, monkeypatch, capsys):
    call_command("keep_figures")
    assert capsys.readouterr().out == "PAN-2015-2018: cifras guardadas de 1 período terminado.\n"
    monkeypatch.setattr(records, "reports", lambda *_: pytest.fail("Reports are read"))
    assert Records(plan).outline(CUT_OFF).indicator("4.1.1.I1").verified.value == Fraction(3, 10)


def test_an_outline_keeps_what_was_told_by_region_and_not_what_institutions_told():
    told = PlanBuilder()
    institution = told.institution("A")
    action = told.action("1.1.1", institution)
    for code in ("RM", "V"):
        told.region(code, f"Región {code}")
    here, whole = told.indicator(action, breakdown="region"), told.indicator(action)
    rows = (row(region="RM", value=3), row(region="V", value=4))
    told.report(action, institution, told.half(2016, 1), {here: {"value": 7, "rows": rows}, whole: 7})
    result = Records(store(told.inputs())).outline(CUT_OFF, KNOWN_AT)
    assert [cell.value for cell in result.indicator("1.1.1.I1").verified.cells] == [3, 4]
    assert (result.indicator("1.1.1.I2").verified.value, result.indicator("1.1.1.I2").verified.cells) == (7, ())


def test_who_borrows_a_denominator_is_worked_out_with_the_lender(plan):
    before = outlined(plan).indicator("3.2.2.I1").verified.value
    worked_out(plan)
    approve_again("3.2.1", stage=Stage.VALIDATED, named_count=8)
    assert worked_out(plan) == {"3.2.1", "3.2.2"}
    assert (before, outlined(plan).indicator("3.2.2.I1").verified.value) == (Fraction(1, 2), Fraction(1, 4))


def test_a_target_of_one_action_leaves_the_others(plan):
    worked_out(plan)
    Target.objects.update(value="0.6")
    assert worked_out(plan) == {"4.1.1"}


@pytest.mark.parametrize(
    "change",
    [
        lambda: Target.objects.update(year=2017),
        lambda: MeansDeadline.objects.update(due_on=date(2018, 6, 30)),
        lambda: Responsibility.objects.filter(action__code="4.1.1").update(valid_to=date(2016, 3, 1)),
        lambda: UniverseValue.objects.update(value=60),
        lambda: PeriodExtension.objects.update(due_on=date(2017, 8, 31)),
        lambda: ReportingPeriod.objects.update(due_on=date(2030, 1, 1), review_due_on=date(2030, 2, 1)),
        lambda: Amendment.objects.update(new_text="Otro texto"),
        lambda: Membership.objects.filter(institution__name="B").update(valid_to=date(2016, 1, 31)),
        lambda: Institution.objects.filter(name="B").update(name="C"),
        lambda: InstitutionName.objects.create(
            institution=Institution.objects.get(name="A"), name="B", valid_to=date(2015, 1, 1)
        ),
        lambda: move("1.1.1", Move.ANNUL, "Error"),
        lambda: move("1.1.1", Move.REOPEN, "Corrige"),
        lambda: approve_again("4.1.1", numerator=50),
    ],
    ids=range(13),
)
def test_whatever_changes_is_in_the_figures_at_once(plan, change):
    outlined(plan)
    change()
    outlined(plan)


@pytest.fixture
def meanwhile(monkeypatch):
    """Does something as soon as a step of the reckoning is over."""

    def do(step: str, act: Callable[[], object]) -> None:
        real, acts = getattr(records, step), [act]

        def followed(*args, **fields):
            result = real(*args, **fields)
            while acts:
                acts.pop()()
            return result

        monkeypatch.setattr(records, step, followed)

    return do


def a_universo_is_declared() -> None:
    known = UniverseValue.objects.get()
    UniverseValue.objects.create(
        universe=known.universe, institution=known.institution, dated_on=date(2016, 6, 1), value=60, source="x"
    )


@pytest.mark.parametrize("opened", ["4.1.1", "1.1.1"])
@pytest.mark.parametrize(
    ("step", "act"),
    [
        ("compute_action", lambda: approve_again("4.1.1", numerator=50)),
        ("reports", lambda: approve_again("4.1.1", numerator=50)),
        ("standing_rows", a_universo_is_declared),
    ],
    ids=["approved when reckoned", "approved when read", "declared when read"],
)
def test_what_is_recorded_while_a_ficha_is_worked_out_is_seen_by_whoever_looks_next(plan, meanwhile, opened, step, act):
    meanwhile(step, act)
    Records(plan).opened(Action.objects.get(code=opened).pk, CUT_OFF)
    assert_is_as_recorded(plan)


def assert_is_as_recorded(plan: Plan) -> None:
    looked = Records(plan)
    kept = looked.outline(CUT_OFF)
    assert kept == as_outlined(compute(load_inputs(plan), CUT_OFF, looked.now))


def test_a_term_that_ends_while_a_ficha_is_worked_out_is_over_for_whoever_looks_next(plan, meanwhile, monkeypatch):
    last_second = end_of_day(date(2030, 3, 5)).replace(microsecond=0)
    clock = [last_second]
    monkeypatch.setattr(records.timezone, "now", lambda: clock[-1])
    ReportingPeriod.objects.update(due_on=last_second.date(), review_due_on=last_second.date() + timedelta(days=9))
    PeriodExtension.objects.all().delete()
    meanwhile("compute_action", lambda: clock.append(last_second + timedelta(seconds=2)))
    before = Records(plan).opened(Action.objects.get(code="1.1.1").pk, CUT_OFF)
    assert (before.coverage.owed, before.coverage.within_term) == (0, 4)
    clock.append(last_second + timedelta(days=30))
    assert_is_as_recorded(plan)


def test_the_same_queries_for_one_report_as_for_many(plan):
    few = queries_of(plan)
    for year in range(2000, 2012):
        half = {"starts_on": date(year, 1, 1), "ends_on": date(year, 6, 30), "opens_on": date(year, 7, 1)}
        period = plan.periods.create(
            name=year, due_on=half["opens_on"], review_due_on=half["opens_on"] + timedelta(days=9), **half
        )
        report = period.reports.create(
            action=Action.objects.get(code="4.1.1"), institution=Institution.objects.get(name="A")
        )
        report.submissions.create(number=1, answer="progress", submitted_by=User.objects.first())
    assert queries_of(plan) == few


def queries_of(plan: Plan) -> int:
    """Of the outline and of how it came about, with nothing kept."""
    caches["figures"].clear()
    with CaptureQueriesContext(connection) as captured:
        asked = Records(plan)
        asked.outline(CUT_OFF, KNOWN_AT)
        asked.briefs([row.ends_on for row in asked.shared.periods], KNOWN_AT)
    return len(captured)
