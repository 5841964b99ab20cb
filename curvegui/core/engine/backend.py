"""What iterations are computed with, engine and precision, and what it was along a run."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

PRECISIONS: dict[str, type[np.floating]] = {"double": np.float64, "single": np.float32}


@dataclass(frozen=True)
class Backend:
    """An engine and its precision; the names may be known to newer versions only. A backend is no setting of a run:
    another engine may go on with the same run, and the results agree but for rounding."""

    engine: str = "numpy"  # a name in `ENGINES`; where it is only wanted, also "auto"
    precision: str = "double"  # a name in `PRECISIONS`
    version: int = 0  # the same version of an engine makes the same bits everywhere; 0 where it promises no such thing


AUTO = "auto"
NUMPY = Backend()
Entry: TypeAlias = tuple[int, Backend]
"""An iteration, and what computed the updates that follow it."""


class Backends:
    """Which backend computed a run from which iteration on, up to the next entry; before the first entry, NumPy's."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._entries = list(entries)

    def set(self, iteration: int, backend: Backend) -> None:
        """Note which backend computes from an iteration on; entries from that iteration on are dropped."""
        self.forget_after(iteration - 1)
        if self.at(iteration) != backend:
            self._entries.append((iteration, backend))

    def at(self, iteration: int) -> Backend:
        """The backend that computes the update after so many iterations."""
        index = self._index(iteration)
        return self._entries[index][1] if index >= 0 else NUMPY

    def behind(self, iteration: int) -> Backend:
        """The backend that computed the update to an iteration; at the start, the same engine in double precision."""
        return self.at(iteration - 1) if iteration > 0 else replace(self.at(0), precision=NUMPY.precision)

    def _index(self, iteration: int) -> int:
        return bisect_right(self._entries, iteration, key=lambda entry: entry[0]) - 1

    def between(self, start: int, stop: int) -> Iterator[tuple[int, int, Backend]]:
        """The stretches from ``start`` to ``stop``, each with its first and last iteration and its backend."""
        while start < stop:
            following = self._index(start) + 1
            end = min(stop, self._entries[following][0]) if following < len(self._entries) else stop
            yield start, end, self.at(start)
            start = end

    def forget_after(self, iteration: int) -> None:
        while self._entries and self._entries[-1][0] > iteration:
            self._entries.pop()

    def all(self) -> tuple[Entry, ...]:
        return tuple(self._entries)
