"""Files are opened only if they are regular ones; and what is said about those that cannot be read."""

import errno
import os
import sys

import pytest

from curvegui.core.regular_file import is_folder, is_there, open_regular, quoted_name, regular_handle, why_unreadable


def test_an_error_of_the_system_is_told_in_a_sentence():
    assert why_unreadable(FileNotFoundError(errno.ENOENT, "No such file")) == "There is no such file."
    assert why_unreadable(OSError(errno.EBUSY, "Device or resource busy")) == "Device or resource busy."
    assert why_unreadable(OSError("Something else")) == "Something else."


def test_the_name_stands_without_its_folder_whatever_bytes_are_in_it():
    assert quoted_name("folder/heart.curvegui") == "“heart.curvegui”"
    assert quoted_name("/") == "“/”"
    assert quoted_name(os.fsdecode(b"a\xff")) == "“a�”"


def test_where_the_system_fails_to_look_nothing_is_there(tmp_path):
    assert is_there(tmp_path)
    assert is_folder(tmp_path)
    for name in ("none", "x" * 300, "a\0b"):
        assert not is_there(tmp_path / name)
        assert not is_folder(tmp_path / name)


def test_only_a_file_is_opened(tmp_path):
    (tmp_path / "file").write_bytes(b"abc")
    (tmp_path / "link").symlink_to(tmp_path / "none")

    with open_regular(tmp_path / "file") as file:
        assert file.read() == b"abc"
    with pytest.raises(IsADirectoryError):
        open_regular(tmp_path)
    for gone in ("none", "link"):
        with pytest.raises(FileNotFoundError):
            open_regular(tmp_path / gone)
    with pytest.raises(OSError, match="No file can have this name"):
        open_regular("a\0b")


def test_a_folder_is_told_from_a_file_that_may_not_be_read(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(IsADirectoryError):  # as Windows refuses one
        open_regular(tmp_path)
    with pytest.raises(PermissionError):
        open_regular(tmp_path / "file")
    with monkeypatch.context() as patched:
        patched.setattr(os, "open", lambda *_: (_ for _ in ()).throw(OSError(errno.EIO, "fault")))
        with pytest.raises(OSError, match="fault"):
            open_regular(tmp_path / "file")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no named pipes in folders")
def test_a_pipe_or_a_device_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")

    for path in (tmp_path / "pipe", os.devnull):
        with pytest.raises(OSError, match="a device or a pipe"):
            open_regular(path)
    with pytest.raises(OSError, match="a device or a pipe"):
        regular_handle(tmp_path / "pipe", os.O_WRONLY)
