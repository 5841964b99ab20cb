"""The cost over the iterations, both on logarithmic axes, with the value under the pointer."""

from math import ceil, floor, log10

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QSize, QTimer, Slot
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtWidgets import QFrame, QWidget

from curvegui.core.recording import CostHistory
from curvegui.session.delivery import Delivery
from curvegui.ui.numbers import format_cost, format_number
from curvegui.ui.theme import Theme

REFRESH_MS = 66  # 15 times a second: the curve moves by less than a pixel between
FIRST = 10.0  # the axis begins here; the few iterations before it would fill a third of the plot
EDGE = 0.2  # of a power of ten, above and below, so that no label is cut off
LEAST_SPAN = 100.0  # iterations shown at least


class CostAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no type hints
    """Costs as powers of ten."""

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        """Every power of ten in view, or every second or third where they would crowd."""
        powers = range(ceil(low - 1e-9), floor(high + 1e-9) + 1)
        room = max(2, int(size / (1.1 * self.fontMetrics.height())))
        every = max(1, ceil(len(powers) / room))
        return [(every, [float(power) for power in powers if power % every == 0])]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """1, 0.1, 0.01, and then 1e-3."""
        return [format_number(10.0**value) if -2 <= value <= 3 else f"1e{value:.0f}" for value in values]

    @property
    def fontMetrics(self) -> "pg.QtGui.QFontMetricsF":
        """Of the tick labels."""
        return pg.QtGui.QFontMetricsF(self.style["tickFont"] or self.font())


class IterationAxis(CostAxis):
    """Iterations: 10, 100, 1,000, and where the run is."""

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """Whole numbers."""
        return [format_number(round(10.0**value)) for value in values]

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        """Every power of ten in view."""
        return [(1.0, [float(power) for power in range(ceil(low - 1e-9), floor(high + 1e-9) + 1)])]


class CostPlot(pg.PlotWidget):  # type: ignore[misc]  # pyqtgraph has no type hints
    """The cost curve of the present run.

    Parameters
    ----------
    theme : Theme
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        axes = {"left": CostAxis("left"), "bottom": IterationAxis("bottom")}
        super().__init__(parent, background=None, axisItems=axes, enableMenu=False)
        self.setObjectName("cost_plot")
        self.setAccessibleName("Cost plot")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMinimumHeight(7 * self.fontMetrics().height())
        self.setMouseEnabled(False, False)
        self.hideButtons()
        self._curve = self.plot([], [], skipFiniteCheck=True)
        self._now = pg.InfiniteLine(angle=90, movable=False)
        self._pointed = pg.InfiniteLine(angle=90, movable=False)
        self._dot = pg.ScatterPlotItem(size=8)
        self._text = pg.TextItem(anchor=(0, 0))
        for item in (self._now, self._pointed, self._dot, self._text):
            self.addItem(item, ignoreBounds=True)
        self._costs, self._goal, self._iteration, self._cost = CostHistory(), 1, 0, 1.0
        self._x, self._y = np.empty(0), np.empty(0)
        self._pointer: QPointF | None = None
        self._stale = False
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._refresh)
        self._clock.start(REFRESH_MS)
        self.setMouseTracking(True)
        self.dress(theme)
        self._point_at(None)

    # pyqtgraph's own is written in Python, which would hold the interpreter's lock for all of the painting
    paintEvent = pg.QtWidgets.QGraphicsView.paintEvent

    def dress(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self._curve.setPen(pg.mkPen(theme.accent, width=1.5))
        self._now.setPen(pg.mkPen(theme.warning, width=1.5))
        self._pointed.setPen(pg.mkPen(theme.muted, width=1))
        self._dot.setBrush(pg.mkBrush(theme.accent))
        self._dot.setPen(pg.mkPen(theme.card, width=1.5))
        self._text.setColor(QColor(theme.text))
        self._text.fill = pg.mkBrush(theme.card)
        self._text.border = pg.mkPen(theme.border)
        for name in ("left", "bottom"):
            axis = self.getAxis(name)
            axis.setPen(None)
            axis.setTickPen(pg.mkPen(theme.border))
            axis.setTextPen(pg.mkPen(theme.muted))
            axis.setStyle(tickLength=0, tickFont=self.font(), hideOverlappingLabels=False)
        self.showGrid(x=False, y=True, alpha=0.5)

    def show_delivery(self, delivery: Delivery, costs: CostHistory) -> None:
        """Store what has arrived; the plot's own clock draws it."""
        self._costs, self._goal = costs, delivery.goal
        self._iteration, self._cost = delivery.snapshot.iteration, delivery.snapshot.cost
        self._stale = True

    @Slot()
    def _refresh(self) -> None:
        if not self._stale or not self.isVisible():
            return
        self._stale = False
        rows = self._costs.since(0)  # the start itself has no place on a logarithmic axis
        if len(rows) == 0 or rows[-1, 0] < self._iteration:
            rows = np.vstack([rows, [max(self._iteration, 1), self._cost]])
        self._x, self._y = np.log10(rows[:, 0]), np.log10(np.maximum(rows[:, 1], 1e-300))
        self._curve.setData(self._x, self._y)
        self._now.setValue(float(self._x[-1]))
        self._set_ranges()
        self._update_pointed()
        self.scene().prepareForPaint()
        self.setAccessibleDescription(f"Cost {format_cost(self._cost)} at iteration {format_number(self._iteration)}")

    def _set_ranges(self) -> None:
        last = max(self._iteration, LEAST_SPAN)
        x_range = log10(FIRST), log10(last * 1.02)
        seen = self._y[self._x >= x_range[0] - 0.3]
        low, high = (float(np.min(seen)), float(np.max(seen))) if len(seen) else (-1.0, 0.0)
        y_range = floor(low - 0.05) - EDGE, ceil(high - 0.05) + EDGE
        view = self.getViewBox()
        if [list(x_range), [y_range[0], y_range[1]]] != view.viewRange():
            self.setRange(xRange=x_range, yRange=(y_range[0], max(y_range[1], y_range[0] + 1)), padding=0)

    def sizeHint(self) -> QSize:
        """Little: it takes what the others leave."""
        return QSize(self.minimumWidth(), self.minimumHeight())

    # The pointer

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say the cost under the pointer."""
        super().mouseMoveEvent(event)
        self._point_at(event.position())

    def leaveEvent(self, event: QEvent) -> None:
        """Say nothing."""
        super().leaveEvent(event)
        self._point_at(None)

    def _point_at(self, position: QPointF | None) -> None:
        self._pointer = position
        self._update_pointed()

    def _update_pointed(self) -> None:
        """Put the line, the dot and the words at the recorded cost nearest to the pointer."""
        view, seen = self.getViewBox(), self._pointer is not None and len(self._x) > 0
        for item in (self._pointed, self._dot, self._text):
            item.setVisible(seen)
        if not seen or self._pointer is None:
            return
        x = view.mapSceneToView(self._pointer).x()
        index = int(np.argmin(np.abs(self._x - x)))
        x, y = float(self._x[index]), float(self._y[index])
        self._pointed.setValue(x)
        self._dot.setData([x], [y])
        (left, right), (_, top) = view.viewRange()
        self._text.setText(f"iteration {format_number(round(10**x))}\ncost {format_cost(10**y)}")
        self._text.setAnchor((1.05, 0) if x > (left + right) / 2 else (-0.05, 0))
        self._text.setPos(x, top)
