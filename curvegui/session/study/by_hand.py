"""A curve met by hand: what a person sets goes to the run, and what the run answers is their score."""

from PySide6.QtCore import QObject, Signal, Slot

from curvegui.core.challenges.by_hand import HAND_CURVES, HandCurve
from curvegui.core.learner.learner import Snapshot
from curvegui.core.network.parts import Parameter
from curvegui.session.run.session import Session


class HandGame(QObject):
    """Follows a session; what is done with other runs does not count.

    ``best`` and ``changes`` are of the present try: the lowest cost by hand alone, with its parameters, and how many
    changes were made.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.curve: HandCurve = HAND_CURVES[0]
        self.best: tuple[float, tuple[float, ...]] | None = None
        self.changes = 0
        self._session, self._is_setting, self._is_waiting = session, False, False
        session.about_to_leave.connect(self._count)
        session.snapshot_ready.connect(self._look)

    @property
    def is_played(self) -> bool:
        """Whether the session's run is a try at the curve."""
        return self.curve.is_played(self._session.config)

    @property
    def snapshot(self) -> Snapshot | None:
        """The newest picture of the try; None for another run."""
        snapshot = self._session.snapshot
        return snapshot if snapshot is not None and self.curve.is_played(snapshot.config) else None

    def begin(self, curve: HandCurve) -> None:
        """Count a new try at a curve; its run is the session's next."""
        self.curve, self.best, self.changes = curve, None, 0
        self.changed.emit()

    def take_over(self, before: "HandGame") -> None:
        """Go on with the try of another game of the same session."""
        self.curve, self.best, self.changes = before.curve, before.best, before.changes
        self.changed.emit()

    def set(self, parameter: Parameter, value: float, label: str) -> None:
        """Set a parameter; ``label`` names it for Undo."""
        if self.is_played:
            self._is_setting = True  # what Undo takes back is what counts as one change
            self._session.network.set_parameters({parameter: value}, label)
            self._is_setting = False

    @Slot()
    def _count(self) -> None:
        self.changes += self._is_setting

    @Slot()
    def _look(self) -> None:
        """Look when the run has seen all that was set: a hand that goes on is not shown what it did before."""
        if not self._is_waiting:
            self._is_waiting = True
            self._session.when_up_to_date(self._take)

    def _take(self) -> None:
        self._is_waiting = False
        snapshot = self.snapshot
        if snapshot is not None and snapshot.iteration == 0 and (self.best is None or snapshot.cost < self.best[0]):
            self.best = snapshot.cost, tuple(snapshot.parameters.tolist())
        self.changed.emit()
