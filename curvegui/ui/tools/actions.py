"""The actions that draw a curve, reshape it or ask what draws it, and their effect on the run."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot

from curvegui.core.curve.curve import Curve
from curvegui.core.curve.units import Units
from curvegui.core.language.text import mark, tr
from curvegui.core.learner.learner import Snapshot
from curvegui.core.learner.target import build_target
from curvegui.core.settings.config import TARGET_SETTINGS, TrainingConfig
from curvegui.ui.actions.display import Display
from curvegui.ui.actions.services import Services
from curvegui.ui.tools.tools import PENCIL, RESHAPE, STRETCH, CurveTools

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
            self._tools = self._made_tools()
        return self._tools

    def _made_tools(self) -> CurveTools:
        services = self._services
        tools = CurveTools(services.canvas, services.display.now.look, services.inspection)
        tools.mode_changed.connect(self._check)
        tools.drawn.connect(self._learn_drawing)
        tools.refused.connect(self._tell)
        tools.took_hold.connect(self._take_hold)
        tools.reshaped.connect(self._learn_shape)
        tools.let_go.connect(self._let_go)
        tools.brushed.connect(self.say_where)
        return tools

    @property
    def _mode(self) -> str | None:
        return self._tools.mode if self._tools else None

    @Slot(object)
    def _show_display(self, display: Display) -> None:
        if self._tools is not None:
            self._tools.set_look(display.look)

    def draw(self, wanted: bool) -> None:
        """Let a hand draw on the canvas, or no longer."""
        self._take(PENCIL if wanted else None)

    def reshape(self, wanted: bool) -> None:
        """Let a hand drag the curve on the canvas, or no longer."""
        if wanted:
            self._session.time.go_to_now()  # an earlier snapshot cannot be changed
            self._show_target(self._session.config)
        self._take(RESHAPE if wanted else None)

    def brush(self, wanted: bool) -> None:
        """Let a hand brush a stretch of the fit, or no longer."""
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
        self._services.actions["curve.draw"].setChecked(mode == PENCIL)
        self._services.actions["curve.reshape"].setChecked(mode == RESHAPE)
        self._services.actions["inspect.brush"].setChecked(mode == STRETCH)

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
        """Reshape the curve of the present settings."""
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
