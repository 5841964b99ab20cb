"""How many iterations are due at a given speed, and how many fit into a chunk."""

from collections.abc import Callable
from time import perf_counter

from curvegui.core.learner.keyframes import KEYFRAME_EVERY

LARGEST_DEBT_S = 0.1  # after a longer interruption, the run does not race to catch up
CHUNK_S = 0.012  # a command waits no longer than this; the calls around a chunk cost under 1 %
FIRST_CHUNK = 1  # iteration: that of a large network may take a second
WHOLE = KEYFRAME_EVERY  # iterations
RATE_WINDOW_S = 0.5  # iterations a second are averaged over about this long


class IterationClock:
    """Turns the time that passes into iterations that are due. ``clock`` gives seconds."""

    def __init__(self, clock: Callable[[], float] = perf_counter) -> None:
        self._clock = clock
        self._last = clock()
        self._owed = 0.0

    def restart(self) -> None:
        """Begin now, with one iteration due at once."""
        self._last = self._clock()
        self._owed = 1.0

    def due(self, speed: float, most: int) -> int:
        """Whole iterations that are due, at ``speed`` iterations a second; beyond ``most``, they stay due."""
        now = self._clock()
        largest_debt = 1.0 + LARGEST_DEBT_S * speed  # an iteration that is almost due is no debt yet
        self._owed = min(self._owed + (now - self._last) * speed, largest_debt)
        self._last = now
        whole = min(int(self._owed), most)
        self._owed -= whole
        return whole

    def wait(self, speed: float) -> float:
        """Seconds from the last call of ``due`` until an iteration is due."""
        return max(1.0 - self._owed, 0.0) / speed


class RateMeter:
    """Iterations a second, smoothed. ``clock`` gives seconds."""

    def __init__(self, clock: Callable[[], float] = perf_counter) -> None:
        self._clock = clock
        self.restart()

    def restart(self) -> None:
        """Forget what was counted."""
        self._start: float | None = None
        self._counted = 0
        self.rate = 0.0

    def count(self, iterations: int) -> None:
        """Add iterations that were just made. The first ones only start the clock for the others."""
        now = self._clock()
        if self._start is None:
            self._start = now
            return
        self._counted += iterations
        elapsed = now - self._start
        if elapsed >= RATE_WINDOW_S or (self.rate == 0.0 and elapsed > 0.05):
            self.rate = self._counted / elapsed
            self._start = now
            self._counted = 0


class ChunkSize:
    """How many iterations take about so many seconds."""

    def __init__(self, seconds: float = CHUNK_S) -> None:
        self._seconds, self.iterations = seconds, FIRST_CHUNK

    def from_iteration(self, iteration: int) -> int:
        """How many to make from there on.

        If there are some hundreds, they end at a whole hundred: an engine is fastest with whole hundreds.
        """
        if self.iterations <= 2 * WHOLE:
            return self.iterations
        return self.iterations - (iteration + self.iterations) % WHOLE

    def restart(self) -> None:
        """Forget what was learned: another network takes another time."""
        self.iterations = FIRST_CHUNK

    def learn(self, made: int, seconds: float) -> None:
        """Note how long a chunk took; the size changes by a factor of two at most."""
        least = self.iterations if self.iterations <= 2 * WHOLE else self.iterations - WHOLE
        if made < least or seconds <= 0:
            return
        fitting = made * self._seconds / seconds
        self.iterations = max(1, round(min(max(fitting, self.iterations / 2), self.iterations * 2)))
