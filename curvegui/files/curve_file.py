"""What may contain a curve: a drawing, a table of points, or a picture. Its content says so before its name."""

import os
import re
from collections.abc import Callable
from enum import Enum
from pathlib import Path

from curvegui.core.curve import CurveError
from curvegui.files.opening import opened
from curvegui.files.picture_data import CARRIERS, HEAD_BYTES, MOST_BYTES, picture_format
from curvegui.files.stored_zip import LOCAL_SIGNATURE, Source
from curvegui.files.text_line import MOST_CHARACTERS, is_line

LARGEST_BYTES = 200_000_000
PIECE_BYTES = 4_000_000  # between two looks at whether to go on
SNIFFED = 4_096  # characters of a text by which it is recognised
PATH_DATA = re.compile(r"\s*[Mm]\s*[-+.\d][-+.,\deE\sMmZzLlHhVvCcSsQqTtAa]*")
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"BM", b"GIF8", b"RIFF")
TABLE_ENDINGS = (".csv", ".tsv", ".txt", ".tab", ".dat", ".xy")


class Kind(Enum):
    """What a curve can come from."""

    DRAWING = "drawing"
    TABLE = "table"
    PICTURE = "picture"


ENDINGS = {
    Kind.DRAWING: (".svg",),
    Kind.TABLE: TABLE_ENDINGS,
    Kind.PICTURE: (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp"),
}


def kind_by_name(path: str | os.PathLike[str]) -> Kind | None:
    """What a file's name says that it is."""
    ending = Path(path).suffix.lower()
    return next((kind for kind, endings in ENDINGS.items() if ending in endings), None)


def curve_kind(path: str | os.PathLike[str]) -> Kind | None:
    """What a file is that contains no run; None where it contains one, or is nothing to learn.

    Raises
    ------
    ProjectError
        If it cannot be read; the message names the file.
    """
    with opened(path) as source:
        head = bytes(source.read(0, HEAD_BYTES))
        if head.startswith(LOCAL_SIGNATURE) or _contains_run(source, head):
            return None
    if picture_format(head) == "svg":
        return Kind.DRAWING
    return Kind.PICTURE if head.startswith(PICTURES) else kind_by_name(path)


def _contains_run(source: Source, head: bytes) -> bool:
    """Whether there is a run in a picture or a text, or was one."""
    picture = picture_format(head)
    if picture is not None:
        carrier = CARRIERS[picture]
        return carrier.is_ours(source) or carrier.take(source, MOST_BYTES) is not None
    text = bytes(source.read(0, MOST_CHARACTERS)).replace(b"\0", b"")  # of UTF-16 too, the ASCII letters are left
    return b"curvegui" in text.lower() and is_line(text.decode("utf-8", "replace"))


def kind_of_text(text: str) -> Kind | None:
    """What a text is: a drawing, the data of a path, or a table of points."""
    head = text[:SNIFFED]
    if "<svg" in head or PATH_DATA.fullmatch(head):
        return Kind.DRAWING
    lines = [line for line in head.splitlines() if line.strip()]
    with_numbers = sum(bool(re.search(r"\d.*[\s,;]\s*[-+.]?\d", line)) for line in lines)
    return Kind.TABLE if len(lines) > 1 and 2 * with_numbers > len(lines) else None


def read_all(path: Path, cancelled: Callable[[], bool], progress: Callable[[float], None]) -> bytes:
    """The bytes of a file, as many as were there at first.

    Raises
    ------
    ProjectError
        If it cannot be read; the message names the file.
    CurveError
        If it is too large, or nobody waits for it any more.
    """
    with opened(path) as source:
        if source.size > LARGEST_BYTES:
            raise CurveError(
                f"“{path.name}” has {source.size / 1e6:,.0f} MB, and at most {LARGEST_BYTES / 1e6:,.0f} MB can be read."
            )
        pieces = []
        for start in range(0, source.size, PIECE_BYTES):
            if cancelled():
                raise CurveError(f"“{path.name}” was not read to its end.")
            pieces.append(bytes(source.read(start, min(PIECE_BYTES, source.size - start))))
            progress(start / source.size)
    return b"".join(pieces)
