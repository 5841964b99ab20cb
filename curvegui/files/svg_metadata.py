"""A payload in an SVG's ``<metadata>``, which is there for what programs want to keep in a drawing.

It is text that begins with a mark of ours. It is found by that mark and not by reading the XML: so it survives
programs that write the same XML in another way, and nothing that is hostile in the rest of a file is ever looked at.
"""

import base64
import binascii
import io
import re
from typing import BinaryIO

from curvegui.files.project import ProjectError

NAMESPACE = "urn:curvegui:run"
MARK = b"curvegui-run-1:"
END_TAG = b"</svg>"
BLOCK_BYTES = 1_000_000  # looked through at a time, from the end on
MOST_BYTES = 256_000_000  # looked through at all
PUT_IN = '<metadata>\n<run xmlns="{namespace}">{mark}\n{text}</run>\n</metadata>\n'
DAMAGED = "The run in this SVG drawing is cut short or damaged. Open the original file."
BETWEEN = re.compile(rb"[\s]+")
LINE_SHARE = 77 / 76  # base64 in lines of 76 letters, as in mail


def with_metadata(svg: bytes, payload: bytes) -> bytes:
    """A finished SVG with a payload in it, just before its end."""
    text = base64.encodebytes(payload).decode("ascii")
    element = PUT_IN.format(namespace=NAMESPACE, mark=MARK.decode("ascii"), text=text)
    place = svg.rindex(END_TAG)
    return svg[:place] + element.encode("ascii") + svg[place:]


def payload_bytes(file_bytes: int) -> int:
    """How large a payload may be that takes so many bytes of a file."""
    return int(file_bytes / LINE_SHARE * 3 / 4)


def payload_in(file: BinaryIO, most_bytes: int) -> bytes | None:
    """The payload in an SVG, or None where there is none.

    Raises
    ------
    ProjectError
        If it is cut short or damaged, or has more than ``most_bytes``.
    """
    place = _last_place(file, MARK)
    if place is None:
        return None
    file.seek(place + len(MARK))
    text, tag, _ = file.read(2 * most_bytes).partition(b"<")
    try:
        payload = base64.b64decode(BETWEEN.sub(b"", text), validate=True)
    except binascii.Error:
        payload = b""
    if not tag or not payload or len(payload) > most_bytes:
        raise ProjectError(DAMAGED)
    return payload


def contains(file: BinaryIO, words: bytes) -> bool:
    """Whether some words are in a file."""
    return _last_place(file, words) is not None


def _last_place(file: BinaryIO, words: bytes) -> int | None:
    """Where words are in a file for the last time."""
    stop = size = file.seek(0, io.SEEK_END)
    while stop > 0 and size - stop < MOST_BYTES:
        start = max(0, stop - BLOCK_BYTES)
        file.seek(start)
        found = file.read(stop - start + len(words) - 1).rfind(words)  # also across the block's end
        if found >= 0:
            return start + found
        stop = start
    return None
