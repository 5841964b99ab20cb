"""The hint: in one line where there is room for it, and inside of its rectangle always."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsScene, QGraphicsSimpleTextItem

from curvegui.figure.drawing.look import LOOKS
from curvegui.ui.tools.overlay import Hint
from curvegui.ui.tools.tools import HINTS


@pytest.mark.parametrize("mode", HINTS)
@pytest.mark.parametrize("width", [300, 500, 900])
@pytest.mark.parametrize("key", LOOKS)
def test_a_hint_is_in_one_line_where_there_is_room_and_always_inside(qapp, mode, width, key):
    scene = QGraphicsScene()
    hint, rect = Hint(scene), QRectF(0, 0, width, 300)
    hint.set_look(LOOKS[key], QFont())
    hint.say(HINTS[mode], rect)
    (text,) = [item for item in scene.items() if isinstance(item, QGraphicsSimpleTextItem)]
    (ground,) = [item for item in scene.items() if isinstance(item, QGraphicsPathItem)]
    assert ("\n" in text.text()) == (width < {"pencil": 300, "reshape": 800, "stretch": 800}[mode])
    assert rect.contains(ground.sceneBoundingRect())
    assert ground.sceneBoundingRect().contains(text.sceneBoundingRect())
    assert text.text().count("\n") <= 1
    assert all(words in text.text() for words in (HINTS[mode] if width > 300 else HINTS[mode][:1] + HINTS[mode][-1:]))
    hint.hide()
    assert not text.isVisible()
    assert not ground.isVisible()
