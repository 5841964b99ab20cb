"""The list of recent files: the latest first, shared by all windows, never in the way."""

import json
import logging
import os
from pathlib import Path

import pytest

from curvegui.files.disk.shared_file import SharedFileError
from curvegui.session.stored.recent import MOST, RecentFiles


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


def test_there_are_ten_at_most(recent):
    for number in range(MOST + 3):
        add(recent, Path(f"/x/{number}"))
    assert [path.name for path in recent.all()] == [str(number) for number in range(12, 2, -1)]


def test_files_are_taken_off_one_by_one_or_all_together(recent):
    recent.add(Path("/x/a"))
    recent.add(Path("/x/b"))
    recent.remove(Path("/x/b"))
    recent.write()
    assert recent.all() == [Path("/x/a")]
    recent.clear()
    recent.write()
    assert recent.all() == []


def test_paths_are_kept_whole(recent, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    odd = Path(os.fsdecode(b"/x/\xff\xe2\x98\x83"))
    recent.add(odd)
    recent.add(Path("heart.curvegui"))
    recent.write()
    assert recent.all() == [tmp_path / "heart.curvegui", odd]


def test_no_file_no_list_and_nothing_to_warn_of(recent, caplog):
    assert recent.all() == []
    assert caplog.records == []


@pytest.mark.parametrize("content", [b"", b"[", b"[" * 100_000, b"\xff", b"9" * 10_000])
def test_a_damaged_list_is_put_aside_and_that_is_logged(recent, kept, caplog, content):
    kept.parent.mkdir()
    kept.write_bytes(content)
    assert recent.all() == []
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    add(recent, Path("/x/a"))
    assert recent.all() == [Path("/x/a")]
    assert [each.read_bytes() for each in kept.parent.glob("*damaged*")] == [content]


@pytest.mark.parametrize("content", [{}, 7, None, [7, "", "a\0b", None, ["x"]]])
def test_what_is_no_path_is_passed_over(recent, kept, content):
    kept.parent.mkdir()
    kept.write_text(json.dumps(content))
    assert recent.all() == []


def test_a_list_that_cannot_be_kept_is_not_in_the_way(tmp_path):
    (tmp_path / "file").write_text("")
    recent = RecentFiles(tmp_path / "file" / "recent.json")
    assert recent.all() == []
    with pytest.raises(SharedFileError, match="recent files"):
        add(recent, Path("/x/a"))
