"""The canvas: training data and fitted curves over each other, drawn at the beat of a clock of the canvas."""

from collections.abc import Iterator
from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QMetaObject, QObject, QPointF, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPicture, QShowEvent
from PySide6.QtWidgets import QGraphicsPixmapItem, QGraphicsRectItem, QGraphicsScene, QStyleOptionGraphicsItem, QWidget

from curvegui.core.language.text import tr
from curvegui.core.learner.learner import Snapshot
from curvegui.core.learner.recording import Trail
from curvegui.core.learner.target import Target
from curvegui.figure.drawing.axes import plot_area
from curvegui.figure.drawing.figure import CanvasView, FigureOptions, OverPart
from curvegui.figure.drawing.look import LOOKS, Look
from curvegui.figure.drawing.target_drawing import TargetDrawing
from curvegui.session.run.gate import Gate
from curvegui.ui.canvas.curves_layer import NOW, CurvesLayer
from curvegui.ui.canvas.frames import ARRIVING_S, Frames
from curvegui.ui.canvas.growth import TargetGrowth
from curvegui.ui.canvas.plane_view import PlaneView
from curvegui.ui.canvas.refresh import NUMBERS_S, RefreshClock
from curvegui.ui.canvas.run_items import RunItems
from curvegui.ui.canvas.words import CanvasWords
from curvegui.ui.look.painter import painter_for
from curvegui.ui.look.theme import current_theme, follow_theme

if TYPE_CHECKING:  # loaded after the first painting
    from curvegui.session.run.delivery import Delivery

FRAME_MS = 16  # one 60 Hz frame
VIEW_S = 0.1  # that an image which was begun is given, where the view moves on meanwhile
EXPLAINED_S = 30.0  # of learning, until nobody needs to be told which line is which
NO_TARGET = TargetDrawing(np.empty((2, 0)))


class Canvas(PlaneView):
    """Draws the newest snapshot at 60 Hz, however many arrive. The trainer's ``gate`` is shut during a frame."""

    painted = Signal()  # for the first time, with the target
    framed = Signal()  # another frame is due: time to change what lies over the run
    spared = Signal()  # the frame is done and time is left until the next: for one part of the window, see ``refresh``
    redrawn = Signal(object)  # the run is drawn as it is at this Snapshot: what lies over it may follow
    explained = Signal()  # which line is which was seen for long enough

    def __init__(self, look: Look = LOOKS["classic"], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.gate, self.is_rounded = Gate(), True
        self.setObjectName("canvas")
        self.setAccessibleName(tr("Canvas"))
        self.setAccessibleDescription(tr("Press A to listen to the fit, F9 to hear how the run stands."))
        self._look, self._options = look, FigureOptions()
        self._growth = TargetGrowth(self.scene())
        self.layer, self._items, self.words = CurvesLayer(look), RunItems(self.scene()), CanvasWords(self.scene())
        self._put_on_look()
        self._target = NO_TARGET
        self._live: Snapshot | None = None
        self._past: Snapshot | None = None
        self._drawn: Snapshot | None = None
        self._trail: Trail | None = None
        self._pointer: QPointF | None = None
        self._frames, self.is_target_lifted, self._run, self._ratio = Frames(self.layer), False, -1, 1.0
        self._arrived = self._explained_s = 0.0
        self._numbers, self._unwritten, self._views = RefreshClock(NUMBERS_S), False, RefreshClock(VIEW_S)
        self.viewport().installEventFilter(self)
        follow_theme(self._round_corners)
        self._clock = QTimer(self, timerType=Qt.TimerType.PreciseTimer)
        self._clock.timeout.connect(self._frame)
        self._clock.start(FRAME_MS)

    # What to show

    def show_target(self, target: Target) -> None:
        self._target = TargetDrawing.of(target)
        self.layer.set_target(self._target)

    def show_delivery(self, delivery: "Delivery", trail: Trail, grows: bool = False) -> None:
        """Store a delivery from the trainer; the next frame shows its snapshot. Whether another curve ``grows`` out of
        the one before is up to the caller, but where less motion is wanted, it does not."""
        before, self._live = self._live, delivery.snapshot
        same_run, same_target = delivery.run == self._run, True
        if before is None or before.target is not delivery.snapshot.target:
            drawn, self._target = self._target, TargetDrawing.of(delivery.snapshot.target)
            same_target = self._target.is_like(drawn)
        if not same_run:
            if before is not None and before.config.curve != delivery.snapshot.config.curve:
                self.show_all()  # else it might be learned out of sight
                if grows and self.isVisible() and self._shows_target and not self._frames.is_calm:
                    self._growth.begin(before.config.curve, delivery.snapshot.config.curve)
            self.layer.set_run(self._target, trail)
        else:
            if not same_target:
                self.layer.set_target(self._target)
            if trail is not self._trail:
                self.layer.set_trail(trail)
        self._run, self._trail = delivery.run, trail
        self._explain_lines()
        self.layer.taken_back(delivery.drawn_until)
        self._frames.note_arrival()

    def _explain_lines(self) -> None:
        """Say which line is which until a person has seen it during half a minute of learning."""
        now, before = perf_counter(), self._arrived
        self._arrived = now
        if self.words.shows_lines and (arriving := now - before) < ARRIVING_S:
            self._explained_s += arriving
            if self._explained_s > EXPLAINED_S:
                self.words.explains_lines = False
                self.explained.emit()

    def show_past(self, past: Snapshot | None) -> None:
        self._past = past
        self.layer.show_until(NOW if past is None else past.iteration)
        self._frames.note_touch()
        if past is not None:  # at once: whoever drags the playhead should not wait for the clock or the trail
            with self.gate:
                self._show()
                self._write_numbers()
                self.viewport().repaint()

    def in_words(self) -> str:
        from curvegui.ui.widgets.numbers import fit_words  # loaded after the first painting

        return fit_words(self.snapshot) if self.snapshot is not None else ""

    @property
    def snapshot(self) -> Snapshot | None:
        return self._past or self._live

    def as_view(self) -> CanvasView:
        """The canvas at this moment, for a picture: the part of the plane, and all that lies over the curves."""
        self._growth.end()
        self._show()  # first of all, to tell what explains the fit which moment it is
        for due in self.view_moved, self.framed:  # and that is drawn for this very moment
            due.emit()
        self._show()
        self._write_numbers()
        with self._items.only_over():
            over = tuple(recorded(self.scene()))
        return CanvasView(self.plane(), self._look, self._options, over)

    @property
    def free_area(self) -> QRectF:
        """The part of the scene beside the numbers of the axes, where words have room."""
        return plot_area(self.plane(), 1.0) if self._options.axes else self.sceneRect()

    def set_look(self, look: Look, options: FigureOptions) -> None:
        self._look, self._options = look, options
        self.layer.set_look(look, replace(options, target=self._shows_target))
        self._put_on_look()
        self.setBackgroundBrush(QColor(look.background.stops[-1][1]))  # seen beside the old image after a zoom
        self._frames.note_touch()

    @property
    def _shows_target(self) -> bool:
        return self._options.target and not self.is_target_lifted

    def lift_target(self, lifted: bool) -> None:
        """Let a tool draw the target while the tool changes it; or, as usual, the image of what changes slowly."""
        self.is_target_lifted = lifted
        self.set_look(self._look, self._options)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._put_on_look()
            self._frames.note_touch()

    def _put_on_look(self) -> None:
        self._items.set_look(self._look)
        self.words.set_look(self._look, self.font())
        self._unwritten = True

    @Slot()
    def _round_corners(self) -> None:
        """Give the corners the colour of the window around the canvas."""
        theme = current_theme()
        if not self.closed:  # by pyqtgraph, with all its items
            self._items.round_corners(self.sceneRect() if self.is_rounded else None, theme.window, theme.border)

    def set_reduced_motion(self, reduced: bool) -> None:
        self._frames.set_reduced_motion(reduced)

    # Frames

    @Slot()
    def _frame(self) -> None:
        if not self.isVisible():
            return
        self._frames.begin()
        with self.gate:
            self.framed.emit()
            self._bring_up_to_date()
            self._items.hide_target(self._growth.go_on(self.plane(), self._look) and not self._options.axes)
            has_begun = self._drawn is not None and self._drawn.iteration > 0
            self._items.pulse(perf_counter() if has_begun and not self._frames.is_calm else None)
            if self._unwritten and self._numbers.is_due:
                self._write_numbers()
            if self._frames.has_time():
                self.spared.emit()

    def _bring_up_to_date(self) -> None:
        self._moved |= self.devicePixelRatioF() != self._ratio
        if self._moved:
            self._frames.note_touch()
            self._round_corners()
            self._renew_view()
        if self._frames.work(self._items.release_layer, self.gate.is_crowded):
            self._show()
        self._renew_view()

    def _show(self) -> None:
        self._frames.note_shown()
        self.scene().prepareForPaint()
        plane = self.plane()
        self._items.show_layer(self.layer, plane)
        if self.snapshot is not None:
            target = self._target if self._options.target else NO_TARGET
            self._items.show_dots(target, self.plane(self._ratio), self._ratio)
            self._items.show_fit(self.snapshot, plane, self._options.fit)
            self._drawn, self._unwritten = self.snapshot, True
            self.words.point(self._pointer, self.snapshot, plane, self.sceneRect())
            self.redrawn.emit(self.snapshot)

    def _write_numbers(self) -> None:
        """Write the numbers of the drawn snapshot: seldom while the network learns, as nobody reads faster."""
        if self._drawn is not None:
            with self._numbers:
                self._unwritten = False
                self.words.write(self._drawn, self.sceneRect(), self.free_area, self._items.with_points)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the first painting; then stop watching, because a filter costs time at each event."""
        if event.type() is QEvent.Type.Paint:
            self.viewport().removeEventFilter(self)
            QMetaObject.invokeMethod(self, "painted", Qt.ConnectionType.QueuedConnection)  # when it has been painted
        return False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._bring_up_to_date()

    def _renew_view(self) -> None:
        """Begin the image of a view that has moved, once the image of the view before is finished."""
        if self._moved and (self._views.is_due or not self.layer.is_renewing):
            self._moved, self._ratio = False, (ratio := self.devicePixelRatioF())
            size = QSize(round(self._view.size().width() * ratio), round(self._view.size().height() * ratio))
            if not size.isEmpty():
                with self._views:
                    self.layer.set_view(size, ratio, self.plane(ratio))

    def point_at(self, position: QPointF | None) -> None:
        self._pointer = position
        self._frames.note_touch()


def recorded(scene: QGraphicsScene) -> Iterator[OverPart]:
    for item in scene.items(Qt.SortOrder.AscendingOrder):
        if item.isVisible():
            picture = QPicture()
            painter = painter_for(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setTransform(item.sceneTransform())
            painter.setOpacity(item.effectiveOpacity())
            item.paint(painter, QStyleOptionGraphicsItem(), None)
            painter.end()
            yield OverPart(picture, isinstance(item, QGraphicsPixmapItem | QGraphicsRectItem))
