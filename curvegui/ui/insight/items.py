"""Qt's items that explain the fit: arrows, the curve without a part, a stretch, a point, and their legend."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsEllipseItem, QGraphicsItem, QGraphicsPathItem, QGraphicsRectItem, QGraphicsScene
from PySide6.QtWidgets import QGraphicsSimpleTextItem as TextItem

from curvegui.core.arrays import FloatArray
from curvegui.core.round_numbers import round_down
from curvegui.figure.drawing.look import Ink, Look
from curvegui.ui.canvas.run_items import CURVES, FRONT, LEGENDS, lay_over, show_outline

HEAD_PX = 7.0
HEAD_SHARE = 0.45  # of a short arrow's length
HEAD_WIDTH = 0.4  # to each side, of the head's length
SHORTEST_PX = 1.5  # shorter arrows are left out: their direction could not be seen
LIMIT_PX = 1e5


def thinned(count: int, most: int) -> np.ndarray:
    return np.unique(np.linspace(0, count - 1, min(count, most)).astype(np.intp)) if count else np.empty(0, np.intp)


def arrows(starts: FloatArray, ends: FloatArray) -> tuple[QPainterPath, QPainterPath]:
    """The shafts and heads of arrows from pixels to pixels, shape (2, n); arrows that cannot be drawn are left out."""
    shafts, tips = QPainterPath(), QPainterPath()
    ways = ends - starts
    lengths = np.hypot(*ways)
    seen = np.isfinite(starts).all(axis=0) & np.isfinite(ends).all(axis=0) & (lengths >= SHORTEST_PX)
    seen &= (np.abs(ends) < LIMIT_PX).all(axis=0) & (np.abs(starts) < LIMIT_PX).all(axis=0)
    along = ways[:, seen] / lengths[seen]
    heads = np.minimum(HEAD_PX, HEAD_SHARE * lengths[seen])
    back = ends[:, seen] - along * heads
    across = np.stack([-along[1], along[0]]) * heads * HEAD_WIDTH
    for start, end, left, right in zip(
        starts[:, seen].T.tolist(), ends[:, seen].T.tolist(), (back + across).T.tolist(), (back - across).T.tolist(),
        strict=True,
    ):  # fmt: skip
        shafts.moveTo(QPointF(*start))
        shafts.lineTo(QPointF((left[0] + right[0]) / 2, (left[1] + right[1]) / 2))
        tips.addPolygon(QPolygonF([QPointF(*corner) for corner in (end, left, right, end)]))
    return shafts, tips


LONGEST = 0.12  # of the unit square: the longest arrow, when a factor is chosen
TOO_LONG, TOO_SHORT = 2 * LONGEST, LONGEST / 6  # between the two, the factor is kept
PATIENCE_S = 1.5  # a lucky step makes arrows short: only if they stay short are they drawn longer
MOST_SCALE = 1e6  # a pull that needs more counts as none


class SteadyScale:
    """The factor by which arrows of one kind are drawn longer; the factor changes seldom. ``clock`` is in seconds."""

    def __init__(self, clock: Callable[[], float] = perf_counter) -> None:
        self._clock = clock
        self.forget()

    def forget(self) -> None:
        self._scale: float | None = None
        self._short_since: float | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether the arrows have become short, and will get another factor if they stay short."""
        return self._short_since is not None

    def factor(self, ways: FloatArray) -> float | None:
        """The factor for arrows, shape (2, N); None if all are 0."""
        wanted = scale_of(ways)
        if wanted is None:
            self.forget()
        elif self._scale is None or self._is_due(self._scale * _longest(ways)):
            self._scale, self._short_since = wanted, None
        return self._scale

    def _is_due(self, reach: float) -> bool:
        """Whether arrows of a length need another factor: at once if too long, after a while if too short."""
        if reach >= TOO_SHORT:
            self._short_since = None
            return reach > TOO_LONG
        if self._short_since is None:
            self._short_since = self._clock()
        return self._clock() - self._short_since >= PATIENCE_S


def scale_of(ways: FloatArray) -> float | None:
    """The largest round factor with which no arrow, shape (2, N), is longer than ``LONGEST``; None if all are 0."""
    longest = _longest(ways)
    if longest * MOST_SCALE <= LONGEST:
        return None
    return round_down(LONGEST / longest)


def _longest(ways: FloatArray) -> float:
    lengths = np.hypot(*ways)
    lengths = lengths[np.isfinite(lengths)]
    return float(lengths.max()) if lengths.size else 0.0


MARGIN_PX = 16
SAMPLE_PX, GAP_PX = 26.0, 7.0  # the length of a sample, and the gap between it and its words
MOST_PX = 7.0  # the largest width of a sample
HINT_LINES = 3.5
Row = tuple[QGraphicsPathItem, QGraphicsPathItem, TextItem]  # a sample's shaft and head, and its words


@dataclass(frozen=True)
class LegendEntry:
    """A line of the legend: ``pen`` draws the sample, and for an arrow, ``head`` is the colour of its head."""

    pen: QPen
    words: str
    head: QBrush | None = None


class InsightLegend:
    """The legend of the explanations: rows of a sample and words, in the pixels of a scene."""

    def __init__(self, scene: QGraphicsScene) -> None:
        self._scene = scene
        self.ground = QGraphicsRectItem()
        self.ground.setPen(QPen(Qt.PenStyle.NoPen))
        self.rows: list[Row] = []
        self._font, self._colour = QFont(), QColor()
        self.ground.hide()
        lay_over(scene, LEGENDS, self.ground)

    def set_look(self, ground: QColor, text: QColor, font: QFont) -> None:
        self.ground.setBrush(ground)
        self._font, self._colour = font, text
        for _, _, words in self.rows:
            self._colour_words(words)

    def say(self, entries: Sequence[LegendEntry], top: float, rect: QRectF) -> None:
        """Write the entries at the left, from ``top`` down, as many as leave room for a hint below."""
        metrics = QFontMetricsF(self._font)
        height, width = metrics.lineSpacing(), rect.width() - 2 * MARGIN_PX - SAMPLE_PX - GAP_PX
        room = int((rect.bottom() - MARGIN_PX - HINT_LINES * height - top) // height)
        shown = entries[: max(room, 1)]
        while len(self.rows) < len(shown):
            row = QGraphicsPathItem(), QGraphicsPathItem(), TextItem()
            row[1].setPen(QPen(Qt.PenStyle.NoPen))
            self._colour_words(row[2])
            lay_over(self._scene, LEGENDS, *row)
            self.rows.append(row)
        for number, row in enumerate(self.rows):
            for item in row:
                item.setVisible(number < len(shown))
        left, covered = rect.left() + MARGIN_PX, QRectF()
        for number, entry in enumerate(shown):
            words = metrics.elidedText(entry.words, Qt.TextElideMode.ElideRight, width)
            covered |= self._write(self.rows[number], replace(entry, words=words), QPointF(left, top + number * height))
        self.ground.setVisible(bool(shown))
        self.ground.setRect(covered.adjusted(-3, 0, 3, 0))

    def _write(self, row: Row, entry: LegendEntry, position: QPointF) -> QRectF:
        line, head, words = row
        height = QFontMetricsF(self._font).lineSpacing()
        pen = QPen(entry.pen)
        pen.setWidthF(min(pen.widthF(), MOST_PX))
        y = position.y() + height / 2
        ends = (np.array([[position.x() + at], [y]]) for at in (0.0, SAMPLE_PX))
        shaft, tip = arrows(*ends)
        if entry.head is None:
            shaft = QPainterPath(QPointF(position.x(), y))
            shaft.lineTo(position.x() + SAMPLE_PX, y)
        line.setPen(pen)
        line.setPath(shaft)
        head.setBrush(entry.head or QBrush())
        head.setPath(tip if entry.head is not None else QPainterPath())
        if words.text() != entry.words:
            words.setText(entry.words)
        words.setPos(position.x() + SAMPLE_PX + GAP_PX, position.y())
        return words.sceneBoundingRect() | QRectF(position.x(), position.y(), SAMPLE_PX, height)

    def _colour_words(self, words: TextItem) -> None:
        words.setFont(self._font)
        words.setBrush(self._colour)


ARROW_PX, CURVE_PX, STRETCH_PX = 1.0, 2.2, 13.0  # arrows of 1 px: Qt strokes such lines ten times as fast
STRETCH_ALPHA = 0.3
RING_PX = 8.0
DASHES, DOTS = (5.0, 2.0, 1.0, 2.0), (1.0, 1.6)  # no look has a target of dashes and dots
MOVE_DASHES, PULL_DOTS = (4.0, 3.0), (1.0, 1.5)
KINDS = ("residuals", "gradient", "moves")
WITHOUT, STRETCH, EARLIER = "without", "stretch", "earlier"  # more kinds of lines


class InsightItems:
    """The curves, arrows, point and legend that explain the fit, in the pixels of a scene."""

    def __init__(self, scene: QGraphicsScene) -> None:
        self.stretch, self.without, self.earlier = (QGraphicsPathItem() for _ in range(3))
        self._lines = {WITHOUT: self.without, STRETCH: self.stretch, EARLIER: self.earlier}
        self.shafts, self.heads = ({kind: QGraphicsPathItem() for kind in KINDS} for _ in range(2))
        self.ring = QGraphicsEllipseItem(-RING_PX, -RING_PX, 2 * RING_PX, 2 * RING_PX)
        self._named, self.legend = TextItem(), InsightLegend(scene)
        lines = self.without, *self.shafts.values(), *self.heads.values()
        items: list[QGraphicsItem] = [*lines, self.ring, self._named]
        lay_over(scene, CURVES, self.stretch)
        lay_over(scene, CURVES - 0.5, self.earlier)  # behind the fit
        lay_over(scene, FRONT, *items)
        for item in (self.stretch, self.earlier, *items):
            item.hide()

    def set_look(self, look: Look, font: QFont) -> None:
        text, fit = Ink(look.text.colour).qcolor(), QColor(look.fit.colour)
        self.without.setPen(_pen(text, CURVE_PX, DASHES))
        self.earlier.setPen(_pen(fit, CURVE_PX, DOTS))
        self.stretch.setPen(_pen(Ink(look.text.colour, STRETCH_ALPHA).qcolor(), STRETCH_PX))
        for kind, colour, dashes in (
            ("residuals", QColor(look.target.colour), ()),
            ("gradient", text, PULL_DOTS),
            ("moves", fit, MOVE_DASHES),
        ):
            self.shafts[kind].setPen(_pen(colour, ARROW_PX, dashes))
            self.heads[kind].setPen(QPen(Qt.PenStyle.NoPen))
            self.heads[kind].setBrush(colour)
        self.legend.set_look(QColor(look.background.stops[-1][1]), text, font)
        self.ring.setPen(_pen(text, 2.0))
        self._named.setBrush(text)
        self._named.setFont(font)

    def show_curve(self, kind: str, points: FloatArray | None) -> None:
        """Show the curve of a kind, ``WITHOUT`` the muted parts, a ``STRETCH`` of the fit or an ``EARLIER`` fit, by its
        points in pixels, shape (2, n); or none."""
        show_outline(self._lines[kind], points)

    def show_arrows(self, kind: str, starts: FloatArray | None, ends: FloatArray | None) -> None:
        paths = (None, None) if starts is None or ends is None else arrows(starts, ends)
        for item, path in zip((self.shafts[kind], self.heads[kind]), paths, strict=True):
            item.setVisible(path is not None)
            if path is not None:
                item.setPath(path)

    def show_point(self, position: tuple[float, float] | None, words: str, rect: QRectF) -> None:
        """Put a ring around a point, in pixels, and its name within the visible ``rect``; or show no point."""
        seen = position is not None and bool(np.isfinite(position).all())
        self.ring.setVisible(seen)
        self._named.setVisible(seen)
        if seen and position is not None:
            self.ring.setPos(*position)
            self._named.setText(words)
            (x, y), name, away = position, self._named.boundingRect(), RING_PX + 3
            left = x + away if x + away + name.width() <= rect.right() else x - away - name.width()
            above = y - RING_PX - name.height()
            self._named.setPos(left, above if above >= rect.top() else y + RING_PX)

    def say(self, lines: Sequence[tuple[str, str]], top: float, rect: QRectF) -> None:
        """Write a legend at the left of the visible area ``rect``, from ``top`` down; ``lines`` are kinds of curves or
        arrows, each with its words."""
        entries = [
            LegendEntry(self.shafts[kind].pen(), words, self.heads[kind].brush())
            if kind in KINDS
            else LegendEntry(self._lines[kind].pen(), words)
            for kind, words in lines
        ]
        self.legend.say(entries, top, rect)


def _pen(colour: QColor, width: float, dashes: tuple[float, ...] = ()) -> QPen:
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap if not dashes else Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if dashes:
        pen.setDashPattern(dashes)
    return pen
