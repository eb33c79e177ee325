"""Products: done or not, for good (COMPLIANCE, Value: product, yearly product; Fine print: A product)."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from indicators.calculations.goals import Goal
from indicators.calculations.measurement import Answered, Measurement, Question
from indicators.calculations.results import CellResult, Exclusion, TraceStep
from indicators.calculations.terms import NeededFrom, Stage
from indicators.calculations.wording import listing

STAGE_ORDER = list(Stage)


def reaches(stage: str, required: str) -> bool:
    return bool(stage) and STAGE_ORDER.index(Stage(stage)) >= STAGE_ORDER.index(Stage(required))


def measure_product(question: Question, due_on: date) -> Measurement:
    """1 from the first report in force that reaches the stage, else 0; None where nobody reported."""
    answers = [row for row in question.answered() if row.figure is None or row.figure.stage]
    if not answers:
        return Measurement()
    required = question.indicator.stage
    reached = [row for row in answers if row.figure is not None and reaches(row.figure.stage, required)]
    done_on = _done_on(question, reached)
    achieved = done_on is not None
    return Measurement(
        value=Fraction(achieved),
        detail=_stage_word(answers),
        achieved_late=done_on is not None and done_on > due_on,
        used=tuple(answers),
        cells=lambda: tuple(CellResult(row.institution_id, None, None, Fraction(1), None, None) for row in reached),
        steps=lambda: (_product_step(question, done_on),),
        exclusions=_not_reached(question, answers),
    )


def _date_of(answered: Answered) -> date:
    """The day that the stage was reached; where it was not told, the end of the period."""
    figure = answered.figure
    return figure.stage_on if figure is not None and figure.stage_on is not None else answered.period.ends_on


def _done_on(question: Question, reached: Iterable[Answered]) -> date | None:
    """The day on which it was achieved by those from whom it is needed; None while it is not."""
    first: dict[int, date] = {}
    for answered in reached:
        day = _date_of(answered)
        first[answered.institution_id] = min(day, first.get(answered.institution_id, day))
    if question.indicator.needed_from == NeededFrom.ANY:
        return min(first.values(), default=None)
    needed = _needed(question)
    return max(first[pk] for pk in needed) if needed and needed <= first.keys() else None


def _needed(question: Question) -> set[int]:
    """The responsables in force on the cut-off."""
    needed = question.known.responsible_institutions(question.indicator, question.known.day)
    only = question.place.institution_id
    return needed if only is None else needed & {only}


def _stage_word(answers: Iterable[Answered]) -> str:
    stages = [Stage(row.figure.stage) for row in answers if row.figure is not None and row.figure.stage]
    return Stage(max(stages, key=STAGE_ORDER.index)).label if stages else ""


def _product_step(question: Question, done_on: date | None) -> TraceStep:
    whom = "todas las responsables" if question.indicator.needed_from == NeededFrom.ALL else "una responsable"
    rule = f"Logrado cuando {whom} lo tiene aprobado en la etapa «{Stage(question.indicator.stage).label}»"
    return TraceStep(rule, "", "No logrado" if done_on is None else f"Logrado el {done_on:%d-%m-%Y}")


def _not_reached(question: Question, answers: Iterable[Answered]) -> tuple[Exclusion, ...]:
    known = question.known
    return tuple(
        Exclusion(f"{known.institutions[row.institution_id].name}, {row.period.name}", f"etapa «{_stage_word([row])}»")
        for row in answers
        if row.figure is not None and row.figure.stage and not reaches(row.figure.stage, question.indicator.stage)
    )


def measure_yearly(question: Question, goals: Iterable[Goal]) -> Measurement:
    """|delivered ∩ due| of |due|; None where nobody reported or nothing is due."""
    answers = question.answered()
    due = {goal.year: goal for goal in goals if goal.year is not None}
    if not answers or not due:
        return Measurement(used=tuple(answers), detail=_delivered_words(answers))
    done_on = {year: _done_on(question, [row for row in answers if _delivers(row, year)]) for year in due}
    delivered = sorted(year for year, day in done_on.items() if day is not None)
    value = Fraction(len(delivered), len(due))
    return Measurement(
        value=value,
        numerator=Fraction(len(delivered)),
        denominator=Fraction(len(due)),
        achieved_late=any(day is not None and day > due[year].due_on for year, day in done_on.items()),
        used=tuple(answers),
        steps=lambda: (
            TraceStep("Años exigibles", listing(map(str, sorted(due))), str(len(due))),
            TraceStep("De ellos, entregados", listing(map(str, delivered)), f"{len(delivered)} de {len(due)}"),
        ),
        detail=_delivered_words(answers),
    )


def _delivers(answered: Answered, year: int) -> bool:
    return answered.figure is not None and year in answered.figure.years


def _delivered_words(answers: Iterable[Answered]) -> str:
    years = {year for row in answers if row.figure is not None for year in row.figure.years}
    return listing(map(str, sorted(years)))
