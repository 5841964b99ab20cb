"""What kind of source a curve comes from, as far as a file name or a text tells; loads no readers."""

import os
import re
from enum import Enum
from pathlib import Path

SNIFFED = 4_096  # characters of a text by which it is recognised
PATH_DATA = re.compile(r"\s*[Mm]\s*[-+.\d][-+.,\deE\sMmZzLlHhVvCcSsQqTtAa]*")
POINT = re.compile(r"\d.*[\s,;]\s*[-+.]?\d")


class CurveKind(Enum):
    """What a curve can come from."""

    DRAWING = "drawing"
    TABLE = "table"
    PICTURE = "picture"


ENDINGS = {
    CurveKind.DRAWING: (".svg",),
    CurveKind.TABLE: (".csv", ".tsv", ".txt", ".tab", ".dat", ".xy"),
    CurveKind.PICTURE: (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp"),
}


def kind_by_name(path: str | os.PathLike[str]) -> CurveKind | None:
    """The kind of a file by the ending of its name; None for any other ending."""
    ending = Path(path).suffix.lower()
    return next((kind for kind, endings in ENDINGS.items() if ending in endings), None)


def kind_of_text(text: str) -> CurveKind | None:
    """The kind of a text: a drawing, or the data of a path in one; a table of points; None for any other text."""
    head = text[:SNIFFED]
    if "<svg" in head or PATH_DATA.fullmatch(head):
        return CurveKind.DRAWING
    lines = [line for line in head.splitlines() if line.strip()]
    with_numbers = sum(POINT.search(line) is not None for line in lines)
    return CurveKind.TABLE if len(lines) > 1 and 2 * with_numbers > len(lines) else None
