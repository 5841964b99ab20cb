"""The steps of a window whose edge is dragged: what is costly to lay out follows them a few times a second."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QSize, QTimer

RESTING_MS = 150  # from one layout to the next
STEP_PX = 32  # a larger one is followed at once: the window fills the screen


class Steps(QTimer):
    """Calls ``follow``, a slot of its parent, some time after its `start`: a layout that has waited is due then."""

    def __init__(self, parent: QObject, follow: Callable[[], None]) -> None:
        super().__init__(parent, singleShot=True, interval=RESTING_MS)
        self.timeout.connect(follow)

    def can_wait(self, before: QSize, now: QSize) -> bool:
        """Whether what is laid out for the size before can stay for a moment: it is new, and nearly right."""
        step = now - before
        return self.isActive() and max(abs(step.width()), abs(step.height())) <= STEP_PX
