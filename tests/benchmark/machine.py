"""How much of the processor other programs take meanwhile: figures of a busy machine say little."""

import os
from pathlib import Path
from time import perf_counter

STAT = Path("/proc/stat")


class OtherPrograms:
    """Measures between ``with`` and its end; 0 where the system does not tell.

    ``load``: cores that other programs kept busy, on average.
    """

    load = 0.0

    def __enter__(self) -> "OtherPrograms":
        self._before = perf_counter(), _all_s(), _own_s()
        return self

    def __exit__(self, *error: object) -> None:
        start, all_before, own_before = self._before
        others = _all_s() - all_before - (_own_s() - own_before)
        self.load = max(others / (perf_counter() - start), 0.0)


def _all_s() -> float:
    """Processor seconds of all programs so far."""
    if not STAT.exists():
        return _own_s()
    user, nice, system, *_ = (int(ticks) for ticks in STAT.read_text().splitlines()[0].split()[1:])
    return (user + nice + system) / float(os.sysconf("SC_CLK_TCK"))


def _own_s() -> float:
    times = os.times()
    return times.user + times.system
