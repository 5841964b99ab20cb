"""When parts of the window are brought up to date: seldom enough, and one after the other, so that no frame is late."""

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QObject, Slot

from curvegui.session.run.gate import Gate

PICTURE_S = 1 / 30  # 30 pictures a second
NUMBERS_S = 0.1  # between two pictures of numbers, and of what moves by a pixel meanwhile: nobody reads faster
MOST_SHARE = 0.25  # of the window's time
CROWDED_SHARE = 0.015  # the same where the trainer lacks every moment that the window takes


class RefreshClock:
    """Says when another picture is due, at least ``least_s`` later. It is painted inside ``with``, which is timed."""

    def __init__(self, least_s: float = PICTURE_S) -> None:
        self.least_s = least_s
        self._began = self._took = 0.0

    @property
    def is_due(self) -> bool:
        return perf_counter() >= self.due_at(MOST_SHARE)

    def due_at(self, share: float) -> float:
        """When another picture is due, which may take that share of the time; a time of ``perf_counter``."""
        # a little early, as the canvas's clock rings only every 16 ms: the second frame is the one
        return self._began + max(0.9 * self.least_s, self._took / share)

    def note(self, began: float) -> None:
        self._began, self._took = began, perf_counter() - began

    def __enter__(self) -> None:
        self._began = perf_counter()

    def __exit__(self, *_: object) -> None:
        self.note(self._began)


LITTLE_S = 0.001  # of work that leaves time for other work in the same frame


class RefreshSchedule(QObject):
    """Brings parts of the window up to date: of those that are due, first the one that most soon has missed a time.

    The window's thread has 16 ms for a frame. Parts with clocks of their own would at times all ring in the same one,
    and the next would be late.
    """

    def __init__(self, gate: Gate | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._gate = gate or Gate()
        self._parts: list[tuple[Callable[[], bool], RefreshClock]] = []

    def add(self, work: Callable[[], bool], least_s: float) -> None:
        """Bring another part up to date by its ``work``, with at least ``least_s`` seconds between two times.

        The work says whether there was anything to do.
        """
        self._parts.append((work, RefreshClock(least_s)))

    @Slot()
    def refresh_next(self) -> None:
        """Bring one part up to date, or several whose work is little."""
        started, share = perf_counter(), CROWDED_SHARE if self._gate.is_crowded else MOST_SHARE
        due = [(work, clock) for work, clock in self._parts if clock.due_at(share) <= started]
        for work, clock in sorted(due, key=lambda part: part[1].due_at(share) + part[1].least_s):
            began = perf_counter()
            if began - started > LITTLE_S:
                return
            worked = True
            try:
                worked = work()
            finally:  # a part that fails has been served: the others come next
                if worked:
                    clock.note(began)
