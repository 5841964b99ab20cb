"""What all benchmarks use: options, turns, times of the process's own clock, rows, and how busy the machine is."""

import argparse
import os
import platform
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

import numpy as np

STAT = Path("/proc/stat")


def asked(text: str | None, *, choices: Sequence[str] = (), **defaults: Any) -> argparse.Namespace:
    """The options of a program, by their defaults; a list takes several values. ``choices``: the program's parts."""
    parser = argparse.ArgumentParser(description=text, formatter_class=argparse.RawDescriptionHelpFormatter)
    if choices:
        parser.add_argument("part", nargs="?", choices=choices, default=choices[0])
    for name, default in defaults.items():
        if isinstance(default, bool):
            parser.add_argument(f"--{name}", action="store_true")
        elif isinstance(default, list):
            parser.add_argument(f"--{name}", nargs="*", type=type(default[0]), default=default)
        else:
            parser.add_argument(f"--{name}", type=type(default), default=default)
    return parser.parse_args()


def own_environment(folder: str) -> dict[str, str]:
    """Environment variables of an app without a screen, for which all that it keeps is kept in a folder of its own."""
    names = "HOME", "USERPROFILE", "TMPDIR", *(f"XDG_{name}_HOME" for name in ("DATA", "CONFIG", "CACHE", "STATE"))
    return {"QT_QPA_PLATFORM": "offscreen", **dict.fromkeys(names, folder)}


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
