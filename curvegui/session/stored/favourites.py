"""The favourites: read, added, renamed and deleted in the background, and always the same as their folder."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal, Slot

from curvegui.core.language.text import in_quotes
from curvegui.core.regular_file import is_there
from curvegui.core.run.record import RunRecord
from curvegui.files.favourites.folder import Curves, Favourite, FavouriteFile, FavouritesFolder
from curvegui.files.project.project import Project
from curvegui.session.jobs.job import Jobs
from curvegui.session.run.history import EarlierRun


@dataclass(frozen=True)
class Deletion:
    """A step that Undo takes back: favourites that were moved to the trash, as one ``batch``."""

    batch: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Renaming:
    """A step that Undo takes back: another name for a favourite."""

    key: str
    before: str
    after: str


FavouriteStep = Deletion | Renaming


QUIET_MS = 300  # a folder that is being copied into changes many times
BATCH = 100  # files that are read at a time: about 30 ms

Namer = Callable[[str, int], str]
"""Names a favourite after its curve and its iteration."""


class Favourites(QObject):
    """All favourites of a folder: ``items`` by their keys, all of them if ``is_complete``. ``steps`` are what `undo`
    takes back, the latest last; steps from before the app was started come first."""

    changed = Signal()  # there are others in ``items``
    kept = Signal(object, bool)  # Favourite, and whether it is new: the same iteration of a run is kept once
    loaded = Signal(object, object)  # Favourite, Project
    previewed = Signal(object)  # dict of key to Curves, or None for one that cannot be read
    compared = Signal(object)  # EarlierRun: to compare the present run with
    undo_changed = Signal()  # what `undo` would do has changed
    restored = Signal(object)  # list of the keys that were put back
    failed = Signal(str)  # a sentence: something could not be done
    keeping_failed = Signal(str)  # the same, of a favourite that a person relies on

    def __init__(self, folder: FavouritesFolder, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder, self._jobs = folder, Jobs(self)
        self.items: dict[str, Favourite] = {}
        self.is_complete = False
        self.steps: list[FavouriteStep] = []
        self._earlier_steps = 0  # of these steps are from before
        self._last: tuple[str, RunRecord] | None = None  # which run was kept last, by the key of its favourite
        self._watcher, self._quiet = QFileSystemWatcher(self), QTimer(self, singleShot=True, interval=QUIET_MS)
        self._watched: tuple[int, int] | None = None  # what tells the folder from another one of its name
        self._watcher.directoryChanged.connect(self._quiet.start)
        self._quiet.timeout.connect(self.refresh)

    def open(self) -> None:
        self._jobs.do(self._trashed, self._take_trashed, self.failed.emit)
        self.refresh()

    # Reading

    @Slot()
    def refresh(self) -> None:
        """Look at the folder again; files that have not changed are not read again."""
        self._jobs.do(self._folder.entries, self._compare, self._fail_reading)

    def _watch(self) -> None:
        """Watch the folder; where another folder has come to its path, watch that one."""
        try:
            found = self._folder.folder.stat()
        except OSError:
            return
        if (identity := (found.st_dev, found.st_ino)) != self._watched:
            if watched := self._watcher.directories():
                self._watcher.removePaths(watched)
                self._quiet.start()
            self._watcher.addPath(str(self._folder.folder))
            self._watched = identity

    def _compare(self, entries: list[FavouriteFile]) -> None:
        self._watch()
        present = {entry.path.name for entry in entries}
        gone = [key for key in self.items if key not in present]
        for key in gone:
            del self.items[key]
        known = ((entry, self.items.get(entry.path.name)) for entry in entries)
        # a problem may be a fault that has passed
        news = [entry for entry, item in known if item is None or item.entry != entry or item.problem]
        for start in range(0, len(news), BATCH):
            self._jobs.do(partial(self._read, news[start : start + BATCH]), self._merge, self.failed.emit)
        if gone:
            self.changed.emit()
        self._jobs.after_all(self._complete)

    def _fail_reading(self, problem: str) -> None:
        self.is_complete = True  # there is nothing to wait for
        self.changed.emit()
        self.failed.emit(problem)

    def _read(self, entries: list[FavouriteFile]) -> list[Favourite]:
        found = [self._folder.read(entry) for entry in entries]
        return [each for each in found if not each.problem or is_there(each.entry.path)]  # one may be gone by now

    def _merge(self, found: Sequence[Favourite]) -> None:
        self.items.update({each.key: each for each in found})
        self.changed.emit()

    def _complete(self) -> None:
        if not self.is_complete:
            self.is_complete = True
            self.changed.emit()

    def preview(self, keys: Sequence[str]) -> None:
        """Ask for the curves of some favourites; ``previewed`` brings them."""
        wanted = {key: self.items.get(key) for key in keys}

        def work() -> dict[str, Curves | None]:
            return {key: self._folder.curves(each) if each else None for key, each in wanted.items()}

        self._jobs.do(work, self.previewed.emit, self.failed.emit)

    def load(self, key: str) -> None:
        if favourite := self.items.get(key):
            work, then = partial(self._folder.load, favourite), partial(self.loaded.emit, favourite)
            self._jobs.do(work, then, self.failed.emit)

    def compare_with(self, key: str) -> None:
        if favourite := self.items.get(key):
            self._jobs.do(partial(self._earlier, favourite), self.compared.emit, self.failed.emit)

    def _earlier(self, favourite: Favourite) -> EarlierRun:
        return EarlierRun.of(in_quotes(favourite.name), self._folder.load(favourite).record)

    # Changing

    def keep(self, record: RunRecord, namer: Namer, look: str, layers: dict[str, bool]) -> None:
        """Keep a run in a new file, which ``namer`` names in another thread; ``kept`` brings the favourite."""
        known = self.items.get(self._last[0]) if self._last and _is_same(self._last[1], record) else None
        work = partial(self._add, known, record, namer, look, layers)
        self._jobs.do(work, partial(self._show_kept, known, record), self.keeping_failed.emit)

    def _add(
        self, known: Favourite | None, record: RunRecord, namer: Namer, look: str, layers: dict[str, bool]
    ) -> Favourite:
        if known is not None and is_there(known.entry.path):  # the folder may have been moved
            return known
        name = namer(record.config.curve_title, record.iteration)
        return self._folder.add(Project(record, name=name, look=look, layers=layers))

    def _show_kept(self, known: Favourite | None, record: RunRecord, favourite: Favourite) -> None:
        if favourite is known:
            self.kept.emit(self.items.get(favourite.key, favourite), False)
            return
        self._watch()
        self._last = favourite.key, record
        self._merge([favourite])
        self.kept.emit(favourite, True)

    def rename(self, key: str, name: str) -> None:
        favourite, name = self.items.get(key), " ".join(name.split())
        if favourite is None or not name or name == favourite.name:
            return
        then = partial(self._show_renamed, Renaming(key, favourite.name, name))
        self._jobs.do(partial(self._folder.rename, favourite, name), then, self.failed.emit)

    def _show_renamed(self, step: Renaming | None, favourite: Favourite) -> None:
        self._merge([favourite])
        if step is not None:
            self._push(step)

    def delete(self, keys: Sequence[str]) -> None:
        chosen = [self.items.pop(key) for key in keys if key in self.items]
        if chosen:
            self.changed.emit()
            names, delete = tuple(each.name for each in chosen), partial(self._folder.delete, chosen)
            self._jobs.do(delete, lambda batch: self._push(Deletion(batch, names)), partial(self._keep_all, chosen))

    def _keep_all(self, chosen: Sequence[Favourite], problem: str) -> None:
        self._merge(chosen)
        self.failed.emit(problem)

    # Taking back

    @property
    def last_step(self) -> FavouriteStep | None:
        return self.steps[-1] if self.steps else None

    @property
    def has_new_step(self) -> bool:
        return len(self.steps) > self._earlier_steps

    def undo(self) -> None:
        """Take back the last deletion or renaming, even one from before the app was started."""
        step = self.steps.pop() if self.steps else None
        self._earlier_steps = min(self._earlier_steps, len(self.steps))
        if isinstance(step, Deletion):
            restore = partial(self._folder.restore, step.batch)
            self._jobs.do(restore, self._show_restored, partial(self._fail_undo, step))
        elif step is not None and step.key in self.items:
            rename = partial(self._folder.rename, self.items[step.key], step.before)
            self._jobs.do(rename, partial(self._show_renamed, None), partial(self._fail_undo, step))
        self.undo_changed.emit()

    def _show_restored(self, found: list[Favourite]) -> None:
        self._merge(found)
        self.restored.emit([each.key for each in found])

    def _fail_undo(self, step: FavouriteStep, problem: str) -> None:
        self._push(step)
        self.failed.emit(problem)

    def _push(self, step: FavouriteStep) -> None:
        self.steps.append(step)
        self.undo_changed.emit()

    def _trashed(self) -> list[Deletion]:
        trash = self._folder.trash
        trash.empty()
        return [Deletion(each, tuple(path.stem for path in trash.files(each))) for each in trash.batches()]

    def _take_trashed(self, deletions: list[Deletion]) -> None:
        self.steps[:0], self._earlier_steps = deletions, len(deletions)
        self.undo_changed.emit()


def _is_same(one: RunRecord, other: RunRecord) -> bool:
    """Whether two records end at the same iteration of the same run."""
    same = (one.config, one.iteration) == (other.config, other.iteration)
    return same and np.array_equal(one.parameters, other.parameters)
