"""The files that were opened or saved last, in one small JSON file that all windows share."""

import json
import logging
from pathlib import Path

from curvegui.core.language.text import tr
from curvegui.files.disk.shared_file import Codec, SharedFile, SharedFileError

MOST = 10
MAX_BYTES = 1_000_000  # of the file; ten paths take a few thousand

logger = logging.getLogger(__name__)


class RecentFiles(SharedFile[list[Path]]):
    """The list, the latest first; `write` makes the changes that were noted."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, tr("Your recent files"), Codec(_decoded, _encoded, list, MAX_BYTES))

    def all(self) -> list[Path]:
        """The files, which need not exist any more; none if the list cannot be read now."""
        try:
            return self.read()
        except SharedFileError as error:
            logger.info("%s", error)
            return []

    def add(self, path: Path) -> None:
        """Note that a file comes first."""
        absolute = path.absolute()
        self.note(lambda kept: [absolute, *(each for each in kept if each != absolute)][:MOST])

    def remove(self, path: Path) -> None:
        """Note that a file is to be taken off the list."""
        self.note(lambda kept: [each for each in kept if each != path])

    def clear(self) -> None:
        """Note that the list is to be emptied."""
        self.note(lambda _: [])


def _decoded(data: bytes) -> list[Path]:
    kept = json.loads(data)
    if not isinstance(kept, list):
        raise ValueError(tr("It is no list"))
    return [Path(each) for each in kept if isinstance(each, str) and each and "\0" not in each][:MOST]


def _encoded(paths: list[Path]) -> bytes:
    return json.dumps([str(each) for each in paths], indent=2).encode()
