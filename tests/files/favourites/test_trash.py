"""What is deleted can be put back, whatever happens in between."""

import errno
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from curvegui.files.favourites.trash import Trash


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("one", "two", "three"):
        (tmp_path / f"{name}.x").write_text(name)
    return tmp_path


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir() if each.is_file())


class Clock:
    """A clock that can be set."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = datetime.now(UTC)
        shown = Mock(wraps=datetime)
        shown.now.side_effect = lambda _: self.now
        monkeypatch.setattr("curvegui.files.favourites.trash.datetime", shown)

    def take(self, trash: Trash, path: Path) -> str:
        """Delete a file, at the time that the clock shows: the folder gets it from the system."""
        batch = trash.take([path])
        os.utime(trash.folder / batch, (self.now.timestamp(),) * 2)
        return batch


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def test_what_was_taken_is_gone_and_comes_back_as_it_was(folder: Path) -> None:
    trash = Trash(folder)
    batch = trash.take([folder / "one.x", folder / "three.x"])

    assert names(folder) == ["two.x"]
    assert [path.name for path in trash.files(batch)] == ["one.x", "three.x"]
    assert trash.put_back(batch) == [folder / "one.x", folder / "three.x"]
    assert names(folder) == ["one.x", "three.x", "two.x"]
    assert (folder / "one.x").read_text() == "one"
    assert trash.batches() == []


def test_another_program_run_finds_what_was_deleted_the_latest_last(folder: Path) -> None:
    first, second = Trash(folder).take([folder / "one.x"]), Trash(folder).take([folder / "two.x"])

    assert Trash(folder).batches() == [first, second]


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


def test_only_what_has_been_there_for_long_is_deleted_for_good(folder: Path, clock: Clock) -> None:
    trash, found = Trash(folder), []
    old = clock.take(trash, folder / "one.x")
    for days in (20, 9, 2, 29, 2):
        clock.now += timedelta(days=days)
        Trash(folder).empty()
        found.append(trash.batches())
    new = clock.take(trash, folder / "two.x")
    clock.now += timedelta(days=1)
    trash.empty()

    assert found == [[old]] * 4 + [[]]
    assert [each.name for each in (folder / ".trash").iterdir()] == [new]


@pytest.mark.parametrize("then", [datetime(1970, 1, 1, 0, 5, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)])
def test_what_was_deleted_while_the_clock_was_slow_is_kept_for_as_long(
    folder: Path, clock: Clock, then: datetime
) -> None:
    today, clock.now = clock.now.replace(year=2027), then
    batch = clock.take(Trash(folder), folder / "one.x")
    for days in (0, 1, 29):
        clock.now = today + timedelta(days=days)
        Trash(folder).empty()
        assert Trash(folder).batches() == [batch]
    clock.now += timedelta(days=2)
    Trash(folder).empty()
    assert Trash(folder).batches() == []


def test_a_clock_that_jumps_ahead_and_comes_back_empties_nothing(folder: Path, clock: Clock) -> None:
    trash, today = Trash(folder), clock.now
    batch = clock.take(trash, folder / "one.x")
    for days in (1, 400, 2, 800, 3, 29, 800, 30):
        clock.now = today + timedelta(days=days)
        Trash(folder).empty()
        assert trash.batches() == [batch]
    clock.now = today + timedelta(days=31)
    trash.empty()
    assert trash.batches() == [batch]
    clock.now = today + timedelta(days=62)
    trash.empty()
    assert trash.batches() == []


@pytest.mark.parametrize("name", ["mine", "20260101T000000.000000-xyz", "20261399T000000.000000-0123abcd"])
def test_what_somebody_else_put_into_the_trash_stays(folder: Path, name: str) -> None:
    (folder / ".trash" / name).mkdir(parents=True)
    (folder / ".trash" / name / "a.x").touch()
    Trash(folder).empty()

    assert (folder / ".trash" / name / "a.x").exists()


def test_a_folder_without_a_trash_has_nothing_to_put_back(tmp_path: Path) -> None:
    trash = Trash(tmp_path / "nowhere")
    trash.empty()

    assert trash.batches() == []
    assert trash.files("20260101T000000.000000-0123abcd") == []


def test_a_trash_that_cannot_be_read_now_is_not_said_to_be_empty(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trash = Trash(folder)
    batch = trash.take([folder / "one.x"])
    with monkeypatch.context() as broken, pytest.raises(OSError, match="disk failed"):
        broken.setattr(Path, "iterdir", Mock(side_effect=OSError(errno.EIO, "The disk failed")))
        trash.put_back(batch)

    assert trash.put_back(batch) == [folder / "one.x"]
