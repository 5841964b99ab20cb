"""Qt's own items over the fit that explain it: arrows, the curve without a part, a stretch, a point."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPen
from PySide6.QtWidgets import QGraphicsEllipseItem, QGraphicsItem, QGraphicsPathItem, QGraphicsScene
from PySide6.QtWidgets import QGraphicsSimpleTextItem as TextItem

from curvegui.core.arrays import FloatArray
from curvegui.figure.drawing.look import Ink, Look
from curvegui.figure.drawing.polyline import outline, path_of
from curvegui.ui.canvas.run_items import CURVES, FRONT, lay_over
from curvegui.ui.insight.arrows import arrows
from curvegui.ui.insight.legend import Entry, InsightLegend

ARROW_PX, CURVE_PX, STRETCH_PX = 1.0, 2.2, 13.0  # arrows of 1 px: Qt strokes such lines ten times as fast
STRETCH_ALPHA = 0.3
RING_PX = 8.0
DASHES, DOTS = (5.0, 2.0, 1.0, 2.0), (1.0, 1.6)  # no look has a target of dashes and dots
MOVE_DASHES, PULL_DOTS = (4.0, 3.0), (1.0, 1.5)
KINDS = ("residuals", "gradient", "moves")
WITHOUT, STRETCH, EARLIER = "without", "stretch", "earlier"  # more kinds of lines


class InsightItems:
    """Items in the pixels of a scene."""

    def __init__(self, scene: QGraphicsScene) -> None:
        self._stretch, self._without, self._earlier = (QGraphicsPathItem() for _ in range(3))
        self._lines = {WITHOUT: self._without, STRETCH: self._stretch, EARLIER: self._earlier}
        self._shafts, self._heads = ({kind: QGraphicsPathItem() for kind in KINDS} for _ in range(2))
        self._ring = QGraphicsEllipseItem(-RING_PX, -RING_PX, 2 * RING_PX, 2 * RING_PX)
        self._named, self.legend = TextItem(), InsightLegend(scene)
        lines = self._without, *self._shafts.values(), *self._heads.values()
        items: list[QGraphicsItem] = [*lines, self._ring, self._named]
        lay_over(scene, CURVES, self._stretch)
        lay_over(scene, CURVES - 0.5, self._earlier)  # behind the fit
        lay_over(scene, FRONT, *items)
        for item in (self._stretch, self._earlier, *items):
            item.hide()

    def set_look(self, look: Look, font: QFont) -> None:
        """Take the colours of a look; dashes tell the lines apart too."""
        text, fit = Ink(look.text.colour).qcolor(), QColor(look.fit.colour)
        self._without.setPen(_pen(text, CURVE_PX, DASHES))
        self._earlier.setPen(_pen(fit, CURVE_PX, DOTS))
        self._stretch.setPen(_pen(Ink(look.text.colour, STRETCH_ALPHA).qcolor(), STRETCH_PX))
        for kind, colour, dashes in (
            ("residuals", QColor(look.target.colour), ()),
            ("gradient", text, PULL_DOTS),
            ("moves", fit, MOVE_DASHES),
        ):
            self._shafts[kind].setPen(_pen(colour, ARROW_PX, dashes))
            self._heads[kind].setPen(QPen(Qt.PenStyle.NoPen))
            self._heads[kind].setBrush(colour)
        self.legend.set_look(QColor(look.background.stops[-1][1]), text, font)
        self._ring.setPen(_pen(text, 2.0))
        self._named.setBrush(text)
        self._named.setFont(font)

    def show_curve(self, kind: str, points: FloatArray | None) -> None:
        """Show the curve without the muted parts, a stretch of the fit, or an earlier fit; or none.

        ``kind`` is ``WITHOUT``, ``STRETCH`` or ``EARLIER``; the points are pixels, shape (2, n).
        """
        _show_line(self._lines[kind], points)

    def show_arrows(self, kind: str, starts: FloatArray | None, ends: FloatArray | None) -> None:
        """Show arrows of a kind, shapes (2, n) in pixels; or none."""
        items = self._shafts[kind], self._heads[kind]
        for item in items:
            item.setVisible(starts is not None and ends is not None)
        if starts is not None and ends is not None:
            for item, path in zip(items, arrows(starts, ends), strict=True):
                item.setPath(path)

    def show_point(self, place: tuple[float, float] | None, words: str, rect: QRectF) -> None:
        """Put a ring around a point, in pixels, and name it in ``rect``, which is visible; or show none."""
        seen = place is not None and bool(np.isfinite(place).all())
        self._ring.setVisible(seen)
        self._named.setVisible(seen)
        if seen and place is not None:
            self._ring.setPos(*place)
            self._named.setText(words)
            self._named.setPos(*self._beside(*place, rect))

    def _beside(self, x: float, y: float, seen: QRectF) -> tuple[float, float]:
        """Where the name of the point goes: above at the right, or where that is not to be seen, at the left, below."""
        words, away = self._named.boundingRect(), RING_PX + 3
        right = x + away + words.width() <= seen.right()
        above = y - RING_PX - words.height() >= seen.top()
        return x + away if right else x - away - words.width(), y - RING_PX - words.height() if above else y + RING_PX

    def say(self, lines: Sequence[tuple[str, str]], top: float, rect: QRectF) -> None:
        """Say at the left, from ``top`` down, what each kind of line is.

        ``lines`` are kinds, as in `show_curve` or one of ``KINDS``, each with its words. ``rect`` is all that is
        visible.
        """
        self.legend.say([self._entry(*line) for line in lines], top, rect)

    def _entry(self, kind: str, words: str) -> Entry:
        if kind in KINDS:
            return Entry(self._shafts[kind].pen(), words, self._heads[kind].brush())
        return Entry(self._lines[kind].pen(), words)


def _pen(colour: QColor, width: float, dashes: tuple[float, ...] = ()) -> QPen:
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap if not dashes else Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if dashes:
        pen.setDashPattern(dashes)
    return pen


def _show_line(item: QGraphicsPathItem, points: FloatArray | None) -> None:
    drawn = None if points is None else outline(points)
    item.setVisible(drawn is not None)
    if drawn is not None:
        item.setPath(path_of(drawn[np.newaxis]))
