"""The list of the smallest networks, in the folder of the favourites, which keeps their runs."""

import json
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

from curvegui.core.challenges.ranking import with_one_more
from curvegui.core.challenges.smallest import Reached
from curvegui.core.unreadable import why_unreadable
from curvegui.files.disk.atomic import write_bytes
from curvegui.files.disk.portable_name import unused_name
from curvegui.files.favourites.folder import FavouritesFolder
from curvegui.files.project.project import Project, load

LIST = "smallest-networks.json"
VERSION = 1
MOST_BYTES = 10_000_000
UNREAD = "The list of your smallest networks, {}, cannot be read. {} Nothing has changed. Solve this, then try again."


class BestList:
    """Reads and writes the list. ``notice`` says in a sentence that it was damaged, if it was."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._path = folder, folder / LIST
        self.notice = ""

    def all(self) -> tuple[Reached, ...]:
        """The runs. A damaged list is set aside, and counts as empty.

        Raises ``OSError``, with a sentence, where it cannot be read, or is of a newer version; it stays as it is.
        """
        try:
            return self._all()
        except OSError as error:
            if error.errno is None:
                raise
            raise OSError(UNREAD.format(self._path, why_unreadable(error))) from error

    def _all(self) -> tuple[Reached, ...]:
        try:
            with self._path.open("rb") as file:
                return _read(json.loads(file.read(MOST_BYTES)))
        except FileNotFoundError:
            return ()
        except (ValueError, TypeError, KeyError, RecursionError):
            self._set_aside()
            return ()

    def _set_aside(self) -> None:
        taken = [each.name for each in self._folder.iterdir()]
        aside = self._path.with_name(unused_name("smallest-networks-damaged", ".json", taken))
        self._path.rename(aside)
        self.notice = (
            f"The list of your smallest networks was damaged. It is now “{aside.name}” in {self._folder}, and a new "
            "list begins. The runs themselves are still among your favourites."
        )

    def add(self, new: Reached, project: Project) -> tuple[tuple[Reached, ...], Reached | None]:
        """Enter a run and keep it as a favourite; the list, and the run in it, or None where it is no better.

        Raises ``OSError`` if it cannot be kept; the list stays as it is.
        """
        runs = self.all()
        listed = with_one_more(runs, new)
        if listed is None:
            return runs, None
        kept = replace(new, run=FavouritesFolder(self._folder).add(project).key)
        listed = tuple(kept if each is new else each for each in listed)
        written = {"version": VERSION, "runs": [asdict(each) for each in listed]}
        write_bytes(self._path, json.dumps(written, indent=1).encode())
        return listed, kept

    def load(self, listed: Reached) -> Project:
        """The run of one in the list; raises ``OSError`` or ``ProjectError`` where it cannot be had."""
        path = self._folder / Path(listed.run).name
        if not path.is_file():
            raise FileNotFoundError(
                "This run is no longer among your favourites. If you deleted it there, Undo in the Favourites panel "
                "brings it back."
            )
        return load(path)


def _read(found: Any) -> tuple[Reached, ...]:
    if found["version"] > VERSION:
        raise OSError("The list of your smallest networks was written by a newer CurveGUI, which can open it.")
    return tuple(_one(dict(each)) for each in found["runs"])


def _one(values: dict[str, Any]) -> Reached:
    values["layers"] = tuple(values["layers"])
    one = Reached(**{each.name: values[each.name] for each in fields(Reached)})
    whole = (one.parameters, one.iterations, *one.layers)
    texts = one.curve, one.title, one.activation, one.output_activation, one.optimizer, one.date, one.run
    if not all(type(each) is int and each >= 0 for each in whole) or not all(type(each) is str for each in texts):
        raise ValueError("A run in the list is not as it was written.")
    return one
