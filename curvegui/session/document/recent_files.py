"""The files that were opened or saved last, in one small JSON file that all windows share."""

import json
import logging
from pathlib import Path
from threading import Lock

from curvegui.files.disk.atomic import write_bytes

MOST = 10
MAX_BYTES = 1_000_000  # of the file; ten paths take a few thousand

logger = logging.getLogger(__name__)


class RecentFiles:
    """Reads and writes the list, from any thread. If it cannot be read, it is empty."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._mutex = Lock()

    def all(self) -> list[Path]:
        """The files, the latest first. They need not exist any more."""
        return self._read() or []

    def _read(self) -> list[Path] | None:
        """The list; None if the disk failed, so that it is not overwritten."""
        try:
            with self._path.open("rb") as file:
                kept = json.loads(file.read(MAX_BYTES))
        except FileNotFoundError:
            return []
        except (OSError, ValueError, RecursionError) as error:
            logger.warning("The list of recent files in %s cannot be read.", self._path)
            return None if isinstance(error, OSError) else []
        if not isinstance(kept, list):
            return []
        return [Path(each) for each in kept if isinstance(each, str) and each and "\0" not in each][:MOST]

    def add(self, path: Path) -> None:
        """Put a file first."""
        absolute = path.absolute()
        with self._mutex:
            kept = self._read()
            if kept is not None:
                self._keep([absolute, *(each for each in kept if each != absolute)])

    def remove(self, path: Path) -> None:
        """Take a file off the list."""
        with self._mutex:
            kept = self._read()
            if kept is not None:
                self._keep([each for each in kept if each != path])

    def clear(self) -> None:
        """Empty the list."""
        with self._mutex:
            self._keep([])

    def _keep(self, paths: list[Path]) -> None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_bytes(self._path, json.dumps([str(each) for each in paths[:MOST]], indent=2).encode())
        except OSError as error:
            logger.warning("The list of recent files could not be kept in %s: %s", self._path, error)
