"""A bundle leaves out nothing that the app imports, in whatever function."""

import ast
import importlib.util
import sys
from pathlib import Path

import pytest

import curvegui

PACKAGE = Path(curvegui.__file__).parent
SPEC = importlib.util.spec_from_file_location("left_out", PACKAGE.parent / "packaging" / "left_out.py")
left_out = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(left_out)
NO_BUNDLE_HAS = "distributed", "dask", "av"  # for a cluster, and MP4


def imported(nodes):
    """The names of modules that these nodes import, as far as they can be read."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from (node.module, *(f"{node.module}.{each.name}" for each in node.names))
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if called in {"import_module", "__import__"}:
                yield node.args[0].value


def with_all_that_they_need(names):
    """Modules, and those of Python's own that they cannot be imported without."""
    found, waiting = set(), sorted(names)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        if name in sys.stdlib_module_names and name not in sys.builtin_module_names:
            origin = getattr(importlib.util.find_spec(name), "origin", None) or ""
            if origin.endswith(".py"):
                waiting += imported(ast.parse(Path(origin).read_bytes()).body)
    return found


def left(names):
    """Those that are left out, by themselves or with what they are in."""
    never = set(left_out.NEVER)
    return {name for name in names if any(name == each or name.startswith(f"{each}.") for each in never)}


@pytest.mark.slow
def test_nothing_is_left_out_that_the_app_imports():
    names = {
        name
        for path in PACKAGE.rglob("*.py")
        for name in imported(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        if not name.startswith("curvegui")
    }
    assert {"wave", "winsound", "PySide6.QtWidgets", "PIL.Image"} <= names
    assert left(with_all_that_they_need(name for name in names if not name.startswith(NO_BUNDLE_HAS))) == set()


def test_what_is_left_out_would_be_noticed():
    assert left({"sqlite3", "xml.sax.handler", "wave"}) == {"sqlite3", "xml.sax.handler"}
    assert "copyreg" in with_all_that_they_need({"pickle"})
