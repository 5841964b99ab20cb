"""A file that the app keeps for a person, written in the background; what is in the way is said once."""

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from curvegui.session.jobs.job import Jobs

AGAIN_MS, LONGEST_MS = 10_000, 60_000  # at first; then twice as long each time, up to that


def nothing(_: object) -> None:
    """For an answer that nobody waits for."""


class NotedChanges(Protocol):
    """A kept file, or what has one and more beside it."""

    def write(self) -> Any:
        """Make the changes that were noted; where ``OSError`` is raised, the next time tries again."""

    def take_notice(self) -> str:
        """A sentence for people, once, if the file was found damaged; else nothing."""


class FileWriter(QObject):
    """Writes a kept file in the background. What could not be written or read is tried again until it can be."""

    troubled = Signal(str)  # a sentence; the same one again only after it has worked

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._told = Jobs(self), ""
        self._wish: tuple[NotedChanges, Callable[[Any], object]] | None = None
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._again.timeout.connect(self._try_again)

    def write(self, file: NotedChanges, then: Callable[[Any], object] = nothing) -> None:
        """Make the changes that were noted; ``then`` gets what is in the file, as soon as that is known."""
        self._wish = file, then
        self._again.stop()
        self._jobs.do(file.write, partial(self._succeed, file, then), self._fail)

    def _succeed(self, file: NotedChanges, then: Callable[[Any], object], content: Any) -> None:
        self._told = ""
        self._again.stop()
        self._again.setInterval(AGAIN_MS)
        self.tell(file.take_notice())
        then(content)

    def _fail(self, problem: str) -> None:
        self.tell(problem)
        if not self._again.isActive():
            self._again.start()

    @Slot()
    def _try_again(self) -> None:
        self._again.setInterval(min(2 * self._again.interval(), LONGEST_MS))
        if self._wish is not None:
            self.write(*self._wish)

    @property
    def _is_behind(self) -> bool:
        return self._again.isActive() or self._jobs.waiting > 0

    @Slot()
    def end(self) -> None:
        """Try once more, behind a window that closes, what could not be written yet or is on its way."""
        if self._wish is not None and self._is_behind:
            self._again.stop()
            self._jobs.do(self._wish[0].write, nothing, nothing)

    def forget_told(self) -> None:
        """Say what is in the way even if that has been said: there is somebody who has not heard it."""
        self._told = ""

    def tell(self, problem: str) -> None:
        """Say what is in the way, unless that has just been said."""
        if problem and problem != self._told:
            self._told = problem
            self.troubled.emit(problem)
