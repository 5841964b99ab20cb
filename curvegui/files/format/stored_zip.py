"""Zip archives without compression: written the same every time, read without trusting anything.

A zip can say one thing in its directory and another before each member, hide bytes between members, name a member
twice, or promise more than it holds. Here all of that is an error, found before anything is allocated.
"""

import io
import os
import re
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO, Protocol, TypeAlias
from zipfile import ZipFile, ZipInfo

from curvegui.core.language.text import mark, tr
from curvegui.core.regular_file import open_regular, quoted_name, why_unreadable
from curvegui.files.format.section import ProjectError, damaged

Buffer: TypeAlias = bytes | memoryview

LOCAL = struct.Struct("<4s5H3L2H")  # signature; version needed, flags, method, time, date; CRC, sizes; lengths
CENTRAL = struct.Struct("<4sH5H3L2H3H2L")  # signature, made by; as above; comment, disk, attributes; where
END = struct.Struct("<4s4H2LH")  # signature; disks, counts; the directory's size and offset; comment
LOCAL_SIGNATURE, CENTRAL_SIGNATURE, END_SIGNATURE = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
MOST_MEMBERS = 64
PIECE = 1 << 20  # bytes that are put together at a time: the window waits no longer
LARGEST_ARCHIVE = 1_200_000_000  # bytes: the largest network's five copies and its trail, and far from 2³²
NAME = re.compile(rb"[a-z0-9_]+(/[a-z0-9_]+)*\.[a-z]+")
LONGEST_NAME = 80


@dataclass(frozen=True)
class Member:
    """A member of an archive: where its bytes lie, and their CRC-32."""

    name: str
    start: int
    size: int
    crc: int


class Source(Protocol):
    """Bytes to read an archive from."""

    size: int

    def read(self, start: int, count: int) -> Buffer: ...  # ``count`` bytes from ``start`` on, which is inside


class Memory:
    """An archive in memory, of which nothing is copied."""

    def __init__(self, data: bytes) -> None:
        self._view = memoryview(data)
        self.size = len(data)

    def read(self, start: int, count: int) -> Buffer:
        return self._view[start : start + count]


class OpenFile:
    """An archive in a file; only the members that are asked for are read."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file = file
        self.size = size

    def read(self, start: int, count: int) -> Buffer:
        """``count`` bytes, or fewer if the file was cut in the meantime: no check will hold then."""
        self._file.seek(start)
        return self._file.read(count)

    def lines(self, longest: int) -> Iterator[bytes]:
        """All lines of the file; a line with more than ``longest`` bytes comes in pieces."""
        self._file.seek(0)
        return iter(lambda: self._file.readline(longest), b"")


class ZipWriter:
    """Puts an archive together; the same run gives the same bytes whenever it is saved."""

    def __init__(self) -> None:
        self._whole = io.BytesIO()
        self._archive = ZipFile(self._whole, "w")

    def start_of(self, name: str) -> int:
        """Where the bytes of the next member will begin, if it has this name."""
        return self._whole.tell() + LOCAL.size + len(name)

    def add(self, name: str, *parts: Buffer) -> None:
        about = ZipInfo(name)  # of 1 January 1980
        about.create_system = 0  # on each system
        with self._archive.open(about, "w") as member:
            for part in parts:
                for start in range(0, len(part), PIECE):
                    member.write(part[start : start + PIECE])  # other threads may run between two of them

    def finish(self) -> bytes:
        self._archive.close()
        return self._whole.getvalue()


def read_directory(source: Source) -> dict[str, Member]:
    """The members of an archive, by name, in their order. Raises ``ProjectError`` if anything is not exactly as
    `ZipWriter` writes it, apart from times and attributes."""
    if bytes(source.read(0, 4)) != LOCAL_SIGNATURE:
        raise ProjectError(tr("It is not a CurveGUI project."))
    if not 2 * END.size < source.size <= LARGEST_ARCHIVE:
        raise damaged(tr("its size cannot be right"))
    end = bytes(source.read(source.size - END.size, END.size))
    signature, disk, first_disk, here, count, size, start, comment = END.unpack(end.ljust(END.size))
    is_plain = not (disk or first_disk or comment) and here == count and 0 < count <= MOST_MEMBERS
    if signature != END_SIGNATURE or not is_plain or start + size + END.size != source.size:
        raise damaged(tr("its end is missing"))
    members: dict[str, Member] = {}
    misfit = damaged(tr("its directory does not fit its parts"))
    if size > count * (CENTRAL.size + LONGEST_NAME):
        raise misfit
    directory, at, offset = bytes(source.read(start, size)), 0, 0
    for _ in range(count):
        if len(directory) < at + CENTRAL.size:
            raise misfit
        signature, _, *values = CENTRAL.unpack_from(directory, at)
        shared, (note, disk, _, _, begins) = values[:10], values[10:]  # the former stand before the member, too
        _, flags, method, _, _, crc, stored, length, name_length, extra = shared
        name = directory[at + CENTRAL.size : at + CENTRAL.size + name_length]
        if signature != CENTRAL_SIGNATURE or flags or method or extra or note or disk or stored != length:
            raise damaged(tr("a part of it is packed in a way that is not allowed"))
        if name_length > LONGEST_NAME or not NAME.fullmatch(name) or name.decode() in members:
            raise damaged(tr("a part of it has a name that is not allowed"))
        header = LOCAL.pack(LOCAL_SIGNATURE, *shared) + name
        if begins != offset or bytes(source.read(offset, len(header))) != header:
            raise misfit
        members[name.decode()] = Member(name.decode(), offset + len(header), length, crc)
        at, offset = at + CENTRAL.size + name_length, offset + len(header) + length
        if offset > start:
            raise misfit
    if at != len(directory) or offset != start:
        raise misfit
    return members


@contextmanager
def opened(path: str | os.PathLike[str]) -> Iterator[OpenFile]:
    """A file to read a project from; its size has been checked. Whatever goes wrong, also inside of the block, becomes
    a ``ProjectError`` that begins with the name of the file."""
    try:
        with open_regular(path) as file:
            size = os.fstat(file.fileno()).st_size
            if size == 0:
                raise ProjectError(tr("It is empty."))
            if size > LARGEST_ARCHIVE:
                words = mark("It is larger than any file that can be opened: {most:,.0f} MB.")
                raise ProjectError(tr(words, most=size / 1e6))
            yield OpenFile(file, size)
    except (ProjectError, OSError, MemoryError) as error:
        words = mark("{path} could not be opened. {error}")
        if isinstance(error, MemoryError):
            words = mark("{path} could not be opened. There is not enough memory for it.")
        why = why_unreadable(error) if isinstance(error, OSError) else error
        raise ProjectError(tr(words, path=quoted_name(path), error=why)) from error
