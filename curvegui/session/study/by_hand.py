"""A curve met by hand: what a person sets goes to the run, and what the run answers is their score."""

from PySide6.QtCore import QObject, Signal, Slot

from curvegui.core.challenges.by_hand import HAND_CURVES, PARAMETERS, HandCurve
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
        self._session = session
        self._waiting: dict[Parameter, float] = {}  # to be set when the session is up to date: the latest wins
        self._label = ""
        self._is_under_way = self._is_setting = False
        session.about_to_leave.connect(self._count)
        session.snapshot_ready.connect(self._look)
        session.renewed.connect(self._forget)

    @property
    def is_played(self) -> bool:
        """Whether the session's run is a try at the curve."""
        return self.curve.is_played(self._session.config)

    def begin(self, curve: HandCurve) -> None:
        """Count a new try at a curve; its run is the session's next."""
        self.curve, self.best, self.changes = curve, None, 0
        self.changed.emit()

    def set(self, parameter: Parameter, value: float, label: str) -> None:
        """Set a parameter at once, or when the run has answered; ``label`` names it for Undo."""
        if self.is_played:
            self._waiting[parameter], self._label = value, label
            self._send()

    def value_of(self, parameter: Parameter) -> float | None:
        """What a parameter is, or will be in a moment; None while that is not known."""
        if parameter in self._waiting:
            return self._waiting[parameter]
        snapshot = self._session.snapshot
        if self._is_under_way or snapshot is None or not self.curve.is_played(snapshot.config):
            return None
        return float(snapshot.parameters[PARAMETERS.index(parameter)])

    def _send(self) -> None:
        if self._is_under_way or not self._waiting:
            return
        values, self._waiting = self._waiting, {}
        self._is_setting = True  # what Undo takes back is what counts as one change
        self._session.network.set_parameters(values, self._label)
        self._is_setting, self._is_under_way = False, True
        self._session.when_up_to_date(self._go_on)

    def _go_on(self) -> None:
        self._is_under_way = False
        self._send()
        self.changed.emit()

    @Slot()
    def _count(self) -> None:
        self.changes += self._is_setting

    @Slot()
    def _forget(self) -> None:
        self._waiting.clear()

    @Slot()
    def _look(self) -> None:
        snapshot = self._session.snapshot
        if snapshot is None or not self.curve.is_played(snapshot.config):
            return
        if snapshot.iteration == 0 and (self.best is None or snapshot.cost < self.best[0]):
            self.best = snapshot.cost, tuple(snapshot.parameters.tolist())
        if not self._is_under_way:
            self.changed.emit()
