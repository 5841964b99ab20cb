"""The layout that fills rows as text does, and the size of a dialog."""

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QDialog, QLabel, QWidget
from shiboken6 import isValid

from curvegui.ui.look.layouts import FRAME_PX, FlowLayout, line_px, open_as_large_as, room_for


class Box(QLabel):
    """100 × 20 px, or a little less."""

    def __init__(self):
        super().__init__()
        self.setMinimumSize(60, 20)

    def sizeHint(self):
        return QSize(100, 20)


@pytest.fixture
def flow(qtbot):
    """Three boxes with 10 px between them."""
    parent = QWidget()
    qtbot.addWidget(parent)

    def make(stretch=False):
        layout = FlowLayout(10, parent, stretch)
        for _ in range(3):
            layout.addWidget(Box())
        parent.show()
        return layout

    return make


def places(layout, width):
    layout.setGeometry(QRect(0, 0, width, layout.heightForWidth(width)))
    return [layout.itemAt(index).geometry().getRect() for index in range(layout.count())]


def test_items_stand_beside_each_other_where_there_is_room(flow):
    assert places(flow(), 320) == [(0, 0, 100, 20), (110, 0, 100, 20), (220, 0, 100, 20)]


def test_one_that_does_not_fit_begins_the_next_row(flow):
    layout = flow()
    assert places(layout, 319) == [(0, 0, 100, 20), (110, 0, 100, 20), (0, 30, 100, 20)]
    assert layout.heightForWidth(319) == 50
    assert layout.heightForWidth(100) == 80


def test_one_that_leads_to_the_next_goes_with_it(flow):
    layout = flow()
    layout.itemAt(1).widget().setProperty("leads", True)
    assert places(layout, 250) == [(0, 0, 100, 20), (0, 30, 100, 20), (110, 30, 100, 20)]


def test_one_that_is_wider_than_the_row_is_made_as_wide_as_the_row(flow):
    assert places(flow(), 70) == [(0, 0, 70, 20), (0, 30, 70, 20), (0, 60, 70, 20)]


def test_with_stretch_the_items_of_a_row_share_its_width(flow):
    layout = flow(stretch=True)
    assert places(layout, 380) == [(0, 0, 120, 20), (130, 0, 120, 20), (260, 0, 120, 20)]
    assert places(layout, 250)[2] == (0, 30, 250, 20)


def test_with_stretch_the_items_of_a_row_begin_at_its_top_else_they_are_centred(flow):
    layout = flow()
    layout.itemAt(1).widget().setMinimumHeight(60)
    assert [top for _, top, _, _ in places(layout, 320)] == [20, 0, 20]
    parent = layout.parentWidget()
    tall = Box()
    tall.setMinimumHeight(60)
    stretched = FlowLayout(10, stretch=True)
    for box in (Box(), tall):
        box.setParent(parent)
        box.show()
        stretched.addWidget(box)
    assert [top for _, top, _, _ in places(stretched, 320)] == [0, 0]


def test_one_that_fills_its_row_has_what_the_others_leave_and_yields_before_they_are_wrapped(flow):
    layout = flow()
    layout.itemAt(0).widget().setProperty("fills", True)
    assert places(layout, 400) == [(0, 0, 180, 20), (190, 0, 100, 20), (300, 0, 100, 20)]
    assert places(layout, 280) == [(0, 0, 60, 20), (70, 0, 100, 20), (180, 0, 100, 20)]
    assert places(layout, 279) == [(0, 0, 169, 20), (179, 0, 100, 20), (0, 30, 100, 20)]


def test_hidden_items_take_no_room(flow):
    layout = flow()
    layout.itemAt(0).widget().hide()
    assert places(layout, 320)[1:] == [(0, 0, 100, 20), (110, 0, 100, 20)]
    assert layout.heightForWidth(210) == 20


def test_what_is_cleared_takes_no_memory(flow):
    layout = flow()
    items = [layout.itemAt(index) for index in range(layout.count())]
    widget = items[0].widget()
    layout.clear()
    assert layout.count() == 0
    assert not any(map(isValid, items))
    assert isValid(widget)
    layout.addWidget(widget)
    assert places(layout, 320) == [(0, 0, 100, 20)]


def test_a_dialog_of_no_window_is_as_large_as_the_screen_allows(qtbot):
    dialog = QDialog()
    qtbot.addWidget(dialog)
    room = dialog.screen().availableSize() - QSize(*FRAME_PX)
    assert room_for(dialog) == room
    open_as_large_as(dialog, (10_000, 10_000))
    assert dialog.size() == room
    open_as_large_as(dialog, (20, 10))
    assert dialog.size() == QSize(20, 10) * line_px(dialog)


def test_a_dialog_is_not_larger_than_its_window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(300, 200)
    inside = QWidget(window)
    dialog = QDialog(inside)
    open_as_large_as(dialog, (10_000, 10_000))
    assert dialog.size() == QSize(300, 200)
