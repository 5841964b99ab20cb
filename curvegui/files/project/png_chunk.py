"""A chunk of our own in a PNG: other programs pass over it, and those that edit pictures may keep it."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from curvegui.files.format.section import ProjectError
from curvegui.files.format.stored_zip import Memory, Source

SIGNATURE = b"\x89PNG\r\n\x1a\n"
RUN = b"cgRn"  # its small letters say: not critical, not registered, still true of a picture that was edited
TEXT, END = b"tEXt", b"IEND"
HEAD, CHECK = struct.Struct(">I4s"), struct.Struct(">I")  # length and type; CRC-32 of type and data
MOST_CHUNKS = 100_000  # the largest picture that the app paints has some thousands
MOST_TEXT_BYTES = 1_000


@dataclass(frozen=True)
class _Chunk:
    """Where a chunk's data are in a file."""

    kind: bytes
    start: int
    length: int

    def read(self, source: Source) -> bytes:
        """The data, once their check has been made."""
        data = bytes(source.read(self.start, self.length))
        check = bytes(source.read(self.start + self.length, CHECK.size))
        if check != CHECK.pack(zlib.crc32(self.kind + data)):
            raise cut_short()
        return data


def cut_short() -> ProjectError:
    """What is said of a file whose chunks do not follow each other to the end."""
    return ProjectError("This PNG picture is cut short or damaged. Open the original file.")


def with_chunk(png: bytes, payload: bytes) -> bytes:
    """A finished PNG with a payload in it, just before its end."""
    end = next(chunk for chunk in _chunks(Memory(png)) if chunk.kind == END)
    place = end.start - HEAD.size
    chunk = HEAD.pack(len(payload), RUN) + payload + CHECK.pack(zlib.crc32(RUN + payload))
    return b"".join([png[:place], chunk, png[place:]])


def chunk_payload(source: Source, most_bytes: int) -> bytes | None:
    """The payload in a PNG, or None where there is none.

    Raises
    ------
    ProjectError
        If the file is cut short or damaged, or the payload has more than ``most_bytes``.
    """
    for chunk in _chunks(source):
        if chunk.kind == RUN:
            if chunk.length > most_bytes:
                raise cut_short()
            return chunk.read(source)
    return None


def software(source: Source) -> str:
    """The program that a PNG says it was made with, or nothing."""
    for chunk in _chunks(source):
        if chunk.kind == TEXT and chunk.length <= MOST_TEXT_BYTES:
            key, _, value = chunk.read(source).partition(b"\0")
            if key == b"Software":
                return value.decode("latin-1")
    return ""


def _chunks(source: Source) -> Iterator[_Chunk]:
    """Every chunk, the last one included; nothing but their heads is read."""
    place = len(SIGNATURE)
    for _ in range(MOST_CHUNKS):
        head = bytes(source.read(place, HEAD.size))
        if len(head) < HEAD.size:
            break
        length, kind = HEAD.unpack(head)
        yield _Chunk(kind, place + HEAD.size, length)
        if kind == END:
            return
        place += HEAD.size + length + CHECK.size
    raise cut_short()
