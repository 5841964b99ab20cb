"""The panels: the settings, the network, the maths, the Jacobians; and the status of runs of all kinds."""

from functools import partial

from hands import inside, part_of
from looking import Lost
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QScrollArea, QSlider, QWidget
from scene import LEARNT, Scene, opening
from trained import TRAINED
from visitor import Visitor

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


def noise(visitor: Visitor) -> None:
    """The comparison of amounts of noise, at its end, and with a number that is refused."""
    visitor.dock("jacobians")
    button = visitor.find("jacobians.compare")

    def look(dialog: QWidget) -> None:
        visitor.click("wall.pause")
        visitor.fill("wall.iterations", "300")
        visitor.click("wall.begin")
        visitor.wait_for_end("wall.spread", "4 networks at iteration 300", dialog)
        visitor.see("ended", dialog)
        visitor.fill("wall.count", "0")
        visitor.see("refused", dialog)

    visitor.while_open(lambda: visitor.click(button), look)


def _page(dock: QWidget, part: str) -> QWidget:
    """What a dock scrolls, as long as it is, found by a part of it."""
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
    Scene("noise", noise, opening("star")),
)
