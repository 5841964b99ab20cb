"""Runs beside the present one: which of them it goes on from, and one to compare it with."""

from dataclasses import dataclass, field

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import mark
from curvegui.core.learner.learner import Learner
from curvegui.core.learner.recording import CostHistory
from curvegui.core.run.record import RunRecord

BEFORE = mark("run before")


@dataclass(frozen=True)
class Predecessor:
    """The number of the run that a run goes on from, or begins again if it is a restart; None for a run of its own."""

    run: int | None
    is_restart: bool = False


@dataclass(frozen=True, eq=False)
class EarlierRun:
    """How a run went and what it came to; ``words`` name it in a legend, and ``fit`` has shape (2, N)."""

    words: str
    cost: float
    fit: FloatArray = field(repr=False)
    costs: CostHistory = field(repr=False)

    @classmethod
    def of(cls, words: str, record: RunRecord) -> "EarlierRun":
        """A recorded run; takes a few milliseconds."""
        fit, cost, _ = Learner(record.config).evaluate(record.parameters)
        return cls(words, cost, fit, CostHistory.of(record.costs))
