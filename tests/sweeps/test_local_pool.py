"""The pool: every run once, whatever becomes of its processes, and none of them outlives it."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager

import pytest

from curvegui.core.sweep.task import run_task
from curvegui.sweeps import local_pool
from curvegui.sweeps.executor import ExecutorError, Failure, outcomes
from curvegui.sweeps.local_pool import LocalPool
from tests.core.runs import IN_C, SINGLE, cases
from tests.help.command import environment
from tests.sweeps.plans import ENDLESS, TASKS, expected, in_order, never, without_time

pytestmark = pytest.mark.costly

DIES_AT_WORK = "import os, sys; print('ready', flush=True); sys.stdin.readline(); os._exit(3)"
DIES_AT_ONCE = "import sys; print('There is no such module.', file=sys.stderr); sys.exit(2)"
BABBLES = "import sys; print('ready', flush=True)\nfor line in sys.stdin: print('hm?', flush=True)"
TELLS_SURROUNDINGS = """
import json, os, sys
print('ready', flush=True)
for line in sys.stdin:
    told = os.environ["OPENBLAS_NUM_THREADS"] + os.environ["CURVEGUI_ONE_CORE"] + " " + str(os.getsid(0) == os.getpid())
    print(json.dumps({"failed": told}), flush=True)
"""
POSIX = pytest.mark.skipif(os.name != "posix", reason="Windows ends processes in its own way")


def is_there(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.slow
def test_every_run_comes_once_and_is_the_one_that_would_be_made_here():
    assert in_order(outcomes(LocalPool(2), TASKS, never)) == expected()


@pytest.mark.parametrize("backend", cases([*IN_C, SINGLE]))
def test_its_process_computes_with_what_is_asked_for(backend):
    found = in_order(outcomes(LocalPool(1), TASKS[:4], never, backend))
    assert found == [without_time(run_task(task, backend)) for task in TASKS[:4]]
    assert {outcome.backend for outcome in found} == {backend}


def test_there_is_nothing_to_do():
    assert list(outcomes(LocalPool(), (), never)) == []


class Opened(LocalPool):
    """A pool that says which processes it has."""

    @contextmanager
    def open(self, should_stop):
        with super().open(should_stop) as connection:
            self.executor = connection.executor
            yield connection


@POSIX
def test_the_run_of_a_process_that_was_killed_is_done_again():
    pool = Opened(1)  # a second process might still be starting
    found = outcomes(pool, TASKS, never)
    came = [next(found)]
    os.kill(next(iter(pool.executor._processes)).pid, signal.SIGKILL)
    came += found
    assert in_order(came) == expected()


def test_a_run_whose_process_ends_twice_has_failed_by_its_name(monkeypatch):
    monkeypatch.setattr(local_pool, "START", DIES_AT_WORK)
    found = list(outcomes(LocalPool(2), TASKS[:3], never))
    assert {outcome.task.number for outcome in found} == {0, 1, 2}
    assert all(isinstance(outcome, Failure) for outcome in found)
    (first,) = [str(outcome) for outcome in found if outcome.task.number == 0]
    assert first == "The run with noise 0, seed 5 failed. Its process ended twice, the second time with status 3."


def test_processes_that_do_not_start_are_told_with_their_reason(monkeypatch):
    monkeypatch.setattr(local_pool, "START", DIES_AT_ONCE)
    with pytest.raises(ExecutorError, match=r"do not start \(status 2\)\. There is no such module\."):
        list(outcomes(LocalPool(2), TASKS, never))


def test_an_answer_that_is_no_result_is_a_failure(monkeypatch):
    monkeypatch.setattr(local_pool, "START", BABBLES)
    assert all("no result" in outcome.reason for outcome in outcomes(LocalPool(1), TASKS[:2], never))


@POSIX
def test_a_process_has_one_thread_for_matrices_and_no_terminal(monkeypatch):
    monkeypatch.setattr(local_pool, "START", TELLS_SURROUNDINGS)
    assert [outcome.reason for outcome in outcomes(LocalPool(1), TASKS[:1], never)] == ["11 True"]


@POSIX
@pytest.mark.parametrize(("its_own", "then"), [(4, 10), (12, 12)])
def test_a_process_lets_others_go_first_and_one_that_does_already_waits_no_longer(its_own, then):
    code = f"import os; os.nice(max(0, {its_own} - os.nice(0)))\n{local_pool.START}"
    with subprocess.Popen(
        [sys.executable, "-c", code], env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout.readline() == local_pool.READY
        assert os.getpriority(os.PRIO_PROCESS, process.pid) == max(then, os.nice(0))
        process.stdin.close()


@POSIX
@pytest.mark.parametrize("stops", [True, False])
def test_a_wish_to_stop_ends_it_and_its_processes_and_so_does_who_looks_away(stops):
    pool, pids = Opened(2), []

    def should_stop():
        pids.extend(each.pid for each in (pool.executor._processes if hasattr(pool, "executor") else ()))
        return stops and bool(pids)

    found = outcomes(pool, (*TASKS[:1], *ENDLESS.tasks()), should_stop)
    if not stops:
        next(found)
        found.close()
    assert list(found) == []
    assert pids
    assert not any(map(is_there, pids))


def test_without_a_python_it_is_said(monkeypatch):
    monkeypatch.setattr(sys, "executable", "")
    with pytest.raises(ExecutorError, match="Python"):
        list(outcomes(LocalPool(1), TASKS, never))


def test_a_python_that_cannot_be_started_is_told(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    monkeypatch.setattr(sys, "_base_executable", "/no/such/python", raising=False)
    with pytest.raises(ExecutorError, match="cannot be started"):
        list(outcomes(LocalPool(1), TASKS, never))
