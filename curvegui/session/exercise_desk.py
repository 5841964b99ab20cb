"""A learner's file, watched: read when it is saved, run only with consent, judged in the background."""

from functools import partial
from pathlib import Path
from threading import Event

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal, Slot

from curvegui.exercise.judge import check
from curvegui.exercise.learner_file import LearnerFile
from curvegui.exercise.reading import read_learner_file
from curvegui.exercise.verdict import Report
from curvegui.session.jobs import Jobs

SETTLING_MS = 60  # an editor that saves touches a file several times
SECOND_LOOK_MS = 400  # some write anew what they have emptied first


class ExerciseDesk(QObject):
    """One learner's file at a time.

    Attributes
    ----------
    path : Path or None
    file : LearnerFile or None
        As it was last read.
    report : Report or None
        What was last found; of an earlier content while a verdict is on its way.
    is_busy : bool
        A verdict is on its way.
    follows : bool
        What is saved later runs without being asked about.
    problem : str
        Why the file cannot be read or judged, in a sentence; empty where it can.

    Signals
    -------
    changed()
        The file, the report, or whether one is on its way.
    consent_wanted(LearnerFile)
        This content has never run here: `allow` runs it.
    failed(str)
        The file cannot be read or judged, in a sentence.
    """

    changed = Signal()
    consent_wanted = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path: Path | None = None
        self.file: LearnerFile | None = None
        self.report: Report | None = None
        self.is_busy = self.follows = False
        self.problem = ""
        self._allowed: set[str] = set()
        self._reading, self._judging = Jobs(self), Jobs(self)  # what is saved is read while the one before is judged
        self._outdated = Event()  # set when nobody waits any more for what is being judged
        self._ticket = 0  # another one for each time that a file is opened
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._touch)
        self._watcher.directoryChanged.connect(self._touch)
        self._settling, self._second = self._timer(SETTLING_MS), self._timer(SECOND_LOOK_MS)

    def _timer(self, ms: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(ms)
        timer.timeout.connect(self._read)
        return timer

    @property
    def is_allowed(self) -> bool:
        """Whether the file as it was last read may run."""
        return self.file is not None and (self.follows or self.file.digest in self._allowed)

    def open(self, path: Path) -> None:
        """Look at another file, or at the same one anew."""
        if path != self.path:
            self.path, self.report, self.follows, self.problem = path, None, False, ""
        self._ticket += 1
        self._drop()
        self.file = None  # so that its content counts as new
        self.changed.emit()
        self._read()

    def close(self) -> None:
        """Look at no file any more."""
        self._ticket += 1
        self._drop()
        self._unwatch()
        self.path = self.file = self.report = None
        self.follows, self.problem = False, ""
        self.changed.emit()

    def allow(self, follow: bool) -> None:
        """Run the file as it was read; with ``follow``, also what is saved to it later."""
        if self.file is not None:
            self._allowed.add(self.file.digest)
            self.follows = follow
            self._check()

    def check_again(self) -> None:
        """Judge the file anew, on other random networks."""
        if self.path is not None:
            self.open(self.path)

    def _drop(self) -> None:
        """Nobody waits any more for the verdict that is on its way."""
        self._outdated.set()
        self.is_busy = False

    # Watching

    def _unwatch(self) -> None:
        watched = [*self._watcher.files(), *self._watcher.directories()]
        if watched:
            self._watcher.removePaths(watched)

    def _watch(self) -> None:
        """The file, and its folder: many editors save by putting another file in its place."""
        self._unwatch()
        assert self.path is not None
        self._watcher.addPaths([str(path) for path in (self.path, self.path.parent) if path.exists()])

    @Slot(str)
    def _touch(self, path: str) -> None:
        if self.path is not None:
            if not self._settling.isActive():  # in a folder where something always happens, it would never end
                self._settling.start()
            self._second.start()

    # Reading and judging

    @Slot()
    def _read(self) -> None:
        if self.path is None:
            return
        self._watch()
        take, refuse = partial(self._take, self._ticket), partial(self._miss, self._ticket)
        self._reading.do(partial(read_learner_file, self.path), take, refuse)

    def _take(self, ticket: int, file: LearnerFile) -> None:
        if ticket != self._ticket or (self.file is not None and file.digest == self.file.digest):
            return
        self._drop()
        self.file, self.problem = file, ""
        if self.is_allowed:
            self._check()
        else:
            self.report = None
            self.changed.emit()
            self.consent_wanted.emit(file)

    def _miss(self, ticket: int, sentence: str) -> None:
        if ticket == self._ticket:
            self._refuse(sentence)

    def _check(self) -> None:
        self._drop()
        self._outdated = outdated = Event()
        self.is_busy = True
        self.changed.emit()
        assert self.file is not None
        show, fail = partial(self._show, outdated), partial(self._fail, outdated)
        self._judging.do(partial(check, self.file, stopping=outdated), show, fail)

    def _show(self, outdated: Event, report: Report) -> None:
        if not outdated.is_set():
            self.is_busy, self.report = False, report
            self.changed.emit()

    def _fail(self, outdated: Event, sentence: str) -> None:
        if not outdated.is_set():
            self._refuse(sentence)

    def _refuse(self, sentence: str) -> None:
        self._drop()
        self.file, self.report, self.problem = None, None, sentence
        self.changed.emit()
        self.failed.emit(sentence)
