"""What the View menu does: looks, themes, what is on the canvas, and how the window is laid out; and Quit."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QKeySequence

from curvegui.ui.actions.display import SIZES, SWITCHES, Display
from curvegui.ui.actions.services import Services
from curvegui.ui.actions.view import View
from curvegui.ui.look.motion import SystemMotion
from curvegui.ui.window.context_menus import ContextMenus
from curvegui.ui.window.keyboard import KeysEverywhere, Panes
from curvegui.ui.window.text_wheel import TextWheel

SUMMARY = "help.summary"


class ViewActions(QObject):
    """Shows the view on the canvas and in the menu, and changes it."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._window, self._services = services.window, services
        self._menus = ContextMenus(services)
        self._panes = Panes(services.window, services.centre, services.docks)
        self._actions, self._canvas = services.actions, services.canvas
        self._summary_keys = self._actions[SUMMARY].shortcuts() if SUMMARY in self._actions else []
        help_keys = QKeySequence.keyBindings(QKeySequence.StandardKey.HelpContents)
        self._everywhere = KeysEverywhere(services.window, [*self._summary_keys, *help_keys])
        self._everywhere.pressed.connect(self._answer)
        self._text_wheel, self._motion = TextWheel(self), SystemMotion(self)
        self._text_wheel.turned.connect(self.scale_text)
        self._motion.wanted_less.connect(self._heed_system)
        self._motion.ask()
        services.display.changed.connect(self._check)
        self._check(services.display.now)
        services.views.changed.connect(self._check_view)
        for toggle in services.docks.toggles():
            toggle.triggered.connect(self._enter_panel)
        self._check_view(services.views.now)

    @Slot(QKeySequence)
    def _answer(self, key: QKeySequence) -> None:
        """Say how the run stands, or open the guide at what is pointed at, or has the focus."""
        if key in self._summary_keys:
            self._actions[SUMMARY].trigger()
        elif "help" in self._services.features:
            self._services.features["help"].show_here()

    @Slot(object)
    def _check(self, display: Display) -> None:
        """Check the actions that stand for what is seen."""
        self._actions[f"look.{display.look_key}"].setChecked(True)
        self._actions[f"theme.{display.theme}"].setChecked(True)
        for name in (*SWITCHES, "reduced_motion"):
            self._actions[f"view.{name}"].setChecked(getattr(display, name))

    @Slot(object)
    def _check_view(self, view: View) -> None:
        self._actions[f"view.{view.id}"].setChecked(True)

    @Slot(bool)
    def _enter_panel(self, opened: bool) -> None:
        """Whoever opens a panel wants to use it."""
        name = self.sender().objectName().removeprefix("action.dock.")
        if opened and name in self._services.docks:
            dock = self._services.docks[name]
            dock.raise_()
            self._panes.enter_soon(dock)

    def step_through_panes(self, way: int) -> None:
        """Take the focus to the next part of the window, or the one before."""
        self._panes.step(way)

    def show_view(self, id_: str) -> None:
        """Show another of the four views."""
        self._services.views.show(id_)

    def reset_view(self) -> None:
        """Put the present view back to where a new user finds it; the run stays as it is."""
        self._services.views.reset()

    def choose_look(self, key: str) -> None:
        """Draw the canvas in another look."""
        self._services.display.see(look_key=key)

    def choose_theme(self, key: str) -> None:
        """Colour the window in another theme."""
        self._services.display.see(theme=key)

    def switch(self, name: str, shown: bool) -> None:
        """Show something, or show it no longer."""
        self._services.display.see(**{name: shown})

    def reduce_motion(self, reduced: bool) -> None:
        """Let nothing move that need not, or everything, whatever the system has."""
        self._services.display.see(motion="reduced" if reduced else "full")

    @Slot()
    def _heed_system(self) -> None:
        self._services.display.see(system_is_calm=True)

    @Slot(int)
    def scale_text(self, steps: int) -> None:
        """Make text larger or smaller by so many steps; for 0, as large as the system has it."""
        sizes = list(SIZES)
        place = sizes.index(self._services.display.now.text_size) + steps
        size = sizes[min(max(place, 0), len(sizes) - 1)] if steps else Display.text_size
        self._services.display.see(text_size=size)

    def zoom_in(self) -> None:
        """Show a smaller part of the canvas."""
        self._canvas.zoom_in()

    def zoom_out(self) -> None:
        """Show a larger part of the canvas."""
        self._canvas.zoom_out()

    def show_all(self) -> None:
        """Show the whole canvas."""
        self._canvas.show_all()

    def quit(self) -> None:
        """Close the window."""
        self._window.close()
