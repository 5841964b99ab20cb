"""The tools on the canvas, one at a time: the pencil, the brush that reshapes, and the brush that asks."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut

from curvegui.core.curve.curve import Curve, Units
from curvegui.core.language.text import mark, tr
from curvegui.core.learner.learner import Snapshot
from curvegui.core.learner.target import build_target
from curvegui.core.settings.config import TARGET_SETTINGS, TrainingConfig
from curvegui.ui.actions.display import Display
from curvegui.ui.actions.services import Services
from curvegui.ui.tools.brush import Brush
from curvegui.ui.tools.hand import Hand
from curvegui.ui.tools.overlay import CORNERS, CanvasHint, DrawingPaper, LineSheet
from curvegui.ui.tools.pencil import Pencil
from curvegui.ui.tools.stretch_brush import MOVE, WIDEN, StretchBrush

PENCIL, RESHAPE, STRETCH = "pencil", "reshape", "stretch"
ACTIONS = {PENCIL: "curve.draw", RESHAPE: "curve.reshape", STRETCH: "inspect.brush"}
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
FITTED = mark("The drawing went beyond what the network can draw, so it was made smaller.")
ELSEWHERE = mark("The Network panel shows which neurons draw this part.")


class CurveTools(QObject):
    """Takes tools up and puts them down, and lets the session train on a drawn or reshaped curve. ``mode`` is
    ``"pencil"``, ``"reshape"``, ``"stretch"``, or None, in which the mouse moves the view."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._services, self._session, self._canvas = services, services.session, (canvas := services.canvas)
        self.mode: str | None = None
        self._shown: TrainingConfig | None = None  # whose target the brush has
        self._held: str | Curve = services.session.config.curve
        self._shape: Curve | None = None  # the latest one made by reshaping
        self._taker: Callable[[Curve], bool] | None = None  # of a drawing that is not to be trained on
        self._is_known = False  # the hint is not needed any more: the tool has been used
        scene = canvas.scene()
        self._sheet, self._hint, self._paper = LineSheet(scene), CanvasHint(scene), DrawingPaper(scene)
        self._hand, self._pencil = Hand(canvas.viewport()), Pencil(canvas, self._sheet)
        self.brush, self._stretch = Brush(canvas, self._sheet), StretchBrush(canvas, services.inspection)
        move, widen = self._stretch.shift, self._stretch.widen
        keys: tuple[tuple[set[str], str, Callable[[], object]], ...] = (
            ({PENCIL, RESHAPE, STRETCH}, "Esc", self._step_back),
            ({RESHAPE}, "[", partial(self.brush.turn, -1)),
            ({RESHAPE}, "]", partial(self.brush.turn, 1)),
            ({STRETCH}, "Right Up", partial(move, MOVE)),
            ({STRETCH}, "Left Down", partial(move, -MOVE)),
            ({STRETCH}, "Shift+Right Shift+Up", partial(widen, WIDEN)),
            ({STRETCH}, "Shift+Left Shift+Down", partial(widen, -WIDEN)),
            ({STRETCH}, "Return Enter", self._stretch.look),
        )
        self._keys = [(modes, self._shortcut(key, slot, modes)) for modes, some, slot in keys for key in some.split()]
        self._described = canvas.accessibleDescription()
        canvas.view_moved.connect(self._redraw)
        self._pencil.drawn.connect(self._train_on_drawing)
        self._pencil.refused.connect(services.notify)
        self.brush.began.connect(self._take_hold)
        self.brush.reshaped.connect(lambda curve: self._session.edit(curve=curve))
        self.brush.finished.connect(self._let_go)
        self._stretch.brushed.connect(self.say_where)
        services.inspection.stretch_changed.connect(self._hide_stretch_hint)
        services.session.config_changed.connect(self._follow)
        services.session.time.moved.connect(self._leave_the_present)
        services.display.changed.connect(self._show_display)
        self._show_display(services.display.now)

    def _shortcut(self, key: str, slot: Callable[[], object], modes: set[str]) -> QShortcut:
        shortcut = QShortcut(QKeySequence(key), self._canvas)
        if modes == {STRETCH}:  # elsewhere, arrows and Enter have other meanings
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(slot)
        shortcut.setEnabled(False)
        return shortcut

    @Slot(object)
    def _show_display(self, display: Display) -> None:
        for part in (self._pencil, self.brush, self._paper):
            part.set_look(display.look)
        self._hint.set_look(display.look, self._canvas.font())
        self._redraw()

    def draw(self, wanted: bool) -> None:
        self.set_mode(PENCIL if wanted else None)

    def reshape(self, wanted: bool) -> None:
        if wanted:
            self._session.time.go_to_now()  # an earlier snapshot cannot be changed
            self._show_target(self._session.config)
        self.set_mode(RESHAPE if wanted else None)

    def ask_neurons(self, wanted: bool) -> None:
        self.set_mode(STRETCH if wanted else None)

    def draw_for(self, taker: Callable[[Curve], bool]) -> None:
        """Let a person draw a curve for ``taker``; the session trains on the curve if ``taker`` returns False."""
        self.set_mode(PENCIL)
        self._taker = taker

    def set_mode(self, mode: str | None) -> None:
        """Take up another tool, or for None put it down; an unfinished drag is cancelled, a brushed stretch stays."""
        self._taker = None
        if mode == self.mode:
            return
        self._hand.steer({PENCIL: self._pencil, RESHAPE: self.brush, STRETCH: self._stretch, None: None}[mode])
        if self.mode == RESHAPE:
            self.brush.put_down()
        self.mode, self._is_known = mode, False
        self._canvas.point_at(None)
        self._canvas.lift_target(mode == RESHAPE)
        self._canvas.setAccessibleDescription(". ".join(map(tr, HINTS[mode])) + "." if mode else self._described)
        for modes, shortcut in self._keys:
            shortcut.setEnabled(mode in modes)
        for its_mode, action in ACTIONS.items():
            self._services.actions[action].setChecked(mode == its_mode)
        if mode is None:
            self._canvas.viewport().unsetCursor()
            self._hint.hide()
        else:
            cursor = Qt.CursorShape.CrossCursor if mode == PENCIL else Qt.CursorShape.PointingHandCursor
            self._canvas.viewport().setCursor(cursor)
        self._sheet.hide()
        self._paper.hide()
        if mode == RESHAPE:
            self.brush.take_up()
        self._redraw()

    @Slot()
    def _redraw(self) -> None:
        """Show the tool's lines and the hint in the present view."""
        if self.mode is None:
            return
        if not self._is_known:
            self._hint.say(tuple(map(tr, HINTS[self.mode])), self._canvas.free_area)
        if self.mode == PENCIL:
            self._paper.lay(self._canvas.sceneRect(), self._canvas.from_plane(CORNERS))
            self._pencil.redraw()
        elif self.mode == RESHAPE:
            self.brush.is_stale = True

    def _hide_hint(self) -> None:
        """Hide the hint, which would cover what is dragged, until the tool is taken up again."""
        self._is_known = True
        self._hint.hide()

    @Slot()
    def _hide_stretch_hint(self) -> None:
        if self.mode == STRETCH:
            self._hide_hint()

    @Slot()
    def _step_back(self) -> None:
        """Cancel a drag, or else clear the stretch and the point, or else put the tool down."""
        if not self._hand.cancel() and not (self.mode == STRETCH and self._services.inspection.clear_curve()):
            self.set_mode(None)

    @Slot(object)
    def _train_on_drawing(self, curve: Curve) -> None:
        taker = self._taker
        self.set_mode(None)
        if taker is not None and taker(curve):
            return
        self._session.reset(tr("Drawing"), curve=curve)
        self._session.run()
        self._services.features["curves"].keep(curve)
        if curve.units != Units():
            self._services.notify(tr(FITTED))

    @Slot()
    def say_where(self) -> None:
        """Say that the Network panel shows the neurons of a stretch, if that panel is not visible."""
        if not self._services.docks.is_seen("network"):
            self._services.notify(tr(ELSEWHERE))

    @Slot()
    def _take_hold(self) -> None:
        self._hide_hint()
        self._session.history.hold()
        self._held = self._session.config.curve

    @Slot()
    def _let_go(self) -> None:
        """List the reshaped curve in the rail, where it replaces an earlier shape of the same reshaping."""
        self._session.history.release()
        curve = self._session.config.curve
        if isinstance(curve, Curve) and curve not in (self._held, self._shape):
            self._services.features["curves"].keep(curve, self._shape if self._held == self._shape else None)
            self._shape = curve

    @Slot(object)
    def _follow(self, config: TrainingConfig) -> None:
        if self.mode == RESHAPE:
            self._show_target(config)

    def _show_target(self, config: TrainingConfig) -> None:
        """Give the brush the target without data noise, which would be added a second time."""
        before, self._shown = self._shown, config
        if before is None or config.differs(before, TARGET_SETTINGS):
            self.brush.show_target(build_target(replace(config, data_noise=0.0)), config.curve)

    @Slot(object)
    def _leave_the_present(self, past: Snapshot | None) -> None:
        if past is not None and self.mode == RESHAPE:
            self.set_mode(None)
