"""A dialog that saves: what it says is read whole and covers nothing; it asks for a path, and can be left."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QProgressBar, QPushButton, QVBoxLayout
from shiboken6 import isValid

from curvegui.ui.dialogs.save_dialog import SaveDialog, message_label, progress_bar, say


class Job(QObject):
    progressed = Signal(float)
    saved = Signal(str)
    failed = Signal(str)

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
        column = QVBoxLayout()
        column.addWidget(QLabel("What is in it"))
        self._lay_out(column, at_left=QPushButton("Copy"), beside_progress=QPushButton("Cancel"))

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


def test_closing_stops_the_work(note, tmp_path):
    note.save(tmp_path / "a.txt")
    part(note, QPushButton, "close").click()
    assert note.job.calls == ["start", "cancel"]


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
