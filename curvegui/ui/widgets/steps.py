"""While the edge of a window is dragged: costly layouts follow only a few times a second, and the trainer waits."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QSize, QTimer, SignalInstance, Slot

from curvegui.session.run.gate import Gate

RESTING_MS = 150  # from one layout to the next
STEP_PX = 32  # after a larger step, as when the window fills the screen, the layout follows at once


class Steps(QTimer):
    """Calls ``follow``, a slot of its parent, some time after its `start`: then, a layout that could wait is done."""

    def __init__(self, parent: QObject, follow: Callable[[], None]) -> None:
        super().__init__(parent, singleShot=True, interval=RESTING_MS)
        self.timeout.connect(follow)

    def can_wait(self, before: QSize, now: QSize) -> bool:
        """Whether a layout for the size ``before`` may stay: it was just done, and the size is nearly the same."""
        step = now - before
        return self.isActive() and max(abs(step.width()), abs(step.height())) <= STEP_PX


class TrainerPause(QTimer):
    """Keeps the trainer's gate shut while the window is laid out and painted in a new size, mostly by Python code."""

    def __init__(self, parent: QObject, closed: SignalInstance) -> None:
        super().__init__(parent, singleShot=True, interval=0)  # it ends when all other events have been served
        self._gate: Gate | None = None
        for end in self.timeout, closed:  # a closed window must not leave the gate shut
            end.connect(self._open)

    def begin(self, gate: Gate) -> None:
        if self._gate is None:
            self._gate = gate
            gate.__enter__()
            self.start()

    @Slot()
    def _open(self) -> None:
        if self._gate is not None:
            self._gate.__exit__(None, None, None)
            self._gate = None
