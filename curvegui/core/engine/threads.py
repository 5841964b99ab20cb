"""Calls that are made on all cores at once: NumPy lets go of the interpreter's lock while it computes.

A library that multiplies matrices in threads of its own would fight with these for the cores: a network of 200-200-200
took 415 ms an iteration on two cores, 163 ms with the library's threads alone, and 126 ms with these alone.
"""

import os
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

from curvegui.core.cancellation import Result, cancelled_as_here

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

LIBRARIES = "OPENBLAS_NUM", "OMP_NUM", "MKL_NUM", "VECLIB_MAXIMUM", "NUMEXPR_NUM"
ONE_THREAD = tuple(f"{library}_THREADS" for library in LIBRARIES)
ONE_CORE = "CURVEGUI_ONE_CORE"
"""In the environment of a process that is one of as many as there are cores."""


def keep_libraries_to_one_thread() -> None:
    """Ask the libraries below NumPy to leave the cores to these calls; to be called before NumPy is imported."""
    for name in ONE_THREAD:
        os.environ.setdefault(name, "1")


def has_the_cores() -> bool:
    """Whether the libraries below NumPy leave the cores alone, as far as the environment says."""
    return os.environ.get(ONE_THREAD[0]) == "1"


@cache
def cores() -> int:
    """How many cores this process may use."""
    if os.environ.get(ONE_CORE):
        return 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@cache
def _threads() -> "ThreadPoolExecutor":
    """The threads of the whole process, as many as there are cores, however many engines compute at once."""
    from concurrent.futures import ThreadPoolExecutor  # here, as small networks do without

    return ThreadPoolExecutor(cores(), thread_name_prefix="core")


with suppress(AttributeError):  # where no process is forked
    os.register_at_fork(after_in_child=_threads.cache_clear)  # a forked one has none of these threads


def together(calls: Sequence[Callable[[], Result]]) -> list[Result]:
    """Make calls that do not depend on each other, in any order, and return their results when all are done."""
    if cores() == 1:
        return [call() for call in calls]
    return [future.result() for future in [_threads().submit(cancelled_as_here(call)) for call in calls]]


def in_turns(calls: Sequence[Callable[[], object]]) -> None:
    """Make many short calls, as `together`: each core takes the first call that has not begun."""
    waiting = deque(calls)

    def work() -> None:
        while True:
            try:
                call = waiting.popleft()  # of a deque, two threads never get the same one
            except IndexError:
                return
            call()

    together([work] * min(cores(), len(calls)))
