"""The parts of the window that a lesson points at: their widgets, and what has to be opened to see them."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QDockWidget, QMainWindow, QScrollArea, QWidget


@dataclass(frozen=True)
class Target:
    """A part of the window.

    ``name`` is the objectName of a widget in ``dock``, given without "dock."; empty for none. ``whole``: its parent is
    meant, an editor with its label. ``answer`` is the objectName of what answers a selection; empty for none.
    """

    name: str
    dock: str = ""
    whole: bool = False
    answer: str = ""


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
