"""A function that was put together from lines, on its way into the learner's file."""

import hashlib
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from curvegui.exercise.problem import ExerciseError
from curvegui.exercise.puzzle.placing import put_function
from curvegui.files.disk.atomic import write_bytes
from curvegui.session.jobs.jobs import Jobs
from curvegui.session.study.exercise import LearnerExercise

CHANGED = "“{}” has been saved by another program just now, and nothing was put into it. Try again."
UNREAD = (
    "The file of the exercise cannot be read at present, and nothing was put into it. Look at it in the Exercise "
    "panel, then try again."
)


@dataclass(frozen=True)
class Change:
    """A function on its way into a file; ``digest`` is the content that it was prepared for, ``data`` the new one.

    ``replaces`` tells whether a version of the learner's own is there, which is kept as comments.
    """

    path: Path
    digest: str
    name: str
    data: bytes
    replaces: bool


class PuzzleWork(QObject):
    """Writes in the background, one after the other."""

    own_version_found = Signal(object)  # Change: a learner's own version is there; `write` keeps it as comments
    written = Signal(object)  # Change: it is in the file
    failed = Signal(str)  # a sentence; nothing has changed

    def __init__(self, exercise: LearnerExercise, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._exercise, self._jobs = exercise, Jobs(self)

    def put(self, name: str, source: str) -> None:
        """Put a function into the file that is open."""
        path, file = self._exercise.path, self._exercise.file
        if path is None or file is None:
            self.failed.emit(UNREAD)
            return
        self._jobs.do(partial(_prepared, path, file.digest, name, source), self._consider, self.failed.emit)

    def _consider(self, change: Change) -> None:
        if change.replaces:
            self.own_version_found.emit(change)
        else:
            self.write(change)

    def write(self, change: Change) -> None:
        """Write it, unless the file is another one by now. What may run so far may also run with the function in it."""
        self._exercise.allow_too(change.digest, hashlib.sha256(change.data).hexdigest())
        self._jobs.do(partial(_write, change), self.written.emit, self.failed.emit)


def _prepared(path: Path, digest: str, name: str, source: str) -> Change:
    return Change(path, digest, name, *put_function(path, _present(path, digest), name, source))


def _write(change: Change) -> Change:
    _present(change.path, change.digest)
    write_bytes(change.path, change.data)
    return change


def _present(path: Path, digest: str) -> bytes:
    """What is in the file; raises ``ExerciseError`` if that is not what was read last."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ExerciseError(UNREAD) from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise ExerciseError(CHANGED.format(path.name))
    return data
