"""What a saving dialog says is read whole, taken literally, and covers nothing."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout

from curvegui.ui.dialogs.save_report import PROGRESS_STEPS, make_room, message_label, progress_bar, say


@pytest.fixture
def dialog(qtbot):
    made = QDialog()
    layout = QVBoxLayout(made)
    for widget in (QLabel("above"), progress_bar(), message_label()):
        layout.addWidget(widget)
    qtbot.addWidget(made)
    made.show()
    return made


def message(dialog):
    return dialog.findChildren(QLabel)[1]


def test_until_there_is_something_to_say_nothing_is_said(dialog):
    assert not message(dialog).isVisible()
    assert progress_bar().isHidden()
    assert (progress_bar().minimum(), progress_bar().maximum()) == (0, PROGRESS_STEPS)


@pytest.mark.parametrize("error", [True, False])
def test_a_sentence_is_shown_and_read_out(dialog, error):
    say(message(dialog), "The disk is full.", error)
    assert message(dialog).isVisible()
    assert message(dialog).text() == message(dialog).accessibleName() == "The disk is full."
    assert message(dialog).property("error") is error


def test_a_long_sentence_makes_the_dialog_grow(dialog, qtbot):
    before = dialog.height()
    say(message(dialog), "There is no such folder. Choose another one. " * 20, error=True)
    label = message(dialog)
    qtbot.waitUntil(lambda: label.height() >= label.heightForWidth(label.width()))
    assert dialog.height() > before


def test_a_dialog_that_is_large_enough_stays_as_it_is(dialog):
    dialog.resize(500, 700)
    make_room(dialog)
    assert (dialog.width(), dialog.height()) == (500, 700)


def test_markup_is_taken_literally(dialog):
    assert message(dialog).textFormat() == Qt.TextFormat.PlainText
