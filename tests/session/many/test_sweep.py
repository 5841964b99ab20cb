"""A sweep in the background: what it tells, that it can be stopped, and what is said when it cannot be."""

from contextlib import ExitStack

import pytest

from curvegui.core.sweep.task import run_task
from curvegui.session.many.sweep import SweepRun
from curvegui.sweeps.executor import Failure
from curvegui.sweeps.results import SweepFile, read_sweep
from tests.core.runs import C
from tests.help.narrow_pool import room_for_one, wait_for_another
from tests.help.workers import Here
from tests.session.engines import with_c, without_c
from tests.sweeps.plans import PLAN, TASKS, in_order

pytestmark = pytest.mark.costly


class Heard:
    """What a sweep has told."""

    def __init__(self, run):
        self.kept, self.outcomes, self.records = [], [], []
        run.opened.connect(self.kept.append)
        run.arrived.connect(self.outcomes.extend)
        run.taken_up.connect(self.records.append)


@pytest.fixture
def run(qapp):
    with ExitStack() as stack:
        sweep = SweepRun()
        stack.callback(sweep.deleteLater)
        yield sweep


@pytest.fixture
def path(tmp_path):
    return tmp_path / "sweeps" / "sweep.jsonl"


def test_it_tells_what_is_there_and_what_arrives(qtbot, run, path):
    heard = Heard(run)
    with qtbot.waitSignal(run.ended) as ended:
        run.carry_out(path, PLAN, Here(lost=[2]))
    assert ended.args == [""]
    assert [each.plan for each in heard.kept] == [PLAN]
    assert [str(each) for each in heard.outcomes if isinstance(each, Failure)] == [
        "The run with noise 0, seed 7 failed. No luck."
    ]
    assert len(in_order(each for each in heard.outcomes if not isinstance(each, Failure))) == len(TASKS) - 1
    assert [task.number for task in read_sweep(path).missing] == [2]


def test_a_sweep_is_computed_with_what_is_wanted_and_goes_on_so(qtbot, run, path, monkeypatch):
    first, second = Here(waits_at=4), Here()
    with_c(monkeypatch)
    with qtbot.waitSignal(run.ended):
        run.carry_out(path, PLAN, first, C)
        qtbot.waitUntil(first.waiting.is_set)
        run.stop()
    other = SweepRun(run)
    with qtbot.waitSignal(other.ended):
        other.carry_out(path, PLAN, second)
    assert (first.backend, second.backend) == (C, C)
    assert {result.backend for result in read_sweep(path).results.values()} == {C}


def test_workers_are_asked_for_an_engine_that_is_missing_here(qtbot, run, path, monkeypatch):
    workers = Here(waits_at=0)
    without_c(monkeypatch)
    with qtbot.waitSignal(run.ended):
        run.carry_out(path, PLAN, workers, C)
        qtbot.waitUntil(workers.waiting.is_set)
        run.stop()
    assert workers.backend == C


def test_it_can_be_stopped(qtbot, run, path):
    heard, workers = Heard(run), Here(waits_at=4, lost=[2])
    with qtbot.waitSignal(run.ended) as ended:
        run.carry_out(path, PLAN, workers)
        qtbot.waitUntil(workers.waiting.is_set)
        run.stop()
    assert ended.args == [""]
    assert len(heard.outcomes) == 4
    assert len(read_sweep(path).results) == 3


def test_what_goes_wrong_is_told_after_what_had_arrived(qtbot, run, path):
    heard = Heard(run)
    with qtbot.waitSignal(run.ended) as ended:
        run.carry_out(path, PLAN, Here(breaks_at=5, lost=[2]))
    assert ended.args == ["The cable is cut."]
    assert len(heard.outcomes) == 5


def test_a_folder_that_cannot_be_made_is_told(qtbot, run, tmp_path):
    (tmp_path / "sweeps").write_text("a file")
    with qtbot.waitSignal(run.ended) as ended:
        run.carry_out(tmp_path / "sweeps" / "sweep.jsonl", PLAN, Here())
    assert "cannot be created" in ended.args[0]


def test_a_file_is_read(qtbot, run, path):
    path.parent.mkdir()
    with SweepFile(path, PLAN) as file:
        file.add(run_task(TASKS[0]))
    heard = Heard(run)
    with qtbot.waitSignal(run.ended) as ended:
        run.read(path)
    assert ended.args == [""]
    assert list(heard.kept[0].results) == [0]


def test_a_file_that_is_none_is_told(qtbot, run, path):
    with qtbot.waitSignal(run.ended) as ended:
        run.read(path)
    assert "There is no such file" in ended.args[0]


def test_a_run_is_taken_up(qtbot, run):
    heard = Heard(run)
    with qtbot.waitSignal(run.ended):
        run.take_up(TASKS[0], run_task(TASKS[0]))
    assert heard.records[0].iteration == TASKS[0].config.iterations


def test_a_run_that_nobody_waits_for_is_not_taken_up(qtbot, run):
    heard = Heard(run)
    run.stop()
    with qtbot.waitSignal(run.ended) as ended:
        run.take_up(TASKS[0], run_task(TASKS[0]))
    assert ended.args == [""]
    assert heard.records == []


def test_while_it_is_carried_out_nothing_else_waits_for_it(run, path, qtbot):
    with room_for_one():
        with qtbot.waitSignal(run.opened):
            run.carry_out(path, PLAN, Here(waits_at=0))
        try:
            wait_for_another(qtbot)
        finally:
            run.stop()
        qtbot.waitSignal(run.ended).wait()
