"""Counts of things, and counts of institutions (COMPLIANCE, Value of an indicator; Fine print: Institution counts)."""

from collections.abc import Iterable
from fractions import Fraction

from indicators.calculations.cells import Amounts, Cell, across, entries, least, over_periods
from indicators.calculations.inputs import Amount
from indicators.calculations.known import group
from indicators.calculations.measurement import Answered, Measurement, Question
from indicators.calculations.results import CellResult, Exclusion, TraceStep
from indicators.calculations.terms import CellAggregation, DerivedFrom, Entry
from indicators.calculations.wording import number, operands, plural


def measure_count(question: Question) -> Measurement:
    """Increments are summed and totals take the newest period, per cell; then cells are summed, or the largest kept.

    What is told as a list of names is a unique count: a name in the lists of two institutions is one.
    """
    answers = question.answered()
    found = entries(answers, "value", question.place)
    if not found:
        return Measurement()
    totals = question.indicator.entry == Entry.RUNNING_TOTAL
    cells = over_periods(found, newest=totals)
    together = across(cells, question.indicator.cell_aggregation)
    value = min(together, _distinct(answers, cells)) if totals else together
    return Measurement(
        value=value,
        used=tuple(answers),
        cells=lambda: tuple(_cell_result(cell, amounts) for cell, amounts in cells.items()),
        steps=lambda: (
            *_period_steps(question, cells, totals),
            _cell_step(question, together),
            *_name_steps(value, together),
        ),
    )


def _distinct(answers: Iterable[Answered], cells: Amounts) -> Fraction:
    """The names in the newest lists of all, each once, and what was told beyond the lists.

    Where a reviewer validated less than a list has, nobody knows which names went: the sum of the totals stays the
    bound.
    """
    totals = _totals(cells)
    lists = {pk: names for pk, names in _newest_lists(answers).items() if pk in totals}
    names = set[str]().union(*lists.values())
    beyond = (max(0, total - len(lists.get(pk, ()))) for pk, total in totals.items())
    return Fraction(len(names) + sum(beyond))


def _totals(cells: Amounts) -> dict[int, Amount]:
    """By institution."""
    totals: dict[int, Amount] = {}
    for cell, amounts in cells.items():
        totals[cell.institution_id] = totals.get(cell.institution_id, 0) + sum(amounts)
    return totals


def _newest_lists(answers: Iterable[Answered]) -> dict[int, tuple[str, ...]]:
    """By institution; "sin avance" leaves the list as it was."""
    told = ((answered.institution_id, answered.figure) for answered in answers)
    return {pk: figure.names for pk, figure in told if figure is not None and figure.value is not None}


def _name_steps(value: Fraction, together: Fraction) -> list[TraceStep]:
    if value == together:
        return []
    repeated = plural(int(together - value), "nombre repetido", "nombres repetidos")
    return [TraceStep("Un nombre que está en varias listas cuenta una vez", repeated, number(value))]


def _cell_result(cell: Cell, amounts: list[Amount]) -> CellResult:
    total = Fraction(sum(amounts))
    return CellResult(cell.institution_id, cell.region, cell.unit, total, None, None, least(amounts))


def _period_steps(question: Question, cells: Amounts, totals: bool) -> list[TraceStep]:
    rule = "Vale el total del período más reciente" if totals else "Se suma lo de cada período"
    return [
        TraceStep(rule, f"{_named_together(question, together)}: {operands(amounts)}", number(sum(amounts)))
        for together in _told_together(question, cells)
        if (amounts := [amount for cell in together for amount in cells[cell]])
    ]


def _told_together(question: Question, cells: Amounts) -> list[list[Cell]]:
    """Cells that share a step: where all are summed, the institutions that a report names at one place."""
    if question.indicator.cell_aggregation == CellAggregation.MAX:
        return [[cell] for cell in cells]
    return list(group(cells, lambda cell: cell.without_named).values())


def _named_together(question: Question, together: list[Cell]) -> str:
    first, *others = together
    if not others:
        return first.name(question.known)
    return f"{first.without_named.name(question.known)}, {number(len(together))} instituciones"


def _cell_step(question: Question, value: Fraction) -> TraceStep:
    largest = question.indicator.cell_aggregation == CellAggregation.MAX
    rule = "Entre instituciones y desgloses vale el mayor" if largest else "Se suma entre instituciones y desgloses"
    return TraceStep(rule, question.window.label, number(value))


def measure_institutions(question: Question) -> Measurement:
    """The size of the union of institutions over the window, each a member at the end of its period."""
    given = [answered for answered in question.answered() if answered.figure is None or _says_who(answered)]
    if not given:
        return Measurement()
    counted: set[int] = set()
    left_out: dict[tuple[int, str], Exclusion] = {}
    for answered in given:
        _sort_out(question, answered, counted, left_out)
    return Measurement(
        value=Fraction(len(counted)),
        used=tuple(given),
        cells=lambda: tuple(CellResult(pk, None, None, Fraction(1), None, None) for pk in sorted(counted)),
        steps=lambda: (_union_step(question, counted),),
        exclusions=tuple(left_out[key] for key in sorted(left_out) if key[0] not in counted),
    )


def _union_step(question: Question, counted: set[int]) -> TraceStep:
    names = [row.name for pk, row in question.known.institutions.items() if pk in counted]
    return TraceStep("Se cuentan instituciones distintas", ", ".join(names), number(len(counted)))


def _says_who(answered: Answered) -> bool:
    figure = answered.figure
    return figure is not None and (figure.affirmative is not None or bool(figure.institutions))


def _sort_out(
    question: Question, answered: Answered, counted: set[int], left_out: dict[tuple[int, str], Exclusion]
) -> None:
    """Each responsable answers for itself; the others count through the named list; members only."""
    members = _members(question, answered)
    responsibles = question.known.responsible_institutions(question.indicator, answered.period.ends_on)
    for institution_id in _named(answered):
        if institution_id not in members:
            reason = "no integra la Mesa o la subcomisión al término del período"
        elif institution_id != answered.institution_id and institution_id in responsibles:
            reason = "responde por sí misma; no cuenta por la lista de otra"
        else:
            counted.add(institution_id)
            continue
        name = question.known.institutions[institution_id].name
        left_out[institution_id, reason] = Exclusion(f"{name}, {answered.period.name}", reason)


def _named(answered: Answered) -> list[int]:
    figure = answered.figure
    if figure is None:
        return []
    own = [answered.institution_id] if figure.affirmative else []
    return [*own, *sorted(figure.institutions - {answered.institution_id})]


def _members(question: Question, answered: Answered) -> set[int]:
    mesa = question.indicator.derived_from == DerivedFrom.MESA
    axis_id = None if mesa else question.known.axis_of_action[question.indicator.action_id]
    return question.known.members(axis_id, answered.period.ends_on)
