"""What all benchmarks use: times of the process's own clock, and how busy other programs keep the machine.

Figures of a busy machine say little.
"""

import os
import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import numpy as np

STAT = Path("/proc/stat")


@dataclass
class Measurement:
    """Seconds an iteration, once for every round."""

    run: Callable[[int], object]
    iterations: int
    seconds: list[float] = field(default_factory=list)


def take_all(measurements: Sequence[Measurement], rounds: int) -> None:
    """Take every measurement in turn, so that a machine that slows down for a while slows all of them."""
    for _ in range(rounds):
        for each in measurements:
            start = process_time()
            each.run(each.iterations)
            each.seconds.append((process_time() - start) / each.iterations)


def spread(values: Sequence[float], digits: str) -> str:
    """Median, smallest and largest."""
    return f"{median(values):{digits}}   ({min(values):{digits}} to {max(values):{digits}})"


def machine() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        cpu = next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        cpu = platform.processor() or platform.machine()
    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    kernels = os.environ.get("OPENBLAS_CORETYPE", "chosen by itself")
    return (
        f"{cpu}, one core; {platform.system()}; Python {platform.python_version()}, NumPy {np.__version__}, "
        f"{blas['name']} {blas['version']}, kernels: {kernels}"
    )


class OtherPrograms:
    """Measures between ``with`` and its end; 0 where the system does not tell.

    ``load``: cores that other programs kept busy, on average.
    """

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
