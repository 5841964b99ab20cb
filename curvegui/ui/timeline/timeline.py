"""The timeline: the cost over the iterations with a playhead to move, and the costs under the pointer."""

from math import ceil, floor, log10

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QGraphicsRectItem, QGraphicsScene, QGraphicsView, QProgressBar, QWidget

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import capitalised, mark, tr
from curvegui.core.learner.learner import Snapshot
from curvegui.core.learner.recording import CostHistory, beside
from curvegui.figure.drawing.data_map import DataMap
from curvegui.session.run.delivery import Delivery
from curvegui.session.run.history import EarlierRun
from curvegui.ui.actions.centre import TIMELINE_LINES
from curvegui.ui.canvas.plane_view import BY_KEYS, make_picture
from curvegui.ui.cost.axes import CostAxes, TimeAxis
from curvegui.ui.cost.curves import CostCurves, CostLegend
from curvegui.ui.cost.marks import CostMarks
from curvegui.ui.look.layouts import named
from curvegui.ui.look.theme import follow_theme
from curvegui.ui.widgets.numbers import format_cost, format_number

EDGE = 0.2  # of a power of ten, kept free above and below so that no label is cut off
PROGRESS_PX, PROGRESS_STEPS = 3, 1_000
LEAST_COST = 1e-300  # 0 has no logarithm
KEY_PX = 4.0  # by one arrow key
PAGE = 0.1  # by Page Up or Page Down, of the axis
HELP = mark(
    "Drag to look back at any iteration. Arrow keys move the playhead, with Ctrl by one iteration; "
    "Home goes to the start, End to now."
)
Key = Qt.Key


class Timeline(QGraphicsView):
    """The cost curves of the present run, training and test, with a playhead to move; only Qt's own items paint it."""

    sought = Signal(int)  # a person wants to see this iteration
    left_the_past = Signal()  # a person wants to see the live run

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        make_picture(named(self, "timeline", tr("Timeline")))
        self.setAccessibleDescription(tr(HELP))
        self.setWhatsThis(tr(HELP))  # a tooltip would cover what is dragged
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, False)  # the card below it shows
        self.viewport().setAutoFillBackground(False)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.setInteractive(False)
        self.setMouseTracking(True)
        scene = QGraphicsScene(self)
        self.setScene(scene)
        self._axes = CostAxes(scene)
        self._area = QGraphicsRectItem()
        self._area.setPen(Qt.PenStyle.NoPen)
        self._area.setFlag(QGraphicsRectItem.GraphicsItemFlag.ItemClipsChildrenToShape)
        self._curves = CostCurves(self._area)
        scene.addItem(self._area)
        self.marks, self.legend = CostMarks(scene, self._area), CostLegend(self._area)
        self.time_axis = TimeAxis()
        self._costs, self._test_costs = CostHistory(), CostHistory()
        self._iteration, self._goal, self._cost = 0, 0, 1.0
        self._test_cost: float | None = None
        self._past: Snapshot | None = None
        self._best: tuple[int, float] = 0, 1.0
        self._playhead: int | None = None
        self._rows: FloatArray = np.empty((0, 3))  # iteration, cost, and test cost or NaN
        self._x, self._y = np.empty(0), np.empty((2, 0))
        self._earlier: EarlierRun | None = None
        self._earlier_x, self._earlier_y = np.empty(0), np.empty(0)  # coordinates on the axes
        self._pointer: QPointF | None = None
        self._stale = False
        bar = QProgressBar(self, textVisible=False, maximum=PROGRESS_STEPS)
        self._progress = named(bar, "timeline.progress", tr("Progress"))
        self._progress.hide()
        follow_theme(self._colour)

    @Slot()
    def _colour(self) -> None:
        self.setMinimumHeight(round(TIMELINE_LINES * self.fontMetrics().height()))
        self._curves.colour()
        for written in (self._axes, self.legend, self.marks):
            written.colour(self.font())
        self._draw()

    def set_logarithmic(self, logarithmic: bool) -> None:
        """Make the time axis logarithmic, with more room for early training, or even."""
        self.time_axis = TimeAxis(logarithmic)
        self._map_earlier()
        self._map_rows()

    def show_delivery(self, delivery: Delivery, costs: CostHistory, test_costs: CostHistory) -> None:
        snapshot = delivery.snapshot
        self._costs, self._test_costs, self._best = costs, test_costs, delivery.best
        self._iteration, self._cost, self._test_cost = snapshot.iteration, snapshot.cost, snapshot.test_cost
        self._goal, self._stale = delivery.goal, True

    @Slot(float)
    def show_progress(self, done: float) -> None:
        """Show as a line how much is done of what works in the background, from 0 to 1; no line when all is done."""
        self._progress.setValue(round(done * PROGRESS_STEPS))
        self._progress.setVisible(done < 1)

    def refresh(self) -> bool:
        if not self._stale or not self.isVisible():
            return False
        self._stale = False
        rows = self._costs.since(0)  # a logarithmic axis has no coordinate for the start itself
        rows = np.column_stack([rows, beside(rows, self._test_costs.since(0))])
        if len(rows) == 0 or rows[-1, 0] < self._iteration:
            test_cost = np.nan if self._test_cost is None else self._test_cost
            rows = np.vstack([rows, [self._iteration, self._cost, test_cost]])
        self._rows = rows
        self._map_rows()
        return True

    @Slot(object)
    def show_earlier(self, earlier: EarlierRun | None) -> None:
        if earlier is not self._earlier:
            self._earlier = earlier
            self._map_earlier()
            self._draw()

    def _map_earlier(self) -> None:
        """Compute the coordinates of the earlier run's costs: only once, as there may be many costs."""
        rows = self._earlier.costs.since(0).T if self._earlier else np.empty((2, 0))
        costs = np.where(np.isinf(rows[1]), np.nan, rows[1])
        self._earlier_x, self._earlier_y = self.time_axis.coordinates(rows[0]), np.log10(np.maximum(costs, LEAST_COST))

    def show_past(self, past: Snapshot | None) -> None:
        """Describe an earlier snapshot, or, for None, the live run."""
        self._past = past

    @Slot(object)
    def put_playhead(self, iteration: int | None) -> None:
        self._playhead = iteration
        self._show_playhead(self.plane())

    def in_words(self) -> str:
        seen, past = (self._iteration, self._cost, self._test_cost), self._past
        iteration, cost, test_cost = (past.iteration, past.cost, past.test_cost) if past else seen
        tested = mark("Cost {cost}, test cost {test_cost}, at iteration {iteration}")
        words = tr(
            tested if test_cost is not None else mark("Cost {cost} at iteration {iteration}"),
            cost=format_cost(cost),
            test_cost=format_cost(test_cost or 0.0),
            iteration=format_number(iteration),
        )
        if self._earlier is not None:
            words += f". {capitalised(self._earlier.words)}: {format_cost(self._earlier.cost)}"
        return f"{words}." if self._past is None else f"{tr('Looking back.')} {words}."

    @property
    def playhead(self) -> int:
        return self._iteration if self._playhead is None else self._playhead

    def _show_playhead(self, plane: DataMap) -> None:
        x = plane.map(np.array([[self.time_axis.coordinate(self.playhead)], [0.0]])).item(0)
        self.marks.put_playhead(max(x, plane.rect.left()) if len(self._x) else None, plane.rect)
        self.legend.move(plane.rect, x if len(self._x) else plane.rect.right())

    def _map_rows(self) -> None:
        costs = np.where(np.isinf(self._rows[:, 1:]), np.nan, self._rows[:, 1:])
        self._x, self._y = self.time_axis.coordinates(self._rows[:, 0]), np.log10(np.maximum(costs.T, LEAST_COST))
        self._draw()

    def _draw(self) -> None:
        plane, ratio = self.plane(), self.devicePixelRatioF()
        self._axes.show(plane, self.time_axis, self._goal)
        self._area.setRect(plane.rect)
        self._curves.show_earlier(plane, self._earlier_x, self._earlier_y, ratio)
        self._curves.show(plane, self._x, self._y, ratio)
        self.legend.say(bool(np.isfinite(self._y[1]).any()), self._earlier.words if self._earlier else "")
        self.marks.frame.setRect(plane.rect.adjusted(1, 1, -1, -1))
        iteration, cost = self._best
        coordinate = np.array([[self.time_axis.coordinate(iteration)], [log10(max(cost, LEAST_COST))]])
        x, y = plane.map(coordinate).ravel().tolist()
        seen = len(self._x) > 0 and iteration > 0 and plane.rect.contains(x, y)
        self.marks.best.setVisible(seen)
        if seen:
            self.marks.best.setPos(x, y)
        self._show_playhead(plane)
        self._draw_pointed(plane)

    def plane(self) -> DataMap:
        """The part of the plane of the time axis and log₁₀(cost) that is shown, mapped to the pixels of the plot."""
        area = self._axes.plot_area(QRectF(self.viewport().rect()))
        before = self._earlier.costs.iterations[-1:] if self._earlier else []
        left, right = self.time_axis.bounds(max(self._iteration, *before, 0), self._goal)
        shown = self._y[:, self._x >= left - 0.3].ravel()
        seen = np.concatenate([shown, self._earlier_y[self._earlier_x >= left - 0.3]])
        seen = seen[np.isfinite(seen)]
        low, high = (float(np.min(seen)), float(np.max(seen))) if len(seen) else (-1.0, 0.0)
        bottom, top = floor(low - 0.05) - EDGE, ceil(high - 0.05) + EDGE
        device = (area.x(), area.y(), max(area.width(), 1.0), max(area.height(), 1.0))
        return DataMap(left, right, bottom, max(top, bottom + 1), device)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setSceneRect(QRectF(self.viewport().rect()))
        left, width = self.viewport().x(), self.viewport().width()
        self._progress.setGeometry(left, PROGRESS_PX, width, PROGRESS_PX)
        self._draw()

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    # The mouse

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(event.position())
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._drag_to(event.position())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point_at(None)

    def _point_at(self, position: QPointF | None) -> None:
        self._pointer = position
        self._draw_pointed(self.plane())

    def _draw_pointed(self, plane: DataMap) -> None:
        if self._pointer is None or not len(self._x):
            self.marks.point_at_nothing()
            return
        index = int(np.argmin(np.abs(self._x - coordinate_at(plane, self._pointer.x()))))
        self.marks.point_at(plane, float(self._x[index]), self._y[:, index], self._rows[index])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.marks.frame.setVisible(False)
        if event.button() == Qt.MouseButton.LeftButton:
            self._drag_to(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def _drag_to(self, position: QPointF) -> None:
        plane = self.plane()
        is_inside = position.x() > plane.rect.left()
        self._seek(self.time_axis.iteration(coordinate_at(plane, position.x())) if is_inside else 0)

    def _seek(self, iteration: int) -> None:
        if iteration >= self._iteration:
            self.left_the_past.emit()
        else:
            self.sought.emit(max(iteration, 0))

    # The keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.marks.frame.setVisible(True)
        key, single = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        directions = {Key.Key_Left: -1, Key.Key_Down: -1, Key.Key_Right: 1, Key.Key_Up: 1}
        pages = {Key.Key_PageDown: -1, Key.Key_PageUp: 1}
        goal = {Key.Key_Home: 0, Key.Key_End: self._iteration}.get(Key(key))
        if key in directions:
            goal = self.playhead + directions[Key(key)] if single else self._shifted(directions[Key(key)] * KEY_PX)
        elif key in pages:
            goal = self._shifted(pages[Key(key)] * PAGE * self.plane().rect.width())
        self._point_at(None)
        if goal is None:
            event.ignore()
        else:
            self._seek(goal)

    def _shifted(self, pixels: float) -> int:
        """The iteration ``pixels`` away from the playhead, at least one iteration away."""
        playhead, plane = self.playhead, self.plane()
        coordinate = max(self.time_axis.coordinate(playhead), plane.left) + pixels / plane.pixels_per_unit[0]
        if coordinate < plane.left:
            return 0
        moved = self.time_axis.iteration(coordinate)
        return max(moved, playhead + 1) if pixels > 0 else min(moved, playhead - 1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show a frame if a key brought the focus here; else the first key shows the frame."""
        super().focusInEvent(event)
        self.marks.frame.setVisible(event.reason() in BY_KEYS)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.marks.frame.setVisible(False)


def coordinate_at(plane: DataMap, x: float) -> float:
    return plane.left + (x - plane.rect.left()) / plane.pixels_per_unit[0]
