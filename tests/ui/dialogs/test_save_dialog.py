"""A dialog that saves: what it says is read whole and covers nothing; it asks for a path, and can be left."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal
from PySide6.QtWidgets import QFileDialog, QLabel, QProgressBar, QPushButton, QVBoxLayout
from shiboken6 import isValid

from curvegui.ui.dialogs.save_dialog import SaveDialog


class Job(QObject):
    progressed = Signal(float)
    saved = Signal(str)
    failed = Signal(str)
    cancelled = Signal()

    def __init__(self):
        super().__init__()
        self.calls = []

    def start(self):
        self.calls.append("start")

    def cancel(self):
        self.calls.append("cancel")


class Note(SaveDialog):
    """Saves a note."""

    _ending = "txt"

    def __init__(self, folder):
        super().__init__("note", "Save note", folder, "mine")
        self.job, self.ended = Job(), []
        self._lay_out(QVBoxLayout(self), QLabel("What is in it"), others=[QPushButton("Copy")])

    def save(self, path):
        self._begin()
        self.path = path
        self._carry_out(self.job)

    def _succeed(self, path):
        self.ended.append(path)
        self.accept()


@pytest.fixture
def note(qapp, tmp_path, monkeypatch):
    made = Note(tmp_path)
    made.asked = []

    def choose(parent, title, start, kinds):
        made.asked.append((title, start, kinds))
        return str(tmp_path / "other"), kinds

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    made.show()
    yield made
    if isValid(made):
        made.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def part(dialog, kind, name):
    return dialog.findChild(kind, f"note.{name}")


def test_it_asks_where_and_adds_the_ending(note, tmp_path):
    part(note, QPushButton, "save").click()
    assert note.asked == [("Save note", str(tmp_path / "mine.txt"), "TXT (*.txt)")]
    assert note.path == tmp_path / "other.txt"
    assert note.job.calls == ["start"]
    assert part(note, QProgressBar, "progress").isVisible()
    assert not part(note, QPushButton, "save").isEnabled()
    note.job.progressed.emit(0.5)
    assert part(note, QProgressBar, "progress").value() == 500
    note.job.saved.emit("there")
    assert note.ended == ["there"] and not note.isVisible()


def test_what_went_wrong_is_said_and_it_can_be_tried_again(note, tmp_path):
    note.save(tmp_path / "a.txt")
    note.job.failed.emit("The disk is full.")
    assert part(note, QLabel, "message").text() == "The disk is full."
    assert part(note, QPushButton, "save").isEnabled()
    note.save(tmp_path / "b.txt")
    assert not part(note, QLabel, "message").isVisible()
    assert part(note, QProgressBar, "progress").value() == 0


def test_the_button_cancels_the_work_and_then_closes(note, tmp_path):
    note.save(tmp_path / "a.txt")
    size, leave = note.size(), part(note, QPushButton, "close")
    leave.click()
    assert note.job.calls == ["start", "cancel"] and not leave.isEnabled()
    note.job.cancelled.emit()
    assert "Cancelled" in part(note, QLabel, "message").text()
    assert note.size().width() == size.width()
    leave.click()
    assert not note.isVisible() and note.job.calls == ["start", "cancel"]


def test_closing_stops_the_work(note, tmp_path):
    note.save(tmp_path / "a.txt")
    note.close()
    assert note.job.calls == ["start", "cancel"]
