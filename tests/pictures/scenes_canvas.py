"""What can lie over the canvas, and what is done on it by hand."""

from hands import inside, part_of
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from scene import LEARNT, Scene
from visitor import Visitor

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
