"""The picture of a wall: which network is where, and what is painted of it."""

from dataclasses import replace
from time import perf_counter

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage

from curvegui.core.arrays import FloatArray
from curvegui.core.ensemble.plan import Value, WallPlan, is_lost, order, ranks
from curvegui.core.ensemble.wall_snapshot import WallSnapshot
from curvegui.figure.drawing.target_drawing import TargetDrawing
from curvegui.ui.canvas.turns import NUMBERS_S
from curvegui.ui.look.painter import painter_for
from curvegui.ui.look.theme import current_theme
from curvegui.ui.wall.layout import Glide, WallLayout, lay_out
from curvegui.ui.wall.painting import NAMED_LINES, WallFace, WallWords
from curvegui.ui.wall.words import short_value, value_words
from curvegui.ui.widgets.numbers import format_cost

REORDER_S = 2.0  # between two new orders while they learn: an eye can follow
WORDS_S = 2 * NUMBERS_S
WIDEST_COST = 8.88e-88


class WallPicture:
    """Paints the networks of a wall into an image.

    ``values`` are what each network has of the setting along the wall, none before ``show_wall``. ``order``, shape
    (K,), says which network is at each place. Where it ``is_calm``, nothing glides to its new place. It ``is_stale``
    where there is something that has not been painted.
    """

    def __init__(self) -> None:
        self.plan, self.values = WallPlan(), tuple[Value, ...]()
        self.snapshot: WallSnapshot | None = None
        self.layout = WallLayout(0, 1, 1.0, 0.0, 0.0, 0.0, 0.0)
        self.order = np.arange(0)
        self.is_calm, self.is_stale = False, True
        self._face = WallFace(TargetDrawing(np.empty((2, 0))))
        self._words = WallWords()
        self._written_at = self._ordered_at = 0.0
        self._is_unwritten = self._is_unordered = False
        self._by_cost = False
        self._glide, self._image = Glide(), QImage()

    # What is shown

    def show_wall(self, plan: WallPlan, values: tuple[Value, ...], target: TargetDrawing) -> None:
        """Show other networks, before anything is known of them."""
        self.plan, self.values = plan, values
        self._face, self.snapshot = WallFace(target), None
        self._words = WallWords(
            tuple(value_words(plan.varied, value) for value in values),
            tuple(short_value(plan.varied, value) for value in values),
        )
        self.order = np.arange(plan.count)
        self._written_at = 0.0

    def show_snapshot(self, snapshot: WallSnapshot) -> None:
        """Show how they stand; words and order follow when there has been time to read those before."""
        self.snapshot = snapshot
        self.is_stale = self._is_unwritten = self._is_unordered = True

    def settle(self, may_move: bool) -> None:
        """Bring the words up to date, and the order where networks may change their places, if it is time to."""
        now = perf_counter()
        if self._is_unwritten and self.snapshot is not None and now >= self._written_at + WORDS_S:
            self._written_at = now
            self._write(self.snapshot)
        if self._is_unordered and self._by_cost and may_move and now >= self._ordered_at + REORDER_S:
            self.put_in_order()

    def _write(self, snapshot: WallSnapshot) -> None:
        costs = tuple("" if is_lost(cost) else format_cost(cost) for cost in snapshot.costs.tolist())
        self._words = replace(self._words, costs=costs, ranks=tuple(map(str, ranks(snapshot.costs).tolist())))
        self._is_unwritten, self.is_stale = False, True

    def set_by_cost(self, by_cost: bool) -> None:
        """Put the networks in the order of their costs, or back in that of the wall."""
        self._by_cost = by_cost
        self.put_in_order()

    def put_in_order(self) -> None:
        """Let each glide to its place."""
        self._ordered_at, self.is_stale, self._is_unordered = perf_counter(), True, False
        by_cost = self._by_cost and self.snapshot is not None
        self.order = order(self.snapshot.costs) if by_cost and self.snapshot else np.arange(self.plan.count)
        self._glide.begin(self._belonging(), at_once=self.is_calm)

    # Places

    def arrange(self, size: QSize, font: QFont) -> None:
        """Give all of them their places in a widget of a size."""
        metrics = QFontMetricsF(font)
        widest = metrics.horizontalAdvance(format_cost(WIDEST_COST))
        lines = NAMED_LINES if self.plan.is_race else 1
        self.layout = lay_out(self.plan.count, size.width(), size.height(), lines * metrics.height(), widest)
        self._glide.begin(self._belonging(), at_once=True)
        self._image, self.is_stale = QImage(), True

    def _belonging(self) -> FloatArray:
        """Where each network belongs, shape (K, 2)."""
        corners = np.empty((self.plan.count, 2))
        if len(self.order) == self.layout.count:
            corners[self.order] = self.layout.corners
        return corners

    def place(self, member: int) -> int:
        """Where a network is, counted row by row."""
        return int(np.flatnonzero(self.order == member)[0])

    def canvas(self, member: int) -> QRectF:
        """Where a network's canvas is, px."""
        x, y = self._glide.corners[member].tolist()
        return QRectF(x, y, self.layout.side, self.layout.side)

    def member_at(self, position: QPointF) -> int:
        """Which network is there, or -1; none while they are on their way."""
        place = -1 if self._glide.is_under_way or not self.values else self.layout.place_at(position)
        return int(self.order[place]) if place >= 0 else -1

    # Painting

    @property
    def is_moving(self) -> bool:
        """Whether networks are on their way to other places."""
        return self._glide.is_under_way

    def image(self, size: QSize, ratio: float, font: QFont) -> QImage:
        """The picture, painted anew where something is new.

        ``size`` is in logical px, each of which is ``ratio`` device pixels.
        """
        pixels = QSize(round(size.width() * ratio), round(size.height() * ratio))
        if self.is_stale or self.is_moving or self._image.size() != pixels:
            if self._image.size() != pixels:
                self._image = QImage(pixels, QImage.Format.Format_RGB32)
                self._image.setDevicePixelRatio(ratio)
            self._paint(font, ratio)
        return self._image

    def _paint(self, font: QFont, ratio: float) -> None:
        self.is_stale = False
        self._image.fill(QColor(current_theme().window))
        if not self.values or self._image.isNull():
            return
        corners, painter = self._glide.step(), painter_for(self._image)
        painter.setFont(font)
        self._face.paint_tiles(painter, self.layout, corners, ratio)
        self._face.paint_words(painter, self.layout, corners, self._words)
        if self.snapshot is not None:  # over the ranks: a saturated network draws a point in a corner
            kept = np.isfinite(self.snapshot.costs)
            self._face.paint_curves(painter, self.layout, corners[kept], self.snapshot.fits[kept])
        painter.end()
