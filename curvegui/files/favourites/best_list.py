"""The list of the smallest networks, in the folder of the favourites, which keeps their runs."""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from functools import partial
from pathlib import Path
from typing import Any

from curvegui.core.challenges.smallest import SmallNetwork, with_one_more
from curvegui.core.language.text import mark, tr
from curvegui.files.disk.shared_file import Codec, SharedFile, SharedFileError
from curvegui.files.favourites.folder import FavouritesFolder
from curvegui.files.project.project import Project, load

LIST = "smallest-networks.json"
VERSION = 1
MOST_BYTES = 10_000_000
MOST_NOTED = 3  # runs that could not be entered yet: one may take 50 MB
GONE = mark(
    "This run is no longer among your favourites. If you deleted it there, Undo in the Favourites panel brings it back."
)
NEWER = mark("The list of your smallest networks was written by a newer CurveGUI, which can open it.")


@dataclass(eq=False)
class _Entry:
    """A run to be entered; ``key`` is that of its favourite, once the run has been kept as one."""

    new: SmallNetwork
    project: Project
    key: str = ""


class BestList:
    """Reads and writes the list; `SharedFile` says what happens to a damaged list, or one that cannot be read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = SharedFile(folder / LIST, tr("Your smallest networks"), Codec(_read, _written, tuple, MOST_BYTES))
        self._noted: list[_Entry] = []
        self._entered: list[SmallNetwork] = []

    def take_notice(self) -> str:
        """A sentence, once, if the list was damaged."""
        notice = self._file.take_notice()
        return notice and tr("{notice} The runs themselves are still among your favourites.", notice=notice)

    def all(self) -> tuple[SmallNetwork, ...]:
        """The runs in the list. Raises ``OSError``, with a sentence, if it cannot be read or has a newer version."""
        return self._file.read()

    def note(self, new: SmallNetwork, project: Project) -> None:
        """Note a run, which the next `write` enters; returns at once. Only the latest noted runs are kept in memory."""
        self._noted.append(_Entry(new, project))
        del self._noted[:-MOST_NOTED]

    def write(self) -> tuple[tuple[SmallNetwork, ...], tuple[SmallNetwork, ...]]:
        """Enter the runs that were noted, and keep them as favourites; returns the list, and the new runs in it. Raises
        ``OSError`` if a run cannot be kept: the list stays as it is, and the next `write` tries again."""
        runs = None
        while entry := next(iter(self._noted), None):  # it stays there until it is in: another may have taken over
            runs = self._file.change(partial(self._with, entry))
            with suppress(ValueError):
                self._noted.remove(entry)
            self._entered += [each for each in runs if each.run == entry.key != ""]
        runs = self.all() if runs is None else runs
        entered, self._entered = self._entered, []
        return runs, tuple(entered)

    def _with(self, entry: _Entry, runs: tuple[SmallNetwork, ...]) -> tuple[SmallNetwork, ...]:
        listed = with_one_more(runs, entry.new)
        if listed is None:
            return runs
        if not (entry.key and (self._folder / entry.key).is_file()):  # else it is there from the last time
            entry.key = FavouritesFolder(self._folder).add(entry.project).key
        one = replace(entry.new, run=entry.key)
        return tuple(one if each is entry.new else each for each in listed)

    def load(self, listed: SmallNetwork) -> Project:
        """The project of a run in the list; raises ``OSError`` or ``ProjectError`` where it cannot be read."""
        path = self._folder / Path(listed.run).name
        if not path.is_file():
            raise FileNotFoundError(tr(GONE))
        return load(path)


def _read(data: bytes) -> tuple[SmallNetwork, ...]:
    found = json.loads(data)
    if found["version"] > VERSION:
        raise SharedFileError(tr(NEWER))
    return tuple(_one(dict(each)) for each in found["runs"])


def _written(runs: tuple[SmallNetwork, ...]) -> bytes:
    return json.dumps({"version": VERSION, "runs": [asdict(each) for each in runs]}, indent=1).encode()


def _one(values: dict[str, Any]) -> SmallNetwork:
    values["layers"] = tuple(values["layers"])
    one = SmallNetwork(**{each.name: values[each.name] for each in fields(SmallNetwork)})
    whole = (one.parameters, one.iterations, *one.layers)
    texts = one.curve, one.title, one.activation, one.output_activation, one.optimizer, one.date, one.run
    if not all(type(each) is int and each >= 0 for each in whole) or not all(type(each) is str for each in texts):
        raise ValueError(tr("A run in the list is not as it was written."))
    return one
