"""Opening whatever contains a run: a project, a picture, a text or a line of it. The content decides, not the name."""

import codecs
import os
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from curvegui.core.curve.curve import CurveError
from curvegui.core.language.text import mark, tr
from curvegui.core.regular_file import is_there
from curvegui.files.curves.kind import CurveKind, kind_by_name
from curvegui.files.format.section import ProjectError
from curvegui.files.format.stored_zip import LOCAL_SIGNATURE, Source, opened
from curvegui.files.project.in_picture import CARRIERS, HEAD_BYTES, MOST_BYTES, picture_format, project_in
from curvegui.files.project.project import Project, decode
from curvegui.files.project.text_line import MOST_CHARACTERS, is_line, looks_like_line, project_of

NOTHING = mark(
    "It contains no run. CurveGUI opens its own projects (.curvegui), its PNG and SVG pictures, "
    "and texts with a line that begins with “curvegui1:”. "
    "Curves are made of SVG drawings, tables of points and pictures."
)
ANOTHER = mark("It is a {other}, and those contain no runs. Open the project, or a PNG or SVG picture.")
TOO_LARGE = mark("“{name}” has {megabytes:,.0f} MB, and at most {most:,.0f} MB can be read.")
OTHERS = {
    b"\xff\xd8\xff": mark("JPEG picture"),
    b"GIF8": mark("GIF picture"),
    b"%PDF": mark("PDF document"),
    b"RIFF": mark("WebP picture or video"),
    b"\x1f\x8b": mark("packed file"),
}
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class RunFileKind(Enum):
    """The kinds of files that can contain a run, in words."""

    PROJECT = mark("project")
    PNG = mark("PNG picture")
    SVG = mark("SVG drawing")
    TEXT = mark("text")


def open_any(path: str | os.PathLike[str]) -> Project:
    """The run in a file; raises ``ProjectError``, with the name of the file, if there is none or it cannot be read."""
    return _found(Path(path)).project


def _found(path: Path) -> "FoundRun":
    with opened(path) as source:
        kind = _kind(source)
        if kind is RunFileKind.PROJECT:
            project = decode(bytes(source.read(0, source.size)))
        else:
            project = project_of(_text(source)) if kind is RunFileKind.TEXT else project_in(source)
    return FoundRun(project, kind, path)


def _kind(source: Source) -> RunFileKind:
    head = bytes(source.read(0, HEAD_BYTES))
    if head.startswith(LOCAL_SIGNATURE):
        return RunFileKind.PROJECT
    picture = picture_format(head)
    if picture:
        return RunFileKind[picture.upper()]
    other = next((words for start, words in OTHERS.items() if head.startswith(start)), None)
    if other:
        raise ProjectError(tr(ANOTHER, other=tr(other)))
    if not is_line(_text(source)):
        raise ProjectError(tr(NOTHING))
    return RunFileKind.TEXT


def _text(source: Source) -> str:
    data = bytes(source.read(0, MOST_CHARACTERS))
    return data.decode("utf-16" if data.startswith(UTF_16) else "utf-8", "replace")


@dataclass(frozen=True)
class FoundRun:
    """A run, what kind of file it was in, and where; ``path`` is None for a line of text."""

    project: Project
    kind: RunFileKind
    path: Path | None


def find_run(word: str) -> FoundRun:
    """Read the run in a file, or else in a line of text; raises ``ProjectError`` where that is not possible."""
    path = Path(word)
    if looks_like_line(word) and not is_there(path):
        return FoundRun(project_of(word), RunFileKind.TEXT, None)
    return _found(path)


def stands_for_run(word: str) -> bool:
    return looks_like_line(word) or is_there(word)


LARGEST_BYTES = 200_000_000
PIECE_BYTES = 4_000_000  # between two looks at whether to go on
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"BM", b"GIF8", b"RIFF")


def curve_kind(path: str | os.PathLike[str]) -> CurveKind | None:
    """The kind of a file, for reading a curve from it; None if it contains a run, or nothing that can be read."""
    with opened(path) as source:
        head = bytes(source.read(0, HEAD_BYTES))
        picture = picture_format(head)
        if picture:
            contains_run = CARRIERS[picture].is_ours(source) or CARRIERS[picture].take(source, MOST_BYTES) is not None
        else:
            text = bytes(source.read(0, MOST_CHARACTERS)).replace(b"\0", b"")  # of UTF-16, the ASCII letters are left
            contains_run = b"curvegui" in text.lower() and is_line(text.decode("utf-8", "replace"))
    if contains_run or head.startswith(LOCAL_SIGNATURE):
        return None
    if picture == "svg":
        return CurveKind.DRAWING
    return CurveKind.PICTURE if head.startswith(PICTURES) else kind_by_name(path)


def read_all(path: Path, progress: Callable[[float], None] | None = None) -> bytes:
    """The bytes of a file; ``progress`` may raise to end the reading. Raises ``ProjectError`` or ``CurveError``."""
    with opened(path) as source:
        if source.size > LARGEST_BYTES:
            raise CurveError(tr(TOO_LARGE, name=path.name, megabytes=source.size / 1e6, most=LARGEST_BYTES / 1e6))
        pieces = []
        for start in range(0, source.size, PIECE_BYTES):
            if progress is not None:
                progress(start / source.size)
            pieces.append(bytes(source.read(start, min(PIECE_BYTES, source.size - start))))
    return b"".join(pieces)
