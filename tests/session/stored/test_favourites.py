"""The favourites, alive: kept, renamed, deleted and taken back in the background, in step with their folder."""

import errno
import os
from dataclasses import replace
from unittest.mock import Mock

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QThreadPool

from curvegui.files.favourites.folder import FavouritesFolder
from curvegui.files.project.project import load, save
from curvegui.session.stored.favourites import Deletion, Favourites, Renaming
from tests.files.projects import tiny_project, trained


def namer(curve, iteration):
    return f"{curve} after {iteration}"


class Watched:
    """Favourites, and all that they told."""

    def __init__(self, folder, qtbot):
        self.it, self._qtbot = Favourites(FavouritesFolder(folder)), qtbot
        self.told = {name: [] for name in ("kept", "loaded", "previewed", "restored", "failed", "keeping_failed")}
        for name, told in self.told.items():
            getattr(self.it, name).connect(self.noting(told))

    def noting(self, told):
        return lambda *arguments: told.append(arguments)

    def wait(self, condition):
        self._qtbot.waitUntil(lambda: bool(condition()))

    def keep(self, iterations=100, **changed):
        count = len(self.told["kept"])
        self.it.keep(trained(iterations=iterations, **changed).record(200), namer, "dark", {"trail": True})
        self.wait(lambda: len(self.told["kept"]) > count)
        return self.told["kept"][-1]

    @property
    def names(self):
        return sorted(each.name for each in self.it.items.values())


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "favourites"


@pytest.fixture
def open_favourites(folder, qtbot):
    """Open the folder as a program run does; in the end all work is done."""
    opened = []

    def open_again():
        made = Watched(folder, qtbot)
        opened.append(made.it)
        made.it.open()
        made.wait(lambda: made.it.is_complete)
        return made

    yield open_again
    QThreadPool.globalInstance().waitForDone()
    for each in opened:
        each.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def favourites(open_favourites):
    return open_favourites()


def fill(folder, *names):
    folder.mkdir(exist_ok=True)
    project = tiny_project()
    for name in names:
        save(folder / f"{name}.curvegui", replace(project, name=name))


# Keeping


def test_what_is_kept_is_listed_and_in_its_file(favourites, folder):
    favourite, is_new = favourites.keep()
    assert is_new
    assert favourite.name == "Heart after 100"
    assert favourites.it.items == {favourite.key: favourite}
    project = load(folder / favourite.key)
    assert project.look == "dark"
    assert np.array_equal(project.record.parameters, trained().record(200).parameters)


def test_the_same_moment_is_kept_once_until_it_is_deleted(favourites):
    first, _ = favourites.keep()
    assert favourites.keep() == (first, False)
    other, is_new = favourites.keep(iterations=150)
    assert is_new
    favourites.it.delete([other.key])
    assert favourites.keep(iterations=150)[1]
    assert favourites.keep(aggression=2.0)[1]


def test_what_was_moved_away_is_kept_again_and_the_new_folder_is_watched(favourites, folder):
    favourites.keep()
    folder.rename(folder.with_name("elsewhere"))
    favourite, is_new = favourites.keep()
    assert is_new
    assert (folder / favourite.key).exists()
    fill(folder, "copy")
    favourites.wait(lambda: favourites.names == ["Heart after 100", "copy"])


def test_a_full_disk_is_told_and_nothing_changes(favourites, folder, monkeypatch):
    def full(*_, **__):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("curvegui.files.favourites.folder.write_bytes", full)
    favourites.it.keep(trained().record(200), namer, "dark", {})
    favourites.wait(lambda: favourites.told["keeping_failed"])
    assert "The disk is full." in favourites.told["keeping_failed"][0][0]
    assert favourites.it.items == {}
    assert list(folder.glob("[!.]*")) == []


# Reading


@pytest.mark.slow
def test_a_folder_is_read_with_what_is_broken_in_it(folder, open_favourites):
    fill(folder, *(f"heart {number}" for number in range(80)))
    (folder / "junk.curvegui").write_bytes(b"junk")
    favourites = open_favourites()
    assert len(favourites.names) == 81
    assert favourites.it.items["junk.curvegui"].problem
    assert not favourites.told["failed"]


@pytest.mark.slow
def test_what_is_copied_into_the_folder_appears_and_what_is_removed_goes(folder, open_favourites):
    fill(folder, "one", "two")
    favourites = open_favourites()
    fill(folder, "three")
    favourites.wait(lambda: favourites.names == ["one", "three", "two"])
    (folder / "one.curvegui").unlink()
    favourites.wait(lambda: favourites.names == ["three", "two"])


def test_a_file_that_changes_is_read_again(folder, open_favourites):
    fill(folder, "one")
    favourites = open_favourites()
    save(folder / "one.curvegui", replace(tiny_project(), name="another"))
    favourites.it.refresh()
    favourites.wait(lambda: favourites.names == ["another"])


def test_what_could_not_be_read_is_tried_again(folder, open_favourites, monkeypatch):
    fill(folder, "one")
    with monkeypatch.context() as patched:
        patched.setattr("curvegui.files.format.stored_zip.open_regular", Mock(side_effect=OSError(5, "I/O")))
        favourites = open_favourites()
    assert favourites.it.items["one.curvegui"].problem
    favourites.it.refresh()
    favourites.wait(lambda: not favourites.it.items["one.curvegui"].problem)


def test_curves_are_brought_and_none_for_what_cannot_be_read(folder, open_favourites):
    fill(folder, "one")
    (folder / "junk.curvegui").write_bytes(b"junk")
    favourites = open_favourites()
    favourites.it.preview(["one.curvegui", "junk.curvegui", "never.curvegui"])
    favourites.wait(lambda: favourites.told["previewed"])
    ((found,),) = favourites.told["previewed"]
    target, fit, look = found["one.curvegui"]
    assert (target.shape, fit.shape) == ((2, 4), (2, 3))  # the target is closed
    assert look == "classic"
    assert found["junk.curvegui"] is found["never.curvegui"] is None


def test_the_whole_of_one_is_brought_and_a_broken_one_is_told(folder, open_favourites):
    fill(folder, "one")
    (folder / "junk.curvegui").write_bytes(b"junk")
    favourites = open_favourites()
    for key in ("one.curvegui", "junk.curvegui", "never.curvegui"):
        favourites.it.load(key)
    favourites.wait(lambda: favourites.told["failed"])
    ((favourite, project),) = favourites.told["loaded"]
    assert favourite.name == project.name == "one"
    assert [problem for (problem,) in favourites.told["failed"]] == [favourites.it.items["junk.curvegui"].problem]


# Renaming, deleting, taking back


def test_renaming_is_taken_back_with_undo(folder, open_favourites):
    fill(folder, "one")
    favourites = open_favourites()
    favourites.it.rename("one.curvegui", "  Mum's \n heart ")
    favourites.wait(lambda: favourites.it.last_step)
    assert favourites.names == ["Mum's heart"]
    assert favourites.it.last_step == Renaming("one.curvegui", "one", "Mum's heart")
    favourites.it.undo()
    favourites.wait(lambda: favourites.names == ["one"])
    assert favourites.it.last_step is None


def test_deleted_ones_are_gone_at_once_and_come_back_with_undo(folder, open_favourites):
    fill(folder, "one", "two", "three")
    favourites = open_favourites()
    favourites.it.delete(["one.curvegui", "two.curvegui"])
    assert favourites.names == ["three"]
    favourites.wait(lambda: favourites.it.last_step)
    assert favourites.it.last_step.names == ("one", "two")
    assert favourites.it.has_new_step
    favourites.it.undo()
    favourites.wait(lambda: favourites.names == ["one", "three", "two"])
    assert favourites.told["restored"] == [(["one.curvegui", "two.curvegui"],)]


def test_after_a_crash_the_next_program_run_takes_the_deletion_back(folder, open_favourites):
    fill(folder, "one", "two")
    favourites = open_favourites()
    favourites.it.delete(["one.curvegui"])
    favourites.wait(lambda: favourites.it.last_step)
    again = open_favourites()
    assert again.names == ["two"]
    assert isinstance(again.it.last_step, Deletion)
    assert again.it.last_step.names == ("one",)
    assert not again.it.has_new_step
    again.it.undo()
    again.wait(lambda: again.names == ["one", "two"])


def test_what_cannot_be_deleted_is_shown_again(folder, open_favourites, monkeypatch):
    fill(folder, "one")
    favourites = open_favourites()

    def refuse(*_):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    with monkeypatch.context() as patched:
        patched.setattr(os, "rename", refuse)
        favourites.it.delete(["one.curvegui"])
        favourites.wait(lambda: favourites.told["failed"])
    assert favourites.names == ["one"]
    assert favourites.it.last_step is None
    assert "“one” could not be deleted." in favourites.told["failed"][0][0]


def test_an_undo_that_fails_can_be_tried_again(folder, open_favourites, monkeypatch):
    fill(folder, "one")
    favourites = open_favourites()
    favourites.it.delete(["one.curvegui"])
    favourites.wait(lambda: favourites.it.last_step)
    step = favourites.it.last_step

    def refuse(*_):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    with monkeypatch.context() as patched:
        patched.setattr(os, "rename", refuse)
        favourites.it.undo()
        favourites.wait(lambda: favourites.told["failed"])
    assert favourites.it.last_step == step
    favourites.it.undo()
    favourites.wait(lambda: favourites.names == ["one"])
