"""What Undo takes back in the favourites, and which iteration of the run was kept last."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.run.record import RunRecord
from curvegui.core.settings.config import TrainingConfig


@dataclass(frozen=True)
class Deletion:
    """Favourites were moved to the trash, where ``batch`` names them together."""

    batch: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Renaming:
    """One got another name."""

    key: str
    before: str
    after: str


Step = Deletion | Renaming


class Steps:
    """The steps that can be taken back, the latest last."""

    def __init__(self) -> None:
        self._steps: list[Step] = []
        self._earlier = 0

    def put_before(self, earlier: Sequence[Step]) -> None:
        """Add steps from before the app was started, in front of all others."""
        self._steps = [*earlier, *self._steps]
        self._earlier = len(earlier)

    def push(self, step: Step) -> None:
        """Add one that has just been done."""
        self._steps.append(step)

    def pop(self) -> Step | None:
        """Remove the latest one and return it; None if there is none."""
        if not self._steps:
            return None
        step = self._steps.pop()
        self._earlier = min(self._earlier, len(self._steps))
        return step

    @property
    def last(self) -> Step | None:
        """The latest one."""
        return self._steps[-1] if self._steps else None

    @property
    def has_new(self) -> bool:
        """Whether the latest one was done since the app was started."""
        return len(self._steps) > self._earlier


@dataclass(frozen=True, eq=False)
class KeptSnapshot:
    """The iteration of a run that a favourite was made of."""

    key: str
    config: TrainingConfig
    iteration: int
    parameters: FloatArray

    @classmethod
    def of(cls, key: str, record: RunRecord) -> "KeptSnapshot":
        """The end of a record."""
        return cls(key, record.config, record.iteration, record.parameters)

    def is_of(self, record: RunRecord) -> bool:
        """Whether a record ends at the same iteration of the same run."""
        same = (self.config, self.iteration) == (record.config, record.iteration)
        return same and np.array_equal(self.parameters, record.parameters)
