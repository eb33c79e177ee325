"""From actions to objectives, ejes and the plan (COMPLIANCE, Three numbers: a and b; Aggregation)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from indicators.calculations.action_scores import mean_step
from indicators.calculations.known import Known
from indicators.calculations.results import (
    UNTRACED,
    ActionResult,
    ActionScore,
    Exclusion,
    GroupScore,
    StateCounts,
    Trace,
    TraceStep,
)
from indicators.calculations.terms import ActionState, Conclusion, Condition
from indicators.calculations.tracing import new_trace
from indicators.calculations.versions import View
from indicators.calculations.wording import band_of, number, percent, plural


@dataclass(frozen=True, slots=True)
class Group:
    """The actions in force of an objective, an eje or the plan; `weights` by action where an acta sets them."""

    known: Known
    actions: tuple[ActionResult, ...]
    view: View
    weights: Mapping[int, Fraction] | None

    def score_of(self, action: ActionResult) -> ActionScore:
        return action.verified if self.view is View.VERIFIED else action.informed

    def weight_of(self, action: ActionResult) -> Fraction:
        """Every action weighs 1 where no acta says otherwise."""
        return self.weights[action.id] if self.weights else Fraction(1)

    @property
    def scores(self) -> list[ActionScore]:
        return [self.score_of(action) for action in self.actions]

    @property
    def computable(self) -> list[ActionResult]:
        return [action for action in self.actions if self.score_of(action).value is not None]

    @property
    def with_something_due(self) -> list[ActionResult]:
        """Those with a report fallen due by known_at in a period ended by the cut-off."""
        return [action for action in self.actions if action.coverage.owed > 0]

    @property
    def indicators(self) -> int:
        return sum(score.indicators for score in self.scores)

    @property
    def computable_indicators(self) -> int:
        return sum(score.computable_indicators for score in self.scores)

    @property
    def in_review(self) -> int:
        return sum(score.in_review for score in self.scores)

    def having(self, condition: Condition) -> int:
        return sum(score.condition is condition for score in self.scores)

    @property
    def conclusion(self) -> Conclusion:
        """Inconclusive where fewer than the share of the actions with something due are computable."""
        due = self.with_something_due
        if not due:
            return Conclusion.NOTHING_DUE
        computable = len([action for action in due if self.score_of(action).value is not None])
        enough = computable >= self.known.methodology.conclusive_share * len(due)
        return Conclusion.PERCENTAGE if computable and enough else Conclusion.INCONCLUSIVE

    @property
    def mean(self) -> Fraction | None:
        """Σ w·s ÷ Σ w over the computable actions; None where there is nothing to conclude."""
        if self.conclusion is not Conclusion.PERCENTAGE:
            return None
        pairs = [(self.weight_of(action), self.score_of(action).value or Fraction(0)) for action in self.computable]
        return sum((weight * value for weight, value in pairs), Fraction(0)) / sum(weight for weight, _ in pairs)


def group_score(
    known: Known, actions: Iterable[ActionResult], view: View, weights: Mapping[int, Fraction] | None = None
) -> GroupScore:
    """Mean over the computable actions, with the denominators that make it readable; `weights` by action."""
    in_force = tuple(action for action in actions if action.state is not ActionState.SUPPRESSED)
    group = Group(known, in_force, view, weights)
    value = group.mean
    printed = group.conclusion.label if value is None else percent(value, known.methodology)
    return GroupScore(
        conclusion=group.conclusion,
        value=value,
        band=None if value is None else band_of(value, known.methodology),
        actions=len(group.actions),
        computable_actions=len(group.computable),
        actions_with_something_due=len(group.with_something_due),
        not_calculable=group.having(Condition.NOT_CALCULABLE),
        no_target=group.having(Condition.NO_TARGET),
        not_due=group.having(Condition.NOT_DUE),
        indicators=group.indicators,
        computable_indicators=group.computable_indicators,
        in_review=group.in_review,
        weighted=weights is not None,
        marks=frozenset(mark for score in group.scores for mark in score.marks),
        percent_text=printed,
        sentence=_sentence(printed, group),
        in_review_text=_in_review_text(group.in_review),
        trace=_trace(group, value) if known.is_traced else UNTRACED,
    )


def _sentence(printed: str, group: Group) -> str:
    """As in «68,0 % sobre 9 de 12 acciones (11 de 17 indicadores); 3 sin meta acordada»."""
    if group.conclusion is Conclusion.NOTHING_DUE:
        return printed
    actions = f"{len(group.computable)} de {plural(len(group.actions), 'acción', 'acciones')}"
    indicators = f"{group.computable_indicators} de {plural(group.indicators, 'indicador', 'indicadores')}"
    link = " sobre" if group.conclusion is Conclusion.PERCENTAGE else ": computables"
    return "; ".join(part for part in (f"{printed}{link} {actions} ({indicators})", _left_out(group)) if part)


def _left_out(group: Group) -> str:
    words = (
        (group.having(Condition.NOT_CALCULABLE), "no calculable", "no calculables"),
        (group.having(Condition.NO_TARGET), "sin meta acordada", "sin meta acordada"),
        (group.having(Condition.NOT_DUE), "no exigible", "no exigibles"),
    )
    return ", ".join(plural(count, one, many) for count, one, many in words if count)


def _in_review_text(count: int) -> str:
    return plural(count, "indicador en revisión", "indicadores en revisión") if count else ""


def _trace(group: Group, value: Fraction | None) -> Trace:
    rule = "Promedio ponderado de las acciones computables" if group.weights else "Promedio de las acciones computables"
    computable = group.computable
    left_out = [action for action in group.actions if group.score_of(action).value is None]
    return new_trace(
        group.known,
        rule,
        (
            *(_step(group, action) for action in computable),
            mean_step(group.known, len(computable), len(group.actions), value),
        ),
        exclusions=tuple(
            Exclusion(f"Acción {action.code}", group.score_of(action).percent_text, action.code) for action in left_out
        ),
    )


def _step(group: Group, action: ActionResult) -> TraceStep:
    score = group.score_of(action)
    data = f"{score.computable_indicators} de {plural(score.indicators, 'indicador', 'indicadores')}"
    if group.weights:
        data = f"{data}; pondera {number(group.weight_of(action))}"
    return TraceStep(f"Acción {action.code}", data, score.percent_text, action.code)


def count_states(actions: Iterable[ActionResult]) -> StateCounts:
    """As in «36 = 35 vigentes + 1 suprimida»; those added by an acta are told apart while they are in force."""
    rows = list(actions)
    states = [action.state for action in rows]
    suppressed = states.count(ActionState.SUPPRESSED)
    added = sum(action.is_added and action.state is not ActionState.SUPPRESSED for action in rows)
    parts = [plural(len(states) - suppressed - added, "vigente", "vigentes")]
    parts += [plural(suppressed, "suprimida", "suprimidas")]
    parts += [plural(added, "agregada", "agregadas")] if added else []
    written = f"{len(states)} = {' + '.join(parts)}"
    return StateCounts(tuple((state, states.count(state)) for state in ActionState), written)
