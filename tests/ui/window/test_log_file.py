"""The log is in nobody's way: what keeps it from being written is told once in the window, and never on stderr."""

import errno
import logging
import os
import sys

import pytest

from curvegui.ui.window.log_file import LogFile


@pytest.fixture
def root():
    root, before = logging.getLogger(), list(logging.getLogger().handlers)
    level = logging.getLogger("curvegui").level
    yield root
    for added in set(root.handlers) - set(before):
        root.removeHandler(added)
        added.close()
    logging.getLogger("curvegui").setLevel(level)


@pytest.fixture
def told():
    return []


def begun(folder, told):
    log = LogFile(folder)
    log.begin()
    log.report_to(told.append)
    return log


def test_any_name_of_a_file_can_be_logged(qtbot, root, tmp_path, told, capsys):
    root.handlers.clear()  # pytest's own of this test cannot hand on every name
    log = begun(tmp_path, told)
    logging.getLogger("curvegui").info("%s is no curve", os.fsdecode(b"\xff.png"))
    assert "is no curve" in log.path.read_text(encoding="utf-8")
    assert capsys.readouterr().err == ""
    assert told == []


def test_a_full_disk_is_told_once_and_the_log_goes_on_when_there_is_room(qtbot, root, tmp_path, told, capsys):
    log = begun(tmp_path, told)
    (handler,) = (each for each in root.handlers if getattr(each, "baseFilename", "") == str(log.path))

    class Full:
        def write(self, _):
            raise OSError(errno.ENOSPC, "No space left on device")

        def close(self):
            """Nothing to lose."""

    good, handler.stream = handler.stream, Full()
    handler.shouldRollover = lambda record: False
    for _ in range(3):
        logging.getLogger("curvegui").warning("lost")
    handler.stream = good
    logging.getLogger("curvegui").warning("kept")
    qtbot.waitUntil(lambda: len(told) == 1)
    assert "The disk is full" in told[0]
    assert capsys.readouterr().err == ""
    assert "kept" in log.path.read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no named pipes in folders")
@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir, lambda path: path.symlink_to(os.devnull)])
@pytest.mark.usefixtures("qtbot", "root")
def test_what_is_no_file_is_neither_waited_for_nor_written_to(tmp_path, told, make, capsys):
    make(tmp_path / "curvegui.log")
    begun(tmp_path, told)
    assert len(told) == 1
    logging.getLogger("curvegui").warning("told in the window")
    assert capsys.readouterr().err == ""
    logging.getLogger("curvegui").error("a fault of the app")
    assert capsys.readouterr().err != ""
