"""Reading and writing a project's file, in a thread of the pool, and the locks that keep other windows off it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QLockFile

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import mark, tr
from curvegui.core.learner.learner import Snapshot
from curvegui.core.learner.morphing import Morph
from curvegui.core.run.record import RunRecord
from curvegui.core.settings.config import TrainingConfig

if TYPE_CHECKING:  # loaded when a file is read or written
    from curvegui.files.format.container import Unknown
    from curvegui.files.project.project import Project


class FileLock:
    """A lock for the file ``path``, which need not exist, in ``folder``; ``key`` is the same for all names of one file.
    A lock that a crash has left is taken over. Where the folder cannot be written to, nothing is locked."""

    def __init__(self, folder: Path, path: Path) -> None:
        self.key = key_of(path)
        self._folder = folder
        self._lock = process_lock(folder / f"{self.key}.lock")

    def acquire(self) -> bool:
        """Take the lock, until `release` or the end of the window; False where another window has the file."""
        if self._lock.isLocked():
            return True
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            return True
        return is_free(self._lock)

    def release(self) -> None:
        self._lock.unlock()


def process_lock(path: Path) -> QLockFile:
    """A lock file that counts as free once the process that took it has ended, however old the file is."""
    lock = QLockFile(str(path))
    lock.setStaleLockTime(0)
    return lock


def is_free(lock: QLockFile) -> bool:
    """Take a lock without waiting; False only if another process that still runs has taken it."""
    taken, path = QLockFile.LockError.LockFailedError, Path(lock.fileName())
    try:
        if path.exists() and not path.is_file():  # such as a pipe, out of which Qt would wait for something to come
            return True
    except OSError:
        return True
    if not lock.tryLock(0) and lock.error() is taken and not lock.getLockInfo()[0]:  # a power failure has left it empty
        lock.removeStaleLockFile()
        lock.tryLock(0)
    return lock.isLocked() or lock.error() is not taken


def key_of(path: Path) -> str:
    """A key of the file itself, the same whatever links lead to the file."""
    from hashlib import sha256

    real = os.path.normcase(os.path.realpath(path))
    return sha256(os.fsencode(real)).hexdigest()[:32]


@dataclass(frozen=True)
class Appearance:
    """What a file keeps beside the run: the name of the canvas's look, which layers are shown, and the morph."""

    look: str = "classic"
    layers: Mapping[str, bool] = field(default_factory=dict)
    morph: Morph = field(default_factory=Morph)

    def __post_init__(self) -> None:
        object.__setattr__(self, "layers", MappingProxyType(dict(self.layers)))


@dataclass(frozen=True, eq=False)
class Origin:
    """What a project was when it was opened, so that nothing of it is lost when it is saved again.

    ``name`` is what the person calls it, or empty. ``saved`` is the appearance in the file: a newer version may know
    looks that this one does not, and a line of text has none. ``shown`` is how it was shown, and ``unknown`` is what
    only a newer version understands.
    """

    name: str = ""
    saved: Appearance = field(default_factory=lambda: Appearance(look=""))
    shown: Appearance = field(default_factory=lambda: Appearance(look=""))
    unknown: "Unknown | None" = None

    def project(self, record: RunRecord, appearance: Appearance) -> "Project":
        from curvegui.files.project.project import Project

        look = (self.saved.look if appearance.look == self.shown.look else "") or appearance.look
        layers = {**self.saved.layers, **appearance.layers}
        project = Project(record, name=self.name, look=look, layers=layers, morph=appearance.morph)
        return replace(project, unknown=self.unknown) if self.unknown else project


@dataclass(frozen=True, eq=False)
class Baseline:
    """What a run was like when it was last saved or opened. ``parameters`` has shape (P,) and is read-only."""

    iteration: int
    config: TrainingConfig
    parameters: FloatArray
    appearance: Appearance

    @classmethod
    def of(cls, record: RunRecord, appearance: Appearance) -> "Baseline":
        return cls(record.iteration, record.config, record.parameters, appearance)

    def differs(self, config: TrainingConfig, snapshot: Snapshot | None, appearance: Appearance) -> bool:
        """Whether a run differs from the baseline. Without a snapshot, only the settings and the appearance count."""
        if config != self.config or appearance != self.appearance:
            return True
        if snapshot is None:
            return False
        return snapshot.iteration != self.iteration or not np.array_equal(snapshot.parameters, self.parameters)


RESTARTED = "CURVEGUI_RESTARTED"  # names the file or the copy of a run that a window had before it was opened anew
SAVED_IN = ("autosave_of",)  # in the manifest of an autosave: the path of the file that the run belongs to


def marked(project: "Project", path: Path | None) -> "Project":
    try:
        text = str(path or "").encode().decode()
    except UnicodeEncodeError:  # a name that is no text; it is only a suggestion
        text = ""
    values = {**project.unknown.values, SAVED_IN: text}
    return replace(project, unknown=replace(project.unknown, values=values))


def unmarked(project: "Project") -> "tuple[Project, Path | None]":
    values = dict(project.unknown.values)
    text = values.pop(SAVED_IN, "")
    path = Path(text) if isinstance(text, str) and text else None
    return replace(project, unknown=replace(project.unknown, values=values)), path


ENDING = ".curvegui"
IN_USE = mark("“{name}” is open in another window of CurveGUI. Close it there, or choose another name.")


class Mode(Enum):
    """How a file is opened."""

    FILE = "file"  # that is saved to
    READ_ONLY = "read-only"
    COPY = "copy"  # without a file of its own yet
    RECOVERED = "recovered"  # a copy that nobody has saved
    PASTED = "pasted"  # from no file at all


class ChangedOnDiskError(OSError):
    """Another program has changed the file since it was opened or saved."""


Stamp = tuple[int, int, int]
"""Tells versions of a file apart without reading it: when it was written, how large it is, and where on the disk."""


def stamp_of(path: Path) -> Stamp | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


@dataclass(frozen=True, eq=False)
class Reading:
    """A file that has been read, whole, and checked. ``path`` is empty if the run was pasted. ``lock`` is acquired if
    the file is to be saved to, and None if another window has it. ``suggestion`` is the path to save to if a person
    agrees, unless that is ``path``."""

    path: Path
    mode: Mode
    project: "Project"
    stamp: Stamp | None = None
    lock: FileLock | None = None
    is_in_use: bool = False
    suggestion: Path | None = None


@dataclass(frozen=True)
class Locks:
    """The folder with the locks of files, and the lock that the document already has."""

    folder: Path
    held: FileLock | None = None

    def lock(self, path: Path) -> FileLock:
        """The lock of a file, not acquired yet, unless the document already has this lock."""
        if self.held is not None and self.held.key == key_of(path):
            return self.held
        return FileLock(self.folder, path)


def read_file(path: Path, mode: Mode, locks: Locks) -> Reading:
    from curvegui.files.project.open_any import open_any  # the one place that says what can be opened

    stamp = stamp_of(path)
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


def write_file(path: Path, project: "Project", locks: Locks, expected: Stamp | None) -> tuple[Stamp | None, FileLock]:
    """Write a project if the file is as ``expected`` (None: whatever the file is); return its stamp and its acquired
    lock. Raises ``OSError``, a sentence for people, or `ChangedOnDiskError`; the file is left as it was then."""
    from curvegui.files.project.project import save

    lock = locks.lock(path)
    if lock is not locks.held and not lock.acquire():
        raise OSError(tr(IN_USE, name=path.name))
    try:
        found = stamp_of(path)
        if expected is not None and found is not None and found != expected:
            raise ChangedOnDiskError(tr("“{name}” has been changed by another program.", name=path.name))
        save(path, project)
    except BaseException:
        if lock is not locks.held:
            lock.release()
        raise
    return stamp_of(path), lock
