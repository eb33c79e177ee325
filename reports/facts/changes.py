"""What moved since another corte, by eje, objective and action: the same arithmetic, and the same "con lo resuelto
hasta"."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from indicators.calculations.results import ActionResult, ActionScore, AxisResult, GroupScore, PlanResult
from indicators.calculations.terms import ActionState
from indicators.models import ReportingPeriod
from indicators.queries import compliance
from plan.models import Plan
from plan.templatetags.portal import NO_BREAK_SPACE, NO_VALUE, number


@dataclass(frozen=True, slots=True)
class GroupChange:
    """A part of the plan then; `code` is "1.1", "Eje 1" or "Plan"."""

    code: str
    before_text: str
    difference: Fraction | None

    @property
    def text(self) -> str:
        return points(self.difference)


@dataclass(frozen=True, slots=True)
class ActionChange:
    """An action then and now. `then` is None where it was not in the plan yet."""

    code: str
    then: ActionState | None
    now: ActionState
    before_text: str
    now_text: str
    difference: Fraction | None

    @property
    def text(self) -> str:
        return points(self.difference)

    @property
    def moved(self) -> bool:
        return self.then != self.now or self.before_text != self.now_text


@dataclass(frozen=True, slots=True)
class Changes:
    """`cut_off` is the former corte, `dates_text` both of its dates."""

    cut_off: date
    dates_text: str
    groups: tuple[GroupChange, ...]
    actions: tuple[ActionChange, ...]

    def of(self, code: str) -> GroupChange | None:
        return next((group for group in self.groups if group.code == code), None)


def points(difference: Fraction | None) -> str:
    """A difference of two shares in percentage points, "+4,2 pp"; "–" where one of the two had no percentage."""
    if difference is None:
        return NO_VALUE
    sign = "+" if difference > 0 else "\u2212" if difference else ""
    return f"{sign}{number(abs(difference) * 100, 1)}{NO_BREAK_SPACE}pp"


def previous_cut_off(plan: Plan, cut_off: date) -> date | None:
    """The end of the last period that had ended before the one that the corte closes; None for the first."""
    ended = ReportingPeriod.objects.for_plan(plan).filter(ends_on__lte=cut_off).order_by("-ends_on")
    return ended.values_list("ends_on", flat=True).exclude(ends_on=cut_off).first()


def changes_since(plan: Plan, former_cut_off: date | None, result: PlanResult) -> Changes | None:
    """From `former_cut_off` to the corte of `result`, both with what `result` knows; None without such a corte."""
    if former_cut_off is None or former_cut_off < plan.starts_on:
        return None
    former = compliance(plan, former_cut_off, result.known_at)
    before = dict(_scores(former))
    then = {action.code: action for action in former.iter_actions()}
    return Changes(
        cut_off=former_cut_off,
        dates_text=former.dates_text,
        groups=tuple(_group(code, before[code], score) for code, score in _scores(result) if code in before),
        actions=tuple(_action(then.get(action.code), action) for action in result.iter_actions()),
    )


def _scores(result: PlanResult) -> Iterator[tuple[str, GroupScore]]:
    yield "Plan", result.verified
    for axis in result.axes:
        yield axis_code(axis), axis.verified
        for objective in axis.objectives:
            yield objective.code, objective.verified


def axis_code(axis: AxisResult) -> str:
    return f"Eje {axis.number}"


def _group(code: str, before: GroupScore, now: GroupScore) -> GroupChange:
    return GroupChange(code, before.percent_text, difference(before.value, now.value))


def _action(then: ActionResult | None, now: ActionResult) -> ActionChange:
    before = then.verified if then else None
    return ActionChange(
        code=now.code,
        then=then.state if then else None,
        now=now.state,
        before_text=score_words(before) if before else NO_VALUE,
        now_text=score_words(now.verified),
        difference=difference(before.value if before else None, now.verified.value),
    )


def score_words(score: ActionScore) -> str:
    return score.condition.label if score.value is None else score.percent_text


def difference(before: Fraction | None, now: Fraction | None) -> Fraction | None:
    return None if before is None or now is None else now - before
