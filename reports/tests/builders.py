"""Plan results made by hand: whole objects of which a story names only what it is about."""

from datetime import UTC, date, datetime
from fractions import Fraction
from itertools import count

from indicators.calculations.methodology import FIRST
from indicators.calculations.results import (
    ActionResult,
    ActionScore,
    Advance,
    AxisResult,
    CellResult,
    Coverage,
    Figure,
    GroupScore,
    IndicatorResult,
    MeansDuty,
    MeansResult,
    ObjectiveResult,
    PlanResult,
    StateCounts,
    TargetResult,
    Trace,
    Window,
)
from indicators.calculations.terms import ActionState, Band, Conclusion, Condition, Pace

CUT_OFF = date(2016, 12, 31)
KNOWN_AT = datetime(2017, 2, 28, 21, tzinfo=UTC)
DATES_TEXT = "Corte 31-12-2016, con lo resuelto hasta 28-02-2017 18:00"
NO_TRACE = Trace(rule="", methodology="1.0", dates=DATES_TEXT)
YEAR_2016 = Window(date(2016, 1, 1), CUT_OFF, "año 2016")
WHOLE_PLAN = Window(date(2015, 1, 1), date(2018, 12, 31), "todo el plan")

_ids = count(1)


def percent_text(value: Fraction | None) -> str:
    return "–" if value is None else f"{float(value * 100):.1f}\u00a0%".replace(".", ",")


def target(value: int = 60, value_text: str = "60", window: Window = YEAR_2016) -> TargetResult:
    return TargetResult(Fraction(value), value_text, window, window.ends_on, "Acta N.º\u00a09, 22-10-2015", 1, False)


def figure(
    score: Fraction | None = None,
    value: int | None = None,
    condition: Condition = Condition.COMPUTABLE,
    cells: tuple[CellResult, ...] = (),
    **fields,
) -> Figure:
    capped = None if score is None else min(score, Fraction(1))
    defaults = {
        "reason": "",
        "value": None if value is None else Fraction(value),
        "numerator": None,
        "denominator": None,
        "raw": score,
        "capped": capped,
        "band": band_of(score),
        "pending": None,
        "value_text": "–" if value is None else str(value),
        "score_text": percent_text(score) if score is not None else condition.label,
        "marks": frozenset(),
        "trace": NO_TRACE,
    }
    return Figure(condition=condition, cells=cells, **(defaults | fields))


def band_of(score: Fraction | None) -> Band | None:
    if score is None:
        return None
    if score >= Fraction(9, 10):
        return Band.FULFILLED
    return Band.PARTIAL if score >= Fraction(3, 4) else Band.LOW


def indicator(reference: str = "1.1.1.I1", verified: Figure | None = None, **fields) -> IndicatorResult:
    verified = verified or figure(Fraction(3, 4), 45)
    defaults = {
        "id": next(_ids),
        "reference": reference,
        "number": int(reference.rpartition("I")[2]),
        "text": f"Indicador {reference}",
        "kind": "count",
        "unit_label": "capacitaciones",
        "numerator_label": "",
        "denominator_label": "",
        "formula": "Valor ÷ meta",
        "window": YEAR_2016,
        "target": target() if verified.is_computable else None,
        "has_target": verified.is_computable,
        "informed": verified,
        "partials": (),
        "advances": (),
        "forecast": None,
        "marks": frozenset(),
    }
    return IndicatorResult(verified=verified, **(defaults | fields))


def advance(progress: Fraction, expected: Fraction, pace: Pace = Pace.ON_PACE) -> Advance:
    return Advance(
        target=target(120, "120", WHOLE_PLAN),
        value=progress * 120,
        progress=progress,
        expected=expected,
        informed_progress=progress,
        pace=pace,
        value_text=str(progress * 120),
        progress_text=percent_text(progress),
        expected_text=percent_text(expected),
        informed_progress_text=percent_text(progress),
    )


def means(
    reference: str, text: str = "Lista de asistencia", accredited: int = 1, owed: int = 1, reserved: bool = False
) -> MeansResult:
    duties = tuple(MeansDuty(1, "2016", CUT_OFF, True, index < accredited) for index in range(owed))
    number = int(reference.rpartition("M")[2])
    return MeansResult(next(_ids), reference, number, text, reserved, duties, accredited == owed)


def action_score(value: Fraction | None, condition: Condition = Condition.COMPUTABLE) -> ActionScore:
    text = condition.label if value is None else percent_text(value)
    return ActionScore(condition, value, band_of(value), int(value is not None), 1, 0, frozenset(), text, NO_TRACE)


def action(
    code: str = "1.1.1",
    value: Fraction | None = Fraction(3, 4),
    state: ActionState = ActionState.IN_PROGRESS,
    informed: Fraction | None = None,
    condition: Condition = Condition.COMPUTABLE,
    **fields,
) -> ActionResult:
    verified = figure(value, condition=condition)
    defaults = {
        "id": next(_ids),
        "text": f"Acción {code}",
        "state_reason": "",
        "unanswered_reports": 0,
        "institution_ids": (),
        "indicators": (indicator(f"{code}.I1", verified),),
        "means": (means(f"{code}.M1"),),
        "duties": (),
        "coverage": Coverage(owed=2, made=2, validated=1, on_time=1, means_owed=2, means_accredited=1),
    }
    return ActionResult(
        code=code,
        state=state,
        verified=action_score(value, condition),
        informed=action_score(value if informed is None else informed, condition),
        **(defaults | fields),
    )


def states_of(*actions: ActionResult) -> StateCounts:
    return states(**{state.name: sum(a.state is state for a in actions) for state in ActionState})


def states(**counts: int) -> StateCounts:
    """states(FULFILLED=3, OVERDUE=1): the others are 0."""
    pairs = tuple((state, counts.get(state.name, 0)) for state in ActionState)
    total = sum(counts.values())
    suppressed = counts.get("SUPPRESSED", 0)
    sentence = (
        f"{total} = {total - suppressed} vigentes + {suppressed} suprimida" if suppressed else f"{total} vigentes"
    )
    return StateCounts(pairs, sentence)


def group_score(value: Fraction | None, actions: int, computable: int) -> GroupScore:
    conclusion = Conclusion.PERCENTAGE if value is not None else Conclusion.INCONCLUSIVE
    text = conclusion.label if value is None else percent_text(value)
    return GroupScore(
        conclusion=conclusion,
        value=value,
        band=band_of(value),
        actions=actions,
        computable_actions=computable,
        actions_with_something_due=actions,
        not_calculable=0,
        no_target=actions - computable,
        not_due=0,
        indicators=actions,
        computable_indicators=computable,
        in_review=0,
        weighted=False,
        marks=frozenset(),
        percent_text=text,
        sentence=f"{text} sobre {computable} de {actions} acciones",
        in_review_text="",
        trace=NO_TRACE,
    )


def mean_of(scores: list[ActionScore], total: int) -> GroupScore:
    values = [score.value for score in scores if score.value is not None]
    return group_score(sum(values, Fraction(0)) / len(values) if values else None, total, len(values))


def scores_of(actions: list[ActionResult]) -> dict[str, GroupScore]:
    return {
        "verified": mean_of([a.verified for a in actions], len(actions)),
        "informed": mean_of([a.informed for a in actions], len(actions)),
    }


def coverage_of(actions: list[ActionResult]) -> Coverage:
    names = ("owed", "made", "validated", "on_time", "means_owed", "means_accredited")
    return Coverage(**{name: sum(getattr(a.coverage, name) for a in actions) for name in names})


def objective(code: str, *actions: ActionResult, text: str = "") -> ObjectiveResult:
    return ObjectiveResult(
        id=next(_ids),
        code=code,
        text=text or f"Objetivo {code}",
        states=states_of(*actions),
        coverage=coverage_of(list(actions)),
        actions=actions,
        **scores_of(list(actions)),
    )


def axis(number: int, *objectives: ObjectiveResult, name: str = "Prevención y sensibilización") -> AxisResult:
    actions = [a for o in objectives for a in o.actions]
    return AxisResult(
        id=next(_ids),
        number=number,
        name=name,
        states=states_of(*actions),
        coverage=coverage_of(actions),
        objectives=objectives,
        **scores_of(actions),
    )


def plan_result(*axes: AxisResult, code: str = "PAN-2015-2018", institutions=()) -> PlanResult:
    actions = [a for x in axes for a in x.iter_actions()]
    return PlanResult(
        code=code,
        title="Plan de Acción Nacional contra la Trata de Personas",
        cut_off=CUT_OFF,
        known_at=KNOWN_AT,
        dates_text=DATES_TEXT,
        methodology=FIRST,
        states=states_of(*actions),
        coverage=coverage_of(actions),
        axes=axes,
        institutions=institutions,
        **scores_of(actions),
    )
