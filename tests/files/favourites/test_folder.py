"""The favourites' folder: what is kept is there, exactly; what is not a favourite, or broken, does no harm."""

import errno
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from curvegui.core.run.record import RunRecord
from curvegui.core.run.trainer import Trainer
from curvegui.files.disk.lock import NAME as LOCK
from curvegui.files.favourites.folder import ENDING, Favourite, FavouriteFile, FavouritesError, FavouritesFolder
from curvegui.files.project.project import Project, ProjectError, load, save
from tests.core.runs import begun
from tests.files.faults import SHORT, FaultyDisk, fault_name
from tests.files.projects import tiny_project

NAME = "heart 0.00048 after 12,300"


@pytest.fixture
def folder(tmp_path: Path) -> FavouritesFolder:
    return FavouritesFolder(tmp_path / "data" / "favourites")


@pytest.fixture(scope="module")
def record() -> RunRecord:
    """A run of the usual network that has gone on for long enough to be thinned."""
    trainer = begun()
    trainer.advance(12_300)
    return trainer.record(50_000)


def listed(folder: FavouritesFolder) -> list[Favourite]:
    return [folder.read(entry) for entry in folder.entries()]


def files(folder: FavouritesFolder) -> dict[str, bytes]:
    """Every file below the folder, by the last part of its path, but for the lock."""
    found = [path for path in folder.folder.rglob("*") if path.is_file() and path.name != LOCK]
    return {path.name: path.read_bytes() for path in found}


# Keeping


def test_a_folder_that_is_not_there_yet_is_empty_and_is_not_made_by_looking(folder: FavouritesFolder) -> None:
    assert folder.entries() == []
    assert not folder.folder.exists()


@pytest.mark.slow
def test_what_is_kept_is_an_ordinary_project_file_of_at_most_64_kb_with_an_exact_end(
    folder: FavouritesFolder, record: RunRecord
) -> None:
    kept = folder.add(Project(record, name=NAME, look="dark", layers={"trail": False}))
    path = folder.folder / f"{NAME}.curvegui"

    assert (kept.name, kept.key, kept.problem) == (NAME, path.name, "")
    assert path.stat().st_size == kept.entry.size <= 64_000
    project = load(path)
    assert (project.name, project.look, dict(project.layers)) == (NAME, "dark", {"trail": False})
    assert project.record.config == record.config
    assert project.record.iteration == 12_300
    assert np.array_equal(project.record.parameters, record.parameters)
    assert listed(folder) == [kept]


@pytest.mark.slow
def test_the_run_goes_on_from_a_favourite_to_the_last_bit(folder: FavouritesFolder, record: RunRecord) -> None:
    kept = folder.add(Project(record, name=NAME))
    one, other = Trainer.going_on(record), Trainer.going_on(folder.load(kept).record)
    for trainer in (one, other):
        trainer.advance(500)

    assert np.array_equal(one.snapshot().parameters, other.snapshot().parameters)


def test_a_file_that_another_window_makes_meanwhile_is_not_replaced(
    folder: FavouritesFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = folder.add(replace(tiny_project(), name="heart"))
    before = first.entry.path.read_bytes()
    with monkeypatch.context() as patched:  # as if it were made just after the folder was looked at
        patched.setattr(Path, "iterdir", lambda path: iter(()))
        second = folder.add(replace(tiny_project(), name="heart"))

    assert second.key == "heart 2.curvegui"
    assert first.entry.path.read_bytes() == before


def test_the_date_is_when_it_was_kept_and_for_a_file_without_one_when_it_was_written(folder: FavouritesFolder) -> None:
    kept = folder.add(replace(tiny_project(), name="heart", saved_at="2026-01-02T03:04:05Z"))
    foreign = folder.add(replace(tiny_project(), name="heart", saved_at=""))

    assert kept.date == "2026-01-02T03:04:05Z"
    assert foreign.date > "2026-01-02T03:04:05Z"


# Listing


def test_a_copy_that_somebody_drops_in_is_a_favourite_named_after_its_file(folder: FavouritesFolder) -> None:
    folder.folder.mkdir(parents=True)
    save(folder.folder / "From Ada.CURVEGUI", replace(tiny_project(), name=""))

    (found,) = listed(folder)
    assert found.name == "From Ada"
    assert found.summary is not None


def test_broken_files_are_listed_with_the_reason_and_other_files_are_not(folder: FavouritesFolder) -> None:
    kept = folder.add(replace(tiny_project(), name="heart"))
    home = folder.folder
    (home / "junk.curvegui").write_bytes(b"junk" * 100)
    (home / "cut.curvegui").write_bytes(kept.entry.path.read_bytes()[:-100])
    (home / "link.curvegui").symlink_to(home / "never.curvegui")
    (home / "folder.curvegui").mkdir()
    (home / "note.txt").touch()
    (home / ".heart.curvegui.0123.part").touch()

    found = {each.key: each for each in listed(folder)}
    assert set(found) == {f"{name}{ENDING}" for name in ("heart", "junk", "cut", "link")}
    for name in ("junk", "cut", "link"):
        broken = found[f"{name}{ENDING}"]
        assert broken.summary is None
        assert f"“{name}.curvegui” could not be opened." in broken.problem
        assert broken.name == name
        assert broken.date
        with pytest.raises(ProjectError):
            folder.load(broken)


def test_an_empty_file_that_an_older_version_left_when_it_was_ended_is_not_listed(folder: FavouritesFolder) -> None:
    folder.folder.mkdir(parents=True)
    (folder.folder / "heart.curvegui").touch()
    kept = folder.add(replace(tiny_project(), name="heart"))

    assert kept.key == "heart 2.curvegui"
    assert listed(folder) == [kept]


def test_a_folder_that_cannot_be_read_is_an_error_that_says_so(folder: FavouritesFolder) -> None:
    folder.folder.parent.mkdir()
    folder.folder.touch()

    with pytest.raises(FavouritesError, match="cannot be read"):
        folder.entries()


# Renaming


def test_a_new_name_is_in_the_file_which_stays_where_it_is(folder: FavouritesFolder) -> None:
    kept = folder.add(replace(tiny_project(), name="heart", saved_at="2026-01-02T03:04:05Z"))
    renamed = folder.rename(kept, "Mum's heart")

    assert (renamed.name, renamed.key, renamed.date) == ("Mum's heart", "heart.curvegui", "2026-01-02T03:04:05Z")
    project = folder.load(renamed)
    assert project.name == "Mum's heart"
    assert np.array_equal(project.record.parameters, tiny_project().record.parameters)
    assert listed(folder) == [renamed]


def test_a_broken_one_cannot_be_renamed_and_stays_as_it_is(folder: FavouritesFolder) -> None:
    folder.folder.mkdir(parents=True)
    path = folder.folder / "junk.curvegui"
    path.write_bytes(b"junk")

    with pytest.raises(FavouritesError, match="“junk” could not be renamed"):
        folder.rename(listed(folder)[0], "other")
    assert path.read_bytes() == b"junk"


# Deleting


def test_deleted_ones_can_be_put_back_by_the_next_program_run(folder: FavouritesFolder) -> None:
    kept = [folder.add(replace(tiny_project(), name=name)) for name in ("one", "two", "three")]
    before = files(folder)
    folder.delete(kept[:2])
    assert [each.name for each in listed(folder)] == ["three"]

    again = FavouritesFolder(folder.folder)
    (batch,) = again.trash.batches()
    assert {each.name for each in again.restore(batch)} == {"one", "two"}
    assert files(folder) == before


# A disk that fails


ERRNOS = (errno.ENOSPC, errno.EACCES)  # what only this file has to do with; all that a disk can say is in `test_faults`
FAULTS = (*ERRNOS, SHORT)


@pytest.fixture
def disk() -> FaultyDisk:
    return FaultyDisk()


def operations(disk: FaultyDisk, limit: int = 200) -> Iterator[int]:
    """The number of each operation, until one was not reached."""
    for first in range(limit):
        yield first
        if len(disk.operations) <= first:
            return
    raise AssertionError("There is no end of operations")


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS[1:], ids=fault_name)
def test_whatever_fails_while_keeping_one_it_is_there_whole_or_nothing_has_changed(
    folder: FavouritesFolder, disk: FaultyDisk, fault: int | str
) -> None:
    folder.add(replace(tiny_project(), name="other"))
    before, failures = files(folder), 0
    for first in operations(disk):
        try:
            with disk.failing(fault, first):
                folder.add(replace(tiny_project(), name="heart"))
        except FavouritesError as error:
            failures += 1
            assert str(error).startswith(f"“heart” could not be kept in {folder.folder}. ")
            assert "Nothing has changed" in str(error)
            assert files(folder) == before
        else:
            path = folder.folder / "heart.curvegui"
            assert load(path).name == "heart"
            path.unlink()
            assert files(folder) == before
    assert failures >= (4 if isinstance(fault, int) else 1)


@pytest.mark.slow
def test_wherever_it_is_ended_while_it_keeps_one_none_is_listed_that_is_not_whole(
    folder: FavouritesFolder, disk: FaultyDisk
) -> None:
    for first in operations(disk):
        with suppress(FavouritesError), disk.failing(errno.EIO, first, on=True):  # nothing can be cleaned up either
            folder.add(replace(tiny_project(), name="heart"))
        assert [each.problem for each in listed(folder)] in ([], [""])
        (folder.folder / "heart.curvegui").unlink(missing_ok=True)
    folder.add(replace(tiny_project(), name="heart"))
    assert set(files(folder)) == {"heart.curvegui"}


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS, ids=fault_name)
def test_whatever_fails_while_renaming_the_file_has_the_old_or_the_new_name(
    folder: FavouritesFolder, disk: FaultyDisk, fault: int | str
) -> None:
    kept = folder.add(replace(tiny_project(), name="old"))
    data, failures = kept.entry.path.read_bytes(), 0
    for first in operations(disk):
        kept.entry.path.write_bytes(data)
        try:
            with disk.failing(fault, first):
                folder.rename(kept, "new")
        except FavouritesError as error:
            failures += 1
            assert str(error).startswith("“old” could not be renamed. ")
            assert kept.entry.path.read_bytes() == data
        else:
            assert load(kept.entry.path).name == "new"
        assert set(files(folder)) == {"old.curvegui"}
    assert failures >= (4 if isinstance(fault, int) else 1)


@pytest.mark.parametrize("fault", ERRNOS, ids=fault_name)
@pytest.mark.parametrize("on", [False, True], ids=["once", "from then on"])
def test_whatever_fails_while_deleting_and_putting_back_no_file_is_lost(
    folder: FavouritesFolder, disk: FaultyDisk, fault: int, on: bool
) -> None:
    for name in ("one", "two"):
        folder.add(replace(tiny_project(), name=name))
    before = files(folder)
    for deed in (_delete_all, _put_all_back):
        for first in operations(disk):
            _put_all_back(folder)
            if deed is _put_all_back:
                _delete_all(folder)
            try:
                with disk.failing(fault, first, on=on):
                    deed(folder)
            except FavouritesError as error:
                assert "try again" in str(error)
                assert deed is _put_all_back or on or len(folder.entries()) == 2
            assert files(folder) == before
    _put_all_back(folder)
    assert {each.name for each in listed(folder)} == {"one", "two"}


def _delete_all(folder: FavouritesFolder) -> None:
    folder.delete([Favourite(FavouriteFile(each.path, each.modified, each.size), None) for each in folder.entries()])


def _put_all_back(folder: FavouritesFolder) -> None:
    for batch in folder.trash.batches():
        folder.restore(batch)
