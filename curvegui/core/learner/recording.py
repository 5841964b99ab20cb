"""The recording of a run, of bounded size: its trail of curves, its cost history, and its keyframes.

The trainer fills one of each, in its thread; the window fills its own trail and costs from the snapshots that reach it.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray, read_only


class PackedRows:
    """Rows of numbers, of any lengths, one after the other in one array; readers get copies.

    As an array of its own, each row would take 120 bytes more, or 450 as a keyframe with its state. And where thousands
    of arrays are freed in between others that stay, the heap is full of holes that cannot be given back.
    """

    def __init__(self, dtype: type[np.floating[Any]] = np.float64) -> None:
        self._dtype = dtype
        self._numbers = array(np.dtype(dtype).char)
        self._ends = array("q", [0])  # where each row ends, after a 0

    def __len__(self) -> int:
        return len(self._ends) - 1

    @property
    def nbytes(self) -> int:
        return len(self._numbers) * self._numbers.itemsize + len(self) * self._ends.itemsize

    def append(self, row: NDArray[Any]) -> None:
        self._numbers.frombytes(np.ascontiguousarray(row, self._dtype).data.cast("B"))
        self._ends.append(len(self._numbers))

    def pop(self) -> None:
        self._ends.pop()
        del self._numbers[self._ends[-1] :]

    def __getitem__(self, index: int) -> NDArray[Any]:
        return self.views(slice(index, index + 1))[0].copy()

    def views(self, picked: slice) -> list[NDArray[Any]]:
        """Some of the rows, not copied: as long as they are there, no row can be added or dropped."""
        numbers, ends = np.frombuffer(self._numbers, self._dtype), self._ends
        return [numbers[ends[index] : ends[index + 1]] for index in range(*picked.indices(len(self)))]

    def picked(self, indices: Iterable[int]) -> "PackedRows":
        """Some of the rows, packed anew."""
        rows, views = PackedRows(self._dtype), self.views(slice(None))
        for index in indices:
            rows.append(views[index])
        return rows


TRAIL_CURVES = 10_000
TRAIL_BYTES = 32_000_000
TRAIL_POINTS = 500  # a trail curve needs no more to look round at 900 px
LARGEST_FLOAT32 = float(np.finfo(np.float32).max)


def cost_stride(iteration: int) -> int:
    """How many iterations lie between recorded costs: about 900 points per decade of iterations.

    Early training gets more room on a logarithmic time axis, and a history that is even there grows with the logarithm
    of the iterations, so that it never needs thinning.
    """
    return int(10 ** max(0, len(str(iteration)) - 3))


@dataclass(frozen=True)
class TrailCurves:
    """Several curves of a trail, with their iterations."""

    iterations: NDArray[np.int64]  # shape (m,): when each was drawn, ascending
    curves: NDArray[np.float32]  # shape (m, 2, N)

    def __post_init__(self) -> None:
        self.iterations.flags.writeable = self.curves.flags.writeable = False

    def __len__(self) -> int:
        return len(self.iterations)


NO_TRAIL = TrailCurves(np.empty(0, np.int64), np.empty((0, 2, 0), np.float32))


def thin_points(curve: FloatArray, most: int = TRAIL_POINTS) -> NDArray[np.float32]:
    """A curve with at most so many of its points, its last point among them; shape (2, n), float32. Numbers beyond
    those of float32 become the largest of them."""
    count = curve.shape[1]
    if count > most:
        curve = curve[:, np.linspace(0, count - 1, most).astype(np.intp)]
    return np.maximum(np.minimum(curve, LARGEST_FLOAT32), -LARGEST_FLOAT32).astype(np.float32)  # sooner than np.clip


class Trail:
    """The curves that the network has drawn, evenly thinned where there are too many. Of the curves that are due, one
    in ``spacing`` should be added: 1 at first, doubled whenever the trail is full and every second curve goes."""

    def __init__(self) -> None:
        self._iterations: list[int] = []
        self._curves = PackedRows(np.float32)
        self._largest = 1  # bytes of the largest curve so far
        self.spacing = 1

    @classmethod
    def of(cls, curves: TrailCurves, spacing: int) -> "Trail":
        """A trail of stored curves, which goes on as the stored trail would."""
        trail = cls()
        trail.extend(curves)
        trail.spacing = spacing
        return trail

    def __len__(self) -> int:
        return len(self._iterations)

    @property
    def nbytes(self) -> int:
        return self._curves.nbytes

    def add(self, iteration: int, curve: NDArray[np.float32]) -> None:
        """Add a curve, shape (2, n); a curve that is not later than all others is ignored."""
        if self._iterations and iteration <= self._iterations[-1]:
            return
        self._iterations.append(iteration)
        self._curves.append(curve.reshape(-1))
        self._largest = max(self._largest, curve.nbytes)
        if len(self) >= max(2, min(TRAIL_CURVES, TRAIL_BYTES // self._largest)):
            self._thin()

    def _thin(self) -> None:
        self._curves = self._curves.picked(range(0, len(self), 2))
        self._iterations = self._iterations[::2]
        self.spacing *= 2

    def thinned_to(self, spacing: int) -> "Trail":
        """The same curves, every second dropped until they are spaced like those of another trail. Where both trails
        began alike before the other was thinned, they begin alike again."""
        trail = Trail()
        trail._iterations, trail._curves = self._iterations, self._curves
        trail._largest, trail.spacing = self._largest, self.spacing
        while trail.spacing < spacing:
            trail._thin()
        return trail

    def extend(self, more: TrailCurves) -> None:
        for iteration, curve in zip(more.iterations.tolist(), more.curves, strict=True):
            self.add(iteration, curve)

    def forget_after(self, iteration: int) -> None:
        while self._iterations and self._iterations[-1] > iteration:
            self._iterations.pop()
            self._curves.pop()

    def since(self, iteration: int, most: int | None = None, last: int | None = None, one_in: int = 1) -> TrailCurves:
        """The curves of later iterations than this one, or the first ``most`` of them, up to the iteration ``last``.

        With ``one_in``, only the last of every so many curves. Where curves have several lengths, the shorter ones
        repeat their last point.
        """
        start = bisect_right(self._iterations, iteration)
        stop = len(self) if last is None else bisect_right(self._iterations, last)
        stop = stop if most is None else min(start + one_in * most, stop)
        picked = slice(start + one_in - 1, stop, one_in)
        iterations, rows = self._iterations[picked], self._curves.views(picked)
        return TrailCurves(np.array(iterations, np.int64), _stacked(rows)) if rows else NO_TRAIL

    def count_since(self, iteration: int, last: int) -> int:
        """How many curves there are of later iterations than this one, up to the iteration ``last``."""
        return max(bisect_right(self._iterations, last) - bisect_right(self._iterations, iteration), 0)


def _stacked(rows: list[NDArray[np.float32]]) -> NDArray[np.float32]:
    """Stack flat curves; curves from when there were fewer points repeat their last point."""
    longest = max(row.size for row in rows) // 2
    if all(row.size == 2 * longest for row in rows):
        return np.stack(rows).reshape(len(rows), 2, longest)
    curves = [row.reshape(2, -1) for row in rows]
    return np.stack([np.pad(c, ((0, 0), (0, longest - c.shape[1])), mode="edge") for c in curves])


@dataclass
class CostHistory:
    """The cost at recorded iterations, ascending."""

    iterations: list[int] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)

    @classmethod
    def of(cls, rows: FloatArray) -> "CostHistory":
        """A history from its (iteration, cost) rows, shape (m, 2)."""
        return cls(rows[:, 0].astype(np.int64).tolist(), rows[:, 1].tolist())

    def add(self, iteration: int, cost: float) -> None:
        """Record the cost after so many iterations; another cost for the same iteration is ignored."""
        if not self.iterations or iteration > self.iterations[-1]:
            self.iterations.append(iteration)
            self.costs.append(cost)

    def extend(self, rows: FloatArray) -> None:
        """Add several (iteration, cost) rows, shape (m, 2)."""
        for iteration, cost in rows.tolist():
            self.add(int(iteration), cost)

    def forget_after(self, iteration: int) -> None:
        while self.iterations and self.iterations[-1] > iteration:
            self.iterations.pop()
            self.costs.pop()

    def since(self, iteration: int) -> FloatArray:
        """(iteration, cost) rows of later iterations than this one, shape (m, 2)."""
        start = bisect_right(self.iterations, iteration)
        return np.column_stack([self.iterations[start:], self.costs[start:]]).astype(np.float64)


def beside(costs: FloatArray, others: FloatArray) -> FloatArray:
    """The costs of other rows at the iterations of these rows, NaN where there are none; shape (n,). The rows are
    (iteration, cost), ascending; ``others`` are at some of the iterations of ``costs``, shape (n, 2)."""
    found = np.full(len(costs), np.nan)
    found[np.searchsorted(costs[:, 0], others[:, 0])] = others[:, 1]
    return found


KEYFRAME_EVERY = 100  # iterations; where a run that diverges is taken back to
KEYFRAMES_BYTES = 16_000_000  # of the usual network's, 26,000: 2.6 million iterations before the first thinning
NO_STATE = read_only(np.empty(0))
MOST_EDITS = 2_000
FEWEST = 2  # whatever the network's size
ROW_BYTES = 24  # of a keyframe besides its numbers


def no_state() -> FloatArray:
    """The state of an optimiser that remembers nothing: always the same array."""
    return NO_STATE


@dataclass(frozen=True)
class Keyframe:
    """A run after so many iterations."""

    iteration: int
    parameters: FloatArray  # shape (P,)
    state: FloatArray = field(default_factory=no_state)  # what the optimiser remembers

    @property
    def nbytes(self) -> int:
        return self.parameters.nbytes + self.state.nbytes


def bytes_after(iteration: int, frame: int) -> int:
    """About how much memory the keyframes of a run take after so many iterations, each of ``frame`` bytes."""
    count = max(FEWEST, min(iteration // KEYFRAME_EVERY, KEYFRAMES_BYTES // max(frame, 1)))
    return count * (frame + ROW_BYTES)


class Keyframes:
    """Keyframes in ascending order, thinned where there are too many; the first keyframe always stays.

    Where parameters were set by hand, no iteration before leads to those after: the keyframe there stays too. There are
    ``spacing`` iterations between two keyframes that are kept, doubled whenever there is no room for more.
    """

    def __init__(self) -> None:
        self.spacing = KEYFRAME_EVERY
        self._iterations = array("q")
        self._parameters, self._states = PackedRows(), PackedRows()
        self._edits: list[int] = []

    def __len__(self) -> int:
        return len(self._iterations)

    @property
    def nbytes(self) -> int:
        return self._parameters.nbytes + self._states.nbytes

    def add(self, frame: Keyframe) -> None:
        """Keep a keyframe, unless it is off the spacing or not later than all others."""
        if self._iterations and (frame.iteration <= self._iterations[-1] or frame.iteration % self.spacing):
            return
        self._append(frame)
        self._make_room(frame.nbytes)

    def mark_edit(self, frame: Keyframe) -> None:
        """Keep a keyframe of the latest iteration, whose parameters were set by hand. Where there are too many edits,
        the oldest is forgotten, with all keyframes before the second."""
        self.forget_after(frame.iteration - 1)
        self._append(frame)
        self._edits.append(frame.iteration)
        most = max(1, min(MOST_EDITS, KEYFRAMES_BYTES // frame.nbytes // 2))
        if len(self._edits) > most:
            self._edits = self._edits[-most:]
            self._keep(range(bisect_left(self._iterations, self._edits[0]), len(self)))
        self._make_room(frame.nbytes)

    def _make_room(self, frame: int) -> None:
        """Thin the keyframes, each of ``frame`` bytes, until they take no more than the allowed memory."""
        while len(self) > max(FEWEST, KEYFRAMES_BYTES // frame):
            self._thin()

    def _append(self, frame: Keyframe) -> None:
        self._iterations.append(frame.iteration)
        self._parameters.append(frame.parameters)
        self._states.append(frame.state)

    def _thin(self) -> None:
        self.spacing *= 2
        edits = frozenset(self._edits)
        stays = [each % self.spacing == 0 or each in edits for each in self._iterations]
        self._keep([0, *(index for index in range(1, len(self)) if stays[index])])

    def _keep(self, indices: Sequence[int]) -> None:
        self._iterations = array("q", [self._iterations[index] for index in indices])
        self._parameters, self._states = self._parameters.picked(indices), self._states.picked(indices)

    @property
    def first(self) -> int:
        return self._iterations[0]

    @property
    def last_edit(self) -> int | None:
        """The latest iteration at which parameters were set by hand."""
        return self._edits[-1] if self._edits else None

    def before(self, iteration: int) -> Keyframe:
        """The latest keyframe up to an iteration; raises ``LookupError`` where the run begins later."""
        index = bisect_right(self._iterations, iteration) - 1
        if index < 0:
            raise LookupError(f"The run does not reach back to iteration {iteration}.")
        parameters, state = self._parameters[index], self._states[index]
        return Keyframe(self._iterations[index], _locked(parameters), _state(state))

    def forget_after(self, iteration: int) -> None:
        while self._iterations and self._iterations[-1] > iteration:
            for kept in (self._iterations, self._parameters, self._states):
                kept.pop()
        while self._edits and self._edits[-1] > iteration:
            self._edits.pop()

    def edits(self) -> list[int]:
        """The iterations at which parameters were set by hand, ascending."""
        return self._edits.copy()

    def all(self) -> list[Keyframe]:
        """All keyframes, ascending."""
        rows: Iterable[FloatArray] = np.stack(self._parameters.views(slice(None))) if len(self) else ()
        states = (_state(view) for view in self._states.views(slice(None)))
        return [Keyframe(*each) for each in zip(self._iterations, map(_locked, rows), states, strict=True)]

    @classmethod
    def of(cls, frames: list[Keyframe], spacing: int, edits: Iterable[int] = ()) -> "Keyframes":
        """Stored keyframes, ascending, with the iterations of edits; the keyframes need not fit the spacing."""
        kept = cls()
        kept._edits = list(edits)
        kept.spacing = spacing
        for frame in frames:
            kept._append(frame)
        return kept


def _state(view: FloatArray) -> FloatArray:
    return _locked(view.copy()) if view.size else NO_STATE


def _locked(row: FloatArray) -> FloatArray:
    row.flags.writeable = False
    return row
