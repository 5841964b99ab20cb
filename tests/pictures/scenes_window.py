"""Scenes of the window: its views and menus, what lies over the canvas, and the panels."""

from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QMenu, QScrollArea, QSlider, QWidget
from visitor import LEARNT, TRAINED, Lost, Scene, Visitor, inside, part_of

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


WINDOW = (
    Scene("first", first, (), preferences={"tour": ""}),
    Scene("finished", ended, ("--iterations", "200", "--speed", "0")),
    Scene("paused", paused),
    Scene("menus", menus),
    Scene("looks", looks),
    Scene("view", view),
    Scene("views", views),
    Scene("past", past),
    Scene("focus", focus),
)


ALONG = (0.168, 0.405), (0.20, 0.30), (0.25, 0.24), (0.337, 0.2135)  # the left lobe of the heart
ABOVE = (0.30, 0.10), (0.33, 0.07)
STROKE = (0.3, 0.7), (0.4, 0.3), (0.5, 0.6), (0.6, 0.3), (0.7, 0.7)
Key = Qt.Key


def overlays(visitor: Visitor) -> None:
    """Where one points at the fit; errors, pulls, and the error along t, each and all; the fit without a neuron."""
    canvas = visitor.find("canvas")
    visitor.point_at(inside(canvas), part_of(canvas, *ALONG[0]))
    visitor.see("pointed-at", canvas)
    visitor.take_pointer_away()
    for name in ("residuals", "pulls"):
        visitor.check(f"view.{name}")
        visitor.see(name, canvas)
        visitor.check(f"view.{name}", False)
    visitor.check("view.errors")
    plot = visitor.find("error_plot")
    visitor.linger()
    visitor.see("errors", plot)
    visitor.press(plot, Key.Key_Right, Key.Key_Right)
    visitor.press(plot, Key.Key_Right, Key.Key_Right, modifier=Qt.KeyboardModifier.ShiftModifier)
    visitor.linger()
    visitor.see("errors-brushed", plot)
    for name in ("residuals", "pulls"):
        visitor.check(f"view.{name}")
    visitor.see("all")
    diagram = visitor.find("network.diagram")
    visitor.press(diagram, Key.Key_Right, Key.Key_Right, Key.Key_M)
    visitor.see("muted", canvas)
    visitor.point_at(inside(plot), part_of(plot, 0.4, 0.5))
    visitor.linger()
    visitor.see("errors-pointed-at", plot)


def brushing(visitor: Visitor) -> None:
    """Which neurons draw a stretch: the hint, the stretch, and the bars in the network."""
    canvas = visitor.find("canvas")
    visitor.check("inspect.brush")
    visitor.see("hint", canvas)
    visitor.drag(inside(canvas), *_places(canvas, ALONG))
    visitor.hush()
    visitor.linger()
    visitor.see("stretch", canvas)
    visitor.see("network", visitor.dock_alone("network"))


def reshaping(visitor: Visitor) -> None:
    """Dragging the curve: the hint, the brush under the pointer, the hand that pulls, and what has become of it."""
    canvas = visitor.find("canvas")
    visitor.check("curve.reshape")
    visitor.see("hint", canvas)
    visitor.point_at(inside(canvas), part_of(canvas, *ALONG[-1]))
    visitor.see("over", canvas)
    visitor.drag(inside(canvas), *_places(canvas, (ALONG[-1], *ABOVE)), drop=False)
    visitor.see("pulling", canvas)
    visitor.drag(inside(canvas), part_of(canvas, *ABOVE[-1]))
    visitor.press(canvas, Key.Key_Escape)
    visitor.see("reshaped")


def drawing(visitor: Visitor) -> None:
    """Drawing a curve: the paper, the stroke, and what is learnt then."""
    visitor.hide_what_remembers()
    canvas = visitor.find("canvas")
    visitor.check("curve.draw")
    visitor.see("paper", canvas)
    visitor.drag(inside(canvas), *_places(canvas, STROKE), drop=False)
    visitor.see("stroke", canvas)
    visitor.press(canvas, Key.Key_Escape)
    visitor.drag(inside(canvas), *_places(canvas, STROKE))
    visitor.wait("the pencil is put down", lambda: not visitor.action("curve.draw").isChecked())
    visitor.pause_at_start()
    visitor.hush()
    visitor.see("drawn")


def gallery(visitor: Visitor) -> None:
    """The gallery: the dialog that chooses its curves, and the stage at the beginning of the first one."""
    visitor.see_dialog("choose", "gallery.choose")
    visitor.check("view.reduced_motion")
    visitor.while_chosen("gallery.start", lambda stage: visitor.see_moving("stage", stage))


def listening(visitor: Visitor) -> None:
    """Listening to the fit: what is said of the keys, of a point, of the largest error, and how a run stands."""
    status, canvas = visitor.window.statusBar(), visitor.find("canvas")
    visitor.check("hear.curve")
    visitor.see("keys", status)
    visitor.press(canvas, Key.Key_Right, Key.Key_Right)
    visitor.see("a-point", status)
    visitor.press(canvas, Key.Key_X)
    visitor.see("largest-error")
    visitor.check("hear.curve", False)
    visitor.choose("help.summary")
    visitor.see("how-it-stands", status)


def _places(canvas: QWidget, parts: tuple[tuple[float, float], ...]) -> list[QPoint]:
    return [part_of(canvas, *each) for each in parts]


CANVAS = (
    Scene("overlays", overlays, LEARNT),
    Scene("brushing", brushing, LEARNT),
    Scene("reshaping", reshaping, LEARNT),
    Scene("drawing", drawing),
    Scene("gallery", gallery),
    Scene("listening", listening, LEARNT),
)


TALL = 1180, 1150
MOST_STEPS = 8  # of one iteration of a network of three layers
Key = Qt.Key


def settings(visitor: Visitor) -> None:
    """All settings, with each optimiser and schedule, with refusals, lists dropped down, and many layers."""
    visitor.window.resize(*TALL)
    dock = visitor.dock("settings")
    visitor.see("usual", dock)
    visitor.click("settings.more")
    page = _page(dock, "editor.optimizer")
    visitor.see("more", dock)
    for words in _lines(visitor, "editor.optimizer")[1:]:
        visitor.pick("editor.optimizer", words)
        visitor.see(f"optimiser-{_plain(words)}", page)
    visitor.pick("editor.optimizer", _lines(visitor, "editor.optimizer")[0])
    visitor.pick("editor.schedule", "Cosine")
    for name, text in (("aggression", "2e9"), ("points", "abc"), ("seed", "-1"), ("stop_cost", "0.001")):
        visitor.enter(f"editor.{name}", text)
    visitor.see("refusals", dock)
    for _ in range(3):
        visitor.click("layer.add")
    visitor.enter("editor.hidden.0", "12")
    visitor.see("layers", dock)
    for name in ("activation", "optimizer"):
        box = visitor.find_a(QComboBox, f"editor.{name}")
        visitor.while_open(box.showPopup, partial(visitor.see, f"list-{name}"))


def runs(visitor: Visitor) -> None:
    """Runs of all kinds: what the line under the canvas says, its details, and what their networks look like."""
    for name in TRAINED:
        visitor.open(name)
        visitor.see(f"{name}-advice", visitor.find("advice"))
        visitor.see(f"{name}-network", visitor.dock("network"))
    visitor.open("saturated")
    visitor.click("advice.details")
    visitor.see("details")
    visitor.while_open(lambda: visitor.click("advice.why"), partial(visitor.see, "why"))
    visitor.window.resize(760, 600)
    visitor.linger()
    visitor.see("tight")


def network(visitor: Visitor) -> None:
    """The network: with a neuron and a weight selected, muted, soloed, frozen, and set."""
    dock = visitor.dock_alone("network")
    diagram = visitor.find("network.diagram")
    visitor.see("usual", dock)
    visitor.point_at(inside(diagram), part_of(diagram, 0.3, 0.5))
    visitor.see("pointed-at", dock)
    visitor.press(diagram, Key.Key_Right, Key.Key_Down)
    visitor.see("neuron", dock)
    visitor.press(diagram, Key.Key_M)
    visitor.see("muted", dock)
    visitor.click("network.unmute_all")
    visitor.press(diagram, Key.Key_S, Key.Key_K)
    visitor.see("solo-and-frozen", dock)
    visitor.press(diagram, Key.Key_Return, Key.Key_Down)
    visitor.see("weight", dock)
    visitor.enter("network.value", "1.5")
    visitor.wait_for_text("network.sum", "1.500")
    visitor.see("set", dock)


def maths(visitor: Visitor) -> None:
    """The chain rule: of a weight, at a point and on average, step by step, beside the network."""
    visitor.window.resize(*TALL)
    dock = visitor.dock_alone("maths")
    page = _page(dock, "maths.heading")
    visitor.see("usual", dock)
    visitor.see("all", page)
    points = visitor.find_a(QComboBox, "maths.point")
    visitor.pick("maths.point", points.itemText(0))
    visitor.see("average", page)
    visitor.pick("maths.point", points.itemText(31))
    matrix = visitor.find_a(QComboBox, "maths.matrix")
    for index in range(matrix.count()):
        visitor.pick("maths.matrix", matrix.itemText(index))
        visitor.see(f"matrix-{index + 1}", page)
    forwards, number = visitor.find("maths.on"), 0
    while forwards.isEnabled() and number < MOST_STEPS:
        number += 1
        visitor.click(forwards)
        visitor.see(f"step-{number:02}", dock)
    visitor.click("maths.network")
    visitor.linger()
    visitor.see("beside-the-network")


def jacobians(visitor: Visitor) -> None:
    """The Jacobians: in each scale, with an entry that is pointed at, and one that is selected."""
    dock = visitor.dock_alone("jacobians")
    maps = visitor.find("jacobians.maps")
    visitor.see("usual", dock)
    for name in ("small", "common"):
        visitor.click(f"jacobians.{name}")
        visitor.see(name, dock)
    visitor.point_at(maps, part_of(maps, 0.3, 0.5))
    visitor.see("pointed-at", dock)
    visitor.press(maps, Key.Key_Right, Key.Key_Right, Key.Key_Down, Key.Key_Return)
    visitor.see("selected", dock)
    visitor.open("plateau")
    visitor.see("without-noise", dock)


def fourier(visitor: Visitor) -> None:
    """The Fourier series beside the network: all its circles on the canvas, few of them, and a curve with corners."""
    visitor.check("view.reduced_motion")  # circles that turn are never at rest
    dock = visitor.dock_alone("fourier")
    circles = visitor.find_a(QSlider, "fourier.circles")
    visitor.linger()
    visitor.see("all-circles", dock)
    visitor.see("on-the-canvas")
    circles.setValue(3)
    visitor.linger()
    visitor.see("three-circles", dock)
    visitor.find_a(QSlider, "fourier.t").setValue(30)
    visitor.see("turned", visitor.find("canvas"))


def morph(visitor: Visitor) -> None:
    """The morph: without a curve, with its keyframes, and on the way from one to the next."""
    dock = visitor.dock_alone("morph")
    visitor.see("empty", dock)
    box = visitor.find_a(QComboBox, "morph.choice")
    for index in (box.count() - 1, box.count() - 2, box.count() - 3):
        box.activated.emit(index)
        visitor.linger()
    visitor.see("keyframes", dock)
    slider = visitor.find_a(QSlider, "morph.position")
    slider.setValue(slider.maximum() // 2)
    visitor.linger()
    visitor.hush()
    visitor.see("on-the-way")


def _page(dock: QWidget, part: str) -> QWidget:
    for area in dock.findChildren(QScrollArea):
        page = area.widget()
        if page is not None and page.findChild(QWidget, part) is not None:
            return page
    raise Lost(f"{part} is on no page that scrolls")


def _lines(visitor: Visitor, name: str) -> list[str]:
    box = visitor.find_a(QComboBox, name)
    return [box.itemText(index) for index in range(box.count())]


def _plain(words: str) -> str:
    return "".join(each if each.isalnum() else "-" for each in words.lower())


DOCKS = (
    Scene("settings", settings),
    Scene("runs", runs),
    Scene("network", network),
    Scene("maths", maths),
    Scene("jacobians", jacobians),
    Scene("fourier", fourier, LEARNT),
    Scene("morph", morph, LEARNT),
)
