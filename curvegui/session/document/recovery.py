"""Finds the autosaves of windows that crashed."""

import logging
import re
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLockFile

from curvegui.core.language.text import tr
from curvegui.core.regular_file import why_unreadable
from curvegui.files.project.project import ProjectError, Summary, load, read_preview, read_summary
from curvegui.session.document.autosave import copies, lock_of, remove_folder
from curvegui.session.document.file import is_free, unmarked

WINDOW = re.compile(r"(window-[^.]+)(\.lock)?")  # a window's folder, or its lock; Qt guards a lock by a file beside it

logger = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Generation:
    """An autosave that was read and checked; ``saved_in`` is the file that the run belonged to."""

    path: Path
    saved_in: Path | None
    summary: Summary
    curves: tuple[NDArray[np.float32], NDArray[np.float32], str]


@dataclass(frozen=True, eq=False)
class Crash:
    """The autosaves of a crashed window, newest first, and a sentence for each broken one; locked until `release`."""

    folder: Path
    lock: QLockFile
    generations: tuple[Generation, ...] = ()
    broken: tuple[str, ...] = field(default=())

    def release(self) -> None:
        self.lock.unlock()

    def drop(self, path: Path) -> None:
        """Remove a copy; the folder goes when there is no copy left in it, readable or not."""
        with suppress(OSError):
            path.unlink()
            if not copies(self.folder):
                self.discard()

    def discard(self) -> None:
        """Remove the folder with all its copies; to be called in a job, as this waits for the disk."""
        remove_folder(self.folder)
        self.lock.unlock()


def find_crashes(root: Path) -> list[Crash]:
    """The crashes of windows that no longer run, the newest first; ``root`` is the folder of all windows."""
    crashes, folders = [], set[Path]()
    try:
        names = (WINDOW.fullmatch(each.name) for each in root.iterdir())
        folders = {root / name[1] for name in names if name}  # of some, only the lock is left
    except FileNotFoundError:
        pass
    except OSError as error:
        logger.warning("The autosaves in %s cannot be looked at: %s", root, error)
    for folder in sorted(folders):
        lock = lock_of(folder)
        if not is_free(lock):
            continue
        crash = _read(folder, lock)
        if crash.generations or crash.broken:
            crashes.append(crash)
        else:
            crash.discard()
    crashes.sort(key=lambda crash: max((each.summary.saved_at for each in crash.generations), default=""), reverse=True)
    return crashes


def _read(folder: Path, lock: QLockFile) -> Crash:
    generations, broken = [], []
    try:
        paths = copies(folder)[::-1]
    except (FileNotFoundError, NotADirectoryError):
        paths = []
    except OSError as error:  # one that counted as empty would be removed
        paths = []
        values = {"folder": folder, "error": why_unreadable(error)}
        broken.append(tr("The copies in {folder} cannot be read now. {error}", **values))
    for path in paths:
        try:
            _, saved_in = unmarked(load(path))  # all of it is checked, not only what is shown
            generations.append(Generation(path, saved_in, read_summary(path), read_preview(path)))
        except ProjectError as error:
            logger.warning("An autosave cannot be used: %s (%s)", error, path)
            broken.append(str(error))
    return Crash(folder, lock, tuple(generations), tuple(broken))
