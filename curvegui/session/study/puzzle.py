"""A function that was put together from lines, on its way into the learner's file."""

import hashlib
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from curvegui.core.language.text import mark, tr
from curvegui.core.regular_file import quoted_name, why_unreadable
from curvegui.exercise.file.learner_file import bytes_of
from curvegui.exercise.problem import ExerciseError
from curvegui.exercise.puzzle.placing import put_function
from curvegui.files.disk.atomic import write_bytes
from curvegui.session.jobs.job import Jobs
from curvegui.session.study.exercise import LearnerExercise

CHANGED = mark("“{name}” has been saved by another program just now, and nothing was put into it. Try again.")
UNREAD = mark("{name} cannot be read, and nothing was put into it. {why} Solve this, then try again.")


@dataclass(frozen=True)
class FunctionChange:
    """A function on its way into a file; ``digest`` is of the content that was read, ``data`` the new content."""

    path: Path
    digest: str
    name: str
    data: bytes
    replaces: bool


class PuzzleWork(QObject):
    """Puts functions into a learner's file in the background, one at a time."""

    own_version_found = Signal(object)  # FunctionChange: a learner's own version is there; `write` keeps it as comments
    written = Signal(object)  # FunctionChange: it is in the file
    failed = Signal(str)  # a sentence; nothing has changed

    def __init__(self, exercise: LearnerExercise, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._exercise, self._jobs = exercise, Jobs(self)
        self._is_busy = False

    def put(self, path: Path, name: str, source: str) -> None:
        """Put a function into a file, unless another is on its way, as after the first half of a double click."""
        if not self._is_busy:
            self._is_busy = True
            self._jobs.do(partial(_prepared, path, name, source), self._consider, self._fail)

    def _consider(self, change: FunctionChange) -> None:
        if change.replaces:
            self._is_busy = False
            self.own_version_found.emit(change)
        else:
            self.write(change)

    def write(self, change: FunctionChange) -> None:
        """Write a function, unless the file has changed by now; a file that may run may also run with the function."""
        self._is_busy = True
        self._exercise.allow_too(change.digest, hashlib.sha256(change.data).hexdigest())
        self._jobs.do(partial(_write, change), self._report, self._fail)

    def _report(self, change: FunctionChange) -> None:
        self._is_busy = False
        self.written.emit(change)

    def _fail(self, sentence: str) -> None:
        self._is_busy = False
        self.failed.emit(sentence)


def _prepared(path: Path, name: str, source: str) -> FunctionChange:
    data = _bytes(path)
    return FunctionChange(path, hashlib.sha256(data).hexdigest(), name, *put_function(path, data, name, source))


def _write(change: FunctionChange) -> FunctionChange:
    if hashlib.sha256(_bytes(change.path)).hexdigest() != change.digest:
        raise ExerciseError(tr(CHANGED, name=change.path.name))
    write_bytes(change.path, change.data)
    return change


def _bytes(path: Path) -> bytes:
    try:
        return bytes_of(path)
    except (ExerciseError, OSError) as error:
        why = why_unreadable(error) if isinstance(error, OSError) else error
        raise ExerciseError(tr(UNREAD, name=quoted_name(path), why=why)) from error
