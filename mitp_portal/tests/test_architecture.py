"""The rooms of DESIGN: who may import whom, read from the syntax trees."""

import ast
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from django.conf import settings

#: Each app and those that it may import; nobody imports mitp_portal.
MAY_IMPORT = {
    "plan": set(),
    "indicators": {"plan"},
    "reports": {"plan", "indicators"},
    "mitp_portal": {"plan", "indicators", "reports"},
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


MODULES = {name_of(path): path for path in FILES}


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(node: ast.AST) -> set[str]:
    """Modules of ours that an import statement reaches."""
    if isinstance(node, ast.Import):
        names = {alias.name for alias in node.names}
    elif isinstance(node, ast.ImportFrom):
        names = {f"{node.module}.{alias.name}" for alias in node.names}
        names = {name if name in MODULES else str(node.module) for name in names}
    else:
        return set()
    return {name for name in names if name.split(".")[0] in MAY_IMPORT}


def imports_of(path: Path) -> set[str]:
    return set().union(*(imported(node) for node in ast.walk(tree_of(path))))


def layer_of(module: str) -> int:
    room = module.split(".")[1]
    return next((level for level, rooms in enumerate(LAYERS) if room in rooms), LAYERS.index({""}))


def test_apps_import_in_one_direction_only():
    wrong = {
        (name_of(path), module)
        for path in FILES
        for module in imports_of(path)
        if (app := module.split(".")[0]) != (own := name_of(path).split(".")[0]) and app not in MAY_IMPORT[own]
    }
    assert wrong == set()


def test_inside_an_app_imports_go_down():
    wrong = {
        (name_of(path), module)
        for path in SOURCES
        for module in imports_of(path)
        if "." in module and module.split(".")[0] == path.relative_to(settings.BASE_DIR).parts[0] != "mitp_portal"
        if "." in name_of(path) and layer_of(module) > layer_of(name_of(path))
    }
    assert wrong == set()


def test_no_modules_import_each_other_in_a_circle():
    graph = {name_of(path): imports_of(path) - {name_of(path)} for path in SOURCES}
    TopologicalSorter(graph).prepare()


def test_no_function_imports_from_our_apps():
    wrong = {
        (name_of(path), module)
        for path in FILES
        for function in ast.walk(tree_of(path))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        for module in imported(node)
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
