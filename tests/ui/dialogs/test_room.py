"""A dialog opens as large as it wishes, as far as its window and the screen have room."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QWidget

from curvegui.ui.dialogs.room import FRAME_PX, open_as_large_as, room_for


def test_a_dialog_of_no_window_is_as_large_as_the_screen_allows(qtbot):
    dialog = QDialog()
    qtbot.addWidget(dialog)
    room = dialog.screen().availableSize() - QSize(*FRAME_PX)
    assert room_for(dialog) == room
    open_as_large_as(dialog, (10_000, 10_000))
    assert dialog.size() == room
    open_as_large_as(dialog, (20, 10))
    assert dialog.size() == QSize(20, 10) * dialog.fontMetrics().height()


def test_a_dialog_is_not_larger_than_its_window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(300, 200)
    inside = QWidget(window)
    dialog = QDialog(inside)
    open_as_large_as(dialog, (10_000, 10_000))
    assert dialog.size() == QSize(300, 200)
