"""Pictures painted at once, as pixels, and how long the pieces of one hold whoever paints them."""

from collections.abc import Callable
from time import thread_time
from typing import Any

from PySide6.QtGui import QImage

from curvegui.figure.drawing.figure import Figure, FigureOptions
from curvegui.figure.drawing.look import Look
from curvegui.figure.picture.export import Rendering
from curvegui.figure.picture.surfaces import PaintedFile

TIMES = 3


def render_image(figure: Figure, look: Look, options: FigureOptions, **size: Any) -> QImage:
    return Rendering(figure, look, options, **size).paint_all().image


def longest_piece(begin: Callable[[], PaintedFile]) -> float:
    """Seconds of this thread's own time that the longest piece of a painting takes, beginning it included.

    The best of some paintings counts: a busy processor makes any piece long now and then.
    """
    return min(max(_pieces(begin)) for _ in range(TIMES))


def _pieces(begin: Callable[[], PaintedFile]) -> list[float]:
    start = thread_time()
    painting = begin()
    took = [thread_time() - start]
    while not painting.painted:
        start = thread_time()
        painting.advance()
        took.append(thread_time() - start)
    return took
