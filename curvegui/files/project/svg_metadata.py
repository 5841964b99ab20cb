"""A payload in an SVG's ``<metadata>``, which is there for what programs want to keep in a drawing.

It is text that begins with a mark of ours, and it is found by that mark, not by reading the XML. So it survives
programs that write the same XML in another way, and nothing hostile in the rest of a file is ever looked at.
"""

import base64
import binascii

from curvegui.files.format.error import ProjectError
from curvegui.files.format.stored_zip import Source

NAMESPACE = "urn:curvegui:run"
MARK = b"curvegui-run-1:"
END_TAG = b"</svg>"
ELEMENT = '<metadata>\n<run xmlns="{namespace}">{mark}\n{text}</run>\n</metadata>\n'
BLOCK_BYTES = 1_000_000  # looked through at a time, from the end on
MOST_BYTES = 256_000_000  # looked through at all
LINES = 77 / 76  # base64 comes in lines of 76 letters, as in mail
OTHER_BYTES = 200  # of the element


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

    Raises
    ------
    ProjectError
        If it is cut short or damaged, or has more than ``most_bytes``.
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
        raise ProjectError("The run in this SVG drawing is cut short or damaged. Open the original file.")
    return payload


def contains(source: Source, words: bytes) -> bool:
    """Whether some words are in a file."""
    return _last_place(source, words) is not None


def _last_place(source: Source, words: bytes) -> int | None:
    """Where words are in a file for the last time."""
    stop = source.size
    while stop > 0 and source.size - stop < MOST_BYTES:
        start = max(0, stop - BLOCK_BYTES)
        block = bytes(source.read(start, stop - start + len(words) - 1))  # also across the block's end
        found = block.rfind(words)
        if found >= 0:
            return start + found
        stop = start
    return None
