"""The morph of a session: its keyframes, how far it is, and the run that follows while it plays."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from curvegui.core.curve.curve import Curve
from curvegui.core.language.text import mark, tr
from curvegui.core.learner.morphing import MOST_KEYFRAMES, Morph
from curvegui.session.run.delivery import Delivery
from curvegui.session.run.history import History
from curvegui.session.run.present import PresentRun

LABEL = mark("Morph")
SHORTEST_S = 0.05  # between two changes of the curve: after each, the trainer starts again with other points
BYTES_PER_S = 600_000  # of changes, which the run keeps
STEPS = 200  # from one keyframe to the next, at most
MOST_PLACES = 2_000  # that are remembered
Keyframes = tuple[str | Curve, ...]


class Morphing(QObject):
    """Owns the `Morph`. Each change of the curve is one like any other: recorded, replayed, and undone in one piece.

    ``edit_as`` is that of the session, which has the run and the history; ``noting`` notes a change of keyframes there.
    """

    changed = Signal(object)  # the Morph, or whether it is playing

    def __init__(
        self,
        run: PresentRun,
        history: History,
        edit_as: Callable[..., None],
        noting: Callable[[str], AbstractContextManager[None]],
    ) -> None:
        super().__init__(run)
        self._run, self._history, self._edit_as, self._noting = run, history, edit_as, noting
        self.now, self.is_playing = Morph(), False
        self._began: tuple[float, int, int] | None = None  # position, iteration and run from which it plays
        self._places: dict[str | Curve, float] = {}  # where the curves that were sent stand: Undo leads back to one
        self._is_sending = False
        self._next_at = 0.0
        self._late: float | None = None  # a position that is still to be sent
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._send_late)
        run.snapshot_ready.connect(self._follow)
        run.config_changed.connect(self._note_curve)

    def _set(self, morph: Morph) -> None:
        if morph.keyframes != self.now.keyframes:
            self._places = {morph.keyframes[0]: 0.0} if morph.keyframes else {}
            self._enter_present(morph)
        self.now = morph
        self.changed.emit(morph)

    def _enter_present(self, morph: Morph) -> None:
        """Remember where the present curve stands, unless it is none of the morph's: another one has been chosen."""
        curve = self._run.config.curve
        if morph.keyframes and curve == morph.curve(self._run.config.points):
            self._places[curve] = morph.position

    # What a person decides

    @property
    def is_full(self) -> bool:
        """Whether no more keyframes can be added."""
        return len(self.now.keyframes) >= MOST_KEYFRAMES

    def add(self, curve: str | Curve) -> None:
        """Go on into another curve; the first one is the present curve. Can be undone. What plays goes on playing."""
        before = self.now.keyframes or (self._run.config.curve,)
        if before[-1] != curve and not self.is_full:
            with self._noting(tr(LABEL)):
                self._set(replace(self.now, keyframes=(*before, curve)))
            if self.is_playing:
                self._history.hold()  # the way from here on is one change again

    def remove_last(self) -> None:
        """Do without the last keyframe; the run keeps its curve. Can be undone."""
        self.stop()
        self._late = None
        left = self.now.keyframes[:-1]
        left = left if len(left) > 1 else ()
        with self._noting(tr(LABEL)):
            self._set(replace(self.now, keyframes=left, position=min(self.now.position, max(len(left) - 1, 0))))

    def bring_back(self, keyframes: Keyframes, position: float) -> None:
        """Have the keyframes and the position of before; Undo has brought the curve back that the run had then."""
        if (keyframes, position) != (self.now.keyframes, self.now.position):
            self.take(replace(self.now, keyframes=keyframes, position=position))

    def take(self, morph: Morph) -> None:
        """Have the morph that a file keeps."""
        self.stop()
        self._late = None
        self._set(morph)
        self._enter_present(morph)

    def set_iterations(self, iterations: int) -> None:
        """Take so many iterations from one keyframe to the next."""
        self._began = None  # from where it is now
        self._set(replace(self.now, iterations=iterations))

    def hold(self) -> None:
        """A drag begins: what it changes is undone in one piece."""
        self.stop()
        self._history.hold()

    def release(self) -> None:
        """The drag has ended."""
        self._send_late()
        self._history.release()

    def go_to(self, position: float) -> None:
        """Train on the curve at a position, at once or as soon as the trainer has had its time with the one before."""
        self.stop()
        if self.now.keyframes:
            self._late = position
            if not self._timer.isActive():
                self._timer.start(max(0, round(1_000 * (self._next_at - perf_counter()))))

    def forget_late(self) -> None:
        """Go to no position that still waits for the trainer."""
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
        """Go on from here while the run learns; from the end, from the start."""
        if not self.now.keyframes or self.is_playing:
            return
        self.hold()
        self.is_playing = True
        if self.now.position >= self.now.end:
            self._send(0.0)
        self._began = None
        self._run.run()
        self.changed.emit(self.now)

    @Slot()
    def stop(self) -> None:
        """Stay where it is."""
        if self.is_playing:
            self.is_playing = False
            self._history.release()
            self.changed.emit(self.now)

    # What follows

    @Slot(object)
    def _follow(self, delivery: Delivery) -> None:
        """Go on as far as the run has come."""
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
        curve = morph.curve(self._run.config.points)
        if len(self._places) > MOST_PLACES:
            self._places = {morph.keyframes[0]: 0.0}
        self._places[curve] = position
        size = curve.nbytes if isinstance(curve, Curve) else 0
        self._next_at = perf_counter() + max(SHORTEST_S, size / BYTES_PER_S)
        self._is_sending = True  # the place is taken in `_note_curve`, between what Undo notes as before and as after
        try:
            self._edit_as(tr(LABEL), curve=curve)
        finally:
            self._is_sending = False
        if self.now != morph:  # at this place is the curve that there is
            self._set(morph)

    @Slot()
    def _note_curve(self) -> None:
        """The next one is sent, another was chosen, or Undo has brought one back: then the morph is there again."""
        place = self._places.get(self._run.config.curve)
        if place != self.now.position and not self._is_sending:
            self.stop()
        if place is not None and place != self.now.position:
            self._set(replace(self.now, position=place))
