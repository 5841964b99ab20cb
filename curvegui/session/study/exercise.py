"""A learner's file, watched: read when it is saved, run only with consent, judged in the background."""

from functools import partial
from pathlib import Path
from threading import Event

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal, Slot

from curvegui.exercise.file.learner_file import LearnerFile
from curvegui.exercise.file.reading import read_learner_file
from curvegui.exercise.verdict.judge import check
from curvegui.exercise.verdict.verdict import Report
from curvegui.session.jobs.jobs import Jobs

SETTLING_MS = 60  # an editor that saves touches a file several times
SECOND_LOOK_MS = 400  # some write anew what they have emptied or moved away first


class LearnerExercise(QObject):
    """One learner's file at a time.

    ``file`` is as it was last read. ``report`` is what was last found: of an earlier content while a verdict is on its
    way (``is_busy``), and None where another content may not run. Where it ``follows``, what is saved later runs
    without a question. ``problem`` says in a sentence why the file cannot be read or judged.
    """

    changed = Signal()  # the file, the report, or whether one is on its way
    consent_wanted = Signal(object)  # LearnerFile: this content has never run here; `allow` runs it
    failed = Signal(str)  # a sentence: the file cannot be read or judged

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path: Path | None = None
        self.file: LearnerFile | None = None
        self.report: Report | None = None
        self.is_busy = self.follows = False
        self.problem = ""
        self._allowed: set[str] = set()
        self._reading, self._checking = Jobs(self), Jobs(self)  # a file is read while an earlier content is judged
        self._opened = self._asked = 0
        self._stopping = Event()
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
        self._opened += 1
        self._end_check()
        self.file = None  # so that its content counts as new
        self._stop_timers()
        self._read()
        self.changed.emit()

    def close(self) -> None:
        """Look at no file any more."""
        self._opened += 1
        self._end_check()
        self._stop_timers()
        self._unwatch()
        self.path = self.file = self.report = None
        self.follows, self.problem = False, ""
        self.changed.emit()

    def allow(self, follow: bool, file: LearnerFile | None = None) -> None:
        """Run a file: what was asked about, or as it was last read; what is saved later may run too if it is to
        ``follow``.

        If the file has been saved since it was asked about, the new content is asked about.
        """
        if self.file is None or (file is not None and file.path != self.path):
            return
        self._allowed.add((file or self.file).digest)
        self.follows = follow
        if self.is_allowed:
            self._check()
        else:
            self.consent_wanted.emit(self.file)

    def check_again(self) -> None:
        """Judge the file anew, on other random networks."""
        if self.path is not None:
            self.open(self.path)

    # Watching

    def _stop_timers(self) -> None:
        self._settling.stop()
        self._second.stop()

    def _unwatch(self) -> None:
        watched = [*self._watcher.files(), *self._watcher.directories()]
        if watched:
            self._watcher.removePaths(watched)

    def _watch(self) -> None:
        """The file, and its folder: many editors save by putting another file in its place."""
        self._unwatch()
        assert self.path is not None
        present = [str(path) for path in (self.path, self.path.parent) if path.exists()]
        if present:
            self._watcher.addPaths(present)

    @Slot(str)
    def _touch(self, path: str) -> None:
        if self.path is not None:
            if not self._settling.isActive():  # a folder in which much happens must not put it off for ever
                self._settling.start()
            self._second.start()

    # Reading and judging

    @Slot()
    def _read(self) -> None:
        if self.path is None:
            return
        self._watch()
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
        """End the check that is under way, if there is one: nobody wants to know any more."""
        self._asked += 1
        self._stopping.set()
        self.is_busy = False

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
    """In a thread of the pool; None where nobody wants to know any more."""
    return None if stopping.is_set() else check(file, stopping=stopping)
