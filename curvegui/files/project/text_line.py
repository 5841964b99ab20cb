"""The end of a run as one line of text, to be pasted into a mail or a chat, and back.

    curvegui1:655:pVm8... letters and digits of base64, as many as the number says

Mail programs break such a line and quote it with ">", and chats put words around it. So blanks and ">" are ignored, and
the line says how long it is and carries a checksum.
"""

import base64
import binascii
import re
import zlib

from curvegui import __version__
from curvegui.core.language.text import mark, tr
from curvegui.files.format.section import ProjectError
from curvegui.files.project.project import Project
from curvegui.files.project.run_end import decode_end, encode_end

VERSION = 1
SHORT_LINE = 700  # characters
BYTES_EACH = (7, 6, 5, 4)  # of a parameter: as many as a short line has room for
USUAL_BYTES = 6  # where none has
MOST_CHARACTERS = 10_000_000
MOST_PARAMETERS = 1_000_000  # eight million characters
CHECK_BYTES = 4
LONGEST_PATH = 4_000  # characters, on any system; what is longer is no file's name
BETWEEN = re.compile(r"[\s>\u00ad\u200b-\u200d\u2060\ufeff]+")  # blanks, quotation marks of mails, signs of no width
START = re.compile(r"curvegui(\d{1,4}):(\d{1,8}):", re.IGNORECASE | re.ASCII)  # a phone begins a line with a capital
OTHER_ALPHABET = str.maketrans("-_", "+/")  # of base64 in links
AGAIN = mark("Copy it again, from “curvegui1:” to its last letter.")


def as_text(project: Project) -> bytes:
    """The line as a file; errors as in `line_of`."""
    return line_of(project).encode("ascii") + b"\n"


def line_of(project: Project) -> str:
    """One line that holds the curve, the settings, the iteration and the final parameters of a run.

    It has under 700 characters for the usual network, whose parameters are then exact to 2^-47 of the largest one
    (7e-15), or to 2^-31 (5e-10) at least where changed settings take room. Those of a smaller network are more exact; a
    larger network has a longer line. Raises ``ProjectError`` if
    the network is too large for a line.
    """
    if project.record.parameters.size > MOST_PARAMETERS:
        raise ProjectError(tr("This network is too large for a line of text. Save it as a project."))
    if project.record.parameters.size * min(BYTES_EACH) > SHORT_LINE:
        return _line(encode_end(project, USUAL_BYTES))
    lines = (_line(encode_end(project, bytes_each)) for bytes_each in BYTES_EACH)
    return next((line for line in lines if len(line) < SHORT_LINE), None) or _line(encode_end(project, USUAL_BYTES))


def _line(data: bytes) -> str:
    checked = zlib.crc32(data).to_bytes(CHECK_BYTES) + data
    letters = base64.b64encode(checked).decode("ascii").rstrip("=")
    return f"curvegui{VERSION}:{len(letters)}:{letters}"


def is_line(text: str) -> bool:
    """Whether a text contains the beginning of such a line."""
    return START.search(BETWEEN.sub("", text[:MOST_CHARACTERS])) is not None


def short_line_of(project: Project) -> str:
    """The same, and nothing where the network is too large for one."""
    try:
        return line_of(project)
    except ProjectError:
        return ""


def looks_like_line(text: str) -> bool:
    """Whether somebody who wrote this meant such a line, whether it is complete or not."""
    return re.search(r"curvegui\s*\d+\s*:", text, re.IGNORECASE) is not None or len(text) > LONGEST_PATH


def project_of(line: str) -> Project:
    """The run in a line of text, whatever surrounds it.

    Raises ``ProjectError``, which says whether the text is something else, cut short, mistyped, or of a newer version.
    """
    if len(line) > MOST_CHARACTERS:
        raise ProjectError(tr("This text is too long to be a run."))
    text = BETWEEN.sub("", line)
    start = START.search(text)
    if start is None:
        raise ProjectError(
            tr("This text is not a run: a run as text begins with “curvegui{version}:”.", version=VERSION)
        )
    if int(start[1]) > VERSION:
        raise ProjectError(
            tr(
                "This text was made by a newer version of CurveGUI, and {version} is too old for it.",
                version=__version__,
            )
        )
    needed = int(start[2])
    letters = text[start.end() : start.end() + needed]
    if len(letters) < needed:
        raise ProjectError(
            tr(
                "This text is cut short: {letters} of {needed} characters are there. {again}",
                letters=len(letters),
                needed=needed,
                again=tr(AGAIN),
            )
        )
    return decode_end(_checked(letters))


def _checked(letters: str) -> bytes:
    """The bytes of a line, after comparing their checksum."""
    try:
        padded = letters.translate(OTHER_ALPHABET) + "=" * (-len(letters) % 4)
        data = base64.b64decode(padded, validate=True)
        if base64.b64encode(data).decode("ascii") != padded:  # a last letter can have bits that stand for nothing
            data = b""
    except (binascii.Error, ValueError):  # the latter for what is not ASCII
        data = b""
    check, rest = data[:CHECK_BYTES], data[CHECK_BYTES:]
    if not rest or check != zlib.crc32(rest).to_bytes(CHECK_BYTES):
        raise ProjectError(tr("This text is mistyped, or something is missing in it. {again}", again=tr(AGAIN)))
    return rest
