"""The harness sees a writer that is not as it should be."""

import os
import sys

import pytest

from curvegui.files.disk.atomic import write_bytes

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="it forks a process that has Qt loaded")


@pytest.fixture
def complaint_in_quota(tmp_path):
    """What is said of a save where there is a quota, with a leftover of a killed program beside the file."""

    def said(save):
        from tests.faults.places import PLACES, complaint
        from tests.faults.saves import content, put_half
        from tests.faults.trials import Record, prepared

        record = Record("a planted one", "file", save, content, put_half, free=True)
        place = next(each for each in PLACES if each.name == "a quota")
        return complaint(prepared(record, tmp_path / "record"), place, tmp_path / "work")

    return said


@on_linux
def test_a_writer_that_is_not_whole_or_nothing_is_found(tmp_path):
    from tests.faults.disk import KILLS
    from tests.faults.saves import content, put_old
    from tests.faults.trials import Record, complaint, faults_in, prepared

    record = Record("a planted one", "file", lambda path: path.write_bytes(b"all of the new content"), content, put_old)
    ready = prepared(record, tmp_path / "record")
    said = [complaint(ready, each, tmp_path / "work") for each in faults_in(ready, KILLS)]

    assert any("neither old nor new" in each for each in said)


@on_linux
def test_what_a_killed_program_has_left_may_go_though_the_save_is_refused(complaint_in_quota):
    assert complaint_in_quota(lambda path: write_bytes(path, b"new" * 99)) == ""


@on_linux
def test_another_file_may_not_go_where_the_save_is_refused(complaint_in_quota):
    def careless(path):
        path.unlink(missing_ok=True)
        write_bytes(path, b"new" * 99)

    assert "refused, and another: file" in complaint_in_quota(careless)


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="only root can be another user")
def test_a_start_as_a_user_who_cannot_read_this_python_is_not_tried(tmp_path, monkeypatch):
    from tests.faults.window import complaint_of_place

    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    monkeypatch.syspath_prepend(closed)
    assert complaint_of_place("a home that may not be written to", tmp_path) is None
