"""The parts of the window that a lesson points at: their widgets, what is opened to see them, and the room they get."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QDockWidget, QMainWindow, QScrollArea, QWidget

from curvegui.ui.actions.docks import Docks


@dataclass(frozen=True)
class Target:
    """A part of the window."""

    name: str  # the objectName of a widget
    dock: str = ""  # that it is in, without "dock."; empty for none
    whole: bool = False  # its parent is meant: an editor with its label
    answer: str = ""  # the objectName of what answers a selection; empty for none


TARGETS: Mapping[str, Target] = {
    "canvas": Target("canvas"),
    "timeline": Target("timeline"),
    "run button": Target("run"),
    "step button": Target("button.run.step_1"),
    "transport": Target("transport"),
    "knobs": Target("dock.knobs", "knobs"),
    "aggression": Target("editor.aggression", "knobs", whole=True),
    "noise": Target("editor.noise", "knobs", whole=True),
    "layers": Target("editor.hidden", "knobs"),
    "doctor": Target("advice", "knobs"),
    "network": Target("dock.network", "network", answer="network.sum"),
    "maths": Target("dock.maths", "maths"),
    "jacobians": Target("dock.jacobians", "jacobians"),
    "exercise": Target("dock.exercise", "exercise"),
    "curves": Target("curves"),
    "favourites": Target("dock.favourites", "favourites"),
    "status": Target("status"),
    "toolbar": Target("tools"),
}


def open_target(window: QMainWindow, place: str) -> QWidget | None:
    """The widget of a place, in an open dock that is high enough to read; None if this window has none."""
    target = TARGETS[place]
    if target.dock:
        dock = window.findChild(QDockWidget, f"dock.{target.dock}")
        if dock is None:
            return None
        dock.show()
        dock.raise_()
    widget = window.findChild(QWidget, target.name)
    return widget.parentWidget() if widget is not None and target.whole else widget


def show_answer(window: QMainWindow, place: str) -> None:
    """Scroll to what answers in a place, if it is out of sight."""
    answer = TARGETS[place].answer
    widget = window.findChild(QWidget, answer) if answer else None
    around = widget.parentWidget() if widget is not None else None
    while widget is not None and around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget)
        around = None if around.isWindow() else around.parentWidget()


STUDY_LINES = 37  # room for the diagram and a sum, or for the maths's steps and one factor
SETTINGS_LINES = 30  # room for the settings that a lesson changes, and the status of the run
SETTLING_MS = 50  # until docks that were just opened have their places


class TourRoom(QObject):
    """Moves the border between the settings and the docks below, and back at the end."""

    def __init__(self, window: QMainWindow, docks: Docks) -> None:
        super().__init__(window)
        self._window, self._first, self._others = window, docks.first, docks.piled
        self._docks = {name: docks[name] for name in (docks.first, *docks.piled)}
        self._wanted = ""
        self._before: int | None = None  # the settings' height before the border was moved
        self._settling = QTimer(self, singleShot=True, interval=SETTLING_MS)
        self._settling.timeout.connect(self._settle)
        self._docks[self._first].visibilityChanged.connect(self._note_settings)

    def suit(self, places: Sequence[str]) -> None:
        """Make room for the places of a step; if none is in these docks, restore them."""
        docks = [TARGETS[place].dock for place in places]
        others = (name for name in docks if name in self._others)
        self._wanted = self._first if self._first in docks else next(others, "")
        if self._wanted:
            self._settling.start()
        else:
            self.give_back()

    def forget(self) -> None:
        """The docks have been moved: there is nothing to give back."""
        self._before = None

    def give_back(self) -> None:
        """Move the border back, at once."""
        self._settling.stop()
        self._wanted = ""
        self._settle()

    @Slot()
    def _settle(self) -> None:
        upper, below = self._both()
        if upper is None or below is None:
            return
        before = upper.height() if self._before is None else self._before
        line, both = self._window.fontMetrics().height(), upper.height() + below.height()
        height = before
        if self._wanted == self._first:
            height = max(before, SETTINGS_LINES * line)
        elif self._wanted:
            height = min(before, both - STUDY_LINES * line)
        self._before = before if self._wanted else None
        if height != upper.height():
            heights = max(height, 1), max(both - height, 1)  # Qt keeps the minimum heights
            self._window.resizeDocks([upper, below], heights, Qt.Orientation.Vertical)

    def _both(self) -> tuple[QDockWidget | None, QDockWidget | None]:
        """The visible docks in the place of the settings and below; None for none."""
        settings, area = self._docks[self._first], self._window.dockWidgetArea
        place = [settings, *self._window.tabifiedDockWidgets(settings)]
        others = [dock for dock in self._docks.values() if dock not in place]
        upper = [dock for dock in place if _is_docked(dock)]
        below = [dock for dock in others if _is_docked(dock) and area(dock) == area(settings)]
        return next(iter(upper), None), next(iter(below), None)

    @Slot(bool)
    def _note_settings(self, visible: bool) -> None:
        """Another dock, like the network, is in the settings' place: it needs the height itself."""
        if not visible and self._before is not None and self._wanted != self._first:
            self._wanted = ""
            self._settling.start()  # later: Qt is moving the docks


def _is_docked(dock: QDockWidget) -> bool:
    """Whether a dock is in the window, and not behind another one."""
    return dock.isVisible() and not dock.isFloating() and not dock.visibleRegion().isEmpty()
