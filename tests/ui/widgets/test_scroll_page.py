"""A page that is as high as it likes where there is room, and scrolls where there is not."""

import pytest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from curvegui.ui.look.layouts import FlowLayout
from curvegui.ui.widgets.scrolled import ScrollPage


@pytest.fixture
def shown(qtbot):
    """A window with a page of words, and something below that takes what is left."""
    window, page, label, below = QWidget(), QWidget(), QLabel("word " * 60), QWidget()
    label.setWordWrap(True)
    QVBoxLayout(page).addWidget(label)
    area = ScrollPage(page)
    outer = QVBoxLayout(window)
    outer.addWidget(area)
    outer.addWidget(below, 1)
    below.setMinimumHeight(50)
    qtbot.addWidget(window)
    window.resize(600, 600)
    window.show()
    return window, area, label


def is_whole(area):
    return area.verticalScrollBar().maximum() == 0


def test_where_there_is_room_it_is_whole_at_any_width(shown, qtbot):
    window, area, _ = shown
    qtbot.waitUntil(lambda: is_whole(area))
    wide = area.height()
    window.resize(300, 600)
    qtbot.waitUntil(lambda: is_whole(area) and area.height() > wide)
    assert area.height() < 400  # and no higher than it likes


def test_it_grows_with_what_is_on_it(shown, qtbot):
    _, area, label = shown
    qtbot.waitUntil(lambda: is_whole(area))
    before = area.height()
    label.setText("word " * 200)
    qtbot.waitUntil(lambda: is_whole(area) and area.height() > before)


def test_where_there_is_no_room_it_scrolls(shown, qtbot):
    window, area, label = shown
    label.setText("word " * 2_000)
    line = area.fontMetrics().height()
    low = 100 + 7 * line
    window.resize(300, low)
    qtbot.waitUntil(lambda: not is_whole(area))
    assert window.height() == low
    assert area.height() >= 4.5 * line


def test_a_bar_goes_where_all_fits_without_it(qtbot):
    page = QWidget()
    flow = FlowLayout(0, page)
    for _ in range(2):
        part = QWidget()
        part.setFixedSize(100, 20)
        flow.addWidget(part)
    area = ScrollPage(page)
    qtbot.addWidget(area)
    area.resize(202, 12)  # beside a bar, the second part is below the first one
    area.show()
    qtbot.waitUntil(lambda: not is_whole(area))
    area.resize(202, 22)
    qtbot.waitUntil(lambda: is_whole(area))
    assert page.height() == 22
