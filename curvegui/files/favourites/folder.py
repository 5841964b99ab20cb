"""The favourites: a folder of ordinary project files, which people may copy, mail and add to."""

import errno
import os
import stat
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

from curvegui.core.language.text import first_sentence, mark, tr, tr_n
from curvegui.core.run.shortening import thinned
from curvegui.files.disk.atomic import HINTS, WriteError, write_bytes
from curvegui.files.disk.lock import alone_in
from curvegui.files.disk.portable_name import portable_stem, unused_name
from curvegui.files.favourites.favourite import Curves, Entry, Favourite
from curvegui.files.favourites.index import FavouritesIndex, Noted
from curvegui.files.favourites.trash import Trash
from curvegui.files.project.project import Project, ProjectError, encode, load, read_preview, read_summary

ENDING = ".curvegui"
INDEX = ".index.json"
PATIENCE_S = 5.0  # with another window, which needs some milliseconds for a favourite
RECORD_BYTES = 54_000  # so that a file, with its manifest and its preview, stays under 64 KB


class FavouritesError(OSError):
    """Something could not be done with a favourite; the message says what is safe and what to do."""


class FavouritesFolder:
    """The folder; it is made when the first favourite is kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.trash = Trash(folder)
        self._index = FavouritesIndex(folder / INDEX)

    def open_index(self) -> None:
        """Load what was read last time, so that `read` is faster."""
        self._index.load()

    def save_index(self, favourites: Iterable[Favourite]) -> None:
        """Note what has been read for next time; a failure does no harm."""
        self._index.save(
            {
                each.key: Noted(each.entry.modified, each.entry.size, each.summary)
                for each in favourites
                if each.summary is not None
            }
        )

    def entries(self) -> list[Entry]:
        """The files in the folder, the newest first; raises ``FavouritesError`` if it cannot be read."""
        try:
            with os.scandir(self.folder) as found:
                entries = [each for item in found if (each := _entry(item)) is not None]
        except FileNotFoundError:
            return []
        except OSError as error:
            raise _refused(tr("The favourites in {folder} cannot be read.", folder=self.folder), error) from error
        return sorted(entries, key=lambda each: (-each.modified, each.path.name))

    def read(self, entry: Entry) -> Favourite:
        """What a list shows of a file; a broken one is shown with the reason."""
        known = self._index.find(entry.path.name, entry.modified, entry.size)
        try:
            return Favourite(entry, known or read_summary(entry.path))
        except ProjectError as error:
            return Favourite(entry, None, str(error))

    def add(self, project: Project) -> Favourite:
        """Keep a project in a new file named after it; the run is thinned, its end stays exact.

        Raises ``FavouritesError`` if it cannot be written; nothing has changed then.
        """
        data = encode(replace(project, record=thinned(project.record, RECORD_BYTES)))
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with self._alone():
                path = self._put(data, portable_stem(project.name, "favourite"))
        except OSError as error:
            raise _refused(
                tr("“{name}” could not be kept in {folder}.", name=project.name, folder=self.folder), error
            ) from error
        return self._found(path)

    def _alone(self) -> AbstractContextManager[None]:
        """No other window gives names meanwhile. The lock is in the trash: the one of the folder is the list's."""
        return alone_in(self.trash.folder, PATIENCE_S)

    def _put(self, data: bytes, stem: str) -> Path:
        """Write a file with a new name, of which nothing is seen before it is whole."""
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
        """Give a favourite another name; its file keeps its own.

        Raises ``FavouritesError`` if it cannot be read or written; nothing has changed then.
        """
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
        """What a thumbnail shows; None where it cannot be read."""
        try:
            return read_preview(favourite.entry.path)
        except ProjectError:
            return None

    def delete(self, favourites: Iterable[Favourite]) -> str:
        """Move favourites to the trash, all or none; return their batch, for `restore`.

        Raises ``FavouritesError`` if that fails; nothing has changed then.
        """
        chosen = list(favourites)
        try:
            return self.trash.take(each.entry.path for each in chosen)
        except OSError as error:
            raise _refused(_not_deleted(chosen), error) from error

    def restore(self, batch: str) -> list[Favourite]:
        """Put back a batch that was deleted; raises ``FavouritesError`` if a file has to stay in the trash."""
        try:
            with self._alone():
                return [self._found(path) for path in self.trash.put_back(batch)]
        except OSError as error:
            raise _refused(
                tr("What was deleted could not be put back."), error, tr("It is still in the trash.")
            ) from error

    def _found(self, path: Path) -> Favourite:
        try:
            status = path.stat()
        except OSError:  # the next look at the folder will tell
            return self.read(Entry(path, 0, 0))
        return self.read(Entry(path, status.st_mtime_ns, status.st_size))


def _entry(item: "os.DirEntry[str]") -> Entry | None:
    """A file that may be a favourite; None for anything else, for one that has gone, and for one with nothing in it.

    An older version, which was ended while it kept a favourite, has left only its name.
    """
    if item.name.startswith(".") or not item.name.lower().endswith(ENDING):
        return None
    try:
        status = item.stat()
        is_one = stat.S_ISREG(status.st_mode) and status.st_size
        return Entry(Path(item.path), status.st_mtime_ns, status.st_size) if is_one else None
    except OSError:
        return Entry(Path(item.path), 0, 0) if item.is_symlink() else None


def _not_deleted(chosen: Sequence[Favourite]) -> str:
    if len(chosen) == 1:
        return tr("“{name}” could not be deleted.", name=chosen[0].name)
    return tr_n("{n:,} favourite could not be deleted.", "{n:,} favourites could not be deleted.", len(chosen))


def _refused(what: str, error: OSError, state: str = mark("Nothing has changed.")) -> FavouritesError:
    """The error for a person; of a hint only its first sentence, since nobody can choose another place here."""
    hint = first_sentence(tr(HINTS.get(error.errno or 0, ""))) or f"{error.strerror or error}."
    return FavouritesError(
        tr("{what} {hint} {state} Solve this, then try again.", what=what, hint=hint, state=tr(state))
    )
