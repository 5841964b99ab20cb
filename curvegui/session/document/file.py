"""Reading and writing a project's file, in a thread of the pool, and a reader that delivers what was asked for last."""

from dataclasses import dataclass
from enum import Enum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from curvegui.core.language.text import tr
from curvegui.session.document.file_lock import FileLock, key_of
from curvegui.session.document.state import unmarked
from curvegui.session.jobs.job import Job

if TYPE_CHECKING:  # loaded when a file is read or written
    from curvegui.files.project.project import Project


ENDING = ".curvegui"


class Mode(Enum):
    """What a file is opened as."""

    FILE = "file"  # that is saved to
    READ_ONLY = "read-only"
    COPY = "copy"  # without a file of its own yet
    RECOVERED = "recovered"  # a copy that nobody has saved
    PASTED = "pasted"  # from no file at all


class InUseError(OSError):
    """Another window has the file."""


class ChangedOnDiskError(OSError):
    """Another program has changed the file since it was opened or saved."""


@dataclass(frozen=True)
class Stamp:
    """Tells versions of a file apart without reading it."""

    modified_ns: int
    size: int
    inode: int

    @classmethod
    def of(cls, path: Path) -> "Stamp | None":
        """The stamp of a file as it is now, or None if there is no file."""
        try:
            found = path.stat()
        except OSError:
            return None
        return cls(found.st_mtime_ns, found.st_size, found.st_ino)


@dataclass(frozen=True, eq=False)
class Reading:
    """A file that has been read, whole, and checked.

    ``path`` is empty if it was pasted. ``lock`` is acquired if the file is to be saved to, and None if another window
    has it. ``suggestion`` is where to save it if a person agrees, unless that is ``path``.
    """

    path: Path
    mode: Mode
    project: "Project"
    stamp: Stamp | None = None
    lock: FileLock | None = None
    is_in_use: bool = False
    suggestion: Path | None = None


@dataclass(frozen=True, eq=False)
class Written:
    """A file that has been written; its lock is acquired."""

    stamp: Stamp | None
    lock: FileLock


@dataclass(frozen=True)
class Locks:
    """Where the locks of files are, and the lock that the document already has."""

    folder: Path
    held: FileLock | None = None

    def lock(self, path: Path) -> FileLock:
        """The lock of a file; it is not acquired yet, unless the document already has it."""
        if self.held is not None and self.held.key == key_of(path):
            return self.held
        return FileLock(self.folder, path)


def read_file(path: Path, mode: Mode, locks: Locks) -> Reading:
    """Read a project. Raises ``ProjectError`` if it cannot be read: a sentence for people."""
    from curvegui.files.project.open_any import open_any  # the one place that says what can be opened

    stamp = Stamp.of(path)
    project = open_any(path)
    if mode is Mode.RECOVERED:
        project, saved_in = unmarked(project)
        return Reading(path, mode, project, suggestion=saved_in)
    if path.suffix.lower() != ENDING:  # a picture, which must not become a project
        return Reading(path, Mode.COPY, project, suggestion=path.with_suffix(ENDING))
    if mode is not Mode.FILE:
        copy = path.with_name(f"{path.stem} copy{ENDING}")
        return Reading(path, mode, project, stamp, suggestion=copy)
    lock = locks.lock(path)
    if lock is locks.held or lock.acquire():
        return Reading(path, mode, project, stamp, lock)
    return Reading(path, mode, project, stamp, is_in_use=True)


def write_file(path: Path, project: "Project", locks: Locks, expected: Stamp | None) -> Written:
    """Write a project, if the file is as ``expected``; None for anything.

    Raises ``WriteError`` if it cannot be written, a sentence for people, and ``InUseError`` or ``ChangedOnDiskError``
    where the file is left as it was.
    """
    from curvegui.files.project.project import save

    lock = locks.lock(path)
    if lock is not locks.held and not lock.acquire():
        raise InUseError(
            tr(
                "“{name}” is open in another window of CurveGUI. Close it there, or choose another name.",
                name=path.name,
            )
        )
    try:
        found = Stamp.of(path)
        if expected is not None and found is not None and found != expected:
            raise ChangedOnDiskError(tr("“{name}” has been changed by another program.", name=path.name))
        save(path, project)
    except BaseException:
        if lock is not locks.held:
            lock.release()
        raise
    return Written(Stamp.of(path), lock)


class ProjectReader(QObject):
    """Reads files."""

    read = Signal(object)  # Reading
    failed = Signal(str)  # a sentence
    dropped = Signal(object)  # Reading: another file is wanted by now

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_reading = False
        self._wish: tuple[Path, Mode, Locks] | None = None

    @property
    def is_busy(self) -> bool:
        """Whether a file is on its way."""
        return self._is_reading

    def start(self, path: Path, mode: Mode, locks: Locks) -> None:
        """Begin; returns at once."""
        if self._is_reading:
            self._wish = path, mode, locks
            return
        self._is_reading = True
        job = Job(partial(read_file, path, mode, locks))
        job.ended.connect(self._finish)
        job.start()

    @Slot(object, object)
    def _finish(self, reading: Reading | None, error: Exception | None) -> None:
        self._is_reading = False
        wish, self._wish = self._wish, None
        if wish is not None:
            if reading is not None:
                self.dropped.emit(reading)
            self.start(*wish)
        elif reading is not None:
            self.read.emit(reading)
        else:
            self.failed.emit(str(error) or type(error).__name__)
