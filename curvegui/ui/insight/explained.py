"""What is computed for the canvas to explain a fit; of many points or a large network, in the pool."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, Signal

from curvegui.core.arrays import FloatArray
from curvegui.core.cancellation import check_cancelled
from curvegui.core.inspection.ablation import draw_without
from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot, Pulls, pulls, shares_of
from curvegui.core.learner.learner import Snapshot
from curvegui.core.network.parts import Part
from curvegui.session.jobs.jobs import Jobs


@dataclass(frozen=True)
class Question:
    """What is asked about a run at any iteration: the curve without some parts, and what pulls it, or neither."""

    muted: frozenset[Part]
    soloed: Part | None
    with_pulls: bool

    @property
    def leaves_out(self) -> bool:
        """Whether the curve without some parts is asked for."""
        return bool(self.muted) or self.soloed is not None


@dataclass(frozen=True, eq=False)
class Explained:
    """The answer. ``without``: the curve without some parts, shape (2, N) at all of the target's t."""

    snapshot: Snapshot
    question: Question
    without: FloatArray | None = None
    pulls: Pulls | None = None

    def is_about(self, snapshot: Snapshot, question: Question) -> bool:
        """Whether it answers the question for some iteration of the same network and points."""
        mine = self.snapshot
        return (
            question == self.question and mine.config.sizes == snapshot.config.sizes and mine.target is snapshot.target
        )


class Explanations(QObject):
    """Answers at once where that takes no longer than a frame has time for, and else as soon as the pool has."""

    came = Signal()  # from the pool: who asks again gets it

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = Jobs(self)
        self._last: Explained | None = None

    def answer(self, inspected: InspectedSnapshot, question: Question) -> Explained:
        """The answer for an inspected snapshot; if that takes long, one for an earlier iteration, or none."""
        snapshot = inspected.snapshot
        if not (question.leaves_out or question.with_pulls):
            self._last = None
            return Explained(snapshot, question)
        if not inspected.is_large:
            return explain(inspected, question)
        last = self._last
        if not self._jobs.waiting and (last is None or last.snapshot is not snapshot or last.question != question):
            self._jobs.do(lambda: explain(inspected, question), self._take, self._miss, is_only_seen=True)
        return last if last is not None and last.is_about(snapshot, question) else Explained(snapshot, question)

    def _take(self, explained: Explained) -> None:
        self._last = explained
        self.came.emit()

    def _miss(self, _: str) -> None:
        """It could not be computed, which the log says; the next one is tried."""


def explain(inspected: InspectedSnapshot, question: Question) -> Explained:
    """Compute the answer, in any thread."""
    without = _drawn_without(inspected, question) if question.leaves_out else None
    return Explained(inspected.snapshot, question, without, pulls(inspected) if question.with_pulls else None)


def _drawn_without(inspected: InspectedSnapshot, question: Question) -> FloatArray:
    t = inspected.snapshot.target.t
    parts = []
    for place, _ in shares_of(t.shape[1]):
        check_cancelled()
        parts.append(draw_without(inspected.network, t[:, place], question.muted, question.soloed))
    return np.hstack(parts)
