import os
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from curvegui.core.engine import threads as workers


def test_it_may_use_at_least_one_core() -> None:
    assert 1 <= workers.cores() <= (os.cpu_count() or 1)


def test_one_of_many_processes_keeps_to_one_core(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(workers.ONE_CORE, "1")
    workers.cores.cache_clear()
    try:
        assert workers.cores() == 1
    finally:
        workers.cores.cache_clear()


def test_where_the_system_does_not_tell_which_cores_all_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 3)

    assert workers.cores.__wrapped__() == 3


@pytest.mark.parametrize("cores", [1, 3])
def test_all_calls_are_made_when_it_returns(cores: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "cores", lambda: cores)
    made: list[int] = []

    workers.together([partial(made.append, number) for number in range(20)])

    assert sorted(made) == list(range(20))


def test_on_several_cores_calls_are_made_at_the_same_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "cores", lambda: 2)
    both = threading.Barrier(2)

    with ThreadPoolExecutor(2) as threads:
        monkeypatch.setattr(workers, "_threads", lambda: threads)
        workers.together([partial(both.wait, timeout=60)] * 2)

    assert not both.broken


@pytest.mark.parametrize("cores", [1, 2])
def test_what_goes_wrong_is_told(cores: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "cores", lambda: cores)

    with pytest.raises(ZeroDivisionError):
        workers.together([lambda: 1 / 0, int])


@pytest.mark.parametrize("cores", [1, 3])
@pytest.mark.parametrize("count", [0, 2, 20])
def test_calls_in_turns_are_made_once_each(cores: int, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "cores", lambda: cores)
    made: list[int] = []

    workers.in_turns([partial(made.append, number) for number in range(count)])

    assert sorted(made) == list(range(count))


def test_who_has_a_long_call_leaves_the_others_to_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "cores", lambda: 2)
    others_made = threading.Event()

    with ThreadPoolExecutor(2) as threads:
        monkeypatch.setattr(workers, "_threads", lambda: threads)
        workers.in_turns([partial(others_made.wait, timeout=60), int, int, int, others_made.set])

    assert others_made.is_set()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Processes are not forked here")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
@pytest.mark.filterwarnings("ignore:os.fork:RuntimeWarning")  # of JAX, where Hypothesis has found and imported it
def test_a_forked_process_has_threads_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "cores", lambda: 2)
    workers.together([int, int])

    child = os.fork()
    if child == 0:
        workers.together([int, int])  # would wait for threads that are not there
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0


def test_libraries_are_asked_for_one_thread_unless_a_person_has_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in workers.ONE_THREAD:
        monkeypatch.delenv(name, raising=False)
    assert not workers.has_the_cores()
    workers.keep_libraries_to_one_thread()
    assert {os.environ[name] for name in workers.ONE_THREAD} == {"1"}
    assert workers.has_the_cores()
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "4")
    workers.keep_libraries_to_one_thread()
    assert os.environ["OPENBLAS_NUM_THREADS"] == "4"
    assert not workers.has_the_cores()
