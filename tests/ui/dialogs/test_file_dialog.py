"""A dialog that asks for a file, and Qt's own questions over it."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMessageBox, QWidget
from shiboken6 import isValid

from curvegui.ui.dialogs.paths import file_dialog


def test_one_that_is_closed_while_it_asks_whether_to_replace_a_file_goes_only_then(qtbot, tmp_path):
    window = QWidget()
    qtbot.addWidget(window)
    (tmp_path / "heart.csv").touch()
    dialog = file_dialog(window, "save", "Save points", str(tmp_path), saves=True)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    asked = []

    def close():  # from within the question's event loop: the window is closed, or the program is told to end
        asked.extend(dialog.findChildren(QMessageBox))
        dialog.reject()

    dialog.open()
    dialog.selectFile("heart.csv")
    QTimer.singleShot(0, window, lambda: QTimer.singleShot(100, window, close))
    dialog.accept()
    assert len(asked) == 1
    assert dialog.result() == QFileDialog.DialogCode.Rejected
    qtbot.waitUntil(lambda: not isValid(dialog))


def test_a_file_is_chosen_once(qtbot, tmp_path):
    window, chosen = QWidget(), []
    qtbot.addWidget(window)
    (tmp_path / "heart.csv").touch()
    dialog = file_dialog(window, "open", "Open", str(tmp_path))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.fileSelected.connect(chosen.append)
    dialog.open()
    dialog.selectFile("heart.csv")
    line = dialog.findChild(QLineEdit)
    for _ in range(2):
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert chosen == [str(tmp_path / "heart.csv")]
