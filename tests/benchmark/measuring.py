"""What all benchmarks use: turns, times of the process's own clock, rows, and how busy the machine is."""

import os
import platform
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import numpy as np

STAT = Path("/proc/stat")


def take_turns(runs: Sequence[tuple[Callable[[int], object], int]], rounds: int) -> list[list[float]]:
    """CPU seconds an iteration of each run and number of iterations, once for every round.

    All take turns, so that a machine that slows down for a while slows all of them.
    """
    seconds: list[list[float]] = [[] for _ in runs]
    for _ in range(rounds):
        for (run, count), times in zip(runs, seconds, strict=True):
            start = process_time()
            run(count)
            times.append((process_time() - start) / count)
    return seconds


def spread(values: Sequence[float], digits: str) -> str:
    """Median, smallest and largest."""
    return f"{median(values):{digits}}   ({min(values):{digits}} to {max(values):{digits}})"


def print_row(what: str, figure: str, target: str = "") -> None:
    print(f"{what:<62}{figure:>26}   {target}", flush=True)


def machine() -> str:
    """The processor, and what computes on it."""
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines() if sys.platform == "linux" else []
    named = [line.split(":")[1].strip() for line in lines if line.startswith("model name")]
    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    return (
        f"{(named or [platform.processor() or platform.machine()])[0]}, one core; {platform.system()}; "
        f"Python {platform.python_version()}, NumPy {np.__version__}, {blas['name']} {blas['version']}"
    )


class OtherPrograms:
    """``load``: cores that other programs kept busy between ``with`` and its end; 0 where the system does not tell."""

    load = 0.0

    def __enter__(self) -> "OtherPrograms":
        self._before = perf_counter(), _other_s()
        return self

    def __exit__(self, *error: object) -> None:
        start, others = self._before
        self.load = max((_other_s() - others) / (perf_counter() - start), 0.0)


def _other_s() -> float:
    """Processor seconds of all other programs so far."""
    if not STAT.exists():
        return 0.0
    user, nice, system, *_ = (int(ticks) for ticks in STAT.read_text().splitlines()[0].split()[1:])
    return (user + nice + system) / float(os.sysconf("SC_CLK_TCK")) - os.times().user - os.times().system
