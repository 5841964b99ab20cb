"""The pace at which something is brought up to date: seldom enough to leave the window its time."""

from time import perf_counter
from types import TracebackType

LEAST_S = 1 / 30  # 30 pictures a second
MOST_SHARE = 0.25  # of the window's time


class Pace:
    """Says when another picture is due. It is painted between ``with`` and its end, which is timed."""

    def __init__(self) -> None:
        self._next = self._began = 0.0

    @property
    def is_due(self) -> bool:
        """Whether the last picture is long enough ago."""
        return perf_counter() >= self._next

    def __enter__(self) -> None:
        self._began = perf_counter()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        ended = perf_counter()
        # a little early, as the canvas's clock rings only every 16 ms: the second frame is the one
        self._next = self._began + max(0.9 * LEAST_S, (ended - self._began) / MOST_SHARE)
