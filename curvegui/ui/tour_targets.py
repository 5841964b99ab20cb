"""The parts of the window that a lesson points at: which widgets they are, and what has to be opened to see them."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

VERTICAL = Qt.Orientation.Vertical


@dataclass(frozen=True)
class Target:
    """A part of the window.

    Attributes
    ----------
    name : str
        A widget's objectName.
    dock : str
        The dock that it is in, without "dock."; empty where it is in none.
    whole : bool
        Its parent is meant: an editor with its label.
    """

    name: str
    dock: str = ""
    whole: bool = False


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
    "network": Target("dock.network", "network"),
    "maths": Target("dock.maths", "maths"),
    "jacobians": Target("dock.jacobians", "jacobians"),
    "exercise": Target("dock.exercise", "exercise"),
    "curves": Target("curves"),
    "favourites": Target("dock.favourites", "favourites"),
    "status": Target("status"),
    "toolbar": Target("tools"),
}


ROOM = 0.45, 0.6  # of the canvas's height: a dock with less than the first gets the second
SHARING = ("knobs", "network", "maths", "jacobians", "exercise")  # docks that stand above each other; they scroll


def open_target(window: QMainWindow, place: str) -> QWidget | None:
    """The widget of a place, in an open dock that is high enough to be read; None where this window has none."""
    target = TARGETS[place]
    if target.dock:
        dock = window.findChild(QDockWidget, f"dock.{target.dock}")
        if dock is None:
            return None
        dock.show()
        dock.raise_()
        if target.dock in SHARING:
            _give_room(window, dock)
    widget = window.findChild(QWidget, target.name)
    return widget.parentWidget() if widget is not None and target.whole else widget


def _give_room(window: QMainWindow, dock: QDockWidget) -> None:
    """Let a low dock have more of the height that it shares with another one."""
    room = window.centralWidget().height()
    together = (dock, *window.tabifiedDockWidgets(dock))  # in one place, with tabs
    if dock.isFloating() or max(each.height() for each in together if not each.isHidden()) >= ROOM[0] * room:
        return
    docks = (window.findChild(QDockWidget, f"dock.{name}") for name in SHARING)
    others = [each for each in docks if each and each not in together and not each.isHidden() and not each.isFloating()]
    if others:  # Qt takes the heights as they are said only where they are said of both
        window.resizeDocks([others[0], dock], [round((1 - ROOM[1]) * room), round(ROOM[1] * room)], VERTICAL)
