"""A learner's file: read whenever it is saved, run only with consent, and checked in the background."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal, Slot

from curvegui.core.learner.target import build_target
from curvegui.core.network.network import initial_parameters, named_parameters
from curvegui.core.regular_file import is_there
from curvegui.core.settings.config import TrainingConfig
from curvegui.exercise.file.learner_file import LearnerFile, read_learner_file
from curvegui.exercise.file.template import exercise_for
from curvegui.exercise.problem import Problem
from curvegui.exercise.training import CorrectRun, LearnerTraining, TrainingFrame
from curvegui.exercise.verdict.judge import check
from curvegui.exercise.verdict.verdict import Report
from curvegui.files.disk.atomic import write_bytes
from curvegui.session.jobs.job import Job, Jobs

SETTLING_MS = 60  # an editor that saves touches a file several times
SECOND_LOOK_MS = 400  # some empty or move the file before they write it
AGAIN_MS = 500  # before what a busy computer has held up is checked again


def write_exercise(path: Path) -> Path:
    """Write a new exercise as ``.py`` or ``.ipynb``, whole or not at all; an existing file is never touched. Raises
    ``ExerciseError`` if its name ends otherwise, and ``WriteError`` if it cannot be written."""
    write_bytes(path, exercise_for(path), replaces=False)
    return path


class LearnerExercise(QObject):
    """Reads and checks one learner's file at a time.

    ``report`` is the last verdict: it is about an earlier content of the file while a new verdict is on its way
    (``is_busy``), and None if the present content may not run. If ``follows``, whatever is saved later runs without
    asking. ``problem`` says in a sentence why the file cannot be read or checked.
    """

    changed = Signal()  # the file, the report, or ``is_busy``
    consent_wanted = Signal(object)  # LearnerFile: this content has not run here before; `allow` runs it
    failed = Signal(str)  # a sentence: the file cannot be read or checked

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path: Path | None = None
        self.file: LearnerFile | None = None
        self.report: Report | None = None
        self.is_busy = self.follows = False
        self.problem = ""
        self._allowed: set[str] = set()
        self._reading, self._checking = Jobs(self), Jobs(self)  # a file is read while an earlier content is checked
        self._opened = self._asked = 0
        self._stopping = Event()
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._touch)
        self._watcher.directoryChanged.connect(self._touch)
        self._read_timer, self._second, self._again = (
            QTimer(self, singleShot=True, interval=ms) for ms in (SETTLING_MS, SECOND_LOOK_MS, AGAIN_MS)
        )
        self._read_timer.timeout.connect(self._read)
        self._second.timeout.connect(self._read)
        self._again.timeout.connect(self._check)

    @property
    def is_allowed(self) -> bool:
        return self.file is not None and (self.follows or self.file.digest in self._allowed)

    @property
    def is_held_up(self) -> bool:
        """Whether the computer was too busy to check the whole file, which is then checked again by itself."""
        return self.report is not None and self.report.is_held_up

    def open(self, path: Path) -> None:
        """Look at another file, or read the same one again."""
        if path != self.path:
            self.path, self.report, self.follows, self.problem = path, None, False, ""
        self._let_go()  # so that its content counts as new
        self._read()
        self.changed.emit()

    def close(self) -> None:
        self._let_go()
        self._unwatch()
        self.path = self.report = None
        self.follows, self.problem = False, ""
        self.changed.emit()

    def _let_go(self) -> None:
        self._opened += 1
        self._end_check()
        self.file = None
        self._read_timer.stop()
        self._second.stop()

    def allow(self, follow: bool, file: LearnerFile | None = None) -> None:
        """Run the ``file`` that was asked about, and later contents if ``follow``; ask anew if the file has changed."""
        if self.file is None or (file is not None and file.path != self.path):
            return
        self._allowed.add((file or self.file).digest)
        self.follows = follow
        if self.is_allowed:
            self._check()
        else:
            self.consent_wanted.emit(self.file)

    def allow_too(self, digest: str, other: str) -> None:
        """Let a content that the app is about to write run, if the present content may; both are SHA-256 in hex."""
        if digest in self._allowed:
            self._allowed.add(other)

    def check_again(self) -> None:
        if self.path is not None:
            self.open(self.path)

    # Watching

    def _unwatch(self) -> None:
        watched = [*self._watcher.files(), *self._watcher.directories()]
        if watched:
            self._watcher.removePaths(watched)

    @Slot(str)
    def _touch(self, path: str) -> None:
        if self.path is not None:
            if not self._read_timer.isActive():  # else a busy folder would put it off for ever
                self._read_timer.start()
            self._second.start()

    # Reading and checking

    @Slot()
    def _read(self) -> None:
        if self.path is None:
            return
        self._unwatch()
        present = [str(path) for path in (self.path, self.path.parent) if is_there(path)]
        if present:  # the folder too: many editors save by replacing the file
            self._watcher.addPaths(present)
        take, refuse = partial(self._take, self._opened), partial(self._refuse_file, self._opened)
        self._reading.do(partial(read_learner_file, self.path), take, refuse)

    def _take(self, opened: int, file: LearnerFile) -> None:
        if opened != self._opened or (self.file is not None and file.digest == self.file.digest):
            return
        self.file, self.problem = file, ""
        if self.is_allowed:
            self._check()
        else:
            self._end_check()
            self.report = None
            self.changed.emit()
            self.consent_wanted.emit(file)

    def _refuse_file(self, opened: int, sentence: str) -> None:
        is_being_saved = self.file is not None and self._second.isActive()
        if opened == self._opened and not is_being_saved:
            self._end_check()
            self.file = None
            self._fail(sentence)

    def _end_check(self) -> None:
        self._asked += 1
        self._stopping.set()
        self._again.stop()
        self.is_busy = False

    @Slot()
    def _check(self) -> None:
        self._end_check()
        self._stopping, self.is_busy, self.problem = Event(), True, ""
        self.changed.emit()
        show, refuse = partial(self._show, self._asked), partial(self._refuse_check, self._asked)
        assert self.file is not None
        self._checking.do(partial(_check, self.file, self._stopping), show, refuse)

    def _show(self, asked: int, report: Report | None) -> None:
        if asked == self._asked:
            self.is_busy, self.report = False, report
            if self.is_held_up:
                self._again.start()
            self.changed.emit()

    def _refuse_check(self, asked: int, sentence: str) -> None:
        if asked == self._asked:
            self.is_busy = False
            self._fail(sentence)

    def _fail(self, sentence: str) -> None:
        self.report, self.problem = None, sentence
        self.changed.emit()
        self.failed.emit(sentence)


def _check(file: LearnerFile, stopping: Event) -> Report | None:
    """Check a file, in a thread of the pool; None if the verdict is not wanted any more."""
    return None if stopping.is_set() else check(file, stopping=stopping)


LOGISTIC = "logistic"
PLAIN = TrainingConfig()
USUAL_LAYERS = PLAIN.hidden
LOOK_S = 0.1  # between two looks at whether to stop


@dataclass(frozen=True, eq=False)
class Pair:
    """The learner's network and the correct one at the same iteration; ``resting`` functions are not written yet."""

    mine: TrainingFrame
    right: TrainingFrame
    resting: tuple[str, ...] = ()


def exercise_config(config: TrainingConfig) -> TrainingConfig:
    """The window's settings, limited to the exercise: two hidden layers of logistic neurons, plain descent."""
    hidden = config.hidden if len(config.hidden) == len(USUAL_LAYERS) else USUAL_LAYERS
    plain = config.changed(optimizer=PLAIN.optimizer, schedule=PLAIN.schedule, batch=PLAIN.batch)
    return plain.changed(hidden=hidden, activation=LOGISTIC, output_activation=LOGISTIC, train_one_in=1)


def start_of(config: TrainingConfig) -> Problem:
    """The network and the points that a run with these settings starts with."""
    named = named_parameters(config.sizes, initial_parameters(config.sizes, config.seed))
    target = build_target(config)
    return Problem({name: view.copy() for name, view in named.items()}, target.t, target.points)


class _Training(Job):
    """The training of both networks, in a thread of the pool, until it is to stop."""

    def __init__(self, file: LearnerFile, config: TrainingConfig) -> None:
        super().__init__(self._train, is_long=True)
        self._file, self._config = file, config
        self.stopping = Event()

    def _train(self) -> str:
        """Train, in a thread of the pool; return why the training has ended."""
        config, start = self._config, start_of(self._config)
        values: dict[str, Any] = {name: getattr(config, name) for name in ("aggression", "noise", "seed")}
        mine = LearnerTraining(self._file, start, **values, iterations=config.iterations)
        right = CorrectRun(start, **values)
        try:
            while not mine.is_over and not self.stopping.is_set():
                frame = mine.next_frame(LOOK_S)
                if frame is not None:
                    self.report(Pair(frame, right.frame(frame.iteration), mine.resting))
        finally:
            mine.stop()
        return mine.reason


class ExerciseTraining(QObject):
    """Trains a learner's network and the correct one side by side; one training at a time."""

    changed = Signal()  # it has begun, or ended
    pair_ready = Signal(object)  # Pair
    ended = Signal(str)  # why, in a sentence; empty where all iterations were made

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._present: _Training | None = None

    @property
    def is_running(self) -> bool:
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
        training, self._present = self._present, None
        if training is not None:
            training.blockSignals(True)
            training.stopping.set()
            self.changed.emit()

    @Slot(object, object)
    def _end(self, reason: str | None, error: Exception | None) -> None:
        self._present = None
        self.changed.emit()
        self.ended.emit(str(error) if error else reason or "")
