"""The plot of the error along t, under the canvas: a person reads errors in it and brushes a stretch."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from curvegui.core.language.text import mark, tr
from curvegui.core.learner.learner import Snapshot
from curvegui.ui.actions.centre import ERROR
from curvegui.ui.actions.services import Services
from curvegui.ui.canvas.refresh import RefreshClock
from curvegui.ui.errors.picture import ErrorAlong, Marks, ceiling, paint_errors, plot_area
from curvegui.ui.widgets.number_box import ENTER
from curvegui.ui.widgets.spoken import announce

LINES, FEWEST_LINES = 6.4, 3.1  # the usual and the least height, in lines of the font
STEPS = 200  # if there are more points, an arrow key moves by this part of the whole
KEYS = mark(
    "Left and Right move a cursor, with Shift they select a part of the curve, Enter looks at the point, Escape clears."
)
KEY_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class ErrorPlot(QWidget):
    """Shows |a(t) - y(t)| for every point of the curve on the canvas."""

    brushed = Signal()  # a stretch has been brushed

    def __init__(self, services: Services) -> None:
        super().__init__()
        canvas, inspection = services.canvas, services.inspection
        self.setObjectName("error_plot")
        self.setAccessibleName(tr("Error plot"))
        self.setAccessibleDescription(tr(KEYS))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._inspection = inspection
        self._snapshot: Snapshot | None = None  # what the canvas shows
        self._drawn: Snapshot | None = None
        self._errors: ErrorAlong | None = None
        self._top = 0.0  # the upper end of the scale
        self._at: int | None = None  # the point where the keys have gone
        self._pointed: int | None = None  # the point under the mouse, which is read instead
        self._began: int | None = None  # the point from which the keys select a part, while Shift is held
        self._pressed: QPointF | None = None
        self._before: tuple[float, float] | None = None
        self._drags = False
        self._refresh = RefreshClock()
        canvas.redrawn.connect(self._follow)
        canvas.framed.connect(self._frame)
        for changed in (inspection.stretch_changed, inspection.point_changed):
            changed.connect(self.update)
        services.display.changed.connect(lambda display: self.setVisible(display.errors))
        self.brushed.connect(services.features["tools"].say_where)
        services.centre.put(ERROR, self)
        self.setVisible(services.display.now.errors)

    @Slot(object)
    def _follow(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._frame()

    @Slot()
    def _frame(self) -> None:
        """Show the snapshot that the canvas shows, while the plot is visible."""
        snapshot = self._snapshot
        if snapshot is not None and snapshot is not self._drawn and self.isVisible() and self._refresh.is_due:
            with self._refresh:
                self.show_snapshot(snapshot)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self._drawn, self._errors = snapshot, ErrorAlong(snapshot)
        largest = self._errors.largest
        if largest is not None:
            self._top = ceiling(float(self._errors.distance[largest]), self._top)
        count = self._errors.t.size
        noted = self._at, self._pointed, self._began
        self._at, self._pointed, self._began = (each if each is not None and each < count else None for each in noted)
        self.update()

    @property
    def reading(self) -> tuple[str, str]:
        """The words at the upper right, long and short: the error at the cursor, or the mean and largest error."""
        if self._errors is None:
            return "", ""
        index = self._cursor
        return self._errors.summary if index is None else self._errors.words_at(index)

    @property
    def _cursor(self) -> int | None:
        return self._at if self._pointed is None else self._pointed

    def in_words(self) -> str:
        return tr("The distance from each point of the curve to its place. {reading}.", reading=self.reading[0])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._before, self._drags = event.position(), self._inspection.stretch, False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._errors is None:
            return
        here = event.position()
        self._pointed = pointed = self._index(here)
        if self._pressed is not None:
            self._drags = self._drags or abs(here.x() - self._pressed.x()) >= QApplication.startDragDistance()
            if self._drags:
                self._brush(self._index(self._pressed), pointed)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        self._pressed = None
        if self._drags:
            self.brushed.emit()
        elif self._errors is not None:
            self._look(self._index(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._pointed = None
        self.update()

    def _index(self, position: QPointF) -> int:
        assert self._errors is not None
        rect = plot_area(QRectF(self.rect()), self.font())
        return self._errors.nearest((position.x() - rect.left()) / max(rect.width(), 1.0))

    def _brush(self, start: int, end: int) -> None:
        if self._errors is not None and start != end:
            low, high = sorted((start, end))
            self._inspection.brush((float(self._errors.t[low]), float(self._errors.t[high])))

    def _look(self, index: int) -> None:
        if self._errors is not None:
            self._inspection.toggle_point(self._errors.training_point(index))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the cursor, and brush with Shift; Enter looks at a point; Esc clears."""
        key, shifted = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        errors = self._errors
        if errors is None:
            event.ignore()
        elif key in KEY_STEPS:
            step = KEY_STEPS[Qt.Key(key)] * max(1, errors.t.size // STEPS)
            if self._at is None:  # begin at the point looked at, or at the largest error
                point = self._marked(errors)
                self._go(errors, (errors.largest or 0) if point is None else point, shifted)
            else:
                self._go(errors, self._at + step, shifted)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go(errors, 0 if key == Qt.Key.Key_Home else errors.t.size - 1, shifted)
        elif key in ENTER and self._at is not None:
            self._look(self._at)
        elif not (key == Qt.Key.Key_Escape and self._clear()):
            event.ignore()

    def _go(self, errors: ErrorAlong, index: int, brushing: bool) -> None:
        index = min(max(index, 0), errors.t.size - 1)
        if self._at is None or not brushing:
            self._began = None
        elif self._began is None:
            self._began = self._at
        self._at, self._pointed = index, None
        if self._began is not None:
            self._brush(self._began, index)
            self.brushed.emit()
        self.update()
        announce(self, self.reading[0])

    def _clear(self) -> bool:
        """Cancel a drag, or else clear stretch and point, or else the cursor; return whether one was there."""
        if self._pressed is not None:
            self._pressed = None
            self._inspection.brush(self._before)
        elif not self._inspection.clear_curve():
            if self._at is None:
                return False
            self._at = None
        self._began = None
        self.update()
        return True

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._at = self._began = None
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, round(LINES * self.fontMetrics().height()))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, round(FEWEST_LINES * self.fontMetrics().height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._errors is None:
            return
        marks = Marks(self._cursor, self._marked(self._errors), self._inspection.stretch, self.hasFocus())
        paint_errors(self, self._errors, self._top, marks, self.reading)

    def _marked(self, errors: ErrorAlong) -> int | None:
        point = self._inspection.point_in(errors.trained.size)
        return None if point is None else int(errors.trained[point])
