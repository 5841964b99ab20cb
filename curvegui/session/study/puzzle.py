"""A function that was put together from lines: judged as a learner's own, and put into the learner's file."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from curvegui.exercise.file.learner_file import LearnerFile
from curvegui.exercise.file.placing import Placed, put_function
from curvegui.exercise.problem import ExerciseError
from curvegui.exercise.puzzle.lines import Line
from curvegui.exercise.puzzle.puzzle import Puzzle
from curvegui.exercise.verdict.judge import check
from curvegui.exercise.verdict.verdict import Verdict
from curvegui.files.disk.atomic import write_bytes
from curvegui.session.jobs.jobs import Jobs
from curvegui.session.study.exercise import LearnerExercise

CHANGED = "“{}” has been saved by another program just now, and nothing was put into it. Try again."
UNREAD = "The exercise's file cannot be read at present, and nothing was put into it."


@dataclass(frozen=True)
class Change:
    """A function on its way into a file; ``digest`` is the content that it was prepared for."""

    path: Path
    digest: str
    name: str
    placed: Placed


class PuzzleWork(QObject):
    """Judges in a child process and writes in the background, one after the other."""

    judged = Signal(object, object)  # the lines that were judged, and the Verdict
    own_version_found = Signal(object)  # Change: a learner's own version is there; `write` keeps it as comments
    written = Signal(str)  # the function's name: it is in the file
    failed = Signal(str)  # a sentence; nothing has changed

    def __init__(self, exercise: LearnerExercise, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._exercise, self._jobs = exercise, Jobs(self)

    def judge(self, puzzle: Puzzle, placed: Sequence[Line]) -> None:
        """Ask random networks whether the function is right. Its lines are the app's own: nobody need allow them."""
        lines = tuple(placed)
        self._jobs.do(
            partial(_judged, puzzle.file(lines), puzzle.name), partial(self.judged.emit, lines), self.failed.emit
        )

    def put(self, name: str, source: str) -> None:
        """Put a function into the file that is open."""
        path, file = self._exercise.path, self._exercise.file
        if path is None or file is None:
            self.failed.emit(UNREAD)
            return
        self._jobs.do(partial(_prepared, path, file.digest, name, source), self._consider, self.failed.emit)

    def _consider(self, change: Change) -> None:
        if change.placed.replaces:
            self.own_version_found.emit(change)
        else:
            self.write(change)

    def write(self, change: Change) -> None:
        """Write it, unless the file is another one by now. What may run so far may also run with the function in it."""
        new = hashlib.sha256(change.placed.data).hexdigest()
        self._exercise.allow_too(change.digest, new)
        self._jobs.do(partial(_write, change), self.written.emit, self.failed.emit)


def _judged(file: LearnerFile, name: str) -> Verdict:
    return check(file).functions[name]


def _prepared(path: Path, digest: str, name: str, source: str) -> Change:
    data = _present(path, digest)
    return Change(path, digest, name, put_function(path, data, name, source))


def _write(change: Change) -> str:
    _present(change.path, change.digest)
    write_bytes(change.path, change.placed.data)
    return change.name


def _present(path: Path, digest: str) -> bytes:
    """What is in the file; raises ``ExerciseError`` if that is not what was read last."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ExerciseError(UNREAD) from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise ExerciseError(CHANGED.format(path.name))
    return data
