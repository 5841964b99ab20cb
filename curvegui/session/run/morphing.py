"""The morph of a session: its keyframes, how far it is, and the run that follows while it plays."""

from contextlib import AbstractContextManager
from dataclasses import replace
from time import perf_counter
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance, Slot

from curvegui.core.curve.curve import Curve
from curvegui.core.language.text import mark, tr
from curvegui.core.learner.morphing import MOST_KEYFRAMES, Morph
from curvegui.core.settings.config import TrainingConfig
from curvegui.session.run.delivery import Delivery
from curvegui.session.run.history import History

LABEL = mark("Morph")
SHORTEST_S = 0.05  # between two changes of the curve: after each, the trainer starts again with other points
BYTES_PER_S = 600_000  # of changes, which the run keeps
STEPS = 200  # from one keyframe to the next, at most
MOST_POSITIONS = 2_000  # that are remembered
Keyframes = tuple[str | Curve, ...]


class MorphedRun(Protocol):
    """What a morph asks of a session: see `Session`."""

    config: TrainingConfig
    history: History
    snapshot_ready: SignalInstance
    config_changed: SignalInstance
    renewed: SignalInstance

    def edit(self, label: str = "", /, **changes: Any) -> None: ...
    def noting(self, label: str) -> AbstractContextManager[None]: ...
    def run(self) -> None: ...


class Morphing(QObject):
    """Owns the `Morph`. A change of its curve is an edit of the session: recorded, replayed, undone in one piece."""

    changed = Signal(object)  # the Morph, or whether it is playing

    def __init__(self, session: MorphedRun, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.now, self.is_playing = Morph(), False
        self._began: tuple[float, int, int] | None = None  # position, iteration and run from which it plays
        self._positions: dict[str | Curve, float] = {}  # of the curves that were sent: Undo leads back to one
        self._is_sending = False
        self._next_at = 0.0
        self._late: float | None = None  # a position that is still to be sent
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._send_late)
        session.snapshot_ready.connect(self._follow)
        session.config_changed.connect(self._note_curve)
        session.renewed.connect(self.stop)

    def _set(self, morph: Morph) -> None:
        if morph.keyframes != self.now.keyframes:
            self._positions = {morph.keyframes[0]: 0.0} if morph.keyframes else {}
            self._enter_present(morph)
        self.now = morph
        self.changed.emit(morph)

    def _enter_present(self, morph: Morph) -> None:
        """Remember the position of the present curve, unless a person has chosen a curve that is not the morph's."""
        curve = self._session.config.curve
        if morph.keyframes and curve == morph.curve(self._session.config.points):
            self._positions[curve] = morph.position

    # What a person decides

    @property
    def is_full(self) -> bool:
        return len(self.now.keyframes) >= MOST_KEYFRAMES

    def add(self, curve: str | Curve) -> None:
        """Add a keyframe; the first one is the present curve. Can be undone. A morph that plays goes on playing."""
        before = self.now.keyframes or (self._session.config.curve,)
        if before[-1] != curve and not self.is_full:
            with self._session.noting(tr(LABEL)):
                self._set(replace(self.now, keyframes=(*before, curve)))
            if self.is_playing:
                self._session.history.hold()  # the way from here on is one change again

    def remove_last(self) -> None:
        """Remove the last keyframe; the run keeps its curve. Can be undone."""
        self.stop()
        self._late = None
        left = self.now.keyframes[:-1]
        left = left if len(left) > 1 else ()
        with self._session.noting(tr(LABEL)):
            self._set(replace(self.now, keyframes=left, position=min(self.now.position, max(len(left) - 1, 0))))

    def bring_back(self, keyframes: Keyframes, position: float) -> None:
        """Go back to earlier keyframes and position; Undo has brought the run's curve back already."""
        if (keyframes, position) != (self.now.keyframes, self.now.position):
            self.take(replace(self.now, keyframes=keyframes, position=position))

    def take(self, morph: Morph) -> None:
        self.stop()
        self._late = None
        self._set(morph)
        self._enter_present(morph)

    def set_iterations(self, iterations: int) -> None:
        self._began = None  # from where it is now
        self._set(replace(self.now, iterations=iterations))

    def hold(self) -> None:
        """A drag begins: all its changes are undone in one piece."""
        self.stop()
        self._session.history.hold()

    def release(self) -> None:
        self._send_late()
        self._session.history.release()

    def go_to(self, position: float) -> None:
        """Train on the curve at a position: at once, or when the trainer has had time for the curve before."""
        self.stop()
        if self.now.keyframes:
            self._late = position
            if not self._timer.isActive():
                self._timer.start(max(0, round(1_000 * (self._next_at - perf_counter()))))

    def forget_late(self) -> None:
        if self._late is not None:
            self._late = None
            self.changed.emit(self.now)  # a slider stands there already

    @Slot()
    def _send_late(self) -> None:
        self._timer.stop()
        position, self._late = self._late, None
        if position is not None:
            self._send(min(position, self.now.end))

    def play(self) -> None:
        """Go on from the present position while the run learns; from the end, begin at the start."""
        if not self.now.keyframes or self.is_playing:
            return
        self.hold()
        self.is_playing = True
        if self.now.position >= self.now.end:
            self._send(0.0)
        self._began = None
        self._session.run()
        self.changed.emit(self.now)

    @Slot()
    def stop(self) -> None:
        if self.is_playing:
            self.is_playing = False
            self._session.history.release()
            self.changed.emit(self.now)

    # What follows

    @Slot(object)
    def _follow(self, delivery: Delivery) -> None:
        if not self.is_playing:
            return
        now = delivery.snapshot.iteration
        position, iteration, run = self._began = self._began or (self.now.position, now, delivery.run)
        if now < iteration or delivery.run != run:  # it was taken back, or is another one
            self.stop()
            return
        made = now - iteration
        wanted = min(round((position + made / self.now.iterations) * STEPS) / STEPS, self.now.end)
        if wanted > self.now.position and (perf_counter() >= self._next_at or wanted == self.now.end):
            self._send(wanted)
        if wanted == self.now.end:
            self.stop()

    def _send(self, position: float) -> None:
        morph = replace(self.now, position=position)
        curve = morph.curve(self._session.config.points)
        if len(self._positions) > MOST_POSITIONS:
            self._positions = {morph.keyframes[0]: 0.0}
        self._positions[curve] = position
        size = curve.nbytes if isinstance(curve, Curve) else 0
        self._next_at = perf_counter() + max(SHORTEST_S, size / BYTES_PER_S)
        self._is_sending = True  # `_note_curve` takes the position, between the states that Undo notes
        try:
            self._session.edit(tr(LABEL), curve=curve)
        finally:
            self._is_sending = False
        if self.now != morph:  # the curve at this position is the present one already
            self._set(morph)

    @Slot()
    def _note_curve(self) -> None:
        """Stop where another curve was chosen; go back to the position of a curve that Undo has brought back."""
        position = self._positions.get(self._session.config.curve)
        if position != self.now.position and not self._is_sending:
            self.stop()
        if position is not None and position != self.now.position:
            self._set(replace(self.now, position=position))
