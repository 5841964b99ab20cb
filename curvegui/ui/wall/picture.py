"""The picture of a wall: where its canvases are, what is painted of each, and how they change their places."""

from dataclasses import dataclass, replace
from math import ceil
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPainterPath, QPen, QPixmap

from curvegui.core.arrays import FloatArray
from curvegui.core.curve.curve import BoolArray
from curvegui.core.ensemble.ensemble import WallSnapshot, thinned
from curvegui.core.ensemble.plan import Value, WallPlan, is_lost, order, ranks
from curvegui.core.language.text import tr
from curvegui.figure.drawing.data_map import DataMap
from curvegui.figure.drawing.look import LOOKS, Look
from curvegui.figure.drawing.polyline import draw_lines, saved
from curvegui.figure.drawing.target_drawing import TargetDrawing, paint_target
from curvegui.ui.canvas.turns import NUMBERS_S
from curvegui.ui.look.painter import painter_for, write
from curvegui.ui.look.theme import current_theme
from curvegui.ui.wall.words import DIVERGED, short_value, value_words
from curvegui.ui.widgets.numbers import format_cost

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


EDGE = 0.05  # of a canvas's side, around the unit square
BEYOND = 0.04  # of the unit square, up to which a curve is drawn outside of it
FAINT = 0.45  # the target's opacity
FINEST_PX = 1.2  # of a canvas's side for each point of a curve: more of them cannot be told apart
FEWEST_POINTS = 40
ROUNDNESS_PX = 5.0
BADGE_LINES = 4.0  # the side of a canvas that has room for its rank: on smaller ones only the first has one
VALUE_LINES = 2.0  # the same for the value in it, where there is no room below
NAMED_LINES = 2  # of words below a canvas in a race, where names are long: the name, and below it the cost
POINT_PX = 2.5  # the radius of a curve that is one point


@dataclass(frozen=True)
class WallWords:
    """What is written at each canvas.

    It has ``names`` of the setting along the wall, such as "noise 1", and ``values`` without the setting. There are
    no ``costs`` and ``ranks`` before they are known; an empty cost is one of a network whose numbers ran away.
    """

    names: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    costs: tuple[str, ...] = ()
    ranks: tuple[str, ...] = ()

    def lost(self, member: int) -> bool:
        """Whether a network's numbers ran away."""
        return bool(self.costs) and not self.costs[member]


class WallFace:
    """How a wall looks with a target and a font, in the theme."""

    def __init__(self, target: TargetDrawing) -> None:
        self._target = target
        self._tile = QPixmap()
        self._key: tuple[float, float, str] | None = None

    def paint_tiles(self, painter: QPainter, layout: WallLayout, corners: FloatArray, ratio: float) -> None:
        """Paint the canvases without curves; corners have shape (K, 2)."""
        key = layout.side, ratio, current_theme().key
        if self._key != key:
            self._key, self._tile = key, self._made_tile(layout.side, ratio)
        for x, y in corners.tolist():
            painter.drawPixmap(QPointF(x, y), self._tile)

    @property
    def _look(self) -> Look:
        return LOOKS[current_theme().key]

    def _made_tile(self, side: float, ratio: float) -> QPixmap:
        tile = QPixmap(round(side * ratio), round(side * ratio))
        tile.setDevicePixelRatio(ratio)
        tile.fill(QColor(current_theme().window))
        painter, area = painter_for(tile), QRectF(0, 0, side, side)
        with saved(painter):
            shape = QPainterPath()
            shape.addRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), ROUNDNESS_PX, ROUNDNESS_PX)
            painter.fillPath(shape, self._look.background.brush(area))
            painter.setPen(QPen(QColor(current_theme().border), 1.0))
            painter.drawPath(shape)
        painter.setOpacity(FAINT)
        margin = EDGE * side
        square = area.adjusted(margin, margin, -margin, -margin)
        paint_target(painter, self._target, DataMap.unit_square(square, area), self._look, _scale(side))
        painter.end()
        return tile

    def paint_curves(
        self, painter: QPainter, layout: WallLayout, corners: FloatArray, fits: NDArray[np.float32]
    ) -> None:
        """Paint all curves, shape (K, 2, n)."""
        pen = self._look.fit.pen(_scale(layout.side))
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        with saved(painter):
            painter.setPen(pen)
            draw_lines(painter, curve_lines(layout.side, corners, fits))
            painter.setBrush(pen.color())
            painter.setPen(Qt.PenStyle.NoPen)
            for x, y in points_of(layout.side, corners, fits).tolist():
                painter.drawEllipse(QPointF(x, y), POINT_PX, POINT_PX)

    def paint_words(self, painter: QPainter, layout: WallLayout, corners: FloatArray, words: WallWords) -> None:
        """Paint value and cost under each canvas, or the value in it, and its rank in the corner, if there is room."""
        metrics = QFontMetricsF(painter.font())
        line = metrics.height()
        left = _fitting(layout.side, words, metrics) if layout.words <= line else ()
        bottom, names = Qt.AlignmentFlag.AlignVCenter, words.values if layout.words > line else ()
        for index, (x, y) in enumerate(corners.tolist()):
            below = QRectF(x, y + layout.side + layout.words - line, layout.side, line)
            if names:
                painter.setPen(QColor(current_theme().muted))
                shown = metrics.elidedText(names[index], Qt.TextElideMode.ElideRight, layout.side)
                painter.drawText(below.translated(0, -line), Qt.AlignmentFlag.AlignHCenter | bottom, shown)
            if layout.words and left:
                painter.setPen(QColor(current_theme().muted))
                write(painter, below, Qt.AlignmentFlag.AlignLeft | bottom, left[index])
            if layout.words and words.costs:
                painter.setPen(QColor(current_theme().text))
                side = Qt.AlignmentFlag.AlignRight if left else Qt.AlignmentFlag.AlignHCenter
                painter.drawText(below, side | bottom, words.costs[index])
            if not layout.words and words.values and layout.side >= VALUE_LINES * line:
                painter.setPen(QColor(current_theme().muted))
                inside = QRectF(x, y, layout.side, layout.side).adjusted(3, 0, -3, -1)
                painter.drawText(inside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, words.values[index])
            if words.lost(index):
                self._paint_lost(painter, QRectF(x, y, layout.side, layout.side), line)
        self._paint_badges(painter, corners, words, only_first=layout.side < BADGE_LINES * line)

    def _paint_lost(self, painter: QPainter, area: QRectF, line: float) -> None:
        """Mark a network whose numbers ran away: by a sign and, where there is room, in words."""
        painter.setPen(QColor(current_theme().warning))
        if QFontMetricsF(painter.font()).horizontalAdvance(f"{tr(DIVERGED)} ") > area.width():
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, "▲")
            return
        painter.drawText(area.translated(0, -line / 2), Qt.AlignmentFlag.AlignCenter, "▲")
        painter.drawText(area.translated(0, line / 2), Qt.AlignmentFlag.AlignCenter, tr(DIVERGED))

    def _paint_badges(self, painter: QPainter, corners: FloatArray, words: WallWords, only_first: bool) -> None:
        theme, usual = current_theme(), QFont(painter.font())
        bold = QFont(usual)
        bold.setBold(True)
        metrics = QFontMetricsF(bold)
        height = metrics.height()
        with saved(painter):
            painter.setFont(bold)
            for (x, y), rank, cost in zip(corners.tolist(), words.ranks, words.costs, strict=False):
                leads = rank == "1"
                if not cost or (only_first and not leads):
                    continue
                shown = f"#{rank}"
                width = max(metrics.horizontalAdvance(shown) + height * 0.6, height)
                badge = QRectF(x + 4, y + 4, width, height)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(theme.accent if leads else theme.chip))
                painter.drawRoundedRect(badge, height / 2, height / 2)
                painter.setPen(QColor(theme.on_accent if leads else theme.text))
                painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, shown)


def curve_lines(side: float, corners: FloatArray, fits: NDArray[np.float32]) -> FloatArray:
    """All curves as short lines in px, without those that would leave their canvas; shape (n, 4).

    ``side`` is a canvas's; ``corners``, shape (K, 2), are the upper left ones; ``fits``, shape (K, 2, m), are in the
    plane, y up.
    """
    curves = thinned(fits.astype(np.float64), max(FEWEST_POINTS, int(side / FINEST_PX)))
    within: BoolArray = (curves >= -BEYOND) & (curves <= 1.0 + BEYOND)  # what is not a number is not
    inside = np.logical_and.reduce(within, axis=1)
    kept = inside[:, :-1] & inside[:, 1:]
    scale, margin = side * (1.0 - 2.0 * EDGE), EDGE * side
    with np.errstate(invalid="ignore", over="ignore"):
        points = curves * np.array([[scale], [-scale]])
        points += (corners + np.array([margin, side - margin]))[:, :, np.newaxis]
    ends = points.transpose(0, 2, 1)
    lines = np.concatenate([ends[:, :-1], ends[:, 1:]], axis=2)
    return np.ascontiguousarray(lines[kept])


def points_of(side: float, corners: FloatArray, fits: NDArray[np.float32]) -> FloatArray:
    """Where the curves are that are too small to be seen as lines, px; shape (n, 2)."""
    scale, margin, middle = side * (1.0 - 2.0 * EDGE), EDGE * side, fits[:, :, 0].astype(np.float64)
    with np.errstate(invalid="ignore", over="ignore"):
        tiny = (np.ptp(fits, axis=2).max(axis=1) * scale < POINT_PX) & (np.abs(middle - 0.5) <= 0.5 + BEYOND).all(
            axis=1
        )
        places = corners + np.array([margin, side - margin]) + middle * np.array([scale, -scale])
    found: FloatArray = places[tiny]
    return found


def _fitting(room: float, words: WallWords, metrics: QFontMetricsF) -> tuple[str, ...]:
    """The longest words about the setting that fit beside the costs; none where there is no room."""
    costs = words.costs or ("",) * len(words.names)
    for texts in (words.names, words.values):
        lines = map("  ".join, zip(texts, costs, strict=True))
        if max(map(metrics.horizontalAdvance, lines), default=0.0) <= room:
            return texts
    return ()


def _scale(side: float) -> float:
    """How wide pens are: thin on small canvases."""
    return min(max(side / 220.0, 0.5), 1.0)


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
