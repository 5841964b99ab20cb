"""Looking back: any iteration of the present run, while the run itself may go on."""

from time import perf_counter

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from curvegui.core.learner.learner import Snapshot
from curvegui.core.settings.config import FULL_SPEED

FRAME_MS = 16  # one 60 Hz frame
WHOLE_RUN_S = 6.0  # that playing takes from start to end, at full speed


class TimeMachine(QObject):
    """The playhead, and the snapshots along the run that it asks the trainer's thread for, one at a time. ``past`` is
    the snapshot that is looked back to, None where the run is seen live. ``playing`` is 1 forwards, -1 backwards, 0
    where the playhead rests."""

    playhead_moved = Signal(object)  # int or None: where the playhead stands from now on; None at the latest iteration
    moved = Signal(object)  # Snapshot or None: ``past`` has changed, as what the playhead stands at has arrived
    playing_changed = Signal(int)
    asked = Signal(int, int)  # for the trainer's thread: a run's number and the iteration that is wanted

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.past: Snapshot | None = None
        self.playing = self._run = self._first = self.latest = 0  # the latest iteration of the run
        self._wanted: int | None = None
        self._waiting_for: int | None = None
        self.speed = FULL_SPEED  # iterations a second, to play at
        self._position, self._ticked_at = 0.0, 0.0
        self._clock = QTimer(self, timerType=Qt.TimerType.PreciseTimer, interval=FRAME_MS)
        self._clock.timeout.connect(self._tick)

    def follow(self, run: int, latest: int) -> None:
        """Take note of the present run's number and its latest iteration; another run is seen live at first."""
        if run != self._run:
            self.go_to_now()
            self._waiting_for, self._first = None, 0
        self._run, self.latest = run, latest
        if self._wanted is not None and self._wanted > latest:  # the run has been taken back
            self.go_to_now()

    @property
    def playhead(self) -> int:
        return self.latest if self._wanted is None else self._wanted

    # The playhead

    def look_back(self, iteration: int) -> None:
        """Look at an iteration of the run; the latest iteration, too, is then looked at as the past."""
        self._stop_playing()
        self._want(iteration)

    def go_to_now(self) -> None:
        self._stop_playing()
        self._put_playhead(None)
        if self.past is not None:
            self.past = None
            self.moved.emit(None)

    def _want(self, iteration: int) -> None:
        self._put_playhead(min(max(iteration, self._first), self.latest))
        self._ask()

    def _put_playhead(self, iteration: int | None) -> None:
        if iteration != self._wanted:
            self._wanted = iteration
            self.playhead_moved.emit(iteration)

    def _ask(self) -> None:
        if self._waiting_for is None and self._wanted is not None:
            self._waiting_for = self._wanted
            self.asked.emit(self._run, self._wanted)

    @Slot(int, object)
    def show_answer(self, run: int, snapshot: Snapshot | None) -> None:
        """Show the snapshot that was asked for, and ask again if the playhead has moved since."""
        if run != self._run:
            return
        asked, self._waiting_for = self._waiting_for, None
        if self._wanted is None:
            return
        if snapshot is not None:
            if asked is not None and snapshot.iteration > asked:  # the run begins there
                self._first = snapshot.iteration
                self._position = max(self._position, self._first)
                self._put_playhead(max(self._wanted, self._first))
            self.past = snapshot
            self.moved.emit(snapshot)
        if self._wanted != asked:
            self._ask()

    # Playing

    def play(self, direction: int) -> None:
        """Move the playhead by itself: 1 forwards, from the start if it is at the end; -1 backwards; 0 rest."""
        if direction == self.playing:
            direction = 0
        position = float(self.playhead)
        if direction > 0 and position >= self.latest:  # seen live or as the past
            position = float(self._first)
        self._stop_playing()
        if direction:
            self.playing, self._position, self._ticked_at = direction, position, perf_counter()
            self._want(int(position))
            self._clock.start()
            self.playing_changed.emit(direction)

    def _stop_playing(self) -> None:
        if self.playing:
            self.playing = 0
            self._clock.stop()
            self.playing_changed.emit(0)

    def close(self) -> None:
        """Stop playing for good, without a signal: those who listened may be gone."""
        self._clock.stop()

    @Slot()
    def _tick(self) -> None:
        now = perf_counter()
        speed = self.latest / WHOLE_RUN_S if self.speed == FULL_SPEED else self.speed
        self._position += self.playing * speed * (now - self._ticked_at)
        self._ticked_at = now
        if self._position >= self.latest:
            self.go_to_now()
            return
        self._want(int(self._position))
        if self._position <= self._first:
            self._stop_playing()
