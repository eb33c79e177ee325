"""From indicators to actions, objectives, ejes and the plan (COMPLIANCE, Aggregation; Three numbers: a and b)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from indicators.calculations.known import Known
from indicators.calculations.results import (
    ActionResult,
    ActionScore,
    Exclusion,
    Figure,
    GroupScore,
    IndicatorResult,
    StateCounts,
    Trace,
    TraceStep,
)
from indicators.calculations.terms import ActionState, Conclusion, Condition, Mark, Pending
from indicators.calculations.tracing import new_trace
from indicators.calculations.versions import View
from indicators.calculations.wording import band_of, number, percent, plural

#: In the sentence an action that is not computed is counted once, by the first of these that one of its indicators has.
NAMED_FIRST = (Condition.NOT_CALCULABLE, Condition.NO_TARGET, Condition.NOT_DUE)
SAID_OF_FIGURES = frozenset({Mark.RECTIFYING, Mark.RECONSTRUCTED})


def figure_of(indicator: IndicatorResult, view: View) -> Figure:
    return indicator.verified if view is View.VERIFIED else indicator.informed


def score_of(action: ActionResult, view: View) -> ActionScore:
    return action.verified if view is View.VERIFIED else action.informed


def action_score(known: Known, indicators: Iterable[IndicatorResult], suppressed: bool, view: View) -> ActionScore:
    """The mean of the computable indicators' capped scores; without any, the condition that names the action."""
    shown = {indicator.reference: figure_of(indicator, view) for indicator in indicators}
    in_force = {key: figure for key, figure in shown.items() if figure.condition is not Condition.SUPPRESSED}
    computable = {key: figure for key, figure in in_force.items() if figure.is_computable}
    value = mean([figure.capped for figure in computable.values() if figure.capped is not None])
    condition = _condition(in_force.values(), value, suppressed)
    return ActionScore(
        condition=condition,
        value=value,
        band=None if value is None else band_of(value, known.methodology),
        computable_indicators=len(computable),
        indicators=len(in_force),
        in_review=sum(figure.pending is Pending.IN_REVIEW for figure in computable.values()),
        marks=frozenset(mark for figure in computable.values() for mark in figure.marks) & SAID_OF_FIGURES,
        percent_text=_condition_text(condition) if value is None else percent(value, known.methodology),
        trace=new_trace(
            known,
            "Promedio de los indicadores computables, cada uno con tope de 100 %",
            (*_steps(known, computable), _mean_step(known, len(computable), len(in_force), value)),
            exclusions=tuple(
                Exclusion(key, figure.score_text) for key, figure in shown.items() if not figure.is_computable
            ),
        ),
    )


def _condition_text(condition: Condition) -> str:
    """Of an action, in Spanish a feminine."""
    return ActionState.SUPPRESSED.label if condition is Condition.SUPPRESSED else condition.label


def mean(values: list[Fraction]) -> Fraction | None:
    """None of nothing, exact otherwise."""
    return sum(values, Fraction(0)) / len(values) if values else None


def _condition(figures: Iterable[Figure], value: Fraction | None, suppressed: bool) -> Condition:
    if suppressed:
        return Condition.SUPPRESSED
    if value is not None:
        return Condition.COMPUTABLE
    found = {figure.condition for figure in figures}
    return next((condition for condition in NAMED_FIRST if condition in found), Condition.NOT_DUE)


def _steps(known: Known, computable: Mapping[str, Figure]) -> list[TraceStep]:
    return [
        TraceStep(f"Indicador {key}", figure.score_text, percent(figure.capped, known.methodology))
        for key, figure in computable.items()
        if figure.capped is not None
    ]


def _mean_step(known: Known, computed: int, of: int, value: Fraction | None) -> TraceStep:
    printed = "" if value is None else percent(value, known.methodology)
    return TraceStep("Promedio", f"{computed} de {of}", printed)


@dataclass(frozen=True, slots=True)
class Counted:
    """The actions in force of a group and what was found of them."""

    actions: tuple[ActionResult, ...]
    view: View

    @property
    def scores(self) -> list[ActionScore]:
        return [score_of(action, self.view) for action in self.actions]

    @property
    def computable(self) -> list[ActionResult]:
        return [action for action in self.actions if score_of(action, self.view).value is not None]

    @property
    def with_something_due(self) -> list[ActionResult]:
        """Those with a report fallen due by known_at in a period ended by the cut-off."""
        return [action for action in self.actions if action.coverage.owed > 0]

    def having(self, condition: Condition) -> int:
        return sum(score.condition is condition for score in self.scores)

    def conclusion(self, share: Fraction) -> Conclusion:
        due = self.with_something_due
        if not due:
            return Conclusion.NOTHING_DUE
        computable = sum(score_of(action, self.view).value is not None for action in due)
        return Conclusion.INCONCLUSIVE if computable < share * len(due) else Conclusion.PERCENTAGE


def group_score(
    known: Known, actions: Iterable[ActionResult], view: View, weights: Mapping[int, Fraction] | None = None
) -> GroupScore:
    """Mean over the computable actions, with the denominators that make it readable; `weights` by action."""
    group = Counted(tuple(action for action in actions if action.state is not ActionState.SUPPRESSED), view)
    conclusion = group.conclusion(known.methodology.conclusive_share)
    value = _weighted_mean(group, weights) if conclusion is Conclusion.PERCENTAGE else None
    printed = conclusion.label if value is None else percent(value, known.methodology)
    in_review = sum(score.in_review for score in group.scores)
    return GroupScore(
        conclusion=conclusion,
        value=value,
        band=None if value is None else band_of(value, known.methodology),
        actions=len(group.actions),
        computable_actions=len(group.computable),
        actions_with_something_due=len(group.with_something_due),
        not_calculable=group.having(Condition.NOT_CALCULABLE),
        no_target=group.having(Condition.NO_TARGET),
        not_due=group.having(Condition.NOT_DUE),
        indicators=sum(score.indicators for score in group.scores),
        computable_indicators=sum(score.computable_indicators for score in group.scores),
        in_review=in_review,
        weighted=weights is not None,
        marks=frozenset(mark for score in group.scores for mark in score.marks),
        percent_text=printed,
        sentence=sentence(printed, group, conclusion),
        in_review_text=plural(in_review, "indicador en revisión", "indicadores en revisión") if in_review else "",
        trace=_group_trace(known, group, value, weights),
    )


def _weighted_mean(group: Counted, weights: Mapping[int, Fraction] | None) -> Fraction | None:
    """Σ w·s ÷ Σ w over the computable actions; every action weighs 1 where no acta says otherwise."""
    pairs = [
        (weights[action.id] if weights else Fraction(1), value)
        for action in group.computable
        if (value := score_of(action, group.view).value) is not None
    ]
    total = sum((weight for weight, _ in pairs), Fraction(0))
    return sum((weight * value for weight, value in pairs), Fraction(0)) / total if total else None


def sentence(printed: str, group: Counted, conclusion: Conclusion) -> str:
    """ "68,0 % sobre 9 de 12 acciones (11 de 17 indicadores); 3 sin meta acordada"."""
    if conclusion is Conclusion.NOTHING_DUE:
        return printed
    indicators = sum(score.indicators for score in group.scores)
    computed = sum(score.computable_indicators for score in group.scores)
    actions = f"{len(group.computable)} de {plural(len(group.actions), 'acción', 'acciones')}"
    of = f"{actions} ({computed} de {plural(indicators, 'indicador', 'indicadores')})"
    joint = f"{printed} sobre {of}" if conclusion is Conclusion.PERCENTAGE else f"{printed}: computables {of}"
    return "; ".join(part for part in (joint, _left_out(group)) if part)


def _left_out(group: Counted) -> str:
    words = (
        (group.having(Condition.NOT_CALCULABLE), "no calculable", "no calculables"),
        (group.having(Condition.NO_TARGET), "sin meta acordada", "sin meta acordada"),
        (group.having(Condition.NOT_DUE), "no exigible", "no exigibles"),
    )
    return ", ".join(plural(count, one, many) for count, one, many in words if count)


def _group_trace(known: Known, group: Counted, value: Fraction | None, weights: Mapping[int, Fraction] | None) -> Trace:
    rule = "Promedio ponderado de las acciones computables" if weights else "Promedio de las acciones computables"
    steps = [
        TraceStep(
            f"Acción {action.code}",
            f"pondera {number(weights[action.id])}" if weights else "",
            score_of(action, group.view).percent_text,
        )
        for action in group.computable
    ]
    left_out = [action for action in group.actions if action not in group.computable]
    return new_trace(
        known,
        rule,
        (*steps, _mean_step(known, len(group.computable), len(group.actions), value)),
        exclusions=tuple(
            Exclusion(f"Acción {action.code}", score_of(action, group.view).percent_text) for action in left_out
        ),
    )


def count_states(actions: Iterable[ActionResult]) -> StateCounts:
    states = [action.state for action in actions]
    suppressed = states.count(ActionState.SUPPRESSED)
    in_force = plural(len(states) - suppressed, "vigente", "vigentes")
    written = f"{len(states)} = {in_force} + {plural(suppressed, 'suprimida', 'suprimidas')}"
    return StateCounts(tuple((state, states.count(state)) for state in ActionState), written)
