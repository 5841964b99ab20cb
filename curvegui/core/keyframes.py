"""The parameters of a run at some of its iterations, from which every other one is computed anew."""

from bisect import bisect_right
from dataclasses import dataclass

from curvegui.core.arrays import FloatArray

KEYFRAME_EVERY = 100  # iterations; where a run that diverges is taken back to
KEYFRAMES_BYTES = 16_000_000  # of the usual network's, 26,000: 2.6 million iterations before the first thinning
FEWEST = 2  # whatever the network's size


@dataclass(frozen=True)
class Keyframe:
    """A run's parameters, shape (P,), after so many iterations."""

    iteration: int
    parameters: FloatArray


class Keyframes:
    """Keyframes in ascending order, thinned where there are too many; the first one always stays.

    Attributes
    ----------
    spacing : int
        Iterations between two keyframes that are kept: doubled whenever there is no room for more.
    """

    def __init__(self) -> None:
        self.spacing = KEYFRAME_EVERY
        self._iterations: list[int] = []
        self._frames: list[Keyframe] = []

    def __len__(self) -> int:
        return len(self._frames)

    def add(self, frame: Keyframe) -> None:
        """Keep a keyframe, unless it is off the spacing or not later than all."""
        if self._frames and (frame.iteration <= self._iterations[-1] or frame.iteration % self.spacing):
            return
        self._append(frame)
        while len(self) > max(FEWEST, KEYFRAMES_BYTES // frame.parameters.nbytes):
            self._thin()

    def _append(self, frame: Keyframe) -> None:
        self._iterations.append(frame.iteration)
        self._frames.append(frame)

    def _thin(self) -> None:
        self.spacing *= 2
        first, *rest = self._frames
        self._frames = [first, *(frame for frame in rest if frame.iteration % self.spacing == 0)]
        self._iterations = [frame.iteration for frame in self._frames]

    @property
    def first(self) -> int:
        """The iteration of the first one."""
        return self._iterations[0]

    def before(self, iteration: int) -> Keyframe:
        """The latest one that is not later than an iteration.

        Raises
        ------
        LookupError
            Where the run begins later.
        """
        index = bisect_right(self._iterations, iteration) - 1
        if index < 0:
            raise LookupError(f"The run does not reach back to iteration {iteration}.")
        return self._frames[index]

    def forget_after(self, iteration: int) -> None:
        """Drop the keyframes of later iterations: they have been taken back."""
        while self._frames and self._iterations[-1] > iteration:
            self._iterations.pop()
            self._frames.pop()

    def all(self) -> list[Keyframe]:
        """Those that are kept, ascending."""
        return self._frames.copy()

    @classmethod
    def of(cls, frames: list[Keyframe], spacing: int) -> "Keyframes":
        """Keyframes that were kept before, ascending, wherever they lie."""
        kept = cls()
        kept.spacing = spacing
        for frame in frames:
            kept._append(frame)
        return kept
