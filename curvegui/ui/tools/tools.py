"""The tools on the canvas, one at a time: the pencil, the brush, and the one that asks what draws a stretch."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut

from curvegui.core.curve.curve import Curve, Units
from curvegui.core.language.text import mark, tr
from curvegui.core.learner.learner import Snapshot
from curvegui.core.learner.target import Target, build_target
from curvegui.core.settings.config import TARGET_SETTINGS, TrainingConfig
from curvegui.figure.drawing.look import Look
from curvegui.session.study.inspection import Inspection
from curvegui.ui.actions.display import Display
from curvegui.ui.actions.services import Services
from curvegui.ui.canvas.canvas import Canvas
from curvegui.ui.tools.brush import Brush, BrushMarks
from curvegui.ui.tools.hand import Hand
from curvegui.ui.tools.overlay import CORNERS, CanvasHint, DrawingPaper, LineSheet
from curvegui.ui.tools.pencil import Pencil
from curvegui.ui.tools.stretch_brush import MOVE, WIDEN, StretchBrush

PENCIL, RESHAPE, STRETCH = "pencil", "reshape", "stretch"


HINTS = {
    PENCIL: (mark("Draw a curve in one stroke"), mark("Esc cancels")),
    RESHAPE: (
        mark("Drag the curve"),
        mark("Wheel or [ ]: how much of it moves"),
        mark("Alt or Shift: move one point"),
        mark("Esc ends"),
    ),
    STRETCH: (
        mark("Drag along the fit: which neurons draw it?"),
        mark("Click a point to look at it"),
        mark("Arrow keys: move; with Shift: widen"),
        mark("Esc clears, then ends"),
    ),
}
CURSORS = {
    PENCIL: Qt.CursorShape.CrossCursor,
    RESHAPE: Qt.CursorShape.PointingHandCursor,
    STRETCH: Qt.CursorShape.PointingHandCursor,
}


class CurveTools(QObject):
    """Takes tools up and puts them down, and reports what is done with them.

    ``mode`` is ``"pencil"``, ``"reshape"``, ``"stretch"``, or None: then the mouse moves the view as always.
    """

    mode_changed = Signal(object)
    drawn = Signal(object)  # a Curve has been drawn; the pencil is put down
    refused = Signal(str)  # what was drawn is no curve; a sentence that says why. The pencil stays in use
    took_hold = Signal()  # a drag of the curve begins
    # the Curve as it is now, at most about 20 times a second; after Esc that of before, maybe a preset's name
    reshaped = Signal(object)
    let_go = Signal()  # the drag has ended; ``reshaped`` has reported its last shape
    brushed = Signal()  # a drag has brushed a stretch of the fit

    def __init__(self, canvas: Canvas, look: Look, inspection: Inspection) -> None:
        super().__init__(canvas)
        self.mode: str | None = None
        self._canvas = canvas
        scene = canvas.scene()
        self._sheet, self._hint, self._paper = LineSheet(scene), CanvasHint(scene), DrawingPaper(scene)
        self._hand, self._marks = Hand(canvas.viewport()), BrushMarks(canvas, self._sheet)
        self._pencil, self._brush = Pencil(canvas, self._sheet), Brush(canvas, self._marks)
        self._stretch = StretchBrush(canvas, inspection)
        move, widen = self._stretch.shift, self._stretch.widen
        keys: tuple[tuple[set[str], str, Callable[[], object]], ...] = (
            ({PENCIL, RESHAPE, STRETCH}, "Esc", self._step_back),
            ({RESHAPE}, "[", partial(self._brush.turn, -1)),
            ({RESHAPE}, "]", partial(self._brush.turn, 1)),
            ({STRETCH}, "Right Up", partial(move, MOVE)),
            ({STRETCH}, "Left Down", partial(move, -MOVE)),
            ({STRETCH}, "Shift+Right Shift+Up", partial(widen, WIDEN)),
            ({STRETCH}, "Shift+Left Shift+Down", partial(widen, -WIDEN)),
            ({STRETCH}, "Return Enter", self._stretch.look),
        )
        self._keys = [(modes, self._shortcut(key, slot, modes)) for modes, some, slot in keys for key in some.split()]
        self._described = canvas.accessibleDescription()
        canvas.view_moved.connect(self._redraw)
        self._pencil.drawn.connect(self._take_drawing)
        self._pencil.refused.connect(self.refused)
        self._brush.began.connect(self._hide_hint)
        self._brush.began.connect(self.took_hold)
        self._brush.reshaped.connect(self.reshaped)
        self._brush.finished.connect(self.let_go)
        self._stretch.brushed.connect(self.brushed)
        inspection.stretch_changed.connect(self._leave_off_hint)
        self._is_known = False  # the hint is not needed any more: the brush has been used
        self.set_look(look)

    def _shortcut(self, key: str, slot: Callable[[], object], modes: set[str]) -> QShortcut:
        shortcut = QShortcut(QKeySequence(key), self._canvas)
        if modes == {STRETCH}:  # elsewhere, arrows and Enter have other meanings
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(slot)
        shortcut.setEnabled(False)
        return shortcut

    def set_look(self, look: Look) -> None:
        self._pencil.set_look(look)
        self._marks.set_look(look)
        self._paper.set_look(look)
        self._hint.set_look(look, self._canvas.font())
        self._redraw()

    def show_target(self, target: Target, curve: str | Curve) -> None:
        self._brush.show_target(target, curve)

    def set_mode(self, mode: str | None) -> None:
        """Take up a tool, or none; what is unfinished is cancelled, what is brushed stays."""
        if mode == self.mode:
            return
        self._hand.steer({PENCIL: self._pencil, RESHAPE: self._brush, STRETCH: self._stretch, None: None}[mode])
        if self.mode == RESHAPE:
            self._brush.put_down()
        self.mode, self._is_known = mode, False
        self._canvas.point_at(None)
        self._canvas.lift_target(mode == RESHAPE)
        self._canvas.setAccessibleDescription(". ".join(map(tr, HINTS[mode])) + "." if mode else self._described)
        for modes, shortcut in self._keys:
            shortcut.setEnabled(mode in modes)
        if mode is None:
            self._canvas.viewport().unsetCursor()
            self._hint.hide()
        else:
            self._canvas.viewport().setCursor(CURSORS[mode])
        self._sheet.hide()
        self._paper.hide()
        if mode == RESHAPE:
            self._brush.take_up()
        self._redraw()
        self.mode_changed.emit(mode)

    @Slot()
    def _redraw(self) -> None:
        """Show the tool's lines and the hint in their places in the present view."""
        if self.mode is None:
            return
        if not self._is_known:
            self._hint.say(tuple(map(tr, HINTS[self.mode])), self._canvas.free_area)
        if self.mode == PENCIL:
            self._paper.lay(self._canvas.sceneRect(), self._canvas.from_plane(CORNERS))
            self._pencil.redraw()
        elif self.mode == RESHAPE:
            self._brush.is_stale = True

    @Slot()
    def _hide_hint(self) -> None:
        """Hide the hint until the tool is taken up again: it would cover what is dragged."""
        self._is_known = True
        self._hint.hide()

    @Slot()
    def _leave_off_hint(self) -> None:
        if self.mode == STRETCH:
            self._hide_hint()

    @Slot(object)
    def _take_drawing(self, curve: Curve) -> None:
        self.set_mode(None)
        self.drawn.emit(curve)

    @Slot()
    def _step_back(self) -> None:
        """Cancel what is unfinished, or else stop looking at anything, or else put the tool down."""
        if not self._hand.cancel() and not (self.mode == STRETCH and self._stretch.clear()):
            self.set_mode(None)


FITTED = mark("The drawing went beyond what the network can draw, so it was made smaller.")
ELSEWHERE = mark("The Network panel shows which neurons draw this part.")


class CurveToolsActions(QObject):
    """Connects the tools on the canvas with the session and the menu."""

    made = Signal(object, object)  # a Curve that was drawn or reshaped, and the Curve that it replaces, or None

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._services, self._session, self._tell = services, services.session, services.tell
        self._tools: CurveTools | None = None
        self._shown: TrainingConfig | None = None
        self._held: str | Curve = services.session.config.curve
        self._shape: Curve | None = None  # the latest one made by reshaping
        self._taker: Callable[[Curve], bool] | None = None  # of a drawing that is not to be trained on
        services.session.config_changed.connect(self._follow)
        services.session.time.moved.connect(self._leave_the_present)
        services.display.changed.connect(self._show_display)
        self.made.connect(services.features["curves"].keep)

    @property
    def tools(self) -> CurveTools:
        """The tools, made when they are first needed."""
        if self._tools is None:
            services = self._services
            self._tools = tools = CurveTools(services.canvas, services.display.now.look, services.inspection)
            tools.mode_changed.connect(self._check)
            tools.drawn.connect(self._learn_drawing)
            tools.refused.connect(self._tell)
            tools.took_hold.connect(self._take_hold)
            tools.reshaped.connect(self._learn_shape)
            tools.let_go.connect(self._let_go)
            tools.brushed.connect(self.say_where)
        return self._tools

    @property
    def _mode(self) -> str | None:
        return self._tools.mode if self._tools else None

    @Slot(object)
    def _show_display(self, display: Display) -> None:
        if self._tools is not None:
            self._tools.set_look(display.look)

    def draw(self, wanted: bool) -> None:
        self._take(PENCIL if wanted else None)

    def reshape(self, wanted: bool) -> None:
        if wanted:
            self._session.time.go_to_now()  # an earlier snapshot cannot be changed
            self._show_target(self._session.config)
        self._take(RESHAPE if wanted else None)

    def brush(self, wanted: bool) -> None:
        self._take(STRETCH if wanted else None)

    def draw_for(self, taker: Callable[[Curve], bool]) -> None:
        """Let a hand draw one curve for somebody else: the run stays as it is, unless ``taker`` does not want it."""
        self._take(PENCIL)
        self._taker = taker

    def _take(self, mode: str | None) -> None:
        self._taker = None
        self.tools.set_mode(mode)

    @Slot(object)
    def _check(self, mode: str | None) -> None:
        for action, its_mode in (("curve.draw", PENCIL), ("curve.reshape", RESHAPE), ("inspect.brush", STRETCH)):
            self._services.actions[action].setChecked(mode == its_mode)

    @Slot(object)
    def _learn_drawing(self, curve: Curve) -> None:
        taker, self._taker = self._taker, None
        if taker is not None and taker(curve):
            return
        self._session.reset(tr("Drawing"), curve=curve)
        self._session.run()
        self.made.emit(curve, None)
        if curve.units != Units():
            self._tell(tr(FITTED))

    @Slot()
    def say_where(self) -> None:
        """Say where the answer is, if it is not visible."""
        if not self._services.docks.is_seen("network"):
            self._tell(tr(ELSEWHERE))

    @Slot(object)
    def _learn_shape(self, curve: Curve | str) -> None:
        self._session.edit(curve=curve)

    @Slot()
    def _take_hold(self) -> None:
        self._session.history.hold()
        self._held = self._session.config.curve

    @Slot()
    def _let_go(self) -> None:
        """Report the reshaped curve: it replaces the one it was made from, but not the one before that."""
        self._session.history.release()
        curve = self._session.config.curve
        if isinstance(curve, Curve) and curve not in (self._held, self._shape):
            self.made.emit(curve, self._shape if self._held == self._shape else None)
            self._shape = curve

    @Slot(object)
    def _follow(self, config: TrainingConfig) -> None:
        if self._mode == RESHAPE:
            self._show_target(config)

    def _show_target(self, config: TrainingConfig) -> None:
        """Show the target without its noise, which would else be added twice."""
        before, self._shown = self._shown, config
        if before is None or config.differs(before, TARGET_SETTINGS):
            self.tools.show_target(build_target(replace(config, data_noise=0.0)), config.curve)

    @Slot(object)
    def _leave_the_present(self, past: Snapshot | None) -> None:
        if past is not None and self._mode == RESHAPE:
            self._take(None)
