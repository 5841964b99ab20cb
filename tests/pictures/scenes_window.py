"""The window itself: at first, paused, looking back, in all looks, with all that can lie over the canvas; its menus."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from scene import Scene
from visitor import Visitor

SIZES = {"small": (760, 600), "wide": (1500, 760), "large": (1500, 1100)}


def paused(visitor: Visitor) -> None:
    """The window, as it is when it opens a run, and in other sizes."""
    visitor.see("usual")
    for name, size in SIZES.items():
        visitor.window.resize(*size)
        visitor.see(name)


def first(visitor: Visitor) -> None:
    """A new run before its first iteration."""
    visitor.wait_for_window()
    visitor.wait("it learns", lambda: "Pause" in visitor.action("run.toggle").text())
    visitor.choose("run.toggle")
    visitor.wait("it is paused", lambda: "Run" in visitor.action("run.toggle").text())
    visitor.choose("run.reset")
    visitor.wait_for_text("status.iteration", "0 of 50,000")
    visitor.see("window")


def menus(visitor: Visitor) -> None:
    """Every menu of the menu bar, and their menus."""
    for menu in visitor.window.menuBar().findChildren(QMenu):
        if menu.objectName():  # Qt has one of its own, for what the bar has no room for
            visitor.see_menu(menu.objectName().removeprefix("menu.").replace(" ", "-"), menu)


def looks(visitor: Visitor) -> None:
    """The canvas in every look, with axes."""
    canvas = visitor.find("canvas")
    visitor.check("view.axes")
    for action in visitor.window.findChildren(QAction):
        if action.objectName().startswith("action.look."):
            action.trigger()
            visitor.see(action.objectName().removeprefix("action."), canvas)


WINDOW = (
    Scene("window-first", first, ()),
    Scene("window-paused", paused),
    Scene("menus", menus),
    Scene("looks", looks),
)
