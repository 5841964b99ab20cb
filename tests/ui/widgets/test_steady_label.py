"""Words that change all the time in a place that does not."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from curvegui.core.language.text import isolated, speak
from curvegui.files.disk.languages import use
from curvegui.ui.widgets.labels import SteadyLabel, SteadyText


class Requests(QObject):
    """Counts how often a widget is asked to lay itself out anew."""

    count = 0

    def eventFilter(self, watched, event):
        self.count += event.type() == QEvent.Type.LayoutRequest
        return False


@pytest.fixture
def place(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    row = QHBoxLayout(window)
    place = SteadyLabel(QLabel(), window)
    row.addWidget(place)
    row.addStretch(1)
    window.resize(600, 60)
    window.show()
    yield place


def settle():
    """Let what was asked of the layouts happen."""
    QCoreApplication.sendPostedEvents()


def test_words_that_fit_are_written_without_laying_out_the_window(place):
    window, label = place.window(), place.findChild(QLabel)
    place.write("1,234 iterations")
    settle()
    width = place.width()
    assert width >= label.sizeHint().width()
    requests = Requests()
    window.installEventFilter(requests)
    for number in (1_235, 999, 1_236):
        place.write(f"{number} iterations")
        settle()
        assert label.text() == f"{number} iterations"
    assert requests.count == 0
    assert place.width() == width
    assert label.size() == place.size()


def test_longer_words_get_more_room_and_much_shorter_ones_less(place):
    label, widths = place.findChild(QLabel), []
    for words in ("9 iterations", "123,456,789 of 1,000,000,000 iterations", "9 iterations", ""):
        place.write(words)
        settle()
        widths.append(place.width())
        assert place.width() >= (label.sizeHint().width() if words else 0)
    assert widths[0] == widths[2] < widths[1]
    assert widths[3] == 0


def test_words_in_a_larger_font_get_the_room_that_they_need_though_none_is_written(place, qtbot):
    label = place.findChild(QLabel)
    place.write("1,234 iterations")
    settle()
    before, font = place.size(), place.font()
    font.setPointSizeF(2 * font.pointSizeF())
    place.setFont(font)
    qtbot.waitUntil(lambda: place.width() >= label.sizeHint().width() > before.width())
    assert place.sizeHint().height() == label.sizeHint().height() > before.height() / 2


def test_room_for_words_is_as_high_as_a_line_with_a_value_in_a_language_from_the_right(qtbot):
    use("ar")
    try:
        label = QLabel(f"التكلفة {isolated('−0.0215')}", wordWrap=True)
        room = SteadyText(label, "التكلفة −0.0215")
        qtbot.addWidget(room)
        room.resize(600, 60)
        assert room.minimumSizeHint().height() >= label.heightForWidth(600)
    finally:
        speak(None)
