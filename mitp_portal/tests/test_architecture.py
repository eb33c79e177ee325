"""The rooms of the house: who may import whom, read from the syntax trees."""

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from django.conf import settings

#: Each app and those that it may import; nobody imports mitp_portal.
MAY_IMPORT = {
    "plan": {"plan"},
    "indicators": {"indicators", "plan"},
    "reports": {"reports", "indicators", "plan"},
    "mitp_portal": {"mitp_portal", "reports", "indicators", "plan"},
}
#: Rooms of an app that other apps may enter; the rest is its own affair. (Tests and mitp_portal may enter all.)
OPEN_ROOMS = {
    "plan": {
        "access",
        "audit",
        "drafts",
        "enums",
        "files",
        "forms",
        "guards",
        "http",
        "late_forms",
        "mail",
        "models",
        "notices",
        "seals",
        "templatetags",
        "triggers",
    },
    "indicators": {"calculations", "enums", "models", "queries", "templatetags"},
    "reports": set(),
}
#: From the bottom up, inside each app; what is not named (permissions, workflow, queries…) stands in the middle.
LAYERS = (
    {"enums"},
    {"calculations", "access"},
    {"models"},
    {""},
    {"forms"},
    {"receiving"},
    {"views", "demo", "management"},
    {"urls"},
)
MAX_LINES = 400

FILES = [
    path
    for app in MAY_IMPORT
    for path in sorted((settings.BASE_DIR / app).rglob("*.py"))
    if "migrations" not in path.parts
]
SOURCES = [path for path in FILES if "tests" not in path.parts]


def name_of(path: Path) -> str:
    dotted = ".".join(path.relative_to(settings.BASE_DIR).with_suffix("").parts)
    return dotted.removesuffix(".__init__")


MODULES = {name_of(path) for path in FILES}


def app_of(module: str) -> str:
    return module.split(".", maxsplit=1)[0]


def room_of(module: str) -> str:
    """First module or package inside the app; empty for the app itself."""
    return module.split(".")[1] if "." in module else ""


def layer_of(module: str) -> int:
    return next((level for level, rooms in enumerate(LAYERS) if room_of(module) in rooms), LAYERS.index({""}))


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported_by(node: ast.AST) -> set[str]:
    """Modules of ours that an import statement reaches."""
    names = set()
    if isinstance(node, ast.Import):
        names = {alias.name for alias in node.names}
    elif isinstance(node, ast.ImportFrom):
        reached = {f"{node.module}.{alias.name}" for alias in node.names}
        names = {name if name in MODULES else str(node.module) for name in reached}
    return {name for name in names if app_of(name) in MAY_IMPORT}


def imports(paths: list[Path]) -> Iterator[tuple[str, str]]:
    """Pairs of a module and a module of ours that it imports."""
    for path in paths:
        for node in ast.walk(tree_of(path)):
            for module in imported_by(node):
                yield name_of(path), module


def test_apps_import_in_one_direction_only():
    wrong = {(own, other) for own, other in imports(FILES) if app_of(other) not in MAY_IMPORT[app_of(own)]}
    assert wrong == set()


def test_apps_enter_only_the_open_rooms_of_another():
    wrong = {
        (own, other)
        for own, other in imports(SOURCES)
        if app_of(own) not in {app_of(other), "mitp_portal"}
        if room_of(other) and room_of(other) not in OPEN_ROOMS[app_of(other)]
    }
    assert wrong == set()


def test_inside_an_app_imports_go_down():
    wrong = {
        (own, other)
        for own, other in imports(SOURCES)
        if app_of(own) == app_of(other) != "mitp_portal" and layer_of(other) > layer_of(own)
    }
    assert wrong == set()


def test_no_modules_import_each_other_in_a_circle():
    graph: dict[str, set[str]] = {}
    for own, other in imports(SOURCES):
        if own != other:
            graph.setdefault(own, set()).add(other)
    TopologicalSorter(graph).prepare()


def test_no_function_imports_from_our_apps():
    wrong = {
        (name_of(path), module)
        for path in FILES
        for function in ast.walk(tree_of(path))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        for module in imported_by(node)
    }
    assert wrong == set()


def test_no_signal_has_a_receiver():
    wrong = {
        name_of(path)
        for path in SOURCES
        for node in ast.walk(tree_of(path))
        if (isinstance(node, ast.Attribute) and node.attr == "connect")
        or (isinstance(node, ast.ImportFrom) and (node.module or "").endswith((".signals", ".dispatch")))
    }
    assert wrong == set()


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_file_stays_under_400_lines(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_LINES
