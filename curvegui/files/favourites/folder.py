"""The favourites: a folder of ordinary project files, which people may copy, mail and add to."""

import contextlib
import errno
import os
import re
import stat
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from curvegui.core.language.text import first_sentence, mark, tr, tr_n
from curvegui.core.run.record import thinned
from curvegui.files.disk.atomic import HINTS, WriteError, move_to_free_name, write_bytes
from curvegui.files.disk.lock import alone_in
from curvegui.files.disk.portable_name import portable_stem, unused_name
from curvegui.files.project.project import Project, ProjectError, Summary, encode, load, read_preview, read_summary

Curves = tuple[NDArray[np.float32], NDArray[np.float32], str]
"""The target and the fit, each of shape (2, n), and the name of the look."""


@dataclass(frozen=True)
class FavouriteFile:
    """A file in the folder, not yet read."""

    path: Path
    modified: int  # in nanoseconds
    size: int  # in bytes


@dataclass(frozen=True)
class Favourite:
    """A favourite as a list shows it."""

    entry: FavouriteFile
    summary: Summary | None  # None where the file cannot be read
    problem: str = ""  # why it cannot

    @property
    def key(self) -> str:
        return self.entry.path.name

    @property
    def name(self) -> str:
        return (self.summary.name if self.summary else "") or self.entry.path.stem

    @property
    def date(self) -> str:
        """When the favourite was kept, in UTC: ``2026-11-24T18:20:00Z``."""
        if self.summary and self.summary.saved_at:
            return self.summary.saved_at
        return datetime.fromtimestamp(self.entry.modified / 1e9, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


FOLDER = ".trash"
KEPT = timedelta(days=30)
STAMP = "%Y%m%dT%H%M%S.%f"
BATCH = re.compile(r"\d{8}T\d{6}\.\d{6}-[0-9a-f]{8}", re.ASCII)  # in the order of time


class Trash:
    """The files that were deleted from a folder. They lie in that folder: moving a file there copies nothing."""

    def __init__(self, folder: Path) -> None:
        self._home, self.folder = folder, folder / FOLDER

    def take(self, paths: Iterable[Path]) -> str:
        """Move all files into the trash, or none; returns their batch, for `put_back`. Raises ``OSError``."""
        batch = f"{datetime.now(UTC).strftime(STAMP)}-{os.urandom(4).hex()}"
        (self.folder / batch).mkdir(parents=True)
        try:
            for path in paths:
                path.rename(self.folder / batch / path.name)
        except BaseException:
            with contextlib.suppress(OSError):  # what cannot go back stays in the trash: it is not lost
                self.put_back(batch)
            self._remove_empty(batch)
            raise
        return batch

    def put_back(self, batch: str) -> list[Path]:
        """Move the files of a batch back and return their paths; a file whose name is taken by now gets a number.
        Raises ``OSError`` if a file cannot be moved, which is then still in the trash."""
        restored = []
        for path in self.files(batch):
            restored.append(move_to_free_name(path, self._home / path.name))
        self._remove_empty(batch)
        return restored

    def batches(self) -> list[str]:
        """The batches that can be put back, the latest last."""
        try:
            names = [each.name for each in self.folder.iterdir() if BATCH.fullmatch(each.name)]
            return sorted(name for name in names if self.files(name))
        except OSError:
            return []

    def files(self, batch: str) -> list[Path]:
        """The files of a batch. Raises ``OSError`` if they cannot be listed."""
        try:
            return sorted(each for each in (self.folder / batch).iterdir() if not each.is_dir())
        except FileNotFoundError:
            return []

    def empty(self) -> None:
        """Delete for good the batches that are older than 30 days; files that cannot be deleted stay."""
        oldest = (datetime.now(UTC) - KEPT).strftime(STAMP)
        for batch in self.batches():
            if batch < oldest:
                with contextlib.suppress(OSError):
                    for path in self.files(batch):
                        path.unlink()
                    self._remove_empty(batch)

    def _remove_empty(self, batch: str) -> None:
        with contextlib.suppress(OSError):
            (self.folder / batch).rmdir()


ENDING = ".curvegui"
PATIENCE_S = 5.0  # with another window, which needs some milliseconds for a favourite
RECORD_BYTES = 54_000  # so that a file, with its manifest and its preview, stays under 64 KB


class FavouritesError(OSError):
    """Something could not be done with a favourite; the message says what is safe and what to do."""


class FavouritesFolder:
    """The folder of the favourites, which is made when the first one is kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.trash = Trash(folder)

    def entries(self) -> list[FavouriteFile]:
        """The files in the folder, the newest first; raises ``FavouritesError`` if it cannot be read."""
        try:
            with os.scandir(self.folder) as found:
                entries = [each for item in found if (each := _entry(item)) is not None]
        except FileNotFoundError:
            return []
        except OSError as error:
            raise _refused(tr("The favourites in {folder} cannot be read.", folder=self.folder), error) from error
        return sorted(entries, key=lambda each: (-each.modified, each.path.name))

    def read(self, entry: FavouriteFile) -> Favourite:
        """A file as a list shows it; a broken file, with the reason."""
        try:
            return Favourite(entry, read_summary(entry.path))
        except ProjectError as error:
            return Favourite(entry, None, str(error))

    def add(self, project: Project) -> Favourite:
        """Keep a project in a new file, thinned, its end exact. Raises ``FavouritesError``: nothing has changed."""
        data = encode(replace(project, record=thinned(project.record, RECORD_BYTES)))
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with self._alone():
                path = self._put(data, portable_stem(project.name, "favourite"))
        except OSError as error:
            what = tr("“{name}” could not be kept in {folder}.", name=project.name, folder=self.folder)
            raise _refused(what, error) from error
        return self._found(path)

    def _alone(self) -> AbstractContextManager[None]:
        """Keep other windows from giving names. The lock is that of the trash: `BestList` takes that of the folder."""
        return alone_in(self.trash.folder, PATIENCE_S)

    def _put(self, data: bytes, stem: str) -> Path:
        """Write a file with an unused name, and return its path; nothing is seen of the file before it is whole."""
        taken = {each.name for each in self.folder.iterdir()}
        while True:
            path = self.folder / unused_name(stem, ENDING, taken)
            try:
                write_bytes(path, data, replaces=False)
            except WriteError as error:
                if error.errno != errno.EEXIST:
                    raise
                taken.add(path.name)  # another program has made it, or the system sees one name where we see two
            else:
                return path

    def rename(self, favourite: Favourite, name: str) -> Favourite:
        """Rename a favourite, not its file. Raises ``FavouritesError``; nothing has changed then."""
        path, what = favourite.entry.path, tr("“{name}” could not be renamed.", name=favourite.name)
        try:
            write_bytes(path, encode(replace(load(path), name=name)))
        except ProjectError as error:
            raise FavouritesError(f"{what} {error}") from error
        except OSError as error:
            raise _refused(what, error) from error
        return self._found(path)

    def load(self, favourite: Favourite) -> Project:
        """The project of a favourite; raises ``ProjectError`` if it cannot be read."""
        return load(favourite.entry.path)

    def curves(self, favourite: Favourite) -> Curves | None:
        """The curves that a thumbnail shows; None where the favourite cannot be read."""
        try:
            return read_preview(favourite.entry.path)
        except ProjectError:
            return None

    def delete(self, favourites: Iterable[Favourite]) -> str:
        """Move all favourites to the trash, or none; returns their batch, for `restore`. Raises ``FavouritesError``."""
        chosen = list(favourites)
        try:
            return self.trash.take(each.entry.path for each in chosen)
        except OSError as error:
            what = tr_n("{n:,} favourite could not be deleted.", "{n:,} favourites could not be deleted.", len(chosen))
            if len(chosen) == 1:
                what = tr("“{name}” could not be deleted.", name=chosen[0].name)
            raise _refused(what, error) from error

    def restore(self, batch: str) -> list[Favourite]:
        """Put back a batch that was deleted; raises ``FavouritesError`` if a file has to stay in the trash."""
        try:
            with self._alone():
                return [self._found(path) for path in self.trash.put_back(batch)]
        except OSError as error:
            what, state = tr("What was deleted could not be put back."), tr("It is still in the trash.")
            raise _refused(what, error, state) from error

    def _found(self, path: Path) -> Favourite:
        try:
            status = path.stat()
        except OSError:  # the next look at the folder will tell
            return self.read(FavouriteFile(path, 0, 0))
        return self.read(FavouriteFile(path, status.st_mtime_ns, status.st_size))


def _entry(item: "os.DirEntry[str]") -> FavouriteFile | None:
    """The file of a folder's item, if it may be a favourite; an empty file is none, only a name of an older version."""
    if item.name.startswith(".") or not item.name.lower().endswith(ENDING):
        return None
    try:
        status = item.stat()
        is_one = stat.S_ISREG(status.st_mode) and status.st_size
        return FavouriteFile(Path(item.path), status.st_mtime_ns, status.st_size) if is_one else None
    except OSError:
        return FavouriteFile(Path(item.path), 0, 0) if item.is_symlink() else None


def _refused(what: str, error: OSError, state: str = mark("Nothing has changed.")) -> FavouritesError:
    """The error for a person, with the first sentence of a hint: nobody can choose another folder here."""
    hint = first_sentence(tr(HINTS.get(error.errno or 0, ""))) or f"{error.strerror or error}."
    words = mark("{what} {hint} {state} Solve this, then try again.")
    return FavouritesError(tr(words, what=what, hint=hint, state=tr(state)))
