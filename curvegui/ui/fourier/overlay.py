"""The Fourier series over the run on the canvas: its curve, and its circles at the present t."""

import numpy as np
from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QGraphicsEllipseItem, QGraphicsPathItem

from curvegui.core.arrays import FloatArray
from curvegui.core.fourier.series import FourierSeries
from curvegui.figure.drawing.circles import CircleStrokes, arms_path, circles_path
from curvegui.figure.drawing.look import Look
from curvegui.figure.drawing.polyline import outline, path_of
from curvegui.ui.actions.display import Display
from curvegui.ui.actions.services import Services
from curvegui.ui.canvas.canvas import Canvas
from curvegui.ui.canvas.run_items import FRONT, lay_over

POINTS = 800  # of the curve, at least
PEN_PX = 3.5  # the radius of the dot that draws


class SeriesOverlay(QObject):
    """Items that Qt paints by itself; there are none before there is a series to show."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.canvas)
        self._canvas: Canvas = services.canvas
        self._series: FourierSeries | None = None
        self._along: FloatArray | None = None  # the curve, shape (2, n), back to where it begins
        self._t = 0.0
        self._curve, self._circles, self._arms = (QGraphicsPathItem() for _ in range(3))
        self._pen = QGraphicsEllipseItem(-PEN_PX, -PEN_PX, 2 * PEN_PX, 2 * PEN_PX)
        lay_over(self._canvas.scene(), FRONT, *self._items)
        self._canvas.view_moved.connect(self._draw)
        services.display.changed.connect(self._show_display)
        self._set_look(services.display.now.look)
        self._draw()

    @property
    def _items(self) -> tuple[QGraphicsPathItem | QGraphicsEllipseItem, ...]:
        return self._curve, self._circles, self._arms, self._pen

    def show_series(self, series: FourierSeries | None) -> None:
        """Show another series, or none."""
        self._series = series
        if series is not None:
            drawn = series.along(max(POINTS, series.coefficients.size))
            self._along = np.column_stack([drawn, drawn[:, :1]])
        self._draw()

    def turn_to(self, t: float) -> None:
        """Turn the circles to a place along the curve."""
        self._t = t
        self._draw_circles()

    @Slot(object)
    def _show_display(self, display: Display) -> None:
        self._set_look(display.look)

    def _set_look(self, look: Look) -> None:
        strokes = CircleStrokes.of(look)
        for item, stroke in zip(self._items, (strokes.curve, strokes.circles, strokes.arms), strict=False):
            item.setPen(stroke.pen(1.0))
        self._pen.setPen(QPen(look.marker_edge.qcolor(), 1.2))
        self._pen.setBrush(QColor(strokes.curve.colour))

    @Slot()
    def _draw(self) -> None:
        shown = self._series is not None
        for item in self._items:
            item.setVisible(shown)
        if shown and self._along is not None:
            drawn = outline(self._canvas.from_plane(self._along))
            if drawn is not None:
                self._curve.setPath(path_of(drawn[np.newaxis]))
            self._draw_circles()

    def _draw_circles(self) -> None:
        if self._series is not None:
            joints = self._canvas.from_plane(self._series.joints(self._t))
            self._circles.setPath(circles_path(joints))
            self._arms.setPath(arms_path(joints))
            self._pen.setPos(*joints[:, -1].tolist())
