"""Where the canvases of a wall are: as large as there is room for, in rows."""

from dataclasses import dataclass
from math import ceil
from time import perf_counter

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from curvegui.core.arrays import FloatArray

MARGIN_PX = 3.0  # around all of them: room for the frame of the one that has the focus
LEAST_PX = 4.0  # the side of a canvas, however little room there is


@dataclass(frozen=True)
class WallLayout:
    """Places on a widget, counted row by row; all lengths are px.

    ``side`` is a canvas's, ``words`` the height of the words under each, 0 where there is no room for any. ``gap`` is
    from one canvas to the next; the first one is at ``left`` and ``top``.
    """

    count: int
    columns: int
    side: float
    words: float
    gap: float
    left: float
    top: float

    @property
    def corners(self) -> FloatArray:
        """The upper left corner of each place, shape (count, 2)."""
        index = np.arange(self.count)
        across = self.left + (index % self.columns) * (self.side + self.gap)
        down = self.top + (index // self.columns) * (self.side + self.words + self.gap)
        return np.column_stack([across, down])

    def area(self, corner: FloatArray) -> QRectF:
        """A canvas with its words."""
        return QRectF(float(corner[0]), float(corner[1]), self.side, self.side + self.words)

    def place_at(self, position: QPointF) -> int:
        """Which place is there, or -1."""
        column, row = (
            (position.x() - self.left) // (self.side + self.gap),
            (position.y() - self.top) // (self.side + self.words + self.gap),
        )
        place = int(row) * self.columns + int(column)
        if not (0 <= column < self.columns and row >= 0 and place < self.count):
            return -1
        return place if self.area(self.corners[place]).contains(position) else -1


def lay_out(count: int, width: float, height: float, line: float, widest_words: float) -> WallLayout:
    """Place so many canvases on an area of ``width`` and ``height`` px.

    A line of text is ``line`` px high. Where words of ``widest_words`` px do not fit under a canvas, all go without.
    """
    gap = max(3.0, min(width, height) / 80)
    width, height = width - 2 * MARGIN_PX, height - 2 * MARGIN_PX
    columns, side = _largest(count, width, height, line, gap)
    words = line
    if side < widest_words:
        columns, side = _largest(count, width, height, 0.0, gap)
        words = 0.0
    rows, side = ceil(count / columns), max(side, LEAST_PX)
    left = (width - columns * (side + gap) + gap) / 2
    top = (height - rows * (side + words + gap) + gap) / 2
    return WallLayout(count, columns, side, words, gap, MARGIN_PX + max(left, 0.0), MARGIN_PX + max(top, 0.0))


def _largest(count: int, width: float, height: float, words: float, gap: float) -> tuple[int, float]:
    """With how many columns the canvases are largest, and their side in whole px; of equal ones, in full rows."""
    sides = []
    for columns in range(1, count + 1):
        rows = ceil(count / columns)
        across, down = (width + gap) / columns - gap, (height + gap) / rows - gap - words
        sides.append((float(int(min(across, down))), count % columns == 0, -columns))
    side, _, columns = max(sides)
    return -columns, side


def stepped(place: int, across: int, down: int, layout: WallLayout) -> int:
    """The place to which arrow keys lead: from the end of a row to the next one, but not out of the top or bottom."""
    wanted = place + across + down * layout.columns
    return wanted if 0 <= wanted < layout.count else place


GLIDE_S = 0.5


class Glide:
    """Where the canvases are: at ``corners``, shape (K, 2), after the last step."""

    def __init__(self) -> None:
        self.corners = self._from = self._to = np.empty((0, 2))
        self.is_under_way, self._began = False, 0.0

    def begin(self, corners: FloatArray, at_once: bool) -> None:
        """Set off for other places, from where they are; or be there at once."""
        self.is_under_way = not at_once and not np.array_equal(corners, self.corners)
        self._from, self._to, self._began = self.corners, corners, perf_counter()
        if not self.is_under_way:
            self.corners = corners

    def step(self) -> FloatArray:
        """Where they are by now."""
        if self.is_under_way:
            part = min((perf_counter() - self._began) / GLIDE_S, 1.0)
            eased = part * part * (3.0 - 2.0 * part)
            self.corners = np.round(self._from + eased * (self._to - self._from))
            if part >= 1.0:
                self.corners, self.is_under_way = self._to, False
        return self.corners
