"""A gallery: curve after curve, each learned in a session of its own, beside the person's run."""

from collections.abc import Sequence
from random import Random

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

from curvegui.core.curve.curve import Curve
from curvegui.core.engine.backend import NUMPY, Backend
from curvegui.core.settings.config import MAX_SEED, TrainingConfig
from curvegui.session.run.delivery import Phase
from curvegui.session.run.session import Session

GOOD = 1e-4  # a cost at which no difference is seen
LINGER_MS = 4_000  # with a curve that is good, before the next one
FASTER_MS, FASTER_S = 500, 15.0  # how often the speed grows, and for how long
SLOW, FAST = 40.0, 600.0  # iterations a second: most is to be seen at first
USUAL_RUN = TrainingConfig(
    hidden=(16, 16), optimizer="adam", aggression=0.01, noise=0.3, points=200, iterations=1_000_000, trail_every=20,
    speed=SLOW,
)  # fmt: skip


class Gallery(QObject):
    """Learns one curve after the other, each until the fit is good or ``seconds`` have passed; then ``left`` is
    emitted, and whoever shows the curves calls `go_on`. The ``session`` is the gallery's own."""

    entered = Signal(object)  # the preset's name, or the Curve, that is learned now
    left = Signal()

    def __init__(
        self,
        curves: Sequence[str | Curve],
        seconds: float,
        *,
        shuffled: bool = False,
        seed: int | None = None,
        wanted: Backend = NUMPY,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._random, self.curves, self.index = Random(seed), list(curves), 0
        if shuffled:
            self._random.shuffle(self.curves)
        self.session = Session(self._config, self, wanted=wanted)
        self._time, self._linger, self._faster = (QTimer(self) for _ in range(3))
        self._since, self._is_left = QElapsedTimer(), True
        for timer, milliseconds in ((self._time, round(1_000 * seconds)), (self._linger, LINGER_MS)):
            timer.setSingleShot(True)
            timer.setInterval(milliseconds)
            timer.timeout.connect(self.leave)
        self._faster.setInterval(FASTER_MS)
        self._faster.timeout.connect(self._speed_up)
        self.session.snapshot_ready.connect(self._look)

    @property
    def curve(self) -> str | Curve:
        return self.curves[self.index]

    @property
    def _config(self) -> TrainingConfig:
        return USUAL_RUN.changed(curve=self.curve, seed=self._random.randint(0, MAX_SEED))

    def go_on(self) -> None:
        self.index = (self.index + 1) % len(self.curves)
        self.session.begin(self._config)
        self.begin()

    def begin(self) -> None:
        self._is_left = False
        self.session.run()
        self._linger.stop()
        for timer in (self._time, self._faster):
            timer.start()
        self._since.start()
        self.entered.emit(self.curve)

    @Slot()
    def _speed_up(self) -> None:
        share = min(self._since.elapsed() / 1_000 / FASTER_S, 1.0)
        self.session.edit(speed=float(round(SLOW * (FAST / SLOW) ** share)))
        if share >= 1:
            self._faster.stop()

    @Slot()
    def _look(self) -> None:
        """Begin the pause before the next curve where the fit is good, or the run has ended."""
        snapshot, phase = self.session.snapshot, self.session.phase
        is_at_end = phase in (Phase.FINISHED, Phase.DIVERGED, Phase.FAILED)
        is_good = snapshot is not None and snapshot.cost <= GOOD
        if (is_good or is_at_end) and not self._is_left and not self._linger.isActive():
            self._linger.start()

    @Slot()
    def leave(self) -> None:
        if self._is_left:
            return
        self._is_left = True
        for timer in (self._time, self._linger, self._faster):
            timer.stop()
        self.left.emit()

    def close(self) -> None:
        for timer in (self._time, self._linger, self._faster):
            timer.stop()
        self.session.close()
