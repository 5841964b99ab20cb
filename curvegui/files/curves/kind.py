"""What kind of source a curve comes from, as far as a file name or a text tells; loads no readers."""

import os
import re
from enum import Enum
from pathlib import Path

SNIFFED = 4_096  # characters of a text by which it is recognised
PATH_DATA = re.compile(r"\s*[Mm]\s*[-+.\d][-+.,\deE\sMmZzLlHhVvCcSsQqTtAa]*")
POINT = re.compile(r"\d.*[\s,;]\s*[-+.]?\d")


class Kind(Enum):
    """What a curve can come from."""

    DRAWING = "drawing"
    TABLE = "table"
    PICTURE = "picture"


ENDINGS = {
    Kind.DRAWING: (".svg",),
    Kind.TABLE: (".csv", ".tsv", ".txt", ".tab", ".dat", ".xy"),
    Kind.PICTURE: (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp"),
}


def kind_by_name(path: str | os.PathLike[str]) -> Kind | None:
    """What a file is by the ending of its name."""
    ending = Path(path).suffix.lower()
    return next((kind for kind, endings in ENDINGS.items() if ending in endings), None)


def kind_of_text(text: str) -> Kind | None:
    """What a text is: a drawing, the data of a path, or a table of points."""
    head = text[:SNIFFED]
    if "<svg" in head or PATH_DATA.fullmatch(head):
        return Kind.DRAWING
    lines = [line for line in head.splitlines() if line.strip()]
    with_numbers = sum(POINT.search(line) is not None for line in lines)
    return Kind.TABLE if len(lines) > 1 and 2 * with_numbers > len(lines) else None
