"""What was done to the favourites, so that it can be taken back, and which moment was kept last."""

from dataclasses import dataclass

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.config import TrainingConfig
from curvegui.core.run_record import RunRecord


@dataclass(frozen=True)
class Deletion:
    """Some were moved to the trash.

    Attributes
    ----------
    batch : str
        The trash's name for it.
    names : tuple of str
        What was deleted.
    """

    batch: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Renaming:
    """One got another name.

    Attributes
    ----------
    key, before, after : str
    """

    key: str
    before: str
    after: str


Step = Deletion | Renaming


@dataclass(frozen=True, eq=False)
class KeptMoment:
    """The moment of a run that a favourite was made of."""

    key: str
    config: TrainingConfig
    iteration: int
    parameters: FloatArray

    @classmethod
    def of(cls, key: str, record: RunRecord) -> "KeptMoment":
        """The end of a record."""
        return cls(key, record.config, record.iteration, record.parameters)

    def is_of(self, record: RunRecord) -> bool:
        """Whether a record ends in the same moment."""
        same = (self.config, self.iteration) == (record.config, record.iteration)
        return same and np.array_equal(self.parameters, record.parameters)
