import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from curvegui.ui.look.layouts import TIP_WIDTH, wrapped
from tests.ui.person import Key, Modifier

ENDLESS = 60  # characters in a line


def test_words_stand_in_short_lines_and_none_is_lost():
    words = "How far each iteration moves against the Jacobians: the learning rate. Too low is slow."
    lines = wrapped(words).split("\n")
    assert len(lines) > 1
    assert max(map(len, lines)) <= TIP_WIDTH
    assert " ".join(lines) == words


def test_lines_that_are_there_stay_apart():
    assert wrapped("Short.\nAnd another.") == "Short.\nAnd another."
    assert wrapped("") == ""


def test_a_command_after_two_spaces_stays_in_one_line():
    command = "python packaging/native.py"
    assert command in wrapped(f"In the folder of CurveGUI, type  {command}").split("\n")
    assert wrapped("Type  a b") == "Type  a b"


@pytest.mark.slow
def test_no_tooltip_of_the_window_is_one_endless_line(open_window):
    person = open_window(study=True)
    for key in (Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_4):
        person.press(key, modifiers=Modifier.ControlModifier)
        parts = person.window.findChildren(QWidget) + person.window.findChildren(QAction)
        tips = {part.toolTip() for part in parts if not part.toolTip().startswith("<")}
        assert not [tip for tip in tips if max(map(len, tip.split("\n"))) > ENDLESS]
