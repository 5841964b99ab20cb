"""Folders in which the app finds its home while it is painted. Some pictures show their names.

So both checkouts are painted in one place, one after the other, and what is to be compared with pictures that were
kept is painted in the place of those. There are several, so that several people can paint at the same time.
"""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLockFile

MOST = 99  # places: names with as many digits are as long
NOTE = "place.txt"  # beside pictures: the number of the place where they were painted


@dataclass(frozen=True)
class Place:
    """A folder that nobody else uses as long as this object lives."""

    number: int
    folder: Path
    lock: QLockFile

    def note(self, pictures: Path) -> None:
        """Say beside pictures where they were painted."""
        pictures.mkdir(parents=True, exist_ok=True)
        (pictures / NOTE).write_text(f"{self.number}\n", encoding="utf-8")


def taken_place(*pictures: Path) -> Place:
    """The place where some pictures were painted, as soon as it is free; or any, if that does not matter.

    ``pictures``: folders, of which one may have pictures that were kept.
    """
    for kept in pictures:
        if (kept / NOTE).is_file():
            place = _place(int((kept / NOTE).read_text(encoding="utf-8")))
            place.lock.lock()
            return place
    for number in range(10, MOST + 1):
        place = _place(number)
        if place.lock.tryLock(0):
            return place
    raise RuntimeError("All places are taken")


def _place(number: int) -> Place:
    folder = Path(tempfile.gettempdir()) / f"curvegui-pictures-{number}"
    lock = QLockFile(f"{folder}.lock")
    lock.setStaleLockTime(0)
    return Place(number, folder, lock)
