"""A picture of a lesson: a file beside the lesson, read whole and never from anywhere else."""

import re
from dataclasses import dataclass
from pathlib import Path

from curvegui.core.language.text import tr
from curvegui.core.regular_file import open_regular
from curvegui.files.lesson.words import shortened

MOST_BYTES = 2_000_000
BEGINNINGS = {".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff", ".svg": b""}
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^()]+)\)")
OUTSIDE = re.compile(r"<!(ENTITY|ATTLIST)|href\s*=\s*+(?![\"'](#|data:image/(png|jpeg)[;,]))", re.IGNORECASE)


@dataclass(frozen=True)
class LessonImage:
    """The bytes of a picture, and what says the same in words."""

    words: str
    data: bytes
    is_drawing: bool  # SVG


def read_picture(words: str, name: str, folder: Path | None) -> LessonImage:
    """Read a picture in the lesson's folder, or in one inside it; raises ``ValueError``, a sentence for people."""
    said, beginning = shortened(name), BEGINNINGS.get(Path(name).suffix.lower())
    if not words.strip():
        raise ValueError(
            tr("say what is in the picture, for who cannot see it: ![a saturated neuron]({said})", said=said)
        )
    if beginning is None:
        raise ValueError(tr("“{said}” is no picture that can be shown: PNG, JPEG or SVG.", said=said))
    path = _path_in(folder, name)
    if path is None:
        raise ValueError(tr("“{said}” is not in the lesson's folder. Put the picture beside the lesson.", said=said))
    try:
        with open_regular(path) as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise ValueError(tr("“{said}” cannot be read: {reason}.", said=said, reason=error.strerror)) from None
    if len(data) > MOST_BYTES:
        raise ValueError(tr("“{said}” has more than {most:.0f} MB. Save it smaller.", said=said, most=MOST_BYTES / 1e6))
    is_drawing = not beginning
    if not data.startswith(beginning) or (is_drawing and b"<svg" not in data):
        raise ValueError(tr("“{said}” is not what its ending says. Save it as PNG, JPEG or SVG.", said=said))
    if is_drawing and not _stands_alone(data):
        raise ValueError(tr("“{said}” refers to other files. Save it with all that belongs to it inside.", said=said))
    return LessonImage(words.strip(), data, is_drawing)


def _path_in(folder: Path | None, name: str) -> Path | None:
    """The file of this name if it really is inside the folder, wherever links lead."""
    if folder is None:
        return None
    try:
        path, inside = (folder / name).resolve(), folder.resolve()
        return path if path.is_relative_to(inside) and path.is_file() else None
    except (OSError, ValueError, RuntimeError):
        return None


def _stands_alone(drawing: bytes) -> bool:
    """Whether an SVG drawing names no other file, as Qt would open it, whatever it is."""
    try:
        text = drawing.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return "\0" not in text and OUTSIDE.search(text) is None
