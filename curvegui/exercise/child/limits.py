"""Limits that a child sets for itself, where the system has them: memory, files, processes, processor time."""

import importlib
import os
import signal
import sys
from contextlib import suppress
from typing import Any

LARGEST_FILE = 20_000_000  # bytes
WATCH_S = 0.05
OUT_OF_MEMORY = 66  # the exit status of a child that has taken too much where the system sets no limit


def limit_resources(memory: int, seconds: float, life: float) -> None:
    """Limit this process; see `grant_time`.

    Linux refuses addresses beyond ``memory`` bytes. macOS does not: there the child checks every 50 ms how much it has
    used, and ends itself. On Windows the app does it, with a job (see ``windows_job``).
    """
    resource = _resource()
    if resource is None:
        return
    wanted = {"RLIMIT_CORE": 0, "RLIMIT_FSIZE": LARGEST_FILE, "RLIMIT_NPROC": 0}  # root may start others all the same
    if sys.platform == "linux":
        wanted["RLIMIT_AS"] = memory
    else:
        _watch_memory(resource, memory)
    for name, most in wanted.items():
        if hasattr(resource, name):
            _lower(resource, getattr(resource, name), most)
    grant_time(seconds, life)


def grant_time(seconds: float, life: float) -> None:
    """Let this process live on for ``life``, ``seconds`` of the processor's, also when the app that ends it is gone."""
    resource = _resource()
    if resource is None:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime + seconds) + 1
    _lower(resource, resource.RLIMIT_CPU, most, soft_only=True)
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, life)  # whose signal ends a process


def _resource() -> Any:
    try:
        return importlib.import_module("resource")
    except ImportError:  # Windows
        return None


def _lower(resource: Any, limit: int, most: int, soft_only: bool = False) -> None:
    hard = resource.getrlimit(limit)[1]
    bounded = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with suppress(ValueError, OSError):  # a system that does not have this one
        resource.setrlimit(limit, (bounded, hard if soft_only else bounded))


def _watch_memory(resource: Any, memory: int) -> None:
    from threading import Event, Thread

    unit, end = (1 if sys.platform == "darwin" else 1024), os._exit

    def watch() -> None:
        pause = Event()
        while resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit <= memory:
            pause.wait(WATCH_S)
        end(OUT_OF_MEMORY)

    Thread(target=watch, daemon=True).start()
