"""The parts of the window that a lesson points at: their widgets, and what is opened to see them."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QMainWindow, QScrollArea, QWidget

from curvegui.ui.actions.services import Services


@dataclass(frozen=True)
class Target:
    """A part of the window."""

    name: str  # the objectName of a widget
    dock: str = ""  # that it is in, without "dock."; empty for none
    views: tuple[str, ...] = ()  # that show it at their best, the first one if it is none of these; empty for all
    whole: bool = False  # its parent is meant: an editor with its label
    answer: str = ""  # the objectName of what answers a selection; empty for none


PLAY, STUDY = ("play",), ("understand",)
WITH_RUN = ("play", "understand", "exercise")  # all but the one that shows only the picture
TARGETS: Mapping[str, Target] = {
    "canvas": Target("canvas"),
    "timeline": Target("timeline", views=WITH_RUN),
    "run button": Target("run", views=WITH_RUN),
    "step button": Target("button.run.step", views=WITH_RUN),
    "transport": Target("transport", views=WITH_RUN),
    "settings": Target("dock.settings", "settings", PLAY),
    "aggression": Target("editor.aggression", "settings", PLAY, whole=True),
    "noise": Target("editor.noise", "settings", PLAY, whole=True),
    "layers": Target("editor.hidden", "settings", PLAY),
    "status": Target("advice", views=WITH_RUN),
    "network": Target("dock.network", "network", ("understand", "play"), answer="network.sum"),
    "maths": Target("dock.maths", "maths", STUDY),
    "jacobians": Target("dock.jacobians", "jacobians", STUDY),
    "valley": Target("dock.valley", "valley", STUDY),
    "fourier": Target("dock.fourier", "fourier", ("play", "understand")),
    "morph": Target("dock.morph", "morph", ("play", "understand")),
    "exercise": Target("dock.exercise", "exercise", ("exercise",)),
    "curves": Target("curves", views=PLAY),
    "favourites": Target("dock.favourites", "favourites"),
    "status bar": Target("status", views=WITH_RUN),
    "toolbar": Target("tools"),
}


def open_target(services: Services, place: str) -> QWidget | None:
    """The widget of a place, in the view that shows it; None if this window has none."""
    target, docks, views = TARGETS[place], services.docks, services.views
    if target.dock and not docks.offers(target.dock):
        return None
    if target.views and views.now.id not in target.views:
        views.show(target.views[0])
    if target.dock:
        docks.show(target.dock)
        docks.sizes.give_room(target.dock)
    widget = services.window.findChild(QWidget, target.name)
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
