import os
import sys
from pathlib import Path

import pytest

from curvegui.files.format.section import ProjectError
from curvegui.files.format.stored_zip import LARGEST_ARCHIVE, opened


def _refused(path: str | Path) -> str:
    with pytest.raises(ProjectError) as caught, opened(path):
        pytest.fail("It was opened.")
    return str(caught.value)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "heart.curvegui"
    path.write_bytes(b"0123456789")
    return path


def test_any_place_of_a_file_can_be_read(path: Path) -> None:
    with opened(path) as file:
        assert file.size == 10
        assert file.read(3, 4) == b"3456"
        assert file.read(0, 2) == b"01"


def test_what_cannot_be_opened_is_named_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    (tmp_path / "round").symlink_to(tmp_path / "round")

    assert _refused(tmp_path / "gone") == "“gone” could not be opened. There is no such file."
    assert _refused(tmp_path / "empty" / "x") == "“x” could not be opened. There is no such file."
    assert _refused(tmp_path) == f"“{tmp_path.name}” could not be opened. It is a folder."
    assert _refused("/") == "“/” could not be opened. It is a folder."
    assert _refused(tmp_path / "empty") == "“empty” could not be opened. It is empty."
    assert _refused(tmp_path / ("x" * 300)).endswith("The name is too long.")
    assert _refused(tmp_path / "round").endswith("It is a link that leads back to itself.")
    assert _refused("a\0b").endswith("No file can have this name.")


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes in folders")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    assert _refused(tmp_path / "pipe") == "“pipe” could not be opened. It is not a file but a device or a pipe."


def test_a_file_of_gigabytes_is_not_read(path: Path) -> None:
    os.truncate(path, LARGEST_ARCHIVE + 1)

    assert "It is larger than any file that can be opened: 1,200 MB." in _refused(path)


def test_the_file_is_named_before_what_is_wrong_with_it(path: Path) -> None:
    with pytest.raises(ProjectError, match=r"^“heart\.curvegui” could not be opened\. It is damaged\.$"), opened(path):
        raise ProjectError("It is damaged.")


def test_too_little_memory_is_a_sentence(path: Path) -> None:
    with pytest.raises(ProjectError, match="There is not enough memory for it"), opened(path):
        raise MemoryError
