"""What forms are made of, where there is little room: labels above their fields, and words in several lines."""

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from curvegui.ui.widgets.form import CheckBox, Form
from curvegui.ui.widgets.scrolled import WIDEST_PX, ScrolledComboBox
from tests.room.fitting import faults

WORDS = "Include the &run, which can be reopened from the picture"


@pytest.fixture
def page(qtbot, light_theme):
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_a_label_is_above_its_field_only_where_there_is_no_room_for_both(page):
    form, field = Form(page), ScrolledComboBox()
    field.addItem("a choice with many words")
    form.add("A &label", field)
    page.resize(form.sizeHint())
    page.show()
    label = form.labelForField(field)
    assert label.geometry().right() < field.geometry().left()
    page.resize(form.minimumSize().width(), 2 * page.height())
    assert label.geometry().bottom() < field.geometry().top()


def test_a_box_to_tick_wraps_its_words_and_all_of_them_can_be_clicked(page):
    box = CheckBox(WORDS, page)
    whole, least = box.sizeHint(), box.minimumSizeHint().width()
    assert box.heightForWidth(whole.width()) == whole.height()
    assert least < whole.width() / 2
    box.resize(QSize(least, box.heightForWidth(least)))
    page.resize(box.size())
    page.show()
    assert box.height() > 2 * whole.height()
    assert faults(page) == []
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().bottomRight() - QPoint(2, 2))
    assert box.isChecked()


def test_a_list_asks_for_no_more_than_a_small_screen_has(page):
    box = ScrolledComboBox(page)
    box.addItem(10 * WORDS)
    assert box.minimumSizeHint().width() == WIDEST_PX


def test_a_box_to_tick_knows_its_height_in_other_words_and_letters(page):
    box = CheckBox(WORDS, page)
    width = box.minimumSizeHint().width()
    high = box.heightForWidth(width)
    box.setText("Short")
    assert box.heightForWidth(width) < high
    box.setText(WORDS)
    font = box.font()
    font.setPointSizeF(2 * font.pointSizeF())
    box.setFont(font)
    assert box.heightForWidth(width) > high
