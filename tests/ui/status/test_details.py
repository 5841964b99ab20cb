"""The details over the canvas: all of what is found, with every remedy; they move nothing."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from curvegui.core.diagnosis.finding import Diagnosis, Remedy, RunState
from curvegui.ui.status.status import StatusDetails, StatusStrip

pytestmark = pytest.mark.costly

LONG = Diagnosis(
    RunState.VANISHING,
    "The first layers hardly learn.",
    "The Jacobian of the first layer is 10,000 times smaller than that of the last: each layer multiplies it by a "
    "slope of at most a quarter, and what is left moves nothing. With fewer layers, or other neurons, more is left.",
    (Remedy.UNDO, Remedy.FEWER_LAYERS, Remedy.TANH_NEURONS),
)
OTHERS = [Remedy.FEWER_LAYERS.value, Remedy.TANH_NEURONS.value]


@pytest.fixture
def around(qtbot, light_theme):
    """Something with a strip at its bottom, and its details, which are open."""
    around = QWidget()
    qtbot.addWidget(around)
    strip = StatusStrip()
    column = QVBoxLayout(around)
    column.addStretch(1)
    column.addWidget(strip)
    around.details = StatusDetails(strip, around)
    around.strip = strip
    around.resize(420, 400)
    around.show()
    around.activateWindow()
    qtbot.waitUntil(around.isActiveWindow)
    strip.show_diagnosis(LONG)
    strip.show_cause("aggression 210")
    strip.details.click()
    return around


def offered(around):
    buttons = [each for each in around.details.findChildren(QPushButton) if each.isVisible()]
    return sorted(buttons, key=lambda each: (each.y(), each.x()))


def finding(condition, *remedies):
    return Diagnosis(condition, "Oh.", "It is so.", remedies)


def test_they_tell_all_that_is_found_above_the_strip_and_cover_no_part_of_it(around, qtbot):
    details, strip = around.details, around.strip
    assert details.findChild(object, "advice.words").text() == LONG.detail
    words = details.findChild(object, "advice.words")
    for width in (420, 700):
        around.resize(width, 400)
        qtbot.waitUntil(lambda: details.width() == strip.width())
        assert details.geometry().bottom() < strip.geometry().top()
        assert around.rect().contains(details.geometry())
        qtbot.waitUntil(lambda: words.height() >= words.heightForWidth(words.width()))


def test_every_remedy_has_a_whole_button_and_undo_comes_first(around, qtbot):
    qtbot.waitUntil(lambda: all(each.width() >= each.sizeHint().width() for each in offered(around)))
    assert [each.text() for each in offered(around)] == ["Undo aggression 210", *OTHERS]
    around.strip.show_cause("")
    assert [each.text() for each in offered(around)] == OTHERS


@pytest.mark.parametrize("condition", RunState)
def test_every_trouble_has_a_link_that_says_where_it_leads(around, qtbot, condition):
    diagnosis = finding(condition)
    around.strip.show_diagnosis(diagnosis)
    around.details._open(True)
    link = around.details.findChild(object, "advice.why")
    assert link.isVisible() == diagnosis.is_trouble
    if diagnosis.is_trouble:
        assert diagnosis.section in link.accessibleName()
        with qtbot.waitSignal(around.details.asked_why) as asked:
            link.click()
        assert asked.args == [diagnosis.section]


def test_escape_closes_them_and_the_focus_is_where_they_were_opened(around):
    offered(around)[0].setFocus()
    QTest.keyClick(offered(around)[0], Qt.Key.Key_Escape)
    assert not around.details.isVisible()
    assert not around.strip.details.isChecked()
    assert around.strip.details.hasFocus()
