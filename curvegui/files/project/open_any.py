"""Opening whatever contains a run: a project, a picture, a text or a line of it. The content decides, not the name."""

import codecs
import os
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from curvegui.core.language.text import mark, tr
from curvegui.core.regular_file import is_there
from curvegui.files.format.opening import opened
from curvegui.files.format.section import ProjectError
from curvegui.files.format.stored_zip import LOCAL_SIGNATURE, Source
from curvegui.files.project.in_picture import HEAD_BYTES, picture_format, project_in
from curvegui.files.project.project import Project, decode
from curvegui.files.project.text_line import MOST_CHARACTERS, is_line, looks_like_line, project_of

NOTHING = mark(
    "It contains no run. CurveGUI opens its own projects (.curvegui), its PNG and SVG pictures, "
    "and texts with a line that begins with “curvegui1:”. "
    "Curves are made of SVG drawings, tables of points and pictures."
)
OTHERS = {
    b"\xff\xd8\xff": mark("JPEG picture"),
    b"GIF8": mark("GIF picture"),
    b"%PDF": mark("PDF document"),
    b"RIFF": mark("WebP picture or video"),
    b"\x1f\x8b": mark("packed file"),
}
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Kind(Enum):
    """The kinds of files that can contain a run, in words."""

    PROJECT = mark("project")
    PNG = mark("PNG picture")
    SVG = mark("SVG drawing")
    TEXT = mark("text")


def open_any(path: str | os.PathLike[str]) -> Project:
    """The run in a file; raises ``ProjectError``, with the name of the file, if there is none or it cannot be read."""
    with opened(path) as source:
        kind = _kind(source)
        if kind is Kind.PROJECT:
            return decode(bytes(source.read(0, source.size)))
        return project_of(_text(source)) if kind is Kind.TEXT else project_in(source)


def kind_of(path: str | os.PathLike[str]) -> Kind:
    """What a file is; errors as in `open_any`. The run in it may still be unreadable."""
    with opened(path) as source:
        return _kind(source)


def _kind(source: Source) -> Kind:
    head = bytes(source.read(0, HEAD_BYTES))
    if head.startswith(LOCAL_SIGNATURE):
        return Kind.PROJECT
    picture = picture_format(head)
    if picture:
        return Kind[picture.upper()]
    other = next((words for start, words in OTHERS.items() if head.startswith(start)), None)
    if other:
        raise ProjectError(
            tr(
                "It is a {other}, and those contain no runs. Open the project, or a PNG or SVG picture.",
                other=tr(other),
            )
        )
    if not is_line(_text(source)):
        raise ProjectError(tr(NOTHING))
    return Kind.TEXT


def _text(source: Source) -> str:
    data = bytes(source.read(0, MOST_CHARACTERS))
    return data.decode("utf-16" if data.startswith(UTF_16) else "utf-8", "replace")


@dataclass(frozen=True)
class FoundRun:
    """A run, what kind of file it was in, and where; ``path`` is None for a line of text."""

    project: Project
    kind: Kind
    path: Path | None


def find_run(word: str) -> FoundRun:
    """Read the run in a file, or else in a line of text; raises ``ProjectError`` where that is not possible."""
    path = Path(word)
    if looks_like_line(word) and not is_there(path):
        return FoundRun(project_of(word), Kind.TEXT, None)
    return FoundRun(open_any(path), kind_of(path), path)


def stands_for_run(word: str) -> bool:
    """Whether a word is the name of a file that is there, or meant as a line of text."""
    return looks_like_line(word) or is_there(word)
