"""In a child: the globals that a learner's functions live in, and calling them, whatever they do."""

import __future__

import ast
import re
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from types import FrameType, TracebackType
from typing import Any

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.exercise.child.given_functions import OddAnswer, extended, given_functions
from curvegui.exercise.child.stand_ins import StandIn
from curvegui.exercise.problem import PARAMETERS, Problem

LONGEST_EXPRESSION = 70  # characters of an expression; a longer one is not repeated to anybody
MOST_PARTS = 4
PURE = frozenset(
    {"sigma", "d_sigma", "dot", "matmul", "multiply", "add", "subtract", "divide", "transpose", "exp", "cosh", "abs"}
    | {"sum", "mean", "square", "ones", "zeros", "ones_like", "zeros_like", "reshape", "outer", "diag"}
)
"""Functions that may be called once more: they change nothing."""
_SAFE = (
    ast.Name, ast.Constant, ast.BinOp, ast.UnaryOp, ast.operator, ast.unaryop, ast.Subscript, ast.Slice, ast.Tuple,
    ast.expr_context, ast.keyword,
)  # fmt: skip


def operands_at(trace: TracebackType, source: str, line: int) -> dict[str, Any]:
    """The ``text`` of the expression at which a frame of the learner's stopped, and the ``shapes`` of its operands.
    ``source`` is the statement around it, whose first line is ``line`` for the frame. Empty if nothing is known."""
    try:
        positions = trace.tb_frame.f_code.co_positions()
        first, last, begin, end = next(islice(positions, trace.tb_lasti // 2, None))
        wanted = (first or 0) - line + 1, (last or 0) - line + 1, begin, end
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.BinOp | ast.Call | ast.AugAssign) and wanted == (
                node.lineno, node.end_lineno, node.col_offset, node.end_col_offset,
            ):  # fmt: skip
                shapes = [_shape_of(part, trace.tb_frame) for part in _parts(node)]
                text = ast.get_source_segment(source, node) or ""
                is_short = len(text) <= LONGEST_EXPRESSION and "\n" not in text
                return {"text": text if is_short else "", "shapes": shapes[:MOST_PARTS]} if shapes else {}
    except BaseException:  # of objects that are the learner's own, or where nothing is known
        pass
    return {}


def _parts(node: ast.AST) -> Iterator[ast.expr]:
    """The operands of an expression; of a call, the arguments, and the array whose method is called."""
    match node:
        case ast.BinOp(left=left, right=right):
            yield from (left, right)
        case ast.AugAssign(target=target, value=value):
            yield from (target, value)
        case ast.Call(func=function, args=given):
            if isinstance(function, ast.Attribute) and ast.unparse(function.value) not in ("np", "numpy", "math"):
                yield function.value
            yield from (each for each in given if not isinstance(each, ast.Constant | ast.Starred))


def _shape_of(part: ast.expr, frame: FrameType) -> list[int]:
    """An operand's shape; raises ``ValueError`` for no array, or where code would have to run that may change
    something."""
    if not _is_safe(part):
        raise ValueError
    value = eval(ast.unparse(part), frame.f_globals, frame.f_locals)  # also a target of ``*=``, which is written to
    if not isinstance(value, np.ndarray | np.generic | int | float):
        raise ValueError
    return [int(each) for each in np.shape(value)]


def _is_safe(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute):
        return node.attr in ("T", "size", "shape", "float64") and _is_safe(node.value)
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        owner = [node.func.value] if isinstance(node.func, ast.Attribute) else []
        return name in PURE and all(map(_is_safe, [*node.args, *node.keywords, *owner]))
    return isinstance(node, _SAFE) and all(map(_is_safe, ast.iter_child_nodes(node)))


MOST_NUMBERS = 100_000  # in an answer; the right ones have a few dozen
MOST_TEXT = 500  # characters of a message

News = dict[str, Any]
UNCHANGED = 1e-9  # what is changed and put back is rounded


class LearnerNamespace:
    """The globals of a learner's file, whose ``chunks`` are as in `LearnerFile`."""

    def __init__(self, chunks: Sequence[tuple[str, int, int | None]]) -> None:
        self._chunks = chunks
        self._texts = {
            (cell, line + at): text for source, line, cell in chunks for at, text in enumerate(source.split("\n"))
        }
        lazy = any(re.match(r"from __future__ import .*\bannotations\b", source) for source, _, _ in chunks)
        self._flags = __future__.annotations.compiler_flag if lazy else 0
        self._cells = {_file_of(cell): cell for _, _, cell in chunks}
        self.names: dict[str, Any] = {"__name__": "__main__", "__doc__": None, "np": np, "numpy": np}
        self.names |= dict.fromkeys(("plt", "display", "get_ipython"), StandIn())
        self.names |= {"exit": sys.exit, "quit": sys.exit, "plot_training": lambda *_, **__: None}
        self._given = given_functions(self.names)
        self._is_extended = False
        self._given["reset_network"]()

    def run(self, index: int) -> News | None:
        """Run a top-level statement; return its exception as news, or None."""
        source, line, cell = self._chunks[index]
        try:
            tree = ast.parse(source)
            ast.increment_lineno(tree, line - 1)  # to those of the file
            exec(compile(tree, _file_of(cell), "exec", flags=self._flags, dont_inherit=True), self.names)
        except BaseException as error:
            return self.failure(error)
        return None

    def prepare(self, problem: Problem) -> None:
        """Make a problem's network the globals, and restore the given functions. From the first time on, these take
        further arguments where the file's own functions do; see `extended`."""
        if not self._is_extended:
            self._given = {name: extended(ours, self.names.get(name)) for name, ours in self._given.items()}
            self._is_extended = True
        self.names.update({name: problem.parameters[name].copy() for name in PARAMETERS})
        self.names.update(self._given)

    def answer(self, function: Any, *given: Any) -> tuple[News, list[FloatArray]]:
        """Call a function, whatever it is and does, and describe its result."""
        try:
            found = function(*given)
        except OddAnswer as error:
            return {"is": "no numbers", "kind": str(error)[:MOST_TEXT]}, []
        except BaseException as error:
            return self.failure(error), []
        kind = type(found).__name__
        if isinstance(found, int) and abs(found) > 2**53:
            kind = "int of many digits"
        elif isinstance(found, bool | int | float | np.generic | np.ndarray):
            array = np.asarray(found)
            if array.dtype.kind not in "biuf":
                kind = f"{kind} of {array.dtype.name}"
            elif array.size > MOST_NUMBERS or array.ndim > 8:
                kind = f"{kind} of {array.size:,} numbers"
            else:
                return {"is": "value"}, [array.astype(np.float64)]
        return {"is": "no numbers", "kind": kind[:MOST_TEXT]}, []

    def changed(self, problem: Problem, given: Sequence[FloatArray]) -> list[str]:
        """Which of x, y and the parameters a call has changed; ``given`` are the x and y that the call was given."""
        before = {"x": problem.x, "y": problem.y} | problem.parameters
        now: dict[str, Any] = {name: self.names.get(name) for name in PARAMETERS} | dict(zip("xy", given, strict=True))
        found = []
        for name, array in before.items():
            left = now[name]
            is_array = type(left) is np.ndarray and left.shape == array.shape and left.dtype.kind in "iuf"
            if not is_array or not np.max(np.abs(left - array)) <= UNCHANGED:  # true for nan too
                found.append(name)
        return found

    def failure(self, error: BaseException) -> News:
        """An exception as news: where in the file it was raised, which arrays were involved, and its message."""
        trace, each = None, error.__traceback__
        while each is not None:  # to the last frame of the file that the exception went through
            trace = each if each.tb_frame.f_code.co_filename in self._cells else trace
            each = each.tb_next
        line, cell = (trace.tb_lineno, self._cells[trace.tb_frame.f_code.co_filename]) if trace else (None, None)
        try:
            said = str(error)[:MOST_TEXT]
        except BaseException:  # an exception of the learner's own
            said = ""
        message = "".join(each if each.isprintable() else " " for each in said)
        text = self._texts.get((cell, line), "").strip()[:MOST_TEXT] if line else ""
        name = error.name if isinstance(error, NameError) and isinstance(error.name, str) else ""
        news: News = {"is": "raised", "kind": type(error).__name__, "message": message, "missing_name": name}
        news |= {"line": line, "cell": cell, "text": text}
        if trace:
            news["function"] = trace.tb_frame.f_code.co_name[:MOST_TEXT]
            for source, first, where in self._chunks:
                if where == cell and first <= trace.tb_lineno <= first + source.count("\n"):
                    news["operands"] = operands_at(trace, source, first)
        return news


def _file_of(cell: int | None) -> str:
    return "<your file>" if cell is None else f"<cell {cell}>"
