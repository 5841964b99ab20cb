"""The hint: in one line where there is room for it, and inside of its rectangle always."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsScene, QGraphicsSimpleTextItem

from curvegui.figure.drawing.look import LOOKS
from curvegui.ui.tools.overlay import BETWEEN, MARGIN_PX, PADDING_PX, CanvasHint
from curvegui.ui.tools.tools import HINTS


@pytest.mark.parametrize("mode", HINTS)
@pytest.mark.parametrize("width", [300, 500, 900])
@pytest.mark.parametrize("key", LOOKS)
def test_a_hint_is_in_one_line_where_there_is_room_and_always_inside(qapp, mode, width, key):
    scene, words = QGraphicsScene(), HINTS[mode]
    hint, rect = CanvasHint(scene), QRectF(0, 0, width, 300)
    hint.set_look(LOOKS[key], QFont())
    hint.say(words, rect)
    (text,) = [item for item in scene.items() if isinstance(item, QGraphicsSimpleTextItem)]
    (ground,) = [item for item in scene.items() if isinstance(item, QGraphicsPathItem)]
    assert ("\n" in text.text()) != has_room(words, text.font(), width)
    assert rect.contains(ground.sceneBoundingRect())
    assert ground.sceneBoundingRect().contains(text.sceneBoundingRect())
    in_two = all(has_room(half, text.font(), width) for half in (words[:2], words[2:]))
    assert text.text().count("\n") <= (1 if in_two else 3)
    shown = text.text().replace("\n", " ")
    assert all(each in shown for each in (words if in_two else words[:1] + words[-1:]))
    hint.hide()
    assert not text.isVisible()
    assert not ground.isVisible()


def has_room(words, font, width):
    """Whether words have room in one line."""
    line = QGraphicsSimpleTextItem(BETWEEN.join(words))
    line.setFont(font)
    return line.boundingRect().width() <= width - 2 * (MARGIN_PX + PADDING_PX[1])
