"""The actions and the indicators behind a count, each under the word by which it is counted."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import slugify

from indicators.calculations.terms import ActionState, Condition
from reports.plan_pages.calculation import Calculation
from reports.plan_pages.owed_lines import DutyLine

#: Where a page of a calculation lists what is counted, after the "#" of its address.
EXPLANATION, UNANSWERED = "explicacion", "sin-informe"


def place_of(word: ActionState | Condition) -> str:
    kind = "estado" if isinstance(word, ActionState) else "indicadores"
    return f"{kind}-{slugify(word.label)}"


@dataclass(frozen=True, slots=True)
class Group:
    """`anchor` is its place on the page."""

    label: str
    anchor: str
    rows: tuple[Calculation, ...]

    @property
    def asks_explanation(self) -> bool:
        return self.anchor == EXPLANATION


def by_state(actions: Iterable[Calculation]) -> tuple[Group, ...]:
    """Actions by state, without the states that nobody is in."""
    rows = list(actions)
    found = (
        Group(state.label, place_of(state), tuple(row for row in rows if row.state is state)) for state in ActionState
    )
    return tuple(group for group in found if group.rows)


def by_condition(actions: Iterable[Calculation]) -> tuple[Group, ...]:
    """Indicators of the actions by condition; and, once more, those whose figure asks for an explanation."""
    rows = [indicator for action in actions for indicator in action.parts]
    found = [
        Group(word.label, place_of(word), tuple(row for row in rows if row.condition is word)) for word in Condition
    ]
    found.append(Group("Requieren explicación", EXPLANATION, tuple(row for row in rows if row.deviations)))
    return tuple(group for group in found if group.rows)


def unanswered(lines: Iterable[DutyLine]) -> tuple[DutyLine, ...]:
    """The reports that fell due and never came."""
    return tuple(line for line in lines if line.duty.is_unanswered)
