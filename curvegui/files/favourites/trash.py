"""A trash inside a folder: what is deleted there can be put back, also after a crash.

Each deletion moves its files into a folder of its own below ``.trash``, named after the time.
"""

import contextlib
import os
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from curvegui.files.disk.new_name import move_to_free_name

FOLDER = ".trash"
KEPT = timedelta(days=30)
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
        """Delete for good what has been in the trash for 30 days; what cannot be deleted stays."""
        for batch in self.batches():
            if _is_old(batch):
                with contextlib.suppress(OSError):
                    for path in self.files(batch):
                        path.unlink()
                self._remove_empty(batch)

    def _remove_empty(self, batch: str) -> None:
        with contextlib.suppress(OSError):
            (self.folder / batch).rmdir()


def _is_old(batch: str) -> bool:
    found = BATCH.fullmatch(batch)
    if found is None:
        return False
    try:
        deleted_at = datetime.strptime(found.group(1), STAMP).replace(tzinfo=UTC)
    except ValueError:
        return False
    return datetime.now(UTC) - deleted_at > KEPT
