"""A trash inside a folder: what is deleted there can be put back, also after a crash.

Each deletion moves its files into a folder of its own below ``.trash``, named after the time.
"""

import contextlib
import math
import os
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from curvegui.files.disk.atomic import move_to_free_name

FOLDER = ".trash"
KEPT = timedelta(days=30)
KEPT_S = KEPT.total_seconds()
STAMP = "%Y%m%dT%H%M%S.%f"
BATCH = re.compile(r"(\d{8}T\d{6}\.\d{6})-[0-9a-f]{8}", re.ASCII)


class Trash:
    """What was deleted from a folder. It lies in that folder, so that moving a file there copies nothing."""

    def __init__(self, folder: Path) -> None:
        self._home, self.folder = folder, folder / FOLDER

    def take(self, paths: Iterable[Path]) -> str:
        """Move files into the trash, all or none; return their batch, for `put_back`.

        Raises ``OSError`` if one cannot be moved; the others are back where they were.
        """
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
        """Move the files of a batch back and return where they are; one whose name is taken by now gets a number.

        Raises ``OSError`` if one cannot be moved; it is still in the trash.
        """
        restored = []
        for path in self._listed(batch):
            restored.append(move_to_free_name(path, self._home / path.name))
        self._remove_empty(batch)
        return restored

    def batches(self) -> list[str]:
        """What was deleted and can be put back, the latest last."""
        try:
            names = [each.name for each in self.folder.iterdir() if BATCH.fullmatch(each.name)]
        except OSError:
            return []
        return sorted(name for name in names if self.files(name))

    def files(self, batch: str) -> list[Path]:
        """The files of a batch, in the order of their names."""
        try:
            return self._listed(batch)
        except OSError:
            return []

    def _listed(self, batch: str) -> list[Path]:
        try:
            return sorted(each for each in (self.folder / batch).iterdir() if not each.is_dir())
        except FileNotFoundError:
            return []

    def empty(self) -> None:
        """Delete for good what has been in the trash for 30 days; what cannot be deleted stays.

        The clock may be wrong now, or have been when the files came here: one look at it decides nothing. What looks
        old is marked, and goes 30 days later, unless it has looked younger between.
        """
        now = datetime.now(UTC).timestamp()
        for batch in self.batches():
            with contextlib.suppress(OSError):
                if self._is_over(batch, now):
                    for path in self.files(batch):
                        path.unlink()
                    self._remove_empty(batch)

    def _is_over(self, batch: str, now: float) -> bool:
        """Whether it has been marked for long. The mark is the time of its folder, which at first is the deletion's."""
        folder, deleted_at = self.folder / batch, _deleted_at(batch)
        marked_at = folder.stat().st_mtime
        is_old, is_marked = now - deleted_at > KEPT_S, marked_at - deleted_at > KEPT_S
        if is_old and is_marked and marked_at <= now:
            return now - marked_at > KEPT_S
        if is_old or is_marked:
            os.utime(folder, (now if is_old else deleted_at,) * 2)
        return False

    def _remove_empty(self, batch: str) -> None:
        with contextlib.suppress(OSError):
            (self.folder / batch).rmdir()


def _deleted_at(batch: str) -> float:
    """When it was deleted, in seconds; for a name that is not one of ours, never."""
    found = BATCH.fullmatch(batch)
    try:
        return datetime.strptime(found[1], STAMP).replace(tzinfo=UTC).timestamp() if found else math.inf
    except ValueError:
        return math.inf
