"""The pace at which something is brought up to date: seldom enough to leave the window its time."""

from time import perf_counter
from types import TracebackType

PICTURE_S = 1 / 30  # 30 pictures a second
NUMBERS_S = 0.1  # between two pictures of numbers, and of what moves by a pixel meanwhile: nobody reads faster
MOST_SHARE = 0.25  # of the window's time


class RefreshClock:
    """Says when another picture is due. It is painted between ``with`` and its end, which is timed.

    ``least_s``: seconds from one picture to the next, at least. ``due_at``: when the next is due, on the clock of
    ``perf_counter``.
    """

    def __init__(self, least_s: float = PICTURE_S) -> None:
        self.least_s = least_s
        self.due_at = self._began = 0.0

    @property
    def is_due(self) -> bool:
        """Whether the last picture is long enough ago."""
        return perf_counter() >= self.due_at

    def note(self, began: float) -> None:
        """A picture that was begun at a time is done."""
        # a little early, as the canvas's clock rings only every 16 ms: the second frame is the one
        self.due_at = began + max(0.9 * self.least_s, (perf_counter() - began) / MOST_SHARE)

    def __enter__(self) -> None:
        self._began = perf_counter()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.note(self._began)
