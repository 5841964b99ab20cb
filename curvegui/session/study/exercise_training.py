"""Training with a learner's own functions, in a child process, beside the correct ones from the same start."""

from dataclasses import dataclass
from threading import Event

from PySide6.QtCore import QObject, Signal, Slot

from curvegui.core.learner.target import build_target
from curvegui.core.network.network import initial_parameters, named_parameters
from curvegui.core.settings.config import TrainingConfig
from curvegui.exercise.file.learner_file import LearnerFile
from curvegui.exercise.problem import Problem
from curvegui.exercise.training import CorrectRun, LearnerTraining, TrainingFrame
from curvegui.session.jobs.job import Job

LOGISTIC = "logistic"
PLAIN = TrainingConfig()
USUAL_LAYERS = PLAIN.hidden
LOOK_S = 0.1  # between two looks at whether to stop


@dataclass(frozen=True, eq=False)
class Pair:
    """The learner's network and the correct one, at the same iteration.

    ``resting`` are the functions that are not written yet: their parameters do not change.
    """

    mine: TrainingFrame
    right: TrainingFrame
    resting: tuple[str, ...] = ()


def exercise_config(config: TrainingConfig) -> TrainingConfig:
    """The window's settings, limited to what the exercise has: two hidden layers of logistic neurons, plain descent.

    The aggression of another optimiser is converted to one that is as bold for plain descent.
    """
    hidden = config.hidden if len(config.hidden) == len(USUAL_LAYERS) else USUAL_LAYERS
    plain = config.changed(optimizer=PLAIN.optimizer, schedule=PLAIN.schedule, batch=PLAIN.batch)
    return plain.changed(hidden=hidden, activation=LOGISTIC, output_activation=LOGISTIC, train_one_in=1)


def start_of(config: TrainingConfig) -> Problem:
    """The network and the points that a run with these settings starts with."""
    named = named_parameters(config.sizes, initial_parameters(config.sizes, config.seed))
    target = build_target(config)
    return Problem({name: view.copy() for name, view in named.items()}, target.t, target.points)


class _Training(Job):
    """The loop of both networks, in a thread of the pool, until it is told to stop."""

    def __init__(self, file: LearnerFile, config: TrainingConfig) -> None:
        super().__init__(self._train, is_long=True)
        self._file, self._config = file, config
        self.stopping = Event()

    def _train(self) -> str:
        """Called in a thread of the pool; returns why it has ended."""
        config, start = self._config, start_of(self._config)
        aggression, noise, seed = config.aggression, config.noise, config.seed
        mine = LearnerTraining(
            self._file, start, aggression=aggression, noise=noise, seed=seed, iterations=config.iterations
        )
        right = CorrectRun(start, aggression=aggression, noise=noise, seed=seed)
        try:
            while not mine.is_over and not self.stopping.is_set():
                frame = mine.next_frame(LOOK_S)
                if frame is not None:
                    self.tell(Pair(frame, right.frame(frame.iteration), mine.resting))
        finally:
            mine.stop()
        return mine.reason


class ExerciseTraining(QObject):
    """One training at a time."""

    changed = Signal()  # it has begun, or ended
    pair_ready = Signal(object)  # Pair
    ended = Signal(str)  # why, in a sentence; empty where all iterations were made

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._present: _Training | None = None

    @property
    def is_running(self) -> bool:
        """Whether a training is under way."""
        return self._present is not None

    def start(self, file: LearnerFile, config: TrainingConfig) -> None:
        """Train with a file's functions, from the start of a run with these settings. Another training is stopped."""
        self.stop()
        self._present = training = _Training(file, config)
        training.reported.connect(self.pair_ready)
        training.ended.connect(self._end)
        training.start()
        self.changed.emit()

    def stop(self) -> None:
        """End it, and the child process with it."""
        training, self._present = self._present, None
        if training is not None:
            training.reported.disconnect(self.pair_ready)
            training.ended.disconnect(self._end)
            training.stopping.set()
            self.changed.emit()

    @Slot(object, object)
    def _end(self, reason: str | None, error: Exception | None) -> None:
        self._present = None
        self.changed.emit()
        self.ended.emit(str(error) if error else reason or "")
