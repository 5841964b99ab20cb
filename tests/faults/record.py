"""What is known of one kind of save: how to make what was there before, how to save, and what is whole afterwards."""

import os
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FrameType
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
    ``through`` are the functions of the package that write.
    """

    name: str
    file: str
    save: Callable[[Path], object]
    read: Callable[[Path], Parts]
    through: tuple[str, ...]
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


class Called:
    """Notes which functions of the package are called."""

    def __init__(self) -> None:
        self._codes: set[CodeType] = set()

    def __enter__(self) -> "Called":
        sys.setprofile(self._note)
        return self

    def __exit__(self, *_: object) -> None:
        sys.setprofile(None)

    def _note(self, frame: FrameType, event: str, _: Any) -> None:
        if event == "call":
            self._codes.add(frame.f_code)

    @property
    def names(self) -> frozenset[str]:
        """Their names, as in `sites`."""
        return frozenset(_name(each) for each in self._codes if each.co_filename.startswith(os.fspath(PACKAGE)))


def _name(code: CodeType) -> str:
    module = Path(code.co_filename).relative_to(PACKAGE).with_suffix("")
    return ".".join((*module.parts, code.co_qualname)).replace(".__init__.py", "")
