"""What the library notes of a network after some of many iterations."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from curvegui.core.native.library import CNotes
from curvegui.core.native.points import address


class StageNotes:
    """Notes after ``ends`` iterations, which ascend: a row of each array for each of them.

    ``parameters`` have shape (n, P), ``curves`` (n, 2, N), ``costs``, the sums of the squared errors, (n,), and
    ``moments``, what the optimiser remembers, (n, 2, P). ``kind`` is the type of number that is computed with.
    """

    def __init__(self, ends: Sequence[int], parameters: int, curve: tuple[int, ...], kind: type[np.floating]) -> None:
        self._ends, count = np.array(ends, np.int64), len(ends)
        self.parameters, self.curves = np.empty((count, parameters)), np.empty((count, *curve))
        self.costs, self.moments = np.empty(count), np.empty((count, 2, parameters))
        self._slopes, self._after, self._kind = np.empty(curve), np.empty(0, np.int64), kind

    def of(self, done: int, count: int) -> CNotes:
        """Where the library notes what ``count`` iterations make, after ``done`` others; until the next ``of``."""
        start, stop = np.searchsorted(self._ends, [done, done + count], side="right").tolist()
        self._after = self._ends[start:stop] - done
        arrays = self._after, *(each[start:] for each in (self.parameters, self.curves, self.costs, self.moments))
        return CNotes(stop - start, *map(address, arrays), address(self._slopes))

    def are_finite(self, vectors: int) -> NDArray[np.bool_]:
        """Whether all parameters are small enough to be squared, and an optimiser of so many vectors is finite."""
        with np.errstate(all="ignore"):
            small: NDArray[np.bool_] = np.isfinite(np.square(self.parameters.astype(self._kind)).sum(axis=1))
            return small & np.isfinite(self.moments[:, :vectors]).all(axis=(1, 2))
