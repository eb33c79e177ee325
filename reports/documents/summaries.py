"""What the first pages of a document say of an eje or of the whole plan: three numbers that are never added."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from indicators.calculations.results import (
    ActionResult,
    AxisResult,
    Coverage,
    GroupScore,
    ObjectiveResult,
    PlanResult,
    StateCounts,
)
from indicators.calculations.terms import ActionState, Condition, Mark, Pace
from plan.templatetags.portal import NO_VALUE
from reports.charts.fills import STATE_FILLS
from reports.charts.states import in_words
from reports.facts.changes import Changes

Group = PlanResult | AxisResult | ObjectiveResult

#: Narrow heads, with the places where they may break; the legend of the chart beside them has the whole words.
STATE_HEADS = {
    ActionState.FULFILLED: "Cum\u00adplida",
    ActionState.EXECUTED: "Ejecu\u00adtada",
    ActionState.ON_TRACK: "Al día",
    ActionState.IN_PROGRESS: "En ejec.",
    ActionState.OVERDUE: "Atra\u00adsada",
    ActionState.UNREPORTED: "Sin inf.",
    ActionState.NOT_STARTED: "No inic.",
    ActionState.SUPPRESSED: "Supri\u00admida",
}


@dataclass(frozen=True, slots=True)
class StateLine:
    """The actions of one state, by code."""

    state: ActionState
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """`explanations` are the indicators under 75 % or over 120 %; `paces` the targets not yet due, by their pace."""

    verified: GroupScore
    informed: GroupScore
    states: StateCounts
    coverage: Coverage
    state_lines: tuple[StateLine, ...]
    explanations: tuple[str, ...]
    paces: tuple[Pace | None, ...]

    @property
    def fulfilled(self) -> int:
        return self.states.of(ActionState.FULFILLED)

    @property
    def states_in_words(self) -> str:
        return in_words(self.states)

    @property
    def compliance_in_words(self) -> str:
        return f"Verificado: {self.verified.percent_text}. Informado: {self.informed.percent_text}"

    @property
    def coverage_in_words(self) -> str:
        made, owed = self.coverage.made, self.coverage.owed
        return f"Reportes validados: {self.coverage.validated} de {owed}. Informados: {made} de {owed}"

    @property
    def paces_in_words(self) -> str:
        """ "En ritmo 4, Bajo lo esperado 2, Sin valor 1"."""
        words = [pace.label if pace else "Sin valor" for pace in self.paces]
        counted = (
            f"{word} {words.count(word)}" for word in dict.fromkeys([*(p.label for p in Pace), *words]) if word in words
        )
        return ", ".join(counted) or "Ninguna meta medible está por vencer"

    @property
    def validated_share(self) -> Fraction | None:
        return share(self.coverage.validated, self.coverage.owed)

    @property
    def made_share(self) -> Fraction | None:
        return share(self.coverage.made, self.coverage.owed)


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A row of Cuadro 1: actions by state, indicators with a target and only measured, and what moved since the corte
    before."""

    code: str
    name: str
    group: Group
    counts: tuple[int, ...]
    with_target: int
    only_measured: int
    change: str


@dataclass(frozen=True, slots=True)
class GroupTable:
    """Cuadro 1, with a column for each state that occurs, in the order of the charts."""

    heads: tuple[str, ...]
    lines: tuple[GroupLine, ...]
    total: GroupLine


def summary_of(group: PlanResult | AxisResult) -> Summary:
    actions = tuple(group.iter_actions())
    return Summary(
        verified=group.verified,
        informed=group.informed,
        states=group.states,
        coverage=group.coverage,
        state_lines=tuple(_state_lines(actions)),
        explanations=tuple(i.reference for i in group.iter_indicators() if Mark.EXPLANATION_DUE in i.marks),
        paces=tuple(advance.pace for indicator in group.iter_indicators() for advance in indicator.advances),
    )


def table_of(
    total: PlanResult | AxisResult,
    total_name: str,
    parts: Iterable[tuple[str, str, Group]],
    changes: Changes | None,
) -> GroupTable:
    """`parts` are code, name and result of each row."""
    shown = [state for state in STATE_FILLS if total.states.of(state)]
    return GroupTable(
        heads=tuple(STATE_HEADS[state] for state in shown),
        lines=tuple(_line(code, name, group, shown, changes) for code, name, group in parts),
        total=_line(total_name, "", total, shown, changes),
    )


def _line(code: str, name: str, group: Group, shown: list[ActionState], changes: Changes | None) -> GroupLine:
    in_force = [i for i in group.iter_indicators() if i.verified.condition is not Condition.SUPPRESSED]
    with_target = sum(indicator.has_target for indicator in in_force)
    counts = tuple(group.states.of(state) for state in shown)
    change = changes.of(code) if changes else None
    moved = change.text if change else NO_VALUE
    return GroupLine(code, name, group, counts, with_target, len(in_force) - with_target, moved)


def share(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None


def _state_lines(actions: tuple[ActionResult, ...]) -> Iterator[StateLine]:
    for state in STATE_FILLS:
        if codes := tuple(action.code for action in actions if action.state is state):
            yield StateLine(state, codes)
