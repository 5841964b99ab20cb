"""What is known of one kind of save: how to make what was there before, how to save, and what is whole afterwards."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import curvegui

PACKAGE = Path(curvegui.__file__).parent
LETTER = "letter.txt"  # lies beside every file: nothing may happen to it
Parts = Mapping[str, Any]


def nothing(path: Path) -> None:
    """What was there before, where that is nothing."""


@dataclass(frozen=True)
class Record:
    """A kind of save.

    ``path``, which all the functions take, is the place of the file: in a folder of its own, named ``file``. ``read``
    says what is there, part by part: each is as it was before or as it is after, never anything else. A save that is
    ``quiet`` says in the log that it failed; one that is ``bare`` leaves the words for an ``OSError`` to its callers.
    One that is ``free`` is of a file whose name and place a person chooses.
    """

    name: str
    file: str
    save: Callable[[Path], object]
    read: Callable[[Path], Parts]
    before: Callable[[Path], object] = nothing
    quiet: bool = False
    bare: bool = False
    free: bool = False


@dataclass(frozen=True)
class Prepared:
    """A record with a folder as it is before the save, what is read before and after, and the calls that it makes."""

    record: Record
    folder: Path = field(repr=False)
    old: Parts
    new: Parts
    calls: tuple[str, ...]

    def copy(self, to: Path) -> Path:
        """The same folder anew; the path of the file in it."""
        shutil.rmtree(to, ignore_errors=True)
        shutil.copytree(self.folder, to, symlinks=True)
        return to / self.record.file
