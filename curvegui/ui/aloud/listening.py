"""Sound: the curve, played along t or point by point, and the cost while the run learns."""

from collections.abc import Callable
from math import isfinite

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import tr
from curvegui.core.learner.learner import Snapshot
from curvegui.core.sound import SPEEDS_S, USUAL_SPEED, corners, learning_sound, point_sound, trace_sound, wav
from curvegui.session.run.session import Session
from curvegui.ui.actions.services import Services
from curvegui.ui.aloud.player import Player
from curvegui.ui.canvas.canvas import Canvas
from curvegui.ui.widgets.numbers import Farthest, short

BEAT_MS = 1_000


class Learning(QObject):
    """Plays the cost of the run once a second while it learns, except while the player ``curve`` plays: two sounds at
    once would be hard to tell apart, and Windows plays only one."""

    def __init__(self, session: Session, player: Player, curve: Player) -> None:
        super().__init__(player)  # the session outlives the window
        self._session, self._player, self._curve = session, player, curve
        curve.began.connect(player.stop)  # stops a tone of the learning
        self._before: float | None = None
        self._beat = QTimer(self, interval=BEAT_MS)
        self._beat.timeout.connect(self._sound)

    def begin(self) -> None:
        self._before = None
        self._beat.start()

    @Slot()
    def end(self) -> None:
        self._beat.stop()
        self._player.stop()

    @Slot()
    def _sound(self) -> None:
        snapshot = self._session.snapshot
        if snapshot is None or not self._session.phase.is_learning or not isfinite(snapshot.cost):
            self._before = None
            return
        if self._curve.is_playing:
            return  # the next tone begins at the last cost that was heard
        before, self._before = self._before, snapshot.cost
        self._player.play(wav(learning_sound(snapshot.cost if before is None else before, snapshot.cost)))


Key = Qt.Key
PRESSES = {QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride}


class Listening(QObject):
    """Plays a curve; while it is on, the keys of the canvas control it. ``say`` says words to the person."""

    def __init__(self, canvas: Canvas, player: Player, say: Callable[[str], None]) -> None:
        super().__init__(canvas)
        self._canvas, self._player, self._say = canvas, player, say
        self._at, self._speed, self.hears_target, self._is_on = 0, USUAL_SPEED, False, False
        self._keys: dict[int, Callable[[], None]] = {
            Key.Key_Left: lambda: self._go(self._at - 1),
            Key.Key_Right: lambda: self._go(self._at + 1),
            Key.Key_Home: lambda: self._go(0),
            Key.Key_End: lambda: self._go(-1),
            Key.Key_Up: lambda: self._change_speed(1),
            Key.Key_Down: lambda: self._change_speed(-1),
            Key.Key_Return: self.play,
            Key.Key_Enter: self.play,
            Key.Key_X: self._go_to_largest_error,
            Key.Key_C: self._go_to_corner,
            Key.Key_Y: self._swap,
        }

    def begin(self) -> None:
        if not self._is_on:
            self._is_on = True
            self._canvas.installEventFilter(self)
        self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        self._say(
            tr("Listening to the fit. Left and Right: point by point. Enter: play. Up and Down: speed. "
               "X: largest error. C: next corner. Y: the fit or the target.")
        )  # fmt: skip
        self.play()

    def end(self) -> None:
        if self._is_on:
            self._is_on = False
            self._canvas.removeEventFilter(self)
            self._canvas.point_at(None)
            self._player.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in PRESSES or not isinstance(event, QKeyEvent):
            return False
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        act = self._keys.get(event.key()) if plain else None
        if act is None:
            return False
        if event.type() == QEvent.Type.KeyPress:
            act()
        event.accept()
        return True

    @property
    def seconds(self) -> float:
        return SPEEDS_S[self._speed]

    def play(self) -> None:
        snapshot = self._canvas.snapshot
        if snapshot is not None:
            self._player.play(wav(trace_sound(snapshot.target.t[0], self._points(snapshot), self.seconds)))

    def _points(self, snapshot: Snapshot) -> FloatArray:
        return snapshot.target.points if self.hears_target else snapshot.fit

    def _go(self, index: int) -> None:
        snapshot = self._canvas.snapshot
        if snapshot is None:
            return
        self._at = index % snapshot.target.t.size
        x, y = self._points(snapshot)[:, self._at].tolist()
        self._player.play(wav(point_sound(x, y)))
        (left,), (top,) = self._canvas.from_plane(snapshot.fit[:, self._at : self._at + 1])
        if np.isfinite([left, top]).all():
            self._canvas.point_at(QPointF(left, top))
        self._say(point_words(snapshot, self._at, self.hears_target))

    def _go_to_largest_error(self) -> None:
        farthest = Farthest.of(self._canvas.snapshot) if self._canvas.snapshot is not None else None
        if farthest is not None:
            self._go(farthest.index)

    def _go_to_corner(self) -> None:
        snapshot = self._canvas.snapshot
        if snapshot is None:
            return
        found = corners(snapshot.target.curve_points, snapshot.target.closed)
        if found.size == 0:
            self._say(tr("This curve has no corners."))
            return
        behind = found[found > self._at]
        self._go(int(behind[0] if behind.size else found[0]))

    def _change_speed(self, step: int) -> None:
        self._speed = min(max(self._speed + step, 0), len(SPEEDS_S) - 1)
        self._say(tr("Speed {speed} of {speeds}.", speed=self._speed + 1, speeds=len(SPEEDS_S)))
        self.play()

    def _swap(self) -> None:
        self.hears_target = not self.hears_target
        self._say(tr("Listening to the target.") if self.hears_target else tr("Listening to the fit."))
        self.play()


def point_words(snapshot: Snapshot, index: int, of_target: bool) -> str:
    """The position of a point of the target, or of the fit; for the fit, also its distance from the target."""
    target = snapshot.target
    x, y = (target.points if of_target else snapshot.fit)[:, index].tolist()
    position = {"t": short(float(target.t[0, index])), "x": short(x), "y": short(y)}
    if of_target:
        return tr("t {t}, x {x}, y {y}", **position)
    away = float(np.hypot(*(snapshot.fit[:, index] - target.points[:, index])))
    return tr("t {t}, x {x}, y {y}, {away} from the target", away=short(away), **position)


class Hearing(QObject):
    """Turns the sound of the curve and that of learning on and off, and plays the sound of a file."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._services = services
        self._say, self._has_said_no_sound = services.features["aloud"].answer, False
        self._curve_player, player = self._player(), self._player()
        self._listening = Listening(services.canvas, self._curve_player, self._say)
        self._learning = Learning(services.session, player, self._curve_player)
        services.closed.connect(self._learning.end)

    def _player(self) -> Player:
        player = Player(self)
        player.failed.connect(self._say_no_sound)
        self._services.closed.connect(player.close)
        return player

    @Slot()
    def _say_no_sound(self) -> None:
        if not self._has_said_no_sound:  # once, for whichever player
            self._has_said_no_sound = True
            self._say(tr("No sound can be played on this computer now. The words are still said."))

    def listen(self, wanted: bool) -> None:
        (self._listening.begin if wanted else self._listening.end)()

    def hear_learning(self, wanted: bool) -> None:
        (self._learning.begin if wanted else self._learning.end)()

    @property
    def hears_target(self) -> bool:
        return self._listening.hears_target

    @property
    def seconds(self) -> float:
        """How long a whole curve is heard."""
        return self._listening.seconds

    def play(self, sound: bytes) -> None:
        """Play the bytes of a WAV file instead of the curve; without any, be silent."""
        self._curve_player.stop()
        if sound:
            self._curve_player.play(sound)
