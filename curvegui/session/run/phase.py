"""What a run is doing now."""

from enum import Enum


class Phase(Enum):
    """The state of a run, with its name in words.

    ::

        PAUSED --run--> LEARNING --goal reached--> FINISHED --run--> LEARNING
          ^               |  |
          +----pause------+  +--numbers ran away--> DIVERGED --setting changed--> LEARNING
                             +--exception---------> FAILED   --reset---------> LEARNING
    """

    PAUSED = "Paused"
    LEARNING = "Learning"
    FINISHED = "Finished"
    DIVERGED = "Stopped: the numbers overflowed"
    FAILED = "Stopped by an error"

    @property
    def is_learning(self) -> bool:
        """Whether iterations are being made."""
        return self is Phase.LEARNING
