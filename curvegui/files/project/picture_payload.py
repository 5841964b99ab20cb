"""Where a finished picture keeps a payload: a PNG in a chunk of our own, an SVG in an element of its metadata."""

import base64
import binascii
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from curvegui.core.language.text import tr
from curvegui.files.format.section import ProjectError
from curvegui.files.format.stored_zip import Memory, Source

SIGNATURE = b"\x89PNG\r\n\x1a\n"
RUN = b"cgRn"  # its small letters say: not critical, not registered, still true of a picture that was edited
TEXT, FIRST, PIXELS, END = b"tEXt", b"IHDR", b"IDAT", b"IEND"
HEAD, CHECK = struct.Struct(">I4s"), struct.Struct(">I")  # length and type; CRC-32 of type and data
MOST_CHUNKS = 100_000  # the largest picture that the app paints has some thousands
MOST_TEXT_BYTES = 1_000

NAMESPACE = "urn:curvegui:run"
MARK = b"curvegui-run-1:"
END_TAG = b"</svg>"
ELEMENT = '<metadata>\n<run xmlns="{namespace}">{mark}\n{text}</run>\n</metadata>\n'
BLOCK_BYTES = 1_000_000  # looked through at a time, from the end on
MOST_METADATA_BYTES = 256_000_000  # looked through at all
LINES = 77 / 76  # base64 comes in lines of 76 letters, as in mail
OTHER_BYTES = 200  # of the element


@dataclass(frozen=True)
class Chunk:
    """Where a chunk's data are in a file."""

    kind: bytes
    start: int
    length: int

    def read(self, source: Source) -> bytes:
        """The data, after comparing their checksum."""
        data = bytes(source.read(self.start, self.length))
        check = bytes(source.read(self.start + self.length, CHECK.size))
        if check != CHECK.pack(zlib.crc32(self.kind + data)):
            raise cut_short()
        return data


def cut_short() -> ProjectError:
    """The error for a file whose chunks do not follow each other to the end."""
    return ProjectError(tr("This PNG picture is cut short or damaged. Open the original file."))


def with_chunk(png: bytes, payload: bytes) -> bytes:
    """A finished PNG with a payload in it, just before its end."""
    end = next(chunk for chunk in chunks(Memory(png)) if chunk.kind == END)
    place = end.start - HEAD.size
    chunk = HEAD.pack(len(payload), RUN) + payload + CHECK.pack(zlib.crc32(RUN + payload))
    return b"".join([png[:place], chunk, png[place:]])


def chunk_payload(source: Source, most_bytes: int) -> bytes | None:
    """The payload in a PNG, or None where there is none.

    Raises ``ProjectError`` if the file is cut short or damaged, or the payload has more than ``most_bytes``.
    """
    for chunk in chunks(source):
        if chunk.kind == RUN:
            if chunk.length > most_bytes:
                raise cut_short()
            return chunk.read(source)
    return None


def software(source: Source) -> str:
    """The program that a PNG says it was made with, or nothing."""
    for chunk in chunks(source):
        if chunk.kind == TEXT and chunk.length <= MOST_TEXT_BYTES:
            key, _, value = chunk.read(source).partition(b"\0")
            if key == b"Software":
                return value.decode("latin-1")
    return ""


def chunks(source: Source) -> Iterator[Chunk]:
    """Every chunk, the last one included; only their heads are read."""
    place = len(SIGNATURE)
    for _ in range(MOST_CHUNKS):
        head = bytes(source.read(place, HEAD.size))
        if len(head) < HEAD.size:
            break
        length, kind = HEAD.unpack(head)
        yield Chunk(kind, place + HEAD.size, length)
        if kind == END:
            return
        place += HEAD.size + length + CHECK.size
    raise cut_short()


def with_metadata(svg: bytes, payload: bytes) -> bytes:
    """A finished SVG with a payload in it, just before its end."""
    text = base64.encodebytes(payload).decode("ascii")
    element = ELEMENT.format(namespace=NAMESPACE, mark=MARK.decode("ascii"), text=text)
    place = svg.rindex(END_TAG)
    return b"".join([svg[:place], element.encode("ascii"), svg[place:]])


def payload_room(most_bytes: int) -> int:
    """How large a payload may be whose element has ``most_bytes``."""
    return max(0, int((most_bytes - OTHER_BYTES) / LINES * 3 / 4))


def metadata_payload(source: Source, most_bytes: int) -> bytes | None:
    """The payload in an SVG, or None where there is none.

    Raises ``ProjectError`` if it is cut short or damaged, or has more than ``most_bytes``.
    """
    place = _last_place(source, MARK)
    if place is None:
        return None
    text, tag, _ = bytes(source.read(place + len(MARK), 2 * most_bytes)).partition(b"<")
    try:
        payload = base64.b64decode(b"".join(text.split()), validate=True)
    except binascii.Error:
        payload = b""
    if not tag or not payload or len(payload) > most_bytes:
        raise ProjectError(tr("The run in this SVG drawing is cut short or damaged. Open the original file."))
    return payload


def contains(source: Source, words: bytes) -> bool:
    """Whether a file contains some words."""
    return _last_place(source, words) is not None


def _last_place(source: Source, words: bytes) -> int | None:
    """The last place of some words in a file."""
    stop = source.size
    while stop > 0 and source.size - stop < MOST_METADATA_BYTES:
        start = max(0, stop - BLOCK_BYTES)
        block = bytes(source.read(start, stop - start + len(words) - 1))  # also across the block's end
        found = block.rfind(words)
        if found >= 0:
            return start + found
        stop = start
    return None
