"""The list of recent files: the latest first, shared by all windows, never in the way."""

import logging
from pathlib import Path

import pytest

from curvegui.files.disk.shared_file import SharedFileError
from curvegui.session.stored.recent import RecentFiles


@pytest.fixture
def kept(tmp_path):
    return tmp_path / "data" / "recent.json"


@pytest.fixture
def recent(kept):
    return RecentFiles(kept)


def add(recent, path):
    recent.add(path)
    recent.write()


def test_the_latest_is_first_and_none_is_there_twice(recent, kept):
    for name in ("a", "b", "a"):
        add(recent, Path("/x") / name)
    assert recent.all() == [Path("/x/a"), Path("/x/b")]
    assert RecentFiles(kept).all() == recent.all()


def test_files_are_taken_off_one_by_one_or_all_together(recent):
    recent.add(Path("/x/a"))
    recent.add(Path("/x/b"))
    recent.remove(Path("/x/b"))
    recent.write()
    assert recent.all() == [Path("/x/a")]
    recent.clear()
    recent.write()
    assert recent.all() == []


@pytest.mark.parametrize("content", [b"", b"[", b"[" * 100_000, b"\xff", b"9" * 10_000])
def test_a_damaged_list_is_put_aside_and_that_is_logged(recent, kept, caplog, content):
    kept.parent.mkdir()
    kept.write_bytes(content)
    assert recent.all() == []
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    add(recent, Path("/x/a"))
    assert recent.all() == [Path("/x/a")]
    assert [each.read_bytes() for each in kept.parent.glob("*damaged*")] == [content]


def test_a_list_that_cannot_be_kept_is_not_in_the_way(tmp_path):
    (tmp_path / "file").write_text("")
    recent = RecentFiles(tmp_path / "file" / "recent.json")
    assert recent.all() == []
    with pytest.raises(SharedFileError, match="recent files"):
        add(recent, Path("/x/a"))
