"""What the parts of a plan file must say of each other: codes, references, order."""

from collections import Counter
from collections.abc import Iterable, Iterator

from indicators.enums import IndicatorKind
from indicators.plan_file.measure_rules import indicator_rules, means_rules
from indicators.plan_file.node import Node
from indicators.plan_file.problems import Problem

_TREE = ("axes", "objectives", "actions")


def broken_rules(document: dict) -> Iterator[Problem]:
    """Every rule that the document breaks; parts of the wrong shape are passed over (the schema names them)."""
    root = Node("", document)
    yield from _plan_rules(root.child("plan"))
    yield from _institution_rules(root)
    yield from _region_rules(root)
    yield from _tree_rules(root)
    yield from _universe_rules(root)
    yield from _dependency_rules(root)
    yield from _background_rules(root)


def _plan_rules(plan: Node) -> Iterator[Problem]:
    start, end = plan.number("start_year") or 0, plan.number("end_year") or 0
    if 0 < end < start:
        yield Problem(plan.at("end_year"), "el último año del plan no puede ser anterior al primero")
    if plan.has("predecessor") and plan.text("predecessor") == plan.text("code"):
        yield Problem(plan.at("predecessor"), "un plan no es su propio antecesor")
    yield from _rising(plan.rows("principles"))
    for principle in plan.rows("principles"):
        yield from _note_rules(principle, "text")


def _institution_rules(root: Node) -> Iterator[Problem]:
    yield from _unique(root.rows("institutions"), "name")
    yield from _unique(root.rows("organs"), "kind")
    names = _texts(root.rows("institutions"), "name")
    yield from _known(root.rows("organs"), "institution", names, "no está entre las instituciones")


def _region_rules(root: Node) -> Iterator[Problem]:
    codes = _texts(root.rows("regions"), "code")
    yield from _unique(root.rows("regions"), "code")
    yield from _unique(root.rows("regions"), "name")
    yield from _known(root.rows("regions"), "predecessor", codes, "no está entre las regiones")
    yield from _unique(root.rows("regional_boards"), "region")
    yield from _known(root.rows("regional_boards"), "region", codes, "no está entre las regiones")
    for region in root.rows("regions"):
        starts, ends = region.text("valid_from"), region.text("valid_to")
        if starts and ends and ends < starts:
            yield Problem(region.at("valid_to"), "la fecha de término no puede ser anterior a la de inicio")


def _tree_rules(root: Node) -> Iterator[Problem]:
    yield from _rising(root.rows("axes"))
    for axis in root.rows("axes"):
        yield from _note_rules(axis, "introduction")
        number = axis.number("number")
        parent = "" if number is None else str(number)
        yield from _coded_under(parent, axis.rows("objectives"))
        for objective in axis.rows("objectives"):
            code = objective.text("code")
            yield from _coded_under(code if _parent(code) == parent else "", objective.rows("actions"))
    for action in root.rows(*_TREE):
        yield from _action_rules(action, root.child("plan"))


def _action_rules(action: Node, plan: Node) -> Iterator[Problem]:
    yield from _rising(action.rows("indicators"))
    yield from _rising(action.rows("means_of_verification"))
    for indicator in action.rows("indicators"):
        yield from indicator_rules(indicator, plan)
    numbers = [indicator.number("number") for indicator in action.rows("indicators")]
    for means in action.rows("means_of_verification"):
        yield from means_rules(means, numbers)


def _universe_rules(root: Node) -> Iterator[Problem]:
    yield from _unique(root.rows("universes"), "code")
    codes = _texts(root.rows("universes"), "code")
    yield from _known(root.rows(*_TREE, "indicators"), "universe", codes, "no está entre los universos")
    used = _texts(root.rows(*_TREE, "indicators"), "universe")
    for universe in root.rows("universes"):
        if universe.has("code") and universe.text("code") not in used:
            yield Problem(universe.at("code"), "ningún indicador usa este universo")


def _dependency_rules(root: Node) -> Iterator[Problem]:
    """A denominator that another indicator finds is the named count of a product."""
    givers = {
        f"{action.text('code')}.I{indicator.number('number')}"
        for action in root.rows(*_TREE)
        for indicator in action.rows("indicators")
        if indicator.text("kind") == IndicatorKind.PRODUCT and indicator.has("named_count_label")
    }
    yield from _known(
        root.rows(*_TREE, "indicators"), "depends_on", givers, "no es un producto del plan con conteo que lo acompañe"
    )


def _background_rules(root: Node) -> Iterator[Problem]:
    yield from _rising(root.rows("background"))
    codes = _texts(root.rows(*_TREE), "code")
    for fact in root.rows("background"):
        for place, code in fact.items("actions", str):
            if code not in codes:
                yield Problem(place, f"la acción {code} no está en el plan")


def _note_rules(node: Node, text_key: str) -> Iterator[Problem]:
    """A note hangs on words of its text."""
    for note in node.rows("notes"):
        if note.has("anchor") and note.text("anchor") not in node.text(text_key):
            yield Problem(note.at("anchor"), f"«{note.text('anchor')}» no está en el texto")


def _texts(nodes: Iterable[Node], key: str) -> set[str]:
    return {node.text(key) for node in nodes}


def _unique(nodes: Iterable[Node], key: str) -> Iterator[Problem]:
    seen: Counter[str] = Counter()
    for node in nodes:
        value = node.text(key)
        seen[value] += 1
        if value and seen[value] > 1:
            yield Problem(node.at(key), f"«{value}» está repetido")


def _known(nodes: Iterable[Node], key: str, known: set[str], sentence: str) -> Iterator[Problem]:
    for node in nodes:
        if node.has(key) and node.text(key) not in known:
            yield Problem(node.at(key), f"«{node.text(key)}» {sentence}")


def _rising(nodes: Iterable[Node]) -> Iterator[Problem]:
    """Numbers from 1 upwards, in order: a number is the name by which figures and proofs are kept."""
    previous = 0
    for node in nodes:
        number = node.number("number")
        if number is None:
            continue
        if number <= previous:
            yield Problem(node.at("number"), "los números comienzan en 1, van en orden y no se repiten")
        previous = number


def _coded_under(parent: str, nodes: Iterable[Node]) -> Iterator[Problem]:
    """Codes of siblings, which begin with the code of a known `parent`; under a wrong one no child is blamed."""
    children = list(nodes)
    yield from _unique(children, "code")
    for node in children:
        code = node.text("code")
        if parent and code and _parent(code) != parent:
            yield Problem(node.at("code"), f"el código «{code}» no cuelga de {parent}")


def _parent(code: str) -> str:
    return code.rpartition(".")[0]
