"""What is painted: the variants, and the scenes, as a person would be told what to do: ``scenes.txt``, read.

A scene begins with its name, the run that it opens (``new``: none), what the app is told beside that, and what it
shows. A line is what one does, and `->` the picture that is taken then. The steps of a line have `;` between; each one
is the visitor's, with its words, or else a method of Qt's, of the widget with that name. ``show`` says what is on
the next pictures: a widget, or the ``window``. The last step of a line may be ``open``, before one that opens a dialog
or a menu: the picture is of that, what stands indented below happens in it, and it is closed again. ``for X in a b``
plays what stands below it for each word in place of X. Where a step goes through several states, there is a picture of
each: ``*`` in its name becomes the state's words, ``#`` its number, ``##`` its number in two digits.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

TO_TEST_WITH = "x", "double", "long", "brackets", "rtl"  # languages
SPOKEN = "ar", "de", "es", "fr", "ko", "zh"


class Variant(NamedTuple):
    """How the app looks: the theme of the window, the look of the canvas, pixels of the screen in a logical pixel, the
    code of the language, the size of the text in percent, and the logical size of the screen."""

    theme: str
    look: str
    scale: int
    language: str = "en"
    text: int = 100
    lengths: tuple[int, int] = (1600, 1200)  # larger than any window that is shown


USUAL = {
    "light-100": Variant("light", "ember", 1),
    "dark-100": Variant("dark", "dark", 1),
    "light-200": Variant("light", "light", 2),
    "dark-200": Variant("dark", "classic", 2),
}
VARIANTS = USUAL | {  # the others are painted where they are asked for, on a screen on which all has to have room
    f"{language}-{percent}": Variant("light", "classic", 1, language, percent, (1280, 800))
    for language in (*TO_TEST_WITH, *SPOKEN)
    for percent in (100, 200)  # the usual text, and one twice as large
}
PREFERENCES = {"first": {"tour": ""}}
HEART = [  # how the run that most begin with is made, in the window
    "wait_for_window; pause_at_start; learn 400; open choose file.save_as", "    name_file heart.curvegui",
    "wait toast Saved",
]  # fmt: skip
BEFORE = {"recovery": ["learn 100"]}  # in another start of the app, with the heart, which is ended then as by a crash


def blocks(rows: Sequence[str]) -> Iterator[tuple[str, Sequence[str]]]:
    """Each line with those that stand indented below it."""
    depth = min((len(row) - len(row.lstrip()) for row in rows), default=0)
    starts = [number for number, row in enumerate(rows) if row[depth] != " "]
    for start, end in pairwise([*starts, len(rows)]):
        yield rows[start].strip(), rows[start + 1 : end]


TEXT = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8")
SCENES = {line.split()[0]: (line, rows) for line, rows in blocks([row for row in TEXT.splitlines() if row])}
