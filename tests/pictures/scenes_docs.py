"""Images of README.md and of the guide: each picture has the name of its file in docs/images."""

from functools import partial

from hands import inside, part_of
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QWidget
from scene import Scene, opening
from visitor import Visitor

SIZE = 1280, 800
FISH = (
    (0.16, 0.30), (0.30, 0.46), (0.45, 0.32), (0.62, 0.27), (0.80, 0.38), (0.86, 0.50), (0.80, 0.62), (0.62, 0.73),
    (0.45, 0.68), (0.30, 0.54), (0.16, 0.70), (0.20, 0.50), (0.16, 0.31),
)  # fmt: skip
LEARNING = 6_000  # iterations


def window(visitor: Visitor) -> None:
    """The window, the chain rule, the valley, and a word, with a run that has learnt most of the heart."""
    visitor.window.resize(*SIZE)
    visitor.see("window")
    visitor.while_chosen("curve.text", partial(_see_word, visitor))
    visitor.go_to("understand")
    visitor.pick("maths.matrix", "W2")
    points = visitor.find_a(QComboBox, "maths.point")
    visitor.pick("maths.point", points.itemText(31))
    visitor.see("maths")
    dock = visitor.dock("valley")
    words = visitor.find_a(QLabel, "valley.state")
    visitor.wait_for_words("the cost", "Lowest", words.text)
    visitor.see("valley", dock)


def _see_word(visitor: Visitor, dialog: QWidget) -> None:
    facts = visitor.find_a(QLabel, "curve.facts", dialog)
    before = facts.text()
    visitor.find_a(QLineEdit, "text.word").setText("Anna")
    visitor.wait("the curve is made", lambda: facts.text() not in (before, "", "One moment…"))
    visitor.see("word", dialog)


def drawing(visitor: Visitor) -> None:
    """A shape that somebody has drawn, and how far the network has come with it."""
    visitor.window.resize(*SIZE)
    visitor.check("curve.draw")
    canvas = visitor.find("canvas")
    visitor.drag(inside(canvas), *(part_of(canvas, *each) for each in FISH))
    visitor.wait("the pencil is put down", lambda: not visitor.action("curve.draw").isChecked())
    visitor.pause_at_start()
    visitor.learn(LEARNING)
    visitor.hush()
    visitor.see("drawing")


def wall(visitor: Visitor) -> None:
    """A wall along the aggression."""

    def act(dialog: QWidget) -> None:
        visitor.click("wall.pause")
        visitor.pick("wall.varied", "Aggression")
        visitor.fill("wall.count", "16")
        visitor.fill("wall.iterations", "3000")
        visitor.click("wall.begin")
        visitor.wait_for_end("wall.spread", "16 networks at iteration 3,000", dialog)
        visitor.see("wall", dialog)

    visitor.while_chosen("wall.open", act)


DOCS = (
    Scene("docs-window", window, opening("usual")),
    Scene("docs-drawing", drawing),
    Scene("docs-wall", wall),
)
