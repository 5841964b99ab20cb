"""What is kept in the background is tried again: soon, for as long as it takes, and at the end."""

import errno
from threading import Event

import pytest
from PySide6.QtCore import QThreadPool

from curvegui.files.disk.shared_file import Codec, SharedFile
from curvegui.session.jobs.job import AGAIN_MS, LONGEST_MS, FileWriter
from tests.help.writing import is_at_rest, retry_timer


class Disk:
    """Where a file is kept that cannot be written as long as the disk is full."""

    def __init__(self, path, monkeypatch):
        self.path, self.is_full, self.tries = path, True, 0
        monkeypatch.setattr("curvegui.files.disk.shared_file.write_bytes", self.write)
        self.form = Codec(bytes.decode, str.encode, str, 1_000)
        self.file = SharedFile(path, "These words", self.form)

    def write(self, path, data):
        self.tries += 1
        if self.is_full:
            raise OSError(errno.ENOSPC, "full")
        path.write_bytes(data)


@pytest.fixture
def disk(tmp_path, monkeypatch):
    return Disk(tmp_path / "words", monkeypatch)


@pytest.fixture
def writer(qtbot):
    return FileWriter()


def ignore(_):
    pass


def fail(qtbot, writer, act):
    """Act, which fails."""
    act()
    qtbot.waitUntil(lambda: is_at_rest(writer))
    assert retry_timer(writer).isActive()


def test_what_cannot_be_written_is_tried_again_within_a_minute_however_often_it_has_changed(qtbot, writer, disk):
    for number in range(30):
        disk.file.note(lambda words, number=number: f"{words}{number} ")
        fail(qtbot, writer, lambda: writer.write(disk.file, ignore))
        assert retry_timer(writer).interval() == AGAIN_MS
    pauses = []
    for _ in range(40):
        fail(qtbot, writer, retry_timer(writer).timeout.emit)
        pauses.append(retry_timer(writer).interval())
    assert pauses[0] == 2 * AGAIN_MS and pauses[2:] == [LONGEST_MS] * 38
    disk.is_full = False
    retry_timer(writer).setInterval(1)
    qtbot.waitUntil(disk.path.exists)
    assert disk.path.read_text().split() == [f"{number}" for number in range(30)]
    qtbot.waitUntil(lambda: is_at_rest(writer))
    assert not retry_timer(writer).isActive() and retry_timer(writer).interval() == AGAIN_MS


def test_at_the_end_it_is_tried_once_more_without_a_wait(qtbot, writer, disk):
    disk.file.note(lambda _: "the last words")
    fail(qtbot, writer, lambda: writer.write(disk.file, ignore))
    disk.is_full = False
    writer.end()
    QThreadPool.globalInstance().waitForDone()
    assert (disk.path.read_text(), disk.tries) == ("the last words", 2)


def test_what_fails_while_the_window_closes_is_tried_once_more(writer, disk, monkeypatch):
    ended = Event()

    def fail_when_ended(path, data):
        monkeypatch.setattr("curvegui.files.disk.shared_file.write_bytes", disk.write)
        disk.is_full = False
        ended.wait()
        raise OSError(errno.EIO, "fault")

    monkeypatch.setattr("curvegui.files.disk.shared_file.write_bytes", fail_when_ended)
    disk.file.note(lambda _: "the last words")
    writer.write(disk.file, ignore)
    try:
        writer.end()
    finally:
        ended.set()
    QThreadPool.globalInstance().waitForDone()
    assert disk.path.read_text() == "the last words"
