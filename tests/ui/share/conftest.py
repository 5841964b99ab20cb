"""Someone with Share open at a kind."""

import threading

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QThreadPool
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget

from curvegui.ui.share import job as share_job
from curvegui.ui.share.dialog import ShareDialog


class Sharer:
    """Opens Share by an action, chooses, saves and copies."""

    def __init__(self, person, monkeypatch, action):
        self.person, self._monkeypatch, self._action = person, monkeypatch, action
        person.choose(action)
        person.wait_until(lambda: self._open(person))
        (self.dialog,) = self._open(person)

    @staticmethod
    def _open(person):
        return [each for each in person.window.findChildren(ShareDialog) if each.isVisible()]

    def again(self, action=""):
        """Open it once more."""
        return Sharer(self.person, self._monkeypatch, action or self._action)

    def part(self, key):
        return self.dialog.findChild(QWidget, f"share.{key}")

    @property
    def form(self):
        return self.dialog.form

    def find(self, key):
        return self.form.findChild(QWidget, f"{self.dialog._kind}.{key}")

    def choose(self, **values):
        for key, value in values.items():
            box = self.find(key)
            if hasattr(box, "findData"):
                assert box.findData(value) >= 0
                box.setCurrentIndex(box.findData(value))
            elif hasattr(box, "setValue"):
                box.setValue(value)
            else:
                box.setChecked(value)

    def wait_until(self, condition):
        self.person.wait_until(condition)

    def press(self, key):
        QTest.mouseClick(self.part(key), Qt.MouseButton.LeftButton)

    def press_save(self, path):
        """Press Save, and choose this path in the file dialog; return what that was asked."""
        asked = []
        answer = lambda *given: (asked.append(given), (str(path), ""))[1]  # noqa: E731
        self._monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
        self.press("save")
        return asked

    def save(self, path):
        with self.person.qtbot.waitSignal(self.dialog.saved):
            self.press_save(path)
        return path.read_bytes()

    def message(self):
        """What comes up."""
        self.wait_until(self.part("message").isVisible)
        return self.part("message").text()

    def fail(self, path):
        self.press_save(path)
        return self.message()

    @property
    def is_open(self):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        return self.person.window.findChild(ShareDialog) is not None


@pytest.fixture
def share_at(visit, monkeypatch):
    """Open Share by an action, for a run of 500 iterations."""
    yield lambda action, **config: Sharer(visit(lambda person: person.learn(500), **config), monkeypatch, action)
    QThreadPool.globalInstance().waitForDone()


@pytest.fixture
def slow_disk(monkeypatch):
    """A disk that writes only when it is told to; the first event says that it has begun."""
    is_writing, go_on = threading.Event(), threading.Event()
    write = share_job.write_bytes

    def slow(path, data):
        is_writing.set()
        go_on.wait()
        write(path, data)

    monkeypatch.setattr(share_job, "write_bytes", slow)
    yield is_writing, go_on
    go_on.set()
