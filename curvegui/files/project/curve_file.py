"""Files that may contain a curve: a drawing, a table of points, or a picture. The content counts before the name."""

import os
from collections.abc import Callable
from pathlib import Path

from curvegui.core.curve.curve import CurveError
from curvegui.core.language.text import tr
from curvegui.files.curves.kind import CurveKind, kind_by_name
from curvegui.files.format.opening import opened
from curvegui.files.format.stored_zip import LOCAL_SIGNATURE, Source
from curvegui.files.project.in_picture import CARRIERS, HEAD_BYTES, MOST_BYTES, picture_format
from curvegui.files.project.text_line import MOST_CHARACTERS, is_line

LARGEST_BYTES = 200_000_000
PIECE_BYTES = 4_000_000  # between two looks at whether to go on
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"BM", b"GIF8", b"RIFF")


def curve_kind(path: str | os.PathLike[str]) -> CurveKind | None:
    """What a file is that a curve can be read from; None if it contains a run, or nothing that can be read.

    Raises ``ProjectError``, with the name of the file, if it cannot be read.
    """
    with opened(path) as source:
        head = bytes(source.read(0, HEAD_BYTES))
        if head.startswith(LOCAL_SIGNATURE) or _contains_run(source, head):
            return None
    if picture_format(head) == "svg":
        return CurveKind.DRAWING
    return CurveKind.PICTURE if head.startswith(PICTURES) else kind_by_name(path)


def _contains_run(source: Source, head: bytes) -> bool:
    """Whether a picture or a text contains a run, or did once."""
    picture = picture_format(head)
    if picture is not None:
        carrier = CARRIERS[picture]
        return carrier.is_ours(source) or carrier.take(source, MOST_BYTES) is not None
    text = bytes(source.read(0, MOST_CHARACTERS)).replace(b"\0", b"")  # of UTF-16 too, the ASCII letters are left
    return b"curvegui" in text.lower() and is_line(text.decode("utf-8", "replace"))


def read_all(path: Path, progress: Callable[[float], None] | None = None) -> bytes:
    """The bytes of a file, as many as it had at first.

    ``progress`` is told the fraction that is read, and may raise something to end the reading. Raises ``ProjectError``
    if the file cannot be read, and ``CurveError`` if it is too large.
    """
    with opened(path) as source:
        if source.size > LARGEST_BYTES:
            raise CurveError(
                tr(
                    "“{name}” has {megabytes:,.0f} MB, and at most {most:,.0f} MB can be read.",
                    name=path.name,
                    megabytes=source.size / 1e6,
                    most=LARGEST_BYTES / 1e6,
                )
            )
        pieces = []
        for start in range(0, source.size, PIECE_BYTES):
            if progress is not None:
                progress(start / source.size)
            pieces.append(bytes(source.read(start, min(PIECE_BYTES, source.size - start))))
    return b"".join(pieces)
