"""Pictures that contain their run: a project put into a finished PNG or SVG, and taken out of it again."""

import base64
import binascii
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from curvegui import __version__
from curvegui.core.language.text import mark, tr
from curvegui.core.run.record import thinned
from curvegui.files.format.container import Unknown
from curvegui.files.format.few_bytes import pack, unpack
from curvegui.files.format.section import ProjectError
from curvegui.files.format.stored_zip import Memory, Source
from curvegui.files.project.project import Project, decode, encode
from curvegui.files.project.text_line import decode_end, encode_end

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
    """A chunk of a PNG: where its data are in the file."""

    kind: bytes
    start: int
    length: int

    def read(self, source: Source) -> bytes:
        data = bytes(source.read(self.start, self.length))
        check = bytes(source.read(self.start + self.length, CHECK.size))
        if check != CHECK.pack(zlib.crc32(self.kind + data)):
            raise cut_short()
        return data


def cut_short() -> ProjectError:
    """The error for a file whose chunks do not follow each other to the end."""
    return ProjectError(tr("This PNG picture is cut short or damaged. Open the original file."))


def with_chunk(png: bytes, payload: bytes) -> bytes:
    end = next(chunk for chunk in chunks(Memory(png)) if chunk.kind == END)
    start = end.start - HEAD.size
    chunk = HEAD.pack(len(payload), RUN) + payload + CHECK.pack(zlib.crc32(RUN + payload))
    return png[:start] + chunk + png[start:]


def chunk_payload(source: Source, most_bytes: int) -> bytes | None:
    """The payload in a PNG, or None where there is none."""
    found = next((chunk for chunk in chunks(source) if chunk.kind == RUN), None)
    if found is not None and found.length > most_bytes:
        raise cut_short()
    return None if found is None else found.read(source)


def software(source: Source) -> str:
    for chunk in chunks(source):
        if chunk.kind == TEXT and chunk.length <= MOST_TEXT_BYTES:
            key, _, value = chunk.read(source).partition(b"\0")
            if key == b"Software":
                return value.decode("latin-1")
    return ""


def chunks(source: Source) -> Iterator[Chunk]:
    """Every chunk, the last one included; only their heads are read."""
    position = len(SIGNATURE)
    for _ in range(MOST_CHUNKS):
        head = bytes(source.read(position, HEAD.size))
        if len(head) < HEAD.size:
            break
        length, kind = HEAD.unpack(head)
        yield Chunk(kind, position + HEAD.size, length)
        if kind == END:
            return
        position += HEAD.size + length + CHECK.size
    raise cut_short()


def is_damaged_png(data: bytes) -> bool:
    """Whether bytes begin as a PNG and do not go on as one: libpng, which Qt uses, would say so in the terminal."""
    if not data.startswith(SIGNATURE):
        return False
    source = Memory(data)
    try:
        kinds = [chunk.kind for chunk in chunks(source) if chunk.kind[:1].isupper() and chunk.read(source) is not None]
    except ProjectError:
        return True
    return kinds[0] != FIRST or PIXELS not in kinds


def with_metadata(svg: bytes, payload: bytes) -> bytes:
    text = base64.encodebytes(payload).decode("ascii")
    element = ELEMENT.format(namespace=NAMESPACE, mark=MARK.decode("ascii"), text=text)
    end = svg.rindex(END_TAG)
    return svg[:end] + element.encode("ascii") + svg[end:]


def metadata_payload(source: Source, most_bytes: int) -> bytes | None:
    position = _last_position(source, MARK)
    if position is None:
        return None
    text, tag, _ = bytes(source.read(position + len(MARK), 2 * most_bytes)).partition(b"<")
    try:
        payload = base64.b64decode(b"".join(text.split()), validate=True)
    except binascii.Error:
        payload = b""
    if not tag or not payload or len(payload) > most_bytes:
        raise ProjectError(tr("The run in this SVG drawing is cut short or damaged. Open the original file."))
    return payload


def _last_position(source: Source, words: bytes) -> int | None:
    stop = source.size
    while stop > 0 and source.size - stop < MOST_METADATA_BYTES:
        start = max(0, stop - BLOCK_BYTES)
        block = bytes(source.read(start, stop - start + len(words) - 1))  # also across the block's end
        found = block.rfind(words)
        if found >= 0:
            return start + found
        stop = start
    return None


SOFTWARE = f"CurveGUI {__version__}"
TITLE = "A curve drawn by a neural network"

RUN_BYTES = 64_000  # that a run adds to a picture at most
MOST_BYTES = 1_000_000  # that are read of one
MOST_UNPACKED_BYTES = 8_000_000
HEAD_BYTES = 4_096  # by which a kind of file is recognised
WHOLE_RUN, ONLY_END = b"P", b"E"  # what a payload begins with: a project, or the end of a run alone
RANDOM_SHARE = 0.85  # of the bytes of parameters: no packing makes them smaller
DESCRIPTION_BYTES = 2_000  # of the end of a run, at most
ATTEMPTS = 4
NEWER = mark("The run in this picture was made by a newer CurveGUI, and {version} is too old for it.")
STRIPPED = mark("Websites often strip such data from pictures; open the original file.")


@dataclass(frozen=True)
class Carrier:
    """A picture format that a payload can be put into."""

    put: Callable[[bytes, bytes], bytes]  # from a picture and a payload, a picture that contains it
    take: Callable[[Source, int], bytes | None]  # the payload or None; raises ``ProjectError`` if it is damaged
    most_payload: Callable[[int], int]  # how large a payload may be that makes the file larger by so many bytes
    is_ours: Callable[[Source], bool]  # whether a picture says that the app painted it


CARRIERS = {
    "png": Carrier(with_chunk, chunk_payload, lambda most: most - 12, lambda png: software(png)[:8] == SOFTWARE[:8]),
    "svg": Carrier(
        with_metadata,
        metadata_payload,
        lambda most: max(0, int((most - OTHER_BYTES) / LINES * 3 / 4)),
        lambda svg: _last_position(svg, TITLE.encode()) is not None,
    ),
}
"""By the ending of a file's name. A PDF has no part that readers leave alone."""


def picture_format(head: bytes) -> str | None:
    """The key in ``CARRIERS`` of a file's format, from the file's first ``HEAD_BYTES``, or None."""
    if head.startswith(SIGNATURE):
        return "png"
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return "svg" if text.startswith((b"<svg", b"<?xml", b"<!")) and b"<svg" in text else None


def has_room(parameters: int, ending: str, most_bytes: int = RUN_BYTES) -> bool:
    """Whether a picture of a format has room for a run with so many parameters, at least for its end."""
    return ending in CARRIERS and 8 * parameters + DESCRIPTION_BYTES <= CARRIERS[ending].most_payload(most_bytes)


def embedded(data: bytes, project: Project, most_bytes: int = RUN_BYTES) -> bytes | None:
    """A finished PNG or SVG with a run in it, at most ``most_bytes`` larger; None if the network is too large for that.
    The final parameters stay exact; the way to them is thinned, and left out where there is no room for it. Raises
    ``ValueError`` if the picture has another format."""
    ending = picture_format(data[:HEAD_BYTES])
    if ending is None:
        words = mark("A run fits into pictures of these formats alone: {carriers}.")
        raise ValueError(tr(words, carriers=", ".join(CARRIERS)))
    carrier = CARRIERS[ending]
    most = carrier.most_payload(min(most_bytes, MOST_BYTES))
    slim = replace(project, unknown=Unknown(project.unknown.values))
    random, size = RANDOM_SHARE * project.record.parameters.nbytes, most
    for _ in range(ATTEMPTS if 2 * random <= most else 0):  # with one keyframe at least
        payload = WHOLE_RUN + pack(encode(replace(slim, record=thinned(project.record, size))))
        if len(payload) <= most:
            return carrier.put(data, payload)
        size = int(0.98 * size * most / len(payload))
    end = ONLY_END + pack(encode_end(slim)) if random <= most else b""
    return carrier.put(data, end) if 0 < len(end) <= most else None


def extracted(data: bytes) -> Project:
    return project_in(Memory(data))


def project_in(source: Source) -> Project:
    """The run that a PNG or SVG contains; raises ``ProjectError`` if there is none, or it is damaged."""
    ending = picture_format(bytes(source.read(0, HEAD_BYTES)))
    if ending is None:
        raise ProjectError(tr("This is neither a PNG nor an SVG picture, and others contain no runs."))
    carrier = CARRIERS[ending]
    payload = carrier.take(source, MOST_BYTES)
    if payload is None:
        words = mark("This picture does not contain a run. {advice}")
        if carrier.is_ours(source):
            words = mark("This picture was made by CurveGUI, but it does not contain its run. {advice}")
        raise ProjectError(tr(words, advice=tr(STRIPPED)))
    data = unpack(payload[1:], MOST_UNPACKED_BYTES)
    if data is None:
        raise ProjectError(tr("The run in this picture is damaged. Open the original file."))
    if payload[:1] == WHOLE_RUN:
        return decode(data)
    if payload[:1] == ONLY_END:
        return decode_end(data)
    raise ProjectError(tr(NEWER, version=__version__))
