"""A curve met by hand: what a person sets goes to the run, and what the run answers is their score."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from curvegui.core.challenges.by_hand import HAND_CURVES, HandCurve
from curvegui.core.learner.learner import Snapshot
from curvegui.core.network.parts import Parameter
from curvegui.core.run.record import RunRecord
from curvegui.session.run.session import Session


@dataclass
class Try:
    """A try at a curve, and its score: ``best`` is the lowest cost by hand alone, with its parameters. ``changes`` is
    how many changes were made; None for a run from elsewhere, whose changes nobody has counted."""

    curve: HandCurve
    changes: int | None = 0
    best: tuple[float, tuple[float, ...]] | None = None


class HandGame(QObject):
    """Counts the changes that a person makes by hand in the ``present`` try; other runs do not count. Each change makes
    another run of the try; where Undo leads to a run of an earlier try, that try is the present one again."""

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._is_setting, self._is_waiting = session, False, False
        self.present = Try(HAND_CURVES[0], changes=None)
        self._next: Try | None = None  # of the run that replaces the present one just now
        self._tries: dict[int, Try] = {}  # by the numbers of their runs
        session.about_to_leave.connect(self._leave)
        session.history_changed.connect(self._follow)
        session.renewed.connect(self._arrive)
        session.snapshot_ready.connect(self._look)

    @property
    def is_played(self) -> bool:
        return self.present.curve.is_played(self._session.config)

    @property
    def snapshot(self) -> Snapshot | None:
        snapshot = self._session.snapshot
        return snapshot if snapshot is not None and self.present.curve.is_played(snapshot.config) else None

    def begin(self, curve: HandCurve, put: Callable[[RunRecord], object]) -> None:
        """Begin a new try at a curve; ``put`` replaces the present run by its run."""
        self._put_as(Try(curve), put, curve.record())

    def return_to_best(self, put: Callable[[RunRecord], object]) -> None:
        if self.present.best is not None:
            self._put_as(self.present, put, self.present.curve.record(self.present.best[1]))

    def _put_as(self, attempt: Try, put: Callable[[RunRecord], object], record: RunRecord) -> None:
        self._next = attempt
        put(record)
        self._next = None

    def set(self, parameter: Parameter, value: float, label: str) -> None:
        if self.is_played:
            self._is_setting = True  # what Undo takes back is what counts as one change
            self._session.set_parameters({parameter: value}, label)
            self._is_setting = False

    @Slot()
    def _leave(self) -> None:
        self._tries[self._session.number] = self.present
        if self._is_setting and self.present.changes is not None:
            self.present.changes += 1

    @Slot()
    def _follow(self) -> None:
        """Go back to the try of the present run, and forget the tries whose runs cannot come back."""
        run = self._session.number
        self.present = self._tries.setdefault(run, self.present)
        able = self._session.history.runs() | {run}
        self._tries = {number: attempt for number, attempt in self._tries.items() if number in able}

    @Slot()
    def _arrive(self) -> None:
        """Give a run that has come to the try that has begun it, or else to a new try that does not count."""
        self.present = self._tries[self._session.number] = self._next or Try(self.present.curve, changes=None)
        self.changed.emit()

    @Slot()
    def _look(self) -> None:
        """Note the score when the run has seen all that was set by hand."""
        if not self._is_waiting:
            self._is_waiting = True
            self._session.when_up_to_date(self._take)

    def _take(self) -> None:
        self._is_waiting = False
        snapshot, best = self.snapshot, self.present.best
        if snapshot is not None and snapshot.iteration == 0 and (best is None or snapshot.cost < best[0]):
            self.present.best = snapshot.cost, tuple(snapshot.parameters.tolist())
        self.changed.emit()
