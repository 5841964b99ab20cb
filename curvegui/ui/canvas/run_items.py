"""The run as Qt's own graphics items. A Python ``paint`` method would hold the interpreter's lock, and the trainer
would lose a tenth of its speed at 60 Hz; Qt paints its own items beside the trainer."""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPen, QPixmap, QTransform
from PySide6.QtWidgets import (
    QGraphicsEllipseItem,
    QGraphicsItem,
    QGraphicsPathItem,
    QGraphicsPixmapItem,
    QGraphicsRectItem,
    QGraphicsScene,
)

from curvegui.core.arrays import FloatArray
from curvegui.core.learner.learner import Snapshot
from curvegui.figure.drawing.data_map import DataMap
from curvegui.figure.drawing.light import glow_image
from curvegui.figure.drawing.look import CLASSIC, Look
from curvegui.figure.drawing.polyline import outline, path_of, without_straight
from curvegui.figure.drawing.target_drawing import TargetDrawing, paint_dots
from curvegui.ui.canvas.curves_layer import CurvesLayer
from curvegui.ui.canvas.trail import Painting
from curvegui.ui.look.painter import painter_for

SMALL_FIT_PX, RING_PX = 8, 10  # a fit that is smaller has a ring of this radius around it
PULSE_S, PULSE_SHARE = 1.6, 1.4  # which grows by this share of itself and fades, time and again
CORNER_PX = 9
SMALL_PX, LARGE_PX, LEAST_SCALE = 400, 800, 0.5  # between the first two, lines have their usual width
PLACES, PLACES_PX = 400, 1.5  # of t at least, at which the network is evaluated; and one for so many pixels
MOST_PLACES = 6_400
MITER = 0.6  # of the pen's width: sharper corners are cut off, by less than a pixel
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


def pen_scale(view: QRectF) -> float:
    """How much wider the fit is than usual: narrower on a small canvas, wider on one that is seen from further away."""
    side = min(view.width(), view.height())
    return max(min(side / SMALL_PX, 1.0), LEAST_SCALE, side / LARGE_PX)


class RunItems:
    """The image of trail and target, the fit, and words about them; the scene's coordinates are logical pixels."""

    def __init__(self, scene: QGraphicsScene) -> None:
        self._ground, self._layer, self._glow, self._over = QGraphicsRectItem(), *[QGraphicsPixmapItem() for _ in "123"]
        self._target_dots = QGraphicsPixmapItem()
        self._rim, self._fit = QGraphicsPathItem(), QGraphicsPathItem()
        self._rings = [QGraphicsEllipseItem(-RING_PX, -RING_PX, 2 * RING_PX, 2 * RING_PX) for _ in "12"]
        self._corners, self._edge = QGraphicsPathItem(), QGraphicsPathItem()
        lay_over(scene, BEHIND, self._ground, self._layer)
        lay_over(scene, CURVES, self._glow, self._over, self._target_dots, self._rim, self._fit)
        lay_over(scene, FRONT, *self._rings)
        lay_over(scene, CORNERS, self._corners, self._edge)
        self._ground.setPen(Qt.PenStyle.NoPen)
        self._look = CLASSIC
        self._dotted: tuple[TargetDrawing, DataMap, float] | None = None
        self._fitted: tuple[Snapshot, DataMap, bool] | None = None
        for ring in self._rings:
            ring.hide()
        self._shown: Painting | None = None
        self._scale = 1.0
        for item in (self._layer, self._glow, self._over):
            item.setTransformationMode(Qt.TransformationMode.SmoothTransformation)

    def set_look(self, look: Look) -> None:
        self._look, self._dotted, self._fitted = look, None, None
        self._set_pens()
        for ring in self._rings:
            ring.setPen(QPen(QColor(look.fit.colour), 1.5))

    def _set_pens(self) -> None:
        for line, stroke in ((self._fit, self._look.fit), (self._rim, self._look.rim)):
            if stroke is not None:
                pen = stroke.pen(self._scale)
                pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)  # looks the same in a smooth curve, and is twice as fast
                pen.setMiterLimit(MITER)
                line.setPen(pen)
        for item in (self._rim, self._glow):
            item.setVisible(self._look.is_light)

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
        lines = [self._glow, self._over, self._target_dots, self._rim, self._fit]
        below = [self._ground, self._layer, *lines, self._corners, self._edge]
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
        self._shown = shown  # its image may share its memory
        for item, pixmap in ((self._layer, shown.image), (self._over, shown.over or QPixmap())):
            item.setTransform(transform)
            item.setPixmap(pixmap)
        self._over.setOffset(shown.over_at)

    def release_layer(self) -> None:
        """Give the layer's image back, so that painting on the image does not copy it first."""
        self._layer.setPixmap(QPixmap())

    def hide_target(self, hidden: bool) -> None:
        """Hide what lies over the trail, in the look of light; in others, the target is in the layer's image."""
        self._over.setVisible(not hidden)

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

    @property
    def with_points(self) -> bool:
        """Whether the target's points are shown, some of them hollow: those that it is tested on."""
        return self._dotted is not None and bool(self._dotted[0].tested.size)

    def show_fit(self, snapshot: Snapshot, plane: DataMap, with_fit: bool) -> None:
        fitted, self._fitted = self._fitted, (snapshot, plane, with_fit)
        if fitted is not None and fitted[0] is snapshot and fitted[1:] == (plane, with_fit):
            return
        places = min(max(PLACES, int(max(plane.pixels_per_unit) / PLACES_PX)), MOST_PLACES)
        points, view = without_straight(plane.map(snapshot.smooth_fit(places))), plane.rect
        if (scale := pen_scale(view)) != self._scale:
            self._scale = scale
            self._set_pens()
        show_outline(self._fit, points if with_fit else None)
        box = self._fit.path().boundingRect()
        is_small = self._fit.isVisible() and max(box.width(), box.height()) < SMALL_FIT_PX
        for ring in self._rings:
            ring.setVisible(is_small)
            ring.setPos(box.center())
        if self._look.is_light:
            self._rim.setVisible(self._fit.isVisible())
            self._rim.setPath(self._fit.path())
            glow = glow_image(self._fit.path(), scale, view) if self._fit.isVisible() else None
            self._glow.setVisible(glow is not None)
            if glow is not None:
                image, place = glow
                self._glow.setPixmap(QPixmap.fromImage(image))
                across, down = place.width() / image.width(), place.height() / image.height()
                self._glow.setTransform(QTransform(across, 0.0, 0.0, down, place.x(), place.y()))

    def pulse(self, seconds: float | None) -> None:
        """Let a ring around a fit that is too small to be found grow and fade; not without a time."""
        if self._rings[0].isVisible():
            done = 0.0 if seconds is None else seconds % PULSE_S / PULSE_S
            self._rings[1].setScale(1 + PULSE_SHARE * done)
            self._rings[1].setOpacity(1 - done)


def _snapped(scale: float, exact: float) -> float:
    """The ``exact`` scale for a scale that differs only by a rounding error: Qt would interpolate every pixel."""
    return exact if abs(scale - exact) < 1e-6 * exact else scale
