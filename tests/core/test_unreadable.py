"""What is said about files that cannot be read."""

import errno
import os
import sys

import pytest

from curvegui.core.unreadable import quoted_name, size_of, why_unreadable


def test_an_error_of_the_system_is_told_in_a_sentence():
    assert why_unreadable(FileNotFoundError(errno.ENOENT, "No such file")) == "There is no such file."
    assert why_unreadable(OSError(errno.EBUSY, "Device or resource busy")) == "Device or resource busy."
    assert why_unreadable(OSError("Something else")) == "Something else."


def test_the_name_stands_without_its_folder_whatever_bytes_are_in_it():
    assert quoted_name("folder/heart.curvegui") == "“heart.curvegui”"
    assert quoted_name("/") == "“/”"
    assert quoted_name(os.fsdecode(b"a\xff")) == "“a�”"


def test_only_what_is_a_file_has_a_size(tmp_path):
    (tmp_path / "file").write_bytes(b"abc")

    assert size_of(tmp_path / "file") == 3
    with pytest.raises(IsADirectoryError):
        size_of(tmp_path)
    with pytest.raises(FileNotFoundError):
        size_of(tmp_path / "none")
    with pytest.raises(ValueError, match="No file can have this name"):
        size_of("a\0b")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no named pipes in folders")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(ValueError, match="a device or a pipe"):
        size_of(tmp_path / "pipe")
