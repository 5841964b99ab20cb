"""The run as Qt's own graphics items. A Python ``paint`` method would hold the interpreter's lock, and the trainer
would lose a tenth of its speed at 60 Hz; Qt paints its own items beside the trainer."""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainterPath, QPen, QPixmap, QTransform
from PySide6.QtWidgets import (
    QGraphicsEllipseItem,
    QGraphicsItem,
    QGraphicsPathItem,
    QGraphicsPixmapItem,
    QGraphicsRectItem,
    QGraphicsScene,
    QGraphicsSimpleTextItem,
)

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import mark, tr
from curvegui.core.learner.learner import Snapshot
from curvegui.figure.drawing.data_map import DataMap
from curvegui.figure.drawing.look import CLASSIC, Look
from curvegui.figure.drawing.polyline import outline, path_of
from curvegui.figure.drawing.target_drawing import TargetDrawing, paint_dots
from curvegui.ui.canvas.curves_layer import CurvesLayer
from curvegui.ui.look.painter import painter_for
from curvegui.ui.widgets.numbers import format_cost, format_number, shown_number

MARGIN_PX = 16
REACH_PX = 28  # how near the pointer must be to a point of the fit to pick it
DOT_PX = 5.0
CORNER_PX = 9
LEGEND = mark("● training   ○ test")  # of the target's points, as they are drawn
BEHIND, CURVES, VEIL, FRONT, LEGENDS, TOOLS, CORNERS = -100, 98, 99, 100, 101, 102, 103


def lay_over(scene: QGraphicsScene, height: float, *items: QGraphicsItem) -> None:
    """Add items to the canvas's scene at a height, one of the constants above; the items ignore the mouse."""
    for item in items:
        item.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        item.setZValue(height)
        scene.addItem(item)


def show_outline(item: QGraphicsPathItem, points: FloatArray | None) -> None:
    """Show a curve, given by points in pixels, shape (2, n); hide the item if there is nothing to draw."""
    drawn = None if points is None else outline(points)
    item.setVisible(drawn is not None)
    if drawn is not None:
        item.setPath(path_of(drawn[np.newaxis]))


class RunItems:
    """The image of trail and target, the fit, and words about them; the scene's coordinates are logical pixels."""

    def __init__(self, scene: QGraphicsScene) -> None:
        self._ground, self._layer = QGraphicsRectItem(), QGraphicsPixmapItem()
        self._target_dots = QGraphicsPixmapItem()
        self._fit = QGraphicsPathItem()
        self._dot = QGraphicsEllipseItem(-DOT_PX, -DOT_PX, 2 * DOT_PX, 2 * DOT_PX)
        self._corners, self._edge = QGraphicsPathItem(), QGraphicsPathItem()
        self._words, self._pointed = QGraphicsSimpleTextItem(), QGraphicsSimpleTextItem()
        lay_over(scene, BEHIND, self._ground, self._layer)
        lay_over(scene, CURVES, self._target_dots, self._fit)
        lay_over(scene, FRONT, self._dot, self._words, self._pointed)
        lay_over(scene, CORNERS, self._corners, self._edge)
        self._ground.setPen(Qt.PenStyle.NoPen)
        self._dot.hide()
        self._look = CLASSIC
        self._dotted: tuple[TargetDrawing, DataMap, float] | None = None
        self._layer.setTransformationMode(Qt.TransformationMode.SmoothTransformation)

    def set_look(self, look: Look, font: QFont) -> None:
        self._look, self._dotted = look, None
        self._fit.setPen(look.fit.pen(1.0))
        self._dot.setBrush(QColor(look.fit.colour))
        self._dot.setPen(QPen(look.marker_edge.qcolor(), 1.8))
        for words in (self._words, self._pointed):
            words.setBrush(look.text.qcolor())
            words.setFont(font)

    @property
    def words_end(self) -> float:
        return self._words.sceneBoundingRect().bottom()

    def round_corners(self, rect: QRectF | None, colour: str, edge: str) -> None:
        """Cover the corners with the colour around the view, and draw the view's edge; neither without ``rect``."""
        for item in (self._corners, self._edge):
            item.setVisible(rect is not None)
        if rect is None:
            return
        path, inner = QPainterPath(), QPainterPath()
        path.addRect(rect.adjusted(-1, -1, 1, 1))
        inner.addRoundedRect(rect, CORNER_PX, CORNER_PX)
        self._corners.setPath(path.subtracted(inner))
        self._corners.setBrush(QColor(colour))
        self._corners.setPen(Qt.PenStyle.NoPen)
        self._edge.setPath(inner)
        self._edge.setPen(QPen(QColor(edge), 1.0))

    @contextmanager
    def only_over(self) -> Iterator[None]:
        """Hide for a moment the corners and what a figure paints by itself: the items over the figure are left."""
        below = [self._ground, self._layer, self._target_dots, self._fit, self._corners, self._edge]
        seen = [item for item in below if item.isVisible()]
        for item in seen:
            item.hide()
        try:
            yield
        finally:
            for item in seen:
                item.show()

    def show_layer(self, layer: CurvesLayer, plane: DataMap) -> None:
        """Show the layer's image, stretched if the image was painted for another view."""
        shown = layer.shown
        if shown is None:
            return
        corners = np.array([[shown.plane.left, shown.plane.right], [shown.plane.top, shown.plane.bottom]])
        (x0, x1), (y0, y1) = plane.map(corners).tolist()
        size = shown.image.size()
        transform = QTransform(
            _snapped((x1 - x0) / size.width(), 1 / shown.ratio), 0.0, 0.0,
            _snapped((y1 - y0) / size.height(), 1 / shown.ratio), x0, y0,
        )  # fmt: skip
        view, image = plane.rect, QRectF(QPointF(x0, min(y0, y1)), QPointF(x1, max(y0, y1)))
        self._ground.setVisible(not image.adjusted(-1, -1, 1, 1).contains(view))  # beside an image of another view
        if self._ground.isVisible():
            self._ground.setRect(view)
            self._ground.setBrush(self._look.background.brush(view))
        self._layer.setTransform(transform)
        self._layer.setPixmap(shown.image)

    def release_layer(self) -> None:
        """Give the layer's image back, so that painting on the image does not copy it first."""
        self._layer.setPixmap(QPixmap())

    def show_dots(self, target: TargetDrawing, plane: DataMap, ratio: float) -> None:
        """Show the target's points, over the trail and below the fit; they are painted only after a change."""
        dotted = self._dotted
        if dotted is not None and dotted[0] is target and dotted[1:] == (plane, ratio):
            return
        self._dotted = target, plane, ratio
        size = plane.rect.size().toSize()
        seen = target.has_dots and not size.isEmpty()
        self._target_dots.setVisible(seen)
        if seen:
            image = QPixmap(size)
            image.fill(Qt.GlobalColor.transparent)
            painter = painter_for(image)
            paint_dots(painter, target, plane, self._look, ratio)
            painter.end()
            image.setDevicePixelRatio(ratio)
            self._target_dots.setPixmap(image)

    def show_fit(self, snapshot: Snapshot, plane: DataMap, with_fit: bool) -> None:
        show_outline(self._fit, plane.map(snapshot.fit) if with_fit else None)

    def write_numbers(self, snapshot: Snapshot, free: QRectF) -> None:
        cost = tr("cost {cost}", cost=format_cost(snapshot.cost))
        if snapshot.test_cost is not None:
            cost = f"{cost}\n{tr('test {cost}', cost=format_cost(snapshot.test_cost))}"
        legend = f"\n{tr(LEGEND)}" if self._dotted is not None and self._dotted[0].tested.size else ""
        self._words.setPos(free.left() + MARGIN_PX, MARGIN_PX - 3)
        iteration = format_number(snapshot.iteration)
        self._words.setText(tr("iteration {iteration}\n{cost}{legend}", iteration=iteration, cost=cost, legend=legend))

    def point(self, pointer: QPointF | None, snapshot: Snapshot, plane: DataMap, rect: QRectF) -> None:
        fit = plane.map(snapshot.fit)
        distance = np.hypot(fit[0] - pointer.x(), fit[1] - pointer.y()) if pointer is not None else np.array([np.inf])
        index = int(np.argmin(distance))
        is_near = bool(distance[index] <= REACH_PX)
        self._dot.setVisible(is_near)
        self._pointed.setVisible(is_near)
        if not is_near:
            return
        self._dot.setPos(*fit[:, index].tolist())
        t = format_number(round(float(snapshot.target.t[0, index]), 4))
        x, y = (shown_number(value, "f", 3) for value in snapshot.fit[:, index].tolist())
        self._pointed.setText(f"t = {t}\nx = {x}\ny = {y}")
        self._pointed.setPos(rect.right() - MARGIN_PX - self._pointed.boundingRect().width(), MARGIN_PX - 3)


def _snapped(scale: float, exact: float) -> float:
    """The ``exact`` scale for a scale that differs only by a rounding error: Qt would interpolate every pixel."""
    return exact if abs(scale - exact) < 1e-6 * exact else scale
