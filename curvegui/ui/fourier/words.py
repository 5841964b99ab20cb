"""The comparison in words: what is counted, and where which of the two is closer."""

from PySide6.QtCore import QLocale

from curvegui.core.fourier.comparison import Comparison
from curvegui.core.fourier.series import FourierSeries
from curvegui.core.language.text import mark, tr
from curvegui.core.learner.learner import Snapshot
from curvegui.ui.widgets.numbers import format_number

COUNTED = mark(
    "The series has {numbers} numbers: each circle's radius and the angle at which it begins. The network has "
    "{parameters} weights and biases. Both are fitted to the same {points} training points and judged by the same cost."
)
THROUGH_ALL = mark(
    "There are as many circles as training points: the series passes through every one. Look between them, at the "
    "errors below."
)
EXACT = mark("The series draws this curve exactly: its formulas are made of a few sines and cosines.")
CLOSER = mark("The series is closer to the curve on {percent} % of it.")
WORST = mark("Its largest error is {error}, at t = {t}.")
CORNER = mark("Its largest error is {error}, at t = {t}, where the curve has a corner: smooth waves round corners off.")
OPEN = mark(
    "This curve is open, and a Fourier series always returns to where it began: it jumps back from the end to the "
    "start. Beside such a jump it overshoots by about 9 % of it, however many circles there are (the Gibbs phenomenon)."
    " The network need not return."
)
NOTHING = 1e-9  # a smaller error is rounding


def counted_words(series: FourierSeries, snapshot: Snapshot) -> str:
    """What is counted on both sides."""
    return tr(
        COUNTED,
        numbers=format_number(series.numbers),
        parameters=format_number(snapshot.parameters.size),
        points=format_number(int(snapshot.target.trained.sum())),
    )


def verdict_words(comparison: Comparison, snapshot: Snapshot, through_all: bool) -> str:
    """Where which of the two is closer, and why; ``through_all``: there are as many circles as training points."""
    largest = float(comparison.series.max())
    if largest < NOTHING:
        return tr(EXACT)
    closer = tr(CLOSER, percent=QLocale().toString(_percent(comparison.share)))
    if not snapshot.target.closed:
        return f"{closer} {tr(OPEN)}"
    if through_all:
        return f"{closer} {tr(THROUGH_ALL)}"
    worst = CORNER if comparison.is_worst_at_corner else WORST
    error, t = format_number(float(f"{largest:.2g}")), format_number(round(comparison.worst, 3))
    return f"{closer} {tr(worst, error=error, t=t)}"


def _percent(share: float) -> int:
    """A share in percent; 0 and 100 are none and all of it."""
    return round(100 * share) if share in (0, 1) else min(max(round(100 * share), 1), 99)


def longest_words() -> str:
    """The longest verdict that there will be."""
    return f"{tr(CLOSER, percent=100)} {tr(OPEN)}"
