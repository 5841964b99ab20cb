"""The list of saves is complete, and the harness sees a writer that is not as it should be."""

import os
import sys
from pathlib import Path

import pytest

from curvegui.files.disk.atomic import write_bytes
from tests.faults.sites import sites

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="it forks a process that has Qt loaded")

NOTHING_KEPT = {
    "cli.desktop._install": "copies of the app's own files, which the same command writes again",
    "cli.desktop._remove": "takes them away",
    "cli.terminal._give_up": "into nothing",
    "core.sound.wav": "in memory",
    "exercise.child.main._request": "reads nothing",
    "exercise.runner.process.ChildProcess.__init__": "what it asks the child",
    "figure.picture.growing_picture.GrowingPicture.png": "in memory",
    "files.disk.atomic._remove": "takes away what could not be made",
    "sweeps.local_pool._Process.__init__": "what a worker says",
    "sweeps.local_pool.main": "to another process",
    "ui.aloud.player.Player.play": "a sound, for as long as it is heard",
    "ui.favourites.actions.FavouritesDock.show_folder": "an empty folder",
    "ui.tour.lessons.Lessons.show_folder": "an empty folder",
}
"""Functions that open or make something, but keep nothing of a person's."""


@pytest.mark.slow
def test_every_function_that_writes_is_in_the_list_of_saves_that_are_tried_out():
    from tests.faults.kept import KEPT
    from tests.faults.record import PACKAGE
    from tests.faults.saves import SAVES

    listed = {name for record in {*SAVES, *KEPT} for name in record.through}
    assert sites(PACKAGE) == listed | {*NOTHING_KEPT}


@pytest.mark.parametrize(
    "writes",
    ["path.write_bytes(b'')", "open(path, 'w')", "path.open(mode='ab')", "os.replace(path, other)", "image.save(path)",
     "path.replace(other)", "QSaveFile(path)", "shutil.copy(path, other)",
     "shutil.rmtree(path)"],
)  # fmt: skip
def test_a_new_writer_is_found(tmp_path, writes):
    (tmp_path / "new.py").write_text(f"class New:\n    def keep(self, path):\n        {writes}\n")
    assert sites(tmp_path) == {"new.New.keep"}


def test_reading_is_no_writing(tmp_path):
    (tmp_path / "new.py").write_text("open(path)\npath.open('rb')\ntext.replace('a', 'b')\npainter.save()\n")
    assert sites(tmp_path) == set()


@on_linux
def test_what_odd_starts_plant_has_the_names_of_the_app_s_own_files():
    from tests.faults.record import PACKAGE
    from tests.faults.window import OF_THE_APP

    texts = "".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    assert [name for name in OF_THE_APP if f'"{name}"' not in texts] == []


def complaints(save, tmp_path, kind):
    from tests.faults.record import Record
    from tests.faults.saves import content
    from tests.faults.trials import cases, complaint, prepared

    record = Record("a planted one", "file", save, content, (), before=lambda path: path.write_bytes(b"old"))
    ready = prepared(record, tmp_path / "record")
    return (complaint(each, tmp_path / "work") for each in cases(ready, {kind}))


@on_linux
def test_a_writer_that_is_not_whole_or_nothing_is_found(tmp_path):
    def in_place(path: Path) -> None:
        path.write_bytes(b"all of the new content")

    assert any("neither old nor new" in each for each in complaints(in_place, tmp_path, "kills"))


@on_linux
@pytest.mark.slow
def test_one_that_looks_away_is_found(tmp_path):
    def trusting(path: Path) -> None:
        part = path.with_name("file.new")
        part.write_bytes(b"all of the new content")
        part.replace(path)

    assert any("is b'all" in each for each in complaints(trusting, tmp_path, "faults"))


def complaint_in_place(save, tmp_path, name):
    """What is said of a save in an odd place, with a leftover of a killed program beside the file."""
    from tests.faults.places import PLACES, complaint
    from tests.faults.record import Record
    from tests.faults.saves import _put_half, content
    from tests.faults.trials import prepared

    record = Record("a planted one", "file", save, content, (), before=_put_half, free=True)
    place = next(each for each in PLACES if each.name == name)
    return complaint(prepared(record, tmp_path / "record"), place, tmp_path / "work")


@on_linux
def test_what_a_killed_program_has_left_may_go_though_the_save_is_refused(tmp_path):
    assert complaint_in_place(lambda path: write_bytes(path, b"new" * 99), tmp_path, "a quota") == ""


@on_linux
def test_another_file_may_not_go_where_the_save_is_refused(tmp_path):
    def careless(path: Path) -> None:
        path.unlink(missing_ok=True)
        write_bytes(path, b"new" * 99)

    assert "refused, and another: file" in complaint_in_place(careless, tmp_path, "a quota")


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="only root can be another user")
def test_a_start_as_a_user_who_cannot_read_this_python_is_not_tried(tmp_path, monkeypatch):
    from tests.faults.window import complaint_of_place

    closed, home = tmp_path / "closed", tmp_path / "home"
    closed.mkdir(mode=0o700)
    home.mkdir()
    monkeypatch.syspath_prepend(closed)
    assert complaint_of_place(home, "a home that may not be written to") is None
