"""A sweep's file: what arrived is in it, once, however the program ended, and another sweep's is refused."""

import errno
import io
import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.core.sweep.plan import SweepPlan, parsed_axis
from curvegui.core.sweep.task import run_task
from curvegui.files.disk.atomic import WriteError
from curvegui.files.format.section import ProjectError
from curvegui.sweeps import results as sweep_file
from curvegui.sweeps.results import SweepFile, read_sweep
from tests.core.sweeps import SMALL
from tests.files.faults import FaultyDisk
from tests.help.command import environment

pytestmark = pytest.mark.costly

PLAN = SweepPlan(SMALL, (parsed_axis("noise=0,1,3"),), seeds=2)
TASKS = tuple(PLAN.tasks())
RESULTS = tuple(replace(run_task(task), cpu_seconds=0.5) for task in TASKS)
KILLED = """
import os, signal, sys
from curvegui.sweeps.results import SweepFile
from tests.sweeps.test_results_file import PLAN, RESULTS

file = SweepFile(sys.argv[1], PLAN)
for result in RESULTS[:4]:
    file.add(result)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "sweep.jsonl"


@pytest.fixture
def whole(path):
    """The bytes of a sweep that has come to its end."""
    with SweepFile(path, PLAN) as file:
        for result in RESULTS:
            file.add(result)
    return path.read_bytes()


def test_what_was_added_is_there(path, whole):
    kept = read_sweep(path)
    assert kept.plan == PLAN
    assert tuple(kept.results.values()) == RESULTS
    assert kept.missing == ()
    assert kept.length == len(whole)


def test_every_line_is_json_and_says_which_run_it_is_of(whole):
    header, *lines = map(json.loads, whole.splitlines())
    assert header["format"] == "curvegui sweep"
    assert [line["run"] for line in lines] == [task.key for task in TASKS]


def test_a_file_says_it_in_keys_whatever_the_choices_are_called_in_the_window(path):
    plan = SweepPlan(TASKS[0].config, (parsed_axis("optimizer=adam"),))
    with SweepFile(path, plan) as file:
        file.add(run_task(file.kept.tasks[0]))
    assert json.loads(path.read_bytes().splitlines()[1])["run"].startswith("optimiser adam, seed ")
    assert len(read_sweep(path).results) == 1


def test_it_goes_on_where_it_stopped(path):
    with SweepFile(path, PLAN) as file:
        file.add(RESULTS[4])
    with SweepFile(path) as file:
        assert file.kept.plan == PLAN
        assert [task.number for task in file.kept.missing] == [0, 1, 2, 3, 5]
        for result in RESULTS:
            file.add(result)
    assert [result.number for result in read_sweep(path).results.values()] == [4, 0, 1, 2, 3, 5]
    assert len(path.read_bytes().splitlines()) == 7


@pytest.mark.skipif(os.name != "posix", reason="Windows has no SIGKILL")
def test_a_program_that_was_killed_has_kept_what_it_had(path):
    ended = subprocess.run([sys.executable, "-c", KILLED, str(path)], env=environment(), check=False, timeout=100)
    assert ended.returncode == -signal.SIGKILL
    assert tuple(read_sweep(path).results.values()) == RESULTS[:4]
    with SweepFile(path, PLAN) as file:
        assert len(file.kept.missing) == 2


def test_wherever_it_was_cut_off_it_goes_on(path, whole):
    for length in range(whole.index(b"\n") + 1, len(whole), 97):
        path.write_bytes(whole[:length])
        with SweepFile(path, PLAN) as file:
            assert len(file.results) == max(0, whole[:length].count(b"\n") - 1)
            for result in RESULTS:
                file.add(result)
        assert path.read_bytes() == whole


def test_a_tail_of_rubbish_is_dropped(path, whole):
    path.write_bytes(whole + b"\0" * 5_000 + b'\n{"number":3}\n')
    with SweepFile(path):
        pass
    assert path.read_bytes() == whole


def test_a_line_that_is_damaged_in_the_middle_is_told(path, whole):
    lines = whole.splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[:3], b"{}\n", *lines[4:]]))
    with pytest.raises(ProjectError, match=r"“sweep.jsonl” could not be opened. It is damaged: line 4 is no result"):
        SweepFile(path, PLAN)
    with pytest.raises(ProjectError, match="line 4"):
        read_sweep(path)


def test_results_are_kept_once(path, whole):
    lines = whole.splitlines(keepends=True)
    path.write_bytes(whole + lines[2])
    assert len(read_sweep(path).results) == 6


def test_another_sweep_is_refused_and_stays(path, whole):
    with pytest.raises(ProjectError, match=r"“sweep\.jsonl” contains another sweep"):
        SweepFile(path, replace(PLAN, seeds=3))
    assert path.read_bytes() == whole


@pytest.mark.parametrize(
    "data", [b"x", b"a file of somebody\n", b'{"format":"curvegui"}\n', b'{"format":"curvegui sweepings"}\n']
)
def test_what_is_no_sweep_is_refused_and_stays(path, data):
    path.write_bytes(data)
    for plan in (None, PLAN):
        with pytest.raises(ProjectError, match="It is not a sweep"):
            SweepFile(path, plan)
    assert path.read_bytes() == data


def test_a_sweep_of_a_newer_version_is_told(path, whole):
    path.write_bytes(whole.replace(b'"version":1', b'"version":2'))
    with pytest.raises(ProjectError, match="is too old for it"):
        read_sweep(path)


@pytest.mark.parametrize(("old", "new"), [(b"noise=0", b"noise=?"), (b'"seeds":2', b'"seeds":""'), (b'"vary"', b'"v"')])
def test_a_plan_that_cannot_be_carried_out_is_told(path, whole, old, new):
    path.write_bytes(whole.replace(old, new, 1))
    with pytest.raises(ProjectError, match="It has a plan that cannot be carried out"):
        read_sweep(path)


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be removed there")
@pytest.mark.parametrize("comes_back", [False, True])
def test_a_file_that_is_removed_while_results_arrive_is_told(path, comes_back):
    now = [0.0]
    file = SweepFile(path, PLAN, clock=lambda: now[0])
    file.add(RESULTS[0])
    path.unlink()
    if comes_back:
        path.write_bytes(b"another one")
    now[0] += 2
    with pytest.raises(WriteError) as told:
        file.add(RESULTS[1])
    assert "are in it" not in str(told.value)
    with pytest.raises(WriteError):
        file.close()
    assert path.exists() == comes_back
    assert not comes_back or path.read_bytes() == b"another one"


def test_on_a_full_disk_there_is_no_file_that_has_not_begun(path):
    disk = FaultyDisk()
    for first in range(4):
        with disk.failing(errno.ENOSPC, first, on=True), pytest.raises(WriteError, match="disk is full"):
            SweepFile(path, PLAN)
        assert not path.exists()
    SweepFile(path, PLAN).close()


def test_what_is_to_be_resumed_must_be_there(path):
    with pytest.raises(ProjectError, match="There is no such file"):
        SweepFile(path)
    assert not path.exists()


def test_a_file_that_cannot_even_be_looked_at_is_told_in_a_sentence(path, whole, monkeypatch):
    monkeypatch.setattr(Path, "is_file", Mock(side_effect=OSError(errno.EIO, "raw")))
    with pytest.raises(WriteError, match="disk reported a fault"):
        SweepFile(path, PLAN)


def test_two_programs_do_not_add_to_one_file(path):
    with SweepFile(path, PLAN) as file:
        file.add(RESULTS[0])
        with pytest.raises(ProjectError, match=r"Another program is carrying out the sweep in “sweep\.jsonl”"):
            SweepFile(path, PLAN)
        assert len(read_sweep(path).results) == 1  # it can be looked at meanwhile
    SweepFile(path, PLAN).close()


def test_a_plan_that_is_too_long_is_refused_before_there_is_a_file(path):
    base = replace(SMALL, hidden=(400, 400), frozen=tuple(range(100_000)))
    with pytest.raises(ValueError, match="too long to be kept"):
        SweepFile(path, replace(PLAN, base=base))
    assert not path.exists()


class FullDisk(io.FileIO):
    """Takes so many bytes, and no more."""

    room = 0

    def write(self, data):
        taken = data[: FullDisk.room]
        FullDisk.room -= len(taken)
        if not taken:
            raise OSError(errno.ENOSPC, "full")
        return super().write(taken)


@pytest.fixture
def full_disk(monkeypatch):
    def opened(path, mode="r", **_):
        return FullDisk(path, mode.replace("b", ""))

    monkeypatch.setattr(Path, "open", opened)
    return FullDisk


def test_a_full_disk_is_told_and_what_had_arrived_is_safe(path, full_disk, monkeypatch):
    full_disk.room = 100_000
    file = SweepFile(path, PLAN)
    file.add(RESULTS[0])
    full_disk.room = 100
    with pytest.raises(WriteError, match=r"The disk is full. .* The results that had arrived are in it"):
        file.add(RESULTS[1])
    file.close()
    monkeypatch.undo()
    assert tuple(read_sweep(path).results.values()) == RESULTS[:1]
    assert path.read_bytes().endswith(b"\n")
    with SweepFile(path, PLAN) as file:
        file.add(RESULTS[1])


def test_a_disk_that_fails_at_last_is_told(path, monkeypatch):
    def fsync(_):
        raise OSError(errno.EIO, "broken")

    file = SweepFile(path, PLAN)
    file.add(RESULTS[0])
    monkeypatch.setattr(sweep_file.os, "fsync", fsync)
    with pytest.raises(WriteError, match="The disk reported a fault"):
        file.close()
    file.close()


@given(st.binary(max_size=300) | st.binary(max_size=50).map(lambda data: b'{"format":"curvegui sweep"' + data + b"\n"))
def test_whatever_is_in_a_file_there_is_a_sentence(tmp_path_factory, data):
    path = tmp_path_factory.getbasetemp() / "any.jsonl"
    path.write_bytes(data)
    with pytest.raises(ProjectError, match=r"\.$"):
        read_sweep(path)
