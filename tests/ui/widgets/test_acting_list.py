"""A list whose choices act: the keys and the wheel look through it, and nothing else."""

import pytest
from PySide6.QtTest import QTest

from curvegui.ui.widgets.scrolled import ActingComboBox
from tests.ui.person import Key, Modifier

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen


@pytest.fixture
def box(qtbot):
    box = ActingComboBox()
    qtbot.addWidget(box)
    box.addItems(["Choose", "Star", "Spiral", "Circle"])
    box.show()
    box.acted = []
    box.activated.connect(box.acted.append)
    yield box
    box.hidePopup()


@pytest.mark.parametrize("key", ["Up", "Down", "PageUp", "PageDown", "Home", "End", "S", "Space", "F4"])
def test_each_key_that_would_choose_only_drops_it_down(box, key):
    box.setCurrentIndex(1)
    QTest.keyClick(box, getattr(Key, f"Key_{key}"))
    assert box.view().isVisible() and box.acted == [] and box.currentIndex() == 1


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Escape, Key.Key_Tab, Key.Key_Shift])
def test_other_keys_do_nothing_to_a_closed_list(box, key):
    QTest.keyClick(box, key)
    assert not box.view().isVisible() and box.acted == []


def test_a_letter_with_ctrl_is_a_command_of_the_window(box):
    QTest.keyClick(box, Key.Key_S, Modifier.ControlModifier)
    assert not box.view().isVisible() and box.acted == []


def test_it_begins_at_the_choice_in_force_whatever_was_looked_at_before(box):
    QTest.keyClick(box, Key.Key_C)
    assert box.view().currentIndex().data() == "Circle"
    QTest.keyClick(box.view(), Key.Key_Escape)
    assert not box.view().isVisible()
    QTest.keyClick(box, Key.Key_Down)
    assert box.view().currentIndex().data() == "Choose"
    QTest.keyClick(box.view(), Key.Key_Down)
    QTest.keyClick(box.view(), Key.Key_Return)
    assert box.acted == [1]
