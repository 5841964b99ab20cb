"""What is deleted can be put back, whatever happens in between."""

import errno
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from curvegui.files.favourites.folder import Trash


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("one", "two", "three"):
        (tmp_path / f"{name}.x").write_text(name)
    return tmp_path


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir() if each.is_file())


def test_what_was_taken_is_gone_and_comes_back_as_it_was(folder: Path) -> None:
    trash = Trash(folder)
    batch = trash.take([folder / "one.x", folder / "three.x"])

    assert names(folder) == ["two.x"]
    assert [path.name for path in trash.files(batch)] == ["one.x", "three.x"]
    assert trash.put_back(batch) == [folder / "one.x", folder / "three.x"]
    assert names(folder) == ["one.x", "three.x", "two.x"]
    assert (folder / "one.x").read_text() == "one"
    assert trash.batches() == []


def test_a_name_that_is_taken_by_then_gets_a_number(folder: Path) -> None:
    trash = Trash(folder)
    batch = trash.take([folder / "one.x"])
    (folder / "one.x").write_text("new")

    assert trash.put_back(batch) == [folder / "one 2.x"]
    assert (folder / "one.x").read_text() == "new"
    assert (folder / "one 2.x").read_text() == "one"


def test_if_one_cannot_be_taken_none_is(folder: Path) -> None:
    trash = Trash(folder)
    with pytest.raises(FileNotFoundError):
        trash.take([folder / "one.x", folder / "never.x", folder / "two.x"])

    assert names(folder) == ["one.x", "three.x", "two.x"]
    assert trash.batches() == []


def test_what_can_neither_be_taken_nor_put_back_is_still_in_the_trash(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = os.rename, []

    def failing(*arguments: Any) -> None:
        calls.append(arguments)
        if len(calls) > 1:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        real(*arguments)

    trash = Trash(folder)
    with monkeypatch.context() as patched:
        patched.setattr(os, "rename", failing)
        with pytest.raises(OSError, match="Input/output"):
            trash.take([folder / "one.x", folder / "two.x"])

    (batch,) = trash.batches()
    assert names(folder) == ["three.x", "two.x"]
    trash.put_back(batch)
    assert names(folder) == ["one.x", "three.x", "two.x"]


def test_what_was_deleted_goes_after_30_days_and_not_before(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trash, clock = Trash(folder), Mock(wraps=datetime)
    monkeypatch.setattr("curvegui.files.favourites.folder.datetime", clock)
    batch, now = trash.take([folder / "one.x"]), datetime.now(UTC)
    for days, found in ((29, [batch]), (31, [])):
        clock.now.side_effect = lambda _, days=days: now + timedelta(days=days)
        trash.empty()
        assert trash.batches() == found
    assert not list((folder / ".trash").iterdir())


@pytest.mark.parametrize("name", ["mine", "20260101T000000.000000-xyz"])
def test_what_somebody_else_put_into_the_trash_stays(folder: Path, name: str) -> None:
    (folder / ".trash" / name).mkdir(parents=True)
    (folder / ".trash" / name / "a.x").touch()
    Trash(folder).empty()

    assert (folder / ".trash" / name / "a.x").exists()


def test_a_trash_that_cannot_be_read_now_is_not_said_to_be_empty(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trash = Trash(folder)
    batch = trash.take([folder / "one.x"])
    with monkeypatch.context() as broken, pytest.raises(OSError, match="disk failed"):
        broken.setattr(Path, "iterdir", Mock(side_effect=OSError(errno.EIO, "The disk failed")))
        trash.put_back(batch)

    assert trash.put_back(batch) == [folder / "one.x"]
