"""Pictures that contain their run: a project put into a finished PNG or SVG, and taken out of it again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from curvegui import __version__
from curvegui.core.language.text import mark, tr
from curvegui.core.run.shortening import thinned
from curvegui.files.format.few_bytes import pack, unpack
from curvegui.files.format.format_version import Unknown
from curvegui.files.format.section import ProjectError
from curvegui.files.format.stored_zip import Memory, Source
from curvegui.files.project.picture_payload import (
    SIGNATURE,
    chunk_payload,
    contains,
    metadata_payload,
    payload_room,
    software,
    with_chunk,
    with_metadata,
)
from curvegui.files.project.project import Project, decode, encode
from curvegui.files.project.run_end import decode_end, encode_end

SOFTWARE = f"CurveGUI {__version__}"
TITLE = "A curve drawn by a neural network"

RUN_BYTES = 64_000  # that a run adds to a picture at most
MOST_BYTES = 1_000_000  # that are read of one
MOST_UNPACKED_BYTES = 8_000_000
HEAD_BYTES = 4_096  # by which a kind of file is recognised
PROJECT, END = b"P", b"E"  # what a payload begins with: a project, or the end of a run alone
RANDOM_SHARE = 0.85  # of the bytes of parameters: no packing makes them smaller
DESCRIPTION_BYTES = 2_000  # of the end of a run, at most
ATTEMPTS = 4
STRIPPED = mark("Websites often strip such data from pictures; open the original file.")


@dataclass(frozen=True)
class Carrier:
    """A picture format that a payload can be put into."""

    put: Callable[[bytes, bytes], bytes]  # from a picture and a payload, a picture that contains it
    take: Callable[[Source, int], bytes | None]  # the payload or None; raises ``ProjectError`` if it is damaged
    room: Callable[[int], int]  # how large a payload may be that makes the file larger by so many bytes
    is_ours: Callable[[Source], bool]  # whether a picture says that the app painted it


CARRIERS = {
    "png": Carrier(with_chunk, chunk_payload, lambda most: most - 12, lambda png: software(png)[:8] == SOFTWARE[:8]),
    "svg": Carrier(with_metadata, metadata_payload, payload_room, lambda svg: contains(svg, TITLE.encode())),
}
"""By the ending of a file's name. A PDF has no place that readers leave alone."""


def picture_format(head: bytes) -> str | None:
    """The key of the carrier that a file is, from its first ``HEAD_BYTES``, or None."""
    if head.startswith(SIGNATURE):
        return "png"
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return "svg" if text.startswith((b"<svg", b"<?xml", b"<!")) and b"<svg" in text else None


def has_room(parameters: int, ending: str, most_bytes: int = RUN_BYTES) -> bool:
    """Whether a picture of a format has room for a run with so many parameters, at least for its end."""
    return ending in CARRIERS and 8 * parameters + DESCRIPTION_BYTES <= CARRIERS[ending].room(most_bytes)


def embedded(data: bytes, project: Project, most_bytes: int = RUN_BYTES) -> bytes | None:
    """A finished PNG or SVG with a run in it, at most ``most_bytes`` larger; None if the network is too large for that.

    The final parameters stay exact; the way to them is thinned, and left out where there is no room for it. Raises
    ``ValueError`` if the picture is neither.
    """
    ending = picture_format(data[:HEAD_BYTES])
    if ending is None:
        raise ValueError(
            tr("A run fits into pictures of these formats alone: {carriers}.", carriers=", ".join(CARRIERS))
        )
    carrier = CARRIERS[ending]
    room = carrier.room(min(most_bytes, MOST_BYTES))
    payload = next((payload for payload in _payloads(project, room) if len(payload) <= room), None)
    return None if payload is None else carrier.put(data, payload)


def _payloads(project: Project, room: int) -> Iterator[bytes]:
    """Payloads, each smaller than the one before; the first that fits is the best."""
    slim = replace(project, unknown=Unknown(project.unknown.values))
    random, size = RANDOM_SHARE * project.record.parameters.nbytes, room
    for _ in range(ATTEMPTS if 2 * random <= room else 0):  # with one keyframe at least
        payload = PROJECT + pack(encode(replace(slim, record=thinned(project.record, size))))
        yield payload
        size = int(0.98 * size * room / len(payload))
    if random <= room:
        yield END + pack(encode_end(slim))


def extracted(data: bytes) -> Project:
    """The run that a picture contains; errors as in `project_in`."""
    return project_in(Memory(data))


def project_in(source: Source) -> Project:
    """The run that a PNG or SVG contains; raises ``ProjectError`` if there is none, or it is damaged.

    Apart from the run itself, only a little is read at a time.
    """
    ending = picture_format(bytes(source.read(0, HEAD_BYTES)))
    if ending is None:
        raise ProjectError(tr("This is neither a PNG nor an SVG picture, and others contain no runs."))
    carrier = CARRIERS[ending]
    payload = carrier.take(source, MOST_BYTES)
    if payload is None:
        raise ProjectError(_missing(carrier.is_ours(source)))
    return _project(payload)


def _missing(is_ours: bool) -> str:
    if is_ours:
        return tr("This picture was made by CurveGUI, but it does not contain its run. {advice}", advice=tr(STRIPPED))
    return tr("This picture does not contain a run. {advice}", advice=tr(STRIPPED))


def _project(payload: bytes) -> Project:
    data = unpack(payload[1:], MOST_UNPACKED_BYTES)
    if data is None:
        raise ProjectError(tr("The run in this picture is damaged. Open the original file."))
    if payload[:1] == PROJECT:
        return decode(data)
    if payload[:1] == END:
        return decode_end(data)
    raise ProjectError(
        tr(
            "The run in this picture was made by a newer CurveGUI, and {version} is too old for it.",
            version=__version__,
        )
    )
