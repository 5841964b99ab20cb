"""The window itself: at first, paused, in other sizes, themes and looks; its menus; the past."""

from hands import inside
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from scene import Scene
from visitor import Visitor

SIZES = {"small": (760, 600), "wide": (1500, 760), "large": (1500, 1100)}
VIEWS, USUAL = ("watch", "play", "understand", "exercise"), (1280, 800)
FOCUSED = (
    "run", "button.run.step", "button.curve.draw", "curves.list", "editor.aggression", "slider.aggression",
    "editor.activation", "layer.add", "settings.more", "timeline", "canvas", "network.diagram",
)  # fmt: skip
ENDED = "Finished", "Stopped"
Key = Qt.Key


def first(visitor: Visitor) -> None:
    """What a person sees who has never been here: the card, a new run, and the question whether to save it."""
    visitor.wait_for_window()
    visitor.find("welcome")
    visitor.pause_at_start()
    visitor.window.statusBar().hide()  # what there is goes by how far the run had come
    visitor.see("window")
    visitor.learn(100)
    visitor.see_dialog("unsaved", "file.new")


def learning(visitor: Visitor) -> None:
    """What says that the run learns: at one iteration a second, with numbers that are not looked at."""
    visitor.wait_for_window()
    visitor.wait_for_words("the button", "Pause", lambda: visitor.action("run.toggle").text())
    visitor.see("transport", visitor.find("transport"))
    visitor.see("state", visitor.find("status.state"))


def ended(visitor: Visitor) -> None:
    """A run that has come to its end by itself: at its goal, or where its numbers ran away."""
    visitor.wait_for_window()
    visitor.wait(
        "it has ended", lambda: visitor.is_speechless or any(word in visitor.read("status.state") for word in ENDED)
    )
    visitor.see("advice", visitor.find("advice"))
    visitor.hide_what_remembers()
    visitor.see("window")


def paused(visitor: Visitor) -> None:
    """A run that is paused, in windows of several sizes."""
    visitor.see("usual")
    for name, size in SIZES.items():
        visitor.window.resize(*size)
        visitor.see(name)


def menus(visitor: Visitor) -> None:
    """Every menu of the menu bar, and the menus in them; some also after a step."""
    for menu in visitor.menus():
        visitor.see_menu(_name_of(menu), menu)
    visitor.learn(100)
    visitor.press(visitor.find("timeline"), Key.Key_Home)
    visitor.wait_for_text("status.iteration", "looking back")
    for menu in visitor.menus():
        if _name_of(menu) in ("file", "edit", "time"):
            visitor.see_menu(f"{_name_of(menu)}-later", menu)


def _name_of(menu: QMenu) -> str:
    return menu.objectName().removeprefix("menu.").replace(" ", "-")


def looks(visitor: Visitor) -> None:
    """The canvas in every look, with axes; the window in every theme."""
    visitor.check("view.axes")
    for kind in ("look", "theme"):
        for action in visitor.window.findChildren(QAction):
            if action.objectName().startswith(f"action.{kind}."):
                action.trigger()
                shown = visitor.find("canvas") if kind == "look" else None
                visitor.see(action.objectName().removeprefix("action."), shown)


def view(visitor: Visitor) -> None:
    """The window without what can be hidden, and the canvas from near and far."""
    canvas = visitor.find("canvas")
    for name in ("target", "trail"):
        visitor.check(f"view.{name}", False)
        visitor.see(f"without-{name}", canvas)
        visitor.check(f"view.{name}")
    visitor.choose("view.zoom_in")
    visitor.choose("view.zoom_in")
    visitor.see("near", canvas)
    visitor.choose("view.show_all")
    visitor.choose("view.zoom_out")
    visitor.see("far", canvas)
    visitor.choose("view.show_all")
    visitor.check("view.log_time", False)
    visitor.check("view.curves", False)
    for dock in ("settings", "network", "maths", "jacobians", "exercise"):
        visitor.check(f"dock.{dock}", False)
    visitor.see("bare")
    visitor.choose("view.reset")
    visitor.see("reset")


def views(visitor: Visitor) -> None:
    """Each of the four views as a new user finds it, in several sizes; second panes; the presentation."""
    for name in VIEWS:
        visitor.window.resize(*USUAL)
        visitor.go_to(name)
        visitor.see(name)
        for size, lengths in SIZES.items():
            visitor.window.resize(*lengths)
            visitor.reset_view()
            visitor.see(f"{name}-{size}")
    visitor.window.resize(*USUAL)
    visitor.go_to("watch")
    for name in ("network", "maths", "cost", "none"):
        visitor.choose(f"watch.pane.{name}")
        visitor.linger()
        visitor.see(f"beside-{name}")
    visitor.choose("view.full_screen")
    visitor.linger()
    visitor.see("presentation")


def past(visitor: Visitor) -> None:
    """Looking back, with the timeline, to the best, and on from there."""
    timeline = visitor.find("timeline")
    visitor.press(timeline, Key.Key_PageDown, Key.Key_PageDown)
    visitor.wait_for_text("status.iteration", "looking back")
    visitor.see("earlier")
    visitor.point_at(inside(timeline), QPoint(250, 40))
    visitor.see("pointed-at", timeline)
    visitor.choose("time.best")
    visitor.see("best")


def focus(visitor: Visitor) -> None:
    """What shows where the keys go, on one of each kind of thing that takes them."""
    visitor.window.resize(*SIZES["large"])
    visitor.click("settings.more")
    for name in FOCUSED:
        widget = visitor.find(name)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        visitor.see(name.replace(".", "-"), widget.parentWidget())


def floating(visitor: Visitor) -> None:
    """Docks that are windows of their own, and the window that they have left."""
    for name in ("settings", "network"):
        dock = visitor.dock(name)
        dock.setFloating(True)
        dock.resize(420, 560)
        visitor.rest()
        visitor.see(name, dock)
    visitor.see("window")


WINDOW = (
    Scene("first", first, (), preferences={"tour": ""}),
    Scene("learning", learning, ("--speed", "1")),
    Scene("finished", ended, ("--iterations", "200", "--speed", "0")),
    Scene("ran-away", ended, ("--output-activation", "linear", "--aggression", "200", "--speed", "0")),
    Scene("paused", paused),
    Scene("menus", menus),
    Scene("looks", looks),
    Scene("view", view),
    Scene("views", views),
    Scene("past", past),
    Scene("focus", focus),
    Scene("floating", floating),
)
