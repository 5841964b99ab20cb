"""In a child: the arrays in the expression that raised an exception, and their shapes.

NumPy's messages name two numbers, and for a product not even which array has which. So the operands in the learner's
own line are looked up, or computed again where that changes nothing.
"""

import ast
from collections.abc import Iterator
from itertools import islice
from types import FrameType, TracebackType
from typing import Any

import numpy as np

MOST_TEXT = 70  # characters of an expression; a longer one is not repeated to anybody
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
_ndarray, _generic, _shape = np.ndarray, np.generic, np.shape


def operands_at(trace: TracebackType, source: str, line: int) -> dict[str, Any]:
    """The expression at which a frame of the learner's stopped: its ``text``, and the ``shapes`` of its operands.

    ``source`` is the statement that it is in, whose first line is ``line`` for the frame. Empty if nothing is known.
    """
    try:
        node = _node_at(trace, source, line)
        found = [_shape_of(part, trace.tb_frame) for part in _parts(node)] if node is not None else []
        if node is None or not found:
            return {}
        text = ast.get_source_segment(source, node) or ""
        return {"text": text if len(text) <= MOST_TEXT and "\n" not in text else "", "shapes": found[:MOST_PARTS]}
    except BaseException:  # of objects that are the learner's own
        return {}


def _node_at(trace: TracebackType, source: str, line: int) -> ast.AST | None:
    """The operation at which a frame stopped."""
    positions = trace.tb_frame.f_code.co_positions()
    first, last, begin, end = next(islice(positions, trace.tb_lasti // 2, None), (None,) * 4)
    if first is None or last is None:
        return None
    wanted = (first - line + 1, last - line + 1, begin, end)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.BinOp | ast.Call | ast.AugAssign) and wanted == (
            node.lineno, node.end_lineno, node.col_offset, node.end_col_offset,
        ):  # fmt: skip
            return node
    return None


def _parts(node: ast.AST) -> Iterator[ast.expr]:
    """The operands, or the arguments of a call, with the array whose method it is."""
    match node:
        case ast.BinOp(left=left, right=right):
            yield from (left, right)
        case ast.AugAssign(target=target, value=value):
            yield from (target, value)
        case ast.Call(func=function, args=given):
            if isinstance(function, ast.Attribute) and not _is_module(function.value):
                yield function.value
            yield from (each for each in given if not isinstance(each, ast.Constant | ast.Starred))


def _is_module(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in ("np", "numpy", "math")


def _shape_of(part: ast.expr, frame: FrameType) -> list[int]:
    """An operand's shape.

    Raises ``ValueError`` if it is no array, or cannot be known without running code that may change something.
    """
    if not _is_safe(part):
        raise ValueError
    readable = ast.Expression(_read(part))
    value = eval(compile(readable, "<part>", "eval"), frame.f_globals, frame.f_locals)
    if not isinstance(value, _ndarray | _generic | int | float):
        raise ValueError
    return [int(each) for each in _shape(value)]


def _read(part: ast.expr) -> ast.expr:
    """An expression to be read, also where it is written to, as the target of ``*=``."""
    return ast.parse(ast.unparse(part), mode="eval").body


def _is_safe(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute):
        return node.attr in ("T", "size", "shape", "float64") and _is_safe(node.value)
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        owner = node.func.value if isinstance(node.func, ast.Attribute) else None
        inner = [*node.args, *node.keywords, *([owner] if owner is not None else [])]
        return name in PURE and all(map(_is_safe, inner))
    return isinstance(node, _SAFE) and all(map(_is_safe, ast.iter_child_nodes(node)))
