"""The parameters of a run at some of its iterations, from which every other one is computed anew."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from curvegui.core.arrays import FloatArray, read_only
from curvegui.core.learner.packed_rows import BESIDE_BYTES, PackedRows

KEYFRAME_EVERY = 100  # iterations; where a run that diverges is taken back to
KEYFRAMES_BYTES = 16_000_000  # of the usual network's, 26,000: 2.6 million iterations before the first thinning
NO_STATE = read_only(np.empty(0))
MOST_EDITS = 2_000
FEWEST = 2  # whatever the network's size


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
        """The memory it takes."""
        return self.parameters.nbytes + self.state.nbytes


def bytes_after(iteration: int, frame: int) -> int:
    """About how much memory the keyframes of a run take after so many iterations, each of ``frame`` bytes."""
    count = max(FEWEST, min(iteration // KEYFRAME_EVERY, KEYFRAMES_BYTES // max(frame, 1)))
    return count * (frame + 2 * BESIDE_BYTES)


class Keyframes:
    """Keyframes in ascending order, thinned where there are too many; the first one always stays.

    Where parameters were set by hand, no iteration before leads to those after: the keyframe there stays too. There are
    ``spacing`` iterations between two keyframes that are kept; it doubles whenever there is no room for more.
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
        """How much memory they take."""
        return self._parameters.nbytes + self._states.nbytes

    def add(self, frame: Keyframe) -> None:
        """Keep a keyframe, unless it is off the spacing or not later than all."""
        if self._iterations and (frame.iteration <= self._iterations[-1] or frame.iteration % self.spacing):
            return
        self._append(frame)
        self._make_room(frame.nbytes)

    def mark_edit(self, frame: Keyframe) -> None:
        """Keep a keyframe of the latest iteration, whose parameters were set by hand.

        Where there are too many edits, the oldest is forgotten, with all that lies before the next one.
        """
        self.forget_after(frame.iteration - 1)
        self._append(frame)
        self._edits.append(frame.iteration)
        most = max(1, min(MOST_EDITS, KEYFRAMES_BYTES // frame.nbytes // 2))
        if len(self._edits) > most:
            self._edits = self._edits[-most:]
            self._keep(range(bisect_left(self._iterations, self._edits[0]), len(self)))
        self._make_room(frame.nbytes)

    def _make_room(self, frame: int) -> None:
        """Thin until there are no more than there is room for, each of ``frame`` bytes."""
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
        """Drop all others."""
        self._iterations = array("q", [self._iterations[index] for index in indices])
        self._parameters, self._states = self._parameters.picked(indices), self._states.picked(indices)

    @property
    def first(self) -> int:
        """The iteration of the first one."""
        return self._iterations[0]

    @property
    def last_edit(self) -> int | None:
        """The latest iteration at which parameters were set by hand."""
        return self._edits[-1] if self._edits else None

    def before(self, iteration: int) -> Keyframe:
        """The latest one that is not later than an iteration.

        Raises ``LookupError`` where the run begins later.
        """
        index = bisect_right(self._iterations, iteration) - 1
        if index < 0:
            raise LookupError(f"The run does not reach back to iteration {iteration}.")
        parameters, state = self._parameters[index], self._states[index]
        return Keyframe(self._iterations[index], _locked(parameters), _state(state))

    def forget_after(self, iteration: int) -> None:
        """Drop the keyframes of later iterations: they have been taken back."""
        while self._iterations and self._iterations[-1] > iteration:
            for kept in (self._iterations, self._parameters, self._states):
                kept.pop()
        while self._edits and self._edits[-1] > iteration:
            self._edits.pop()

    def edits(self) -> list[int]:
        """The iterations at which parameters were set by hand, ascending."""
        return self._edits.copy()

    def all(self) -> list[Keyframe]:
        """Those that are kept, ascending."""
        rows: Iterable[FloatArray] = np.stack(self._parameters.views(slice(None))) if len(self) else ()
        states = (_state(view) for view in self._states.views(slice(None)))
        return [Keyframe(*each) for each in zip(self._iterations, map(_locked, rows), states, strict=True)]

    @classmethod
    def of(cls, frames: list[Keyframe], spacing: int, edits: Iterable[int] = ()) -> "Keyframes":
        """Keyframes that were kept before, ascending, wherever they lie, those of edits among them."""
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
