"""A picture of a lesson: a file beside the lesson, read whole and never from anywhere else."""

import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from curvegui.core.language.text import mark, tr
from curvegui.core.regular_file import open_regular
from curvegui.files.lesson.words import shortened

MOST_BYTES = 2_000_000
BEGINNINGS = {".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff", ".svg": b""}
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^()]+)\)")
OUTSIDE = re.compile(  # what names another file, which Qt would open, whatever it is
    r"<!(ENTITY|ATTLIST)|href\s*=\s*+(?![\"'](#|data:image/(png|jpeg)[;,]))", re.IGNORECASE
)


@dataclass(frozen=True)
class LessonImage:
    """The bytes of a picture, and its description in words."""

    words: str
    data: bytes
    is_drawing: bool  # SVG


def read_picture(words: str, name: str, folder: Path | None) -> LessonImage:
    """Read a picture in the lesson's folder, or a folder inside; raises ``ValueError``, a sentence for people."""
    said, beginning = shortened(name), BEGINNINGS.get(Path(name).suffix.lower())
    if not words.strip():
        missing = mark("say what is in the picture, for who cannot see it: ![a saturated neuron]({said})")
        raise ValueError(tr(missing, said=said))
    if beginning is None:
        raise ValueError(tr("“{said}” is no picture that can be shown: PNG, JPEG or SVG.", said=said))
    path = None
    with suppress(OSError, ValueError, RuntimeError):  # of no such name, or of links that lead in a circle
        found = (folder / name).resolve() if folder else None
        if found and folder and found.is_relative_to(folder.resolve()) and found.is_file():
            path = found
    if path is None:
        raise ValueError(tr("“{said}” is not in the lesson's folder. Put the picture beside the lesson.", said=said))
    try:
        with open_regular(path) as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise ValueError(tr("“{said}” cannot be read: {reason}.", said=said, reason=error.strerror)) from None
    if len(data) > MOST_BYTES:
        raise ValueError(tr("“{said}” has more than {most:.0f} MB. Save it smaller.", said=said, most=MOST_BYTES / 1e6))
    is_drawing, text = not beginning, data.decode("utf-8-sig", "replace")
    if not data.startswith(beginning) or (is_drawing and "<svg" not in text):
        raise ValueError(tr("“{said}” is not what its ending says. Save it as PNG, JPEG or SVG.", said=said))
    if is_drawing and (OUTSIDE.search(text) or {"\0", "\N{REPLACEMENT CHARACTER}"} & {*text}):
        raise ValueError(tr("“{said}” refers to other files. Save it with all that belongs to it inside.", said=said))
    return LessonImage(words.strip(), data, is_drawing)
