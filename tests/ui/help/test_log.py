"""The log in a window: its newest lines, copied, and found on the disk."""

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QLabel, QMessageBox, QPlainTextEdit, QPushButton

from curvegui.ui.help.log import MOST_BYTES, LogWindow, end_of


def test_it_shows_the_newest_lines_which_can_be_copied(qtbot, tmp_path):
    path = tmp_path / "curvegui.log"
    path.write_text("\n".join(f"line {number} of the log – äöü" for number in range(10_000)), encoding="utf-8")
    window = LogWindow(path)
    qtbot.addWidget(window)
    window.show()
    text = window.findChild(QPlainTextEdit, "log.text")
    assert text.viewport().rect().contains(text.cursorRect().center())
    assert text.textCursor().block().text() == "line 9999 of the log – äöü"
    assert text.toPlainText().startswith("line ")
    assert text.document().characterCount() < MOST_BYTES
    window.findChild(QPushButton, "log.copy").click()
    assert QGuiApplication.clipboard().text() == text.toPlainText()


@pytest.mark.parametrize("opens", [True, False])
def test_its_folder_is_shown_or_it_says_that_nothing_opens_folders(qtbot, tmp_path, monkeypatch, opens):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or opens)
    window = LogWindow(tmp_path / "curvegui.log")
    qtbot.addWidget(window)
    window.findChild(QPushButton, "log.folder").click()
    assert opened == [QUrl.fromLocalFile(str(tmp_path))]
    assert str(tmp_path / "curvegui.log") in window.findChild(QLabel, "log.place").text()
    told = window.findChild(QMessageBox, "trouble")
    assert told is None if opens else str(tmp_path) in told.text()


def test_where_there_is_none_it_says_so(tmp_path):
    assert "cannot be read" in end_of(tmp_path / "none.log")
    (tmp_path / "empty.log").touch()
    assert "Nothing" in end_of(tmp_path / "empty.log")
