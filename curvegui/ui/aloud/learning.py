"""Hearing a run learn: once a second, a soft tone from the cost before to the cost now."""

from math import isfinite

from PySide6.QtCore import QObject, QTimer, Slot

from curvegui.core.sound import learning_sound, wav
from curvegui.session.run.session import Session
from curvegui.ui.aloud.player import Player

BEAT_MS = 1_000


class Learning(QObject):
    """While it is on and the run learns, its cost is heard; it waits while the ``curve`` is, on a player of its own.

    Both at once would be hard to tell apart, and Windows plays only one.
    """

    def __init__(self, session: Session, player: Player, curve: Player) -> None:
        super().__init__(player)  # the session outlives the window
        self._session, self._player, self._curve = session, player, curve
        curve.began.connect(player.stop)  # a tone that is sounding
        self._before: float | None = None
        self._beat = QTimer(self, interval=BEAT_MS)
        self._beat.timeout.connect(self._sound)

    def begin(self) -> None:
        """Be heard from now on."""
        self._before = None
        self._beat.start()

    @Slot()
    def end(self) -> None:
        """Be silent."""
        self._beat.stop()
        self._player.stop()

    @Slot()
    def _sound(self) -> None:
        snapshot = self._session.snapshot
        if snapshot is None or not self._session.phase.is_learning or not isfinite(snapshot.cost):
            self._before = None
            return
        if self._curve.is_playing:
            return  # the next one is from the last cost that was heard
        before, self._before = self._before, snapshot.cost
        self._player.play(wav(learning_sound(snapshot.cost if before is None else before, snapshot.cost)))
