"""Locks of files: one window each, whatever name it uses, until it ends in whatever way."""

import errno
import os
import subprocess
import sys
from pathlib import Path
from unittest.mock import Mock

import pytest
from PySide6.QtCore import QLockFile

from curvegui.session.document.file import FileLock

pytestmark = pytest.mark.costly

LOCK_AND_DIE = """
import os, sys
from pathlib import Path
from curvegui.session.document.file import FileLock
lock = FileLock(Path(sys.argv[1]), Path(sys.argv[2]))
assert lock.acquire()
os.kill(os.getpid(), 9)
"""

HOLD = """
import sys
from pathlib import Path
from curvegui.session.document.file import FileLock
lock = FileLock(Path(sys.argv[1]), Path(sys.argv[2]))
print(lock.acquire(), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "data" / "locks"


@pytest.fixture
def lock(folder, tmp_path):
    made = []

    def lock_for(name="heart.curvegui"):
        made.append(FileLock(folder, tmp_path / name))
        return made[-1]

    yield lock_for
    for each in made:
        each.release()


def test_one_at_a_time(lock):
    first, second = lock(), lock()
    assert first.acquire()
    assert not second.acquire()
    first.release()
    assert second.acquire()


def test_all_names_of_a_file_are_one(lock, tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "heart.curvegui").write_bytes(b"")
    (tmp_path / "link.curvegui").symlink_to(tmp_path / "heart.curvegui")
    assert lock("heart.curvegui").key == lock("link.curvegui").key == lock("folder/../heart.curvegui").key


def test_a_lock_that_is_old_but_lives_still_counts(lock, folder):
    first = lock()
    first.acquire()
    (path,) = folder.iterdir()
    os.utime(path, (0, 0))
    assert not lock().acquire()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no kill -9")
def test_a_lock_that_a_crash_has_left_is_taken_over(lock, folder, tmp_path):
    arguments = [sys.executable, "-c", LOCK_AND_DIE, str(folder), str(tmp_path / "heart.curvegui")]
    assert subprocess.run(arguments, check=False).returncode == -9
    assert len(list(folder.iterdir())) == 1
    assert lock().acquire()


def test_a_lock_that_a_power_failure_has_left_empty_is_taken_over(lock, folder):
    folder.mkdir(parents=True)
    (folder / f"{lock().key}.lock").write_bytes(b"")
    assert lock().acquire()
    assert not lock().acquire()


def test_another_process_is_another_window(lock, folder, tmp_path):
    arguments = [sys.executable, "-c", HOLD, str(folder), str(tmp_path / "heart.curvegui")]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "True\n"
        assert not lock().acquire()
        other.communicate()
    assert lock().acquire()


def test_where_nothing_can_be_locked_nothing_is_in_the_way(lock, folder, monkeypatch):
    folder.parent.mkdir()
    folder.write_text("a file")
    assert lock().acquire()
    folder.unlink()
    monkeypatch.setattr(QLockFile, "tryLock", lambda *_: False)
    monkeypatch.setattr(QLockFile, "error", lambda _: QLockFile.LockError.PermissionError)
    assert lock().acquire()


def test_a_lock_that_cannot_even_be_looked_at_is_not_in_the_way(lock, monkeypatch):
    monkeypatch.setattr(Path, "is_file", Mock(side_effect=PermissionError(errno.EACCES, "not yours")))
    monkeypatch.setattr(Path, "exists", lambda _: True)
    assert lock().acquire()
