"""A kept file: nothing in it is lost, whatever the disk does, whoever else writes, and whatever is there instead."""

import errno
import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from curvegui.files.disk.shared_file import Codec, SharedFile, SharedFileError
from tests.help.writing import names_in

CODEC = Codec[list[int]](
    lambda data: [int(each) for each in json.loads(data)], lambda all_: json.dumps(all_).encode(), list, 999
)


def kept(path: Path) -> SharedFile[list[int]]:
    return SharedFile(path, "The numbers", CODEC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "numbers.json"


def plus(number: int):
    return lambda numbers: [*numbers, number]


def test_what_is_written_is_read_and_where_no_file_is_it_is_empty(path):
    file = kept(path)
    assert file.read() == []
    assert not path.parent.exists()
    file.note(plus(1))
    file.note(plus(2))
    assert file.write() == file.change(lambda numbers: numbers) == kept(path).read() == [1, 2]


@pytest.mark.parametrize("content", [b"", b"[", b"\xff", b"{}x", b"[[]]", b"[" * 900, b"[1]" + b" " * 999])
def test_a_damaged_file_is_put_aside_and_never_in_place_of_an_older_one(path, content):
    path.parent.mkdir()
    for _ in range(2):
        path.write_bytes(content)
        file = kept(path)
        assert file.read() == []
        assert "damaged" in file.take_notice()
        assert file.take_notice() == ""
    assert kept(path).change(plus(1)) == [1]
    assert [each.read_bytes() for each in path.parent.glob("*damaged*")] == [content, content]


@pytest.mark.parametrize("fault", [errno.EIO, errno.EACCES, errno.ESTALE])
def test_what_cannot_be_read_now_is_not_written_over_and_the_change_is_made_later(path, monkeypatch, fault):
    kept(path).change(plus(1))
    file, really_open = kept(path), os.open

    def fail(name, *rest):
        if name == path:
            raise OSError(fault, os.strerror(fault))
        return really_open(name, *rest)

    with monkeypatch.context() as broken:
        broken.setattr(os, "open", fail)
        file.note(plus(2))
        for change in (file.write, file.read, lambda: file.change(plus(3))):
            with pytest.raises(SharedFileError, match="numbers cannot be read"):
                change()
    assert file.read() == [1]
    assert file.write() == [1, 2]


def test_a_full_disk_leaves_the_file_and_the_change_is_made_later(path, monkeypatch):
    file = kept(path)
    file.change(plus(1))
    with monkeypatch.context() as full:
        full.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(errno.ENOSPC, "full")))
        file.note(plus(2))
        with pytest.raises(SharedFileError, match="disk is full"):
            file.write()
        assert file.read() == [1]
    assert file.write() == [1, 2]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no named pipes in folders")
@pytest.mark.parametrize("make", [getattr(os, "mkfifo", os.mkdir), os.mkdir, lambda path: path.symlink_to(os.devnull)])
def test_what_is_no_file_is_neither_waited_for_nor_replaced(path, make):
    path.parent.mkdir()
    make(path)
    before = path.lstat()
    with pytest.raises(SharedFileError):
        kept(path).read()
    with pytest.raises(SharedFileError):
        kept(path).change(plus(1))
    after = path.lstat()  # without the time of the last access, which following a link may renew
    assert (after.st_mode, after.st_ino, after.st_mtime_ns) == (before.st_mode, before.st_ino, before.st_mtime_ns)


def test_a_pipe_in_place_of_the_lock_is_in_nobody_s_way(path):
    path.parent.mkdir()
    if hasattr(os, "mkfifo"):
        os.mkfifo(path.parent / ".lock")
    assert kept(path).change(plus(1)) == [1]


def test_two_windows_that_add_at_once_lose_nothing(path):
    def add(file):
        for number in range(20):
            file.change(plus(number))

    with ThreadPoolExecutor() as windows:  # the lock knows no threads: two files are as two programs
        list(windows.map(add, [kept(path), kept(path)]))
    assert sorted(kept(path).read()) == sorted([*range(20), *range(20)])
    assert names_in(path.parent) == [".lock", "numbers.json"]


def test_a_program_that_holds_the_file_for_too_long_is_not_waited_for(path, monkeypatch):
    monkeypatch.setattr("curvegui.files.disk.shared_file.PATIENCE_S", 0.02)
    other, file = kept(path), kept(path)

    def meanwhile(numbers):
        with pytest.raises(SharedFileError, match="Another window"):
            file.change(plus(2))
        return [*numbers, 1]

    assert other.change(meanwhile) == [1]
    assert file.change(plus(2)) == [1, 2]


def refusing(monkeypatch, fault: int, refuses):
    """Locks are refused with this number, those of the files that are told."""
    import fcntl

    really = fcntl.flock

    def refuse(handle: int, how: int) -> None:
        if refuses(handle):
            raise OSError(fault, os.strerror(fault))
        really(handle, how)

    monkeypatch.setattr(fcntl, "flock", refuse)


@pytest.mark.skipif(sys.platform == "win32", reason="there, other numbers say that a file is locked")
@pytest.mark.parametrize("fault", [errno.EACCES, errno.EDEADLK, errno.ENOLCK, errno.ENOTSUP])
def test_where_every_lock_is_refused_it_is_written_without_one(path, monkeypatch, fault):
    refusing(monkeypatch, fault, lambda _: True)
    assert kept(path).change(plus(1)) == kept(path).read() == [1]
    assert names_in(path.parent) == [".lock", "numbers.json"]
