"""Texts with another text in one of their places that is no whole sentence: languages could not order them."""

import ast
from collections.abc import Iterator

from tests.language.extract import literal, modules, name_of

ENDS = (".", "?", "!")
A_NAME = {
    "core/learner/engines.py": "an engine",
    "core/optimizers/descent.py": "a formula",
    "exercise/file/learner_file.py": "a cell",
    "exercise/verdict/exception_words.py": "what Python says",
    "exercise/verdict/verdict.py": "a cell",
    "figure/outline/svg.py": "what Qt says",
    "ui/canvas/run_items.py": "a line of its own",
    "ui/curve_dialog/table_source.py": "a number of points",
    "ui/exercise/verdicts.py": "a line, after a comma",
    "ui/report/actions.py": "a cost",
    "ui/tour/words.py": "a value",
    "ui/window/status.py": "an engine, before brackets",
    "ui/window/tool_bar.py": "a button",
}
"""What stands there names something in any sentence, or beside one, and needs no case or order."""


def glued() -> Iterator[str]:
    """The texts, each with its module and line, and with what stands in its place."""
    for file, tree in modules("tr("):
        if file not in A_NAME:
            for node in ast.walk(tree):
                if isinstance(node, ast.FunctionDef):
                    yield from (f"{file}:{each}" for each in _in(node))


def _in(function: ast.FunctionDef) -> Iterator[str]:
    assigned: dict[str, list[str]] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            assigned.setdefault(node.targets[0].id, []).extend(_fragments(node.value))
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and name_of(node.func) in ("tr", "tr_n", "tr_in"):
            for each in node.keywords:
                name = each.value.id if isinstance(each.value, ast.Name) else ""
                for text in (*_fragments(each.value), *assigned.get(name, ())):
                    yield f"{node.lineno}: {each.arg}={text}"


def _fragments(node: ast.expr) -> Iterator[str]:
    """The texts that are said somewhere in an expression, and are no sentences."""
    for each in ast.walk(node):
        if isinstance(each, ast.Call) and name_of(each.func) in ("tr", "tr_n") and each.args:
            text = literal(each.args[0])
            if text and not text.endswith(ENDS):
                yield text
