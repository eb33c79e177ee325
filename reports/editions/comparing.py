"""Two editions of the same document side by side, from their snapshots alone: what each told, and what changed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from indicators.calculations.results import (
    ActionResult,
    ActionScore,
    AxisResult,
    GroupScore,
    ObjectiveResult,
    PlanResult,
)
from indicators.calculations.terms import ActionState
from plan.templatetags.portal import number
from reports.facts.changes import axis_code, difference, points, score_words
from reports.facts.freezing import Facts
from reports.facts.lines import IndicatorLine
from reports.facts.parts import AxisFacts
from reports.facts.texts import EditionTexts
from reports.plan_pages.calculation import WHOLE_PLAN, axis_reference

Thing = TypeVar("Thing")
Group = PlanResult | AxisResult | ObjectiveResult

#: Stands for what one of the two editions does not have.
ABSENT = "No está"


@dataclass(frozen=True, slots=True)
class Pair:
    """What both editions say of one thing, in their words; `points` is the difference of two percentages."""

    label: str
    then: str
    now: str
    points: str = ""

    @property
    def changed(self) -> bool:
        return self.then != self.now


@dataclass(frozen=True, slots=True)
class Block:
    """An action, an objective, an eje or the whole with the pairs that are told of it. `reference` is that of its
    calculation, which there is at the dates of the editions that have it."""

    code: str
    text: str
    pairs: tuple[Pair, ...]
    reference: str
    was: bool = True
    remains: bool = True

    @property
    def changes(self) -> tuple[Pair, ...]:
        return tuple(pair for pair in self.pairs if pair.changed)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`texts` are only those that changed."""

    whole: Block
    groups: tuple[Block, ...]
    actions: tuple[Block, ...]
    texts: tuple[Pair, ...]

    @property
    def changed_actions(self) -> tuple[Block, ...]:
        return tuple(action for action in self.actions if action.changes)


def compare(then: Facts, now: Facts) -> Comparison:
    """Both are of the same document: of one eje, or of the whole plan."""
    before, after = _group(then), _group(now)
    parts = _matched({code: part for code, _, part in _parts(before)}, {code: part for code, _, part in _parts(after)})
    names = {code: name for group in (before, after) for code, name, _ in _parts(group)}
    actions = list(_matched(_actions(then), _actions(now)))
    return Comparison(
        whole=Block("", "", tuple(_of_group(before, after)), _reference(after)),
        groups=tuple(_of_part(code, names[code], *pair) for code, pair in parts),
        actions=tuple(_of_action(code, *pair) for code, pair in actions),
        texts=tuple(pair for pair in (*_texts(then, now), *_wordings(actions)) if pair.changed),
    )


def _of_part(code: str, name: str, then: Group | None, now: Group | None) -> Block:
    there = now or then
    reference = _reference(there) if there else ""
    return Block(code, name, tuple(_of_group(then, now)), reference, then is not None, now is not None)


def _reference(group: Group) -> str:
    """Of its calculation."""
    if isinstance(group, PlanResult):
        return WHOLE_PLAN
    return group.code if isinstance(group, ObjectiveResult) else axis_reference(group)


def _group(facts: Facts) -> AxisResult | PlanResult:
    return facts.axis if isinstance(facts, AxisFacts) else facts.result


def _parts(group: AxisResult | PlanResult) -> Iterator[tuple[str, str, Group]]:
    """The objectives of an eje, the ejes of a plan: code, name and figures."""
    if isinstance(group, AxisResult):
        yield from ((objective.code, objective.text, objective) for objective in group.objectives)
    else:
        yield from ((axis_code(axis), axis.name, axis) for axis in group.axes)


def _actions(facts: Facts) -> dict[str, ActionResult]:
    return {action.result.code: action.result for action in facts.actions}


def _matched(
    then: Mapping[str, Thing], now: Mapping[str, Thing]
) -> Iterator[tuple[str, tuple[Thing | None, Thing | None]]]:
    """In the order of the newer one; what it no longer has comes last."""
    for code in dict.fromkeys([*now, *then]):
        yield code, (then.get(code), now.get(code))


# The three numbers


def _of_group(then: Group | None, now: Group | None) -> Iterator[Pair]:
    yield _of_score("Cumplimiento verificado", then.verified if then else None, now.verified if now else None)
    yield _of_score("Cumplimiento informado", then.informed if then else None, now.informed if now else None)
    yield Pair("Acciones cumplidas", _fulfilled(then), _fulfilled(now))
    yield Pair("Reportes validados", _validated(then), _validated(now))
    yield Pair("Medios acreditados", _accredited(then), _accredited(now))


def _of_score(label: str, then: GroupScore | ActionScore | None, now: GroupScore | ActionScore | None) -> Pair:
    change = points(difference(then.value, now.value)) if then and now else ""
    return Pair(label, _score(then), _score(now), change)


def _score(score: GroupScore | ActionScore | None) -> str:
    if score is None:
        return ABSENT
    return score_words(score) if isinstance(score, ActionScore) else score.percent_text


def _fulfilled(group: Group | None) -> str:
    return _of(group.states.of(ActionState.FULFILLED), group.states.total) if group else ABSENT


def _validated(group: Group | None) -> str:
    return _of(group.coverage.validated, group.coverage.owed) if group else ABSENT


def _accredited(group: Group | None) -> str:
    return _of(group.coverage.means_accredited, group.coverage.means_owed) if group else ABSENT


def _of(part: int, whole: int) -> str:
    return f"{number(part)} de {number(whole)}"


# Action by action


def _of_action(code: str, then: ActionResult | None, now: ActionResult | None) -> Block:
    named = now or then
    there = then is not None, now is not None
    return Block(code, named.text if named else "", tuple(_pairs(then, now)), code, *there)


def _pairs(then: ActionResult | None, now: ActionResult | None) -> Iterator[Pair]:
    yield Pair("Estado", then.state.label if then else ABSENT, now.state.label if now else ABSENT)
    yield _of_score("Verificado", then.verified if then else None, now.verified if now else None)
    yield _of_score("Informado", then.informed if then else None, now.informed if now else None)
    for reference, (before, after) in _matched(_lines(then), _lines(now)):
        name = reference.rpartition(".")[2]
        yield Pair(f"{name}, valor verificado", _value(before), _value(after))
        yield Pair(f"{name}, meta", _target(before), _target(after))
        yield _of_line(f"{name}, cumplimiento", before, after)


def _lines(action: ActionResult | None) -> dict[str, IndicatorLine]:
    return {row.reference: IndicatorLine(row) for row in action.indicators} if action else {}


def _value(line: IndicatorLine | None) -> str:
    return line.result.verified.value_text if line else ABSENT


def _target(line: IndicatorLine | None) -> str:
    return line.target_text if line else ABSENT


def _of_line(label: str, then: IndicatorLine | None, now: IndicatorLine | None) -> Pair:
    change = points(difference(_raw(then), _raw(now))) if then and now else ""
    return Pair(label, _score_of_line(then), _score_of_line(now), change)


def _score_of_line(line: IndicatorLine | None) -> str:
    return line.result.verified.score_text if line else ABSENT


def _raw(line: IndicatorLine | None) -> Fraction | None:
    return line.result.verified.raw if line else None


# Texts


def _texts(then: Facts, now: Facts) -> Iterator[Pair]:
    for label, (before, after) in _matched(_bodies(then), _bodies(now)):
        yield Pair(label, before or "", after or "")


def _bodies(facts: Facts) -> dict[str, str]:
    of_axes = () if isinstance(facts, AxisFacts) else facts.axis_texts
    told: Iterable[EditionTexts | None] = (facts.texts, *of_axes)
    return {_label(texts, line.slot.label): line.body for texts in told if texts for line in texts.lines}


def _label(texts: EditionTexts, slot: str) -> str:
    return slot if texts.axis_number is None else f"Eje {texts.axis_number}, {slot}"


def _wordings(actions: Iterable[tuple[str, tuple[ActionResult | None, ActionResult | None]]]) -> Iterator[Pair]:
    """Of the plan itself: what an acta changed in between."""
    for code, (then, now) in actions:
        yield Pair(f"Acción {code}", then.text if then else "", now.text if now else "")
        for reference, (before, after) in _matched(_lines(then), _lines(now)):
            yield Pair(
                f"Indicador {reference}", before.result.text if before else "", after.result.text if after else ""
            )
