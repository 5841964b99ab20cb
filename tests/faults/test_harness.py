"""The harness sees a writer that is not as it should be."""

import os
import sys
from pathlib import Path

import pytest

from curvegui.files.disk.atomic import write_bytes

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="it forks a process that has Qt loaded")


def complaints(save, tmp_path, kind):
    from tests.faults.record import Record
    from tests.faults.saves import content
    from tests.faults.trials import cases, complaint, prepared

    record = Record("a planted one", "file", save, content, before=lambda path: path.write_bytes(b"old"))
    ready = prepared(record, tmp_path / "record")
    return (complaint(each, tmp_path / "work") for each in cases(ready, {kind}))


@on_linux
def test_a_writer_that_is_not_whole_or_nothing_is_found(tmp_path):
    def in_place(path: Path) -> None:
        path.write_bytes(b"all of the new content")

    assert any("neither old nor new" in each for each in complaints(in_place, tmp_path, "kills"))


def complaint_in_place(save, tmp_path, name):
    """What is said of a save in an odd place, with a leftover of a killed program beside the file."""
    from tests.faults.places import PLACES, complaint
    from tests.faults.record import Record
    from tests.faults.saves import _put_half, content
    from tests.faults.trials import prepared

    record = Record("a planted one", "file", save, content, before=_put_half, free=True)
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
