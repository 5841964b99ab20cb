"""What a run is doing now."""

from enum import Enum

from curvegui.core.language.text import mark


class Phase(Enum):
    """The state of a run, with its name in words.

    ::

        PAUSED --run--> LEARNING --goal reached--> FINISHED --run--> LEARNING
          ^               |  |
          +----pause------+  +--numbers ran away--> DIVERGED --setting changed--> LEARNING
                             +--exception---------> FAILED   --reset---------> LEARNING
    """

    PAUSED = mark("Paused")
    LEARNING = mark("Learning")
    FINISHED = mark("Finished")
    DIVERGED = mark("Stopped: the numbers overflowed")
    FAILED = mark("Stopped by an error")

    @property
    def is_learning(self) -> bool:
        """Whether iterations are being made."""
        return self is Phase.LEARNING
