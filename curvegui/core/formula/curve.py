"""A curve as two formulas, x(t) and y(t): typed as text, computed by NumPy, and never run as a program."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.curve.curve import Curve, CurveError, FormulaParameter, Typed, arc_length, curve_through, merged
from curvegui.core.elementary import hypot
from curvegui.core.formula.functions import KNOWN, Function, is_parameter
from curvegui.core.formula.parser import FormulaError, Step, Term, parse, tokens
from curvegui.core.language.text import mark, tr

__all__ = ["Formula", "FormulaError", "NoValueError", "formula_curve", "parse_formula"]

LARGEST = 1e9  # coordinate
PIECES = (4_999, 19_997, 79_999)  # prime numbers: a formula that repeats itself cannot hide between them
LENGTH_ERROR = 3e-7  # of the length, from one number of pieces to the next, which is where more make no difference
MEETING = 1e-9  # of the size: the ends are one point
ROUNDING = 1e-12  # of the coordinates: what is smaller is no curve, but one point
SMALLEST = 1e-100  # size: far below, numbers have no digits left
ZOOMS, ZOOM_POINTS = 8, 257  # which look closely enough to come to neighbouring numbers


class NoValueError(CurveError):
    """Says in a sentence where along the curve the formula of ``axis``, "x" or "y", has no value that can be drawn."""

    def __init__(self, message: str, axis: str) -> None:
        super().__init__(message)
        self.axis = axis


@dataclass(frozen=True)
class Formula:
    """A function of t: its text, the steps that compute it, its term, and the ``values`` of its parameters by name."""

    text: str
    steps: tuple[Step, ...]
    term: Term
    values: Mapping[str, float] = field(default_factory=dict)

    def __call__(self, t: FloatArray) -> FloatArray:
        """The formula's values at t, shape (n,); nan or infinite, without a warning, where they cannot be computed."""
        stack: list[FloatArray | np.float64] = []
        with np.errstate(all="ignore"):
            for step in self.steps:
                if isinstance(step, Function):
                    operands = stack[-step.arguments :]
                    stack[-step.arguments :] = [step.compute(*operands)]
                elif isinstance(step, str):
                    stack.append(np.float64(self.values[step]) if step in self.values else t)
                else:
                    stack.append(step)
        return np.array(np.broadcast_to(stack[0], t.shape), np.float64)


def parse_formula(text: str, values: Mapping[str, float] | None = None) -> Formula:
    """Read a formula of t with parameters that have these values; raises ``FormulaError``, which says where it is none.

    There are + - * / and ^ or **; numbers, also with a decimal comma, pi, tau, e and phi; parentheses, \\|t|, √t and
    t²; and the functions in ``functions.FUNCTIONS``. A sign between two things that are multiplied may be left out: 2
    pi t, 3sin(t), (1 + t)(2 - t). It is a multiplication like any other: 1/2t is t/2. -t^2 is -(t^2), and 2^3^2 is
    2^(3^2). ``log`` is the natural logarithm, ``mod`` has the sign of the divisor. Arguments are separated by a comma
    or a semicolon; where there can be several, a comma is never a decimal comma.
    """
    values = values or {}
    return Formula(text, *parse(text, values), values)


def letters_of(text: str) -> list[str]:
    """The letters that can be parameters of a formula, in their order, as far as the formula can be read."""
    found = dict[str, None]()
    try:
        for token in tokens(text):
            if token.kind == "name" and is_parameter(token.text.lower()):
                found[token.text.lower()] = None
    except FormulaError:
        pass
    return list(found)


def formula_curve(x: str, y: str, name: str = "", parameters: Sequence[FormulaParameter] = ()) -> Curve:
    """The curve of two formulas for t from 0 to 1, closed where its ends meet, named by the formulas if not otherwise.
    Raises ``FormulaError`` for a text that is no formula, ``NoValueError`` where a value is missing or too large."""
    typed = Typed(x, y, tuple(parameters))
    formulas = {"x(t)": _parsed("x(t)", x, typed.values), "y(t)": _parsed("y(t)", y, typed.values)}
    points = _sampled(formulas)
    for each, formula in formulas.items():  # a pole between the points shows where the values change most
        low, high = 0.0, 1.0
        for _ in range(ZOOMS):
            t = np.linspace(low, high, ZOOM_POINTS)
            steepest = int(np.abs(np.diff(_finite(each, formula, t))).argmax())
            low, high = t[max(steepest - 1, 0)], t[min(steepest + 2, ZOOM_POINTS - 1)]
    size = np.ptp(points, axis=1).max()
    if size <= max(ROUNDING * np.abs(points).max(), SMALLEST):
        points = points[:, :1]
    closed = points.shape[1] > 1 and bool(hypot(*(points[:, -1] - points[:, 0])) <= MEETING * size)
    points, _, _ = merged(points[:, :-1] if closed else points)
    return replace(curve_through(name or f"{x}, {y}", points, closed=closed), typed=typed)


def names_formulas(name: str) -> bool:
    """Whether a curve has its formulas for a name, as `formula_curve` gives it, cut short or not."""
    words = re.findall(r"[^\W\d_]+", name.lower())
    known = all(len(word) == 1 or word in KNOWN for word in words[:-1])
    return known and ", " in name and re.search(r"[\d(*/^+]", name) is not None


def _parsed(name: str, text: str, values: Mapping[str, float]) -> Formula:
    try:
        return parse_formula(text, values)
    except FormulaError as error:
        raise FormulaError(tr("{text}: {sentence}", text=name, sentence=error), error.position) from None


def _sampled(formulas: dict[str, Formula]) -> FloatArray:
    """Points so dense that more of them would not change the length, shape (2, M)."""
    points, length = np.empty((2, 0)), -1.0
    for pieces in PIECES:
        t = np.arange(pieces + 1) / pieces
        more = np.stack([_finite(name, formula, t) for name, formula in formulas.items()])
        before, length = length, arc_length(more, closed=False)
        if abs(length - before) <= LENGTH_ERROR * length:
            break
        points = more
    return points


def _finite(name: str, formula: Formula, t: FloatArray) -> FloatArray:
    values = formula(t)
    bad = np.flatnonzero(~(np.abs(values) <= LARGEST))
    if bad.size:
        words = mark("{name} is beyond {largest:,.0f} at t = {t:.6g}. t goes from 0 to 1.")
        if np.isnan(values[bad[0]]):
            words = mark("{name} has no value at t = {t:.6g}. t goes from 0 to 1.")
        elif np.isinf(values[bad[0]]):
            words = mark("{name} is infinite at t = {t:.6g}. t goes from 0 to 1.")
        raise NoValueError(tr(words, name=name, largest=LARGEST, t=float(t[bad[0]])), name[0])
    return values
