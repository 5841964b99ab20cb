"""What was done to the favourites, so that it can be taken back, and which iteration of the run was kept last."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.run.record import RunRecord
from curvegui.core.settings.config import TrainingConfig


@dataclass(frozen=True)
class Deletion:
    """Some favourites, by name, were moved to the trash, which calls this ``batch``."""

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
    """What can be taken back, the latest last."""

    def __init__(self) -> None:
        self._steps: list[Step] = []
        self._earlier = 0

    def put_before(self, earlier: Sequence[Step]) -> None:
        """Add steps of an earlier run of the program, before all others."""
        self._steps = [*earlier, *self._steps]
        self._earlier = len(earlier)

    def push(self, step: Step) -> None:
        """Add one that has just been done."""
        self._steps.append(step)

    def pop(self) -> Step | None:
        """The latest one, which is then no longer here; None where there is none."""
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
        """Whether the latest one was done in this run of the program."""
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
