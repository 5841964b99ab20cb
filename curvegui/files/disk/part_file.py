"""Writing a file that is too long for memory, piece by piece, and still whole or not at all.

The file grows beside the old one, is flushed to the disk, and its length and checksum are compared with what is read
back. Only then does it take the old one's place: see `atomic`, which does the same for bytes in memory.
"""

import contextlib
import errno
import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from curvegui.core.language.text import tr
from curvegui.files.disk.atomic import BLOCK_BYTES, CHANGED, replacement, write_all


@dataclass(frozen=True)
class _Patch:
    """Bytes that were overwritten before the file was done, as they were at first."""

    start: int
    before: bytes

    def take_back(self, block: bytearray, at: int) -> None:
        """Put the old bytes back into a block of the file that begins ``at``."""
        first, last = max(self.start, at), min(self.start + len(self.before), at + len(block))
        if first < last:
            block[first - at : last - at] = self.before[first - self.start : last - self.start]


class PartFile:
    """A file that is being written; of what was written, a length and a checksum are remembered.

    ``file`` is empty, unbuffered, and open for reading and writing.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._length = self._checksum = 0
        self._patches: list[_Patch] = []

    def write(self, data: bytes | memoryview) -> int:
        """Write all of the data at the present position; return its length. Raises ``OSError`` if the disk is full."""
        view = memoryview(data).cast("B")
        start = self.tell()
        if start > self._length:
            raise OSError(errno.EINVAL, tr("There would be a gap in the file"))
        over = min(self._length - start, len(view))
        if over:
            self._patches.append(_Patch(start, self._read(start, over)))
        write_all(self._file, view)
        if over and self._read(start, over) != view[:over]:
            raise OSError(errno.EIO, tr(CHANGED))
        self._checksum = zlib.crc32(view[over:], self._checksum)
        self._length = max(self._length, start + len(view))
        return len(view)

    def _read(self, start: int, length: int) -> bytes:
        """Some bytes of the file, whose position stays as it was."""
        stood = self.tell()
        self.seek(start)
        data = self._file.read(length)
        self.seek(stood)
        return data

    def tell(self) -> int:
        """The present position."""
        return self._file.tell()

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to another position, to write over what is there."""
        return self._file.seek(offset, whence)

    def finish(self) -> None:
        """Flush to the disk and compare what is there; raises ``OSError`` if it is not what was written."""
        os.fsync(self._file.fileno())
        checksum = at = self.seek(0)
        while block := bytearray(self._file.read(BLOCK_BYTES)):
            for patch in reversed(self._patches):
                patch.take_back(block, at)
            checksum = zlib.crc32(block, checksum)
            at += len(block)
        if (at, checksum) != (self._length, self._checksum):
            raise OSError(errno.EIO, tr(CHANGED))


@contextlib.contextmanager
def replaced_in_parts(path: str | os.PathLike[str]) -> Iterator[PartFile]:
    """A file to write in parts, which takes the place of the one at ``path`` when the block ends well.

    When the block ends in any other way, nothing has changed. Any ``OSError`` becomes a ``WriteError``.
    """
    with replacement(path) as file:
        part = PartFile(file)
        yield part
        part.finish()
