"""Lines that are read from the right, with numbers, names and code in them that are read from the left."""

import re
import unicodedata
from collections.abc import Container

FROM_THE_RIGHT = "\u200f"  # a mark without width: the line begins at the right
ISOLATE, END = "\u2068", "\u2069"  # around what has an order of its own
LEADING_TAGS = re.compile(r"(?:\s*<[^<>]*>)*")
TAG = re.compile(r"<[^<>]*>")
OF_THE_RIGHT = {"R", "AL"}
MIXED = re.compile(r"[-−+'’]\d|[A-Za-z][^A-Za-z\s]|[^A-Za-z\s][A-Za-z]|[A-Za-z].*\s|\d\s*[^\w\s.,]")
"""A value whose signs would move to its other end, or whose parts change places: −0.5, W1[2, 1], J_W3, 3 × 4."""
PATH = re.compile(r"[/\\]|://")  # to be copied as it is


def isolated(value: str) -> str:
    """A value within a line that is read from the right, in its own order; no such order goes on over several lines."""
    if not MIXED.search(value) or PATH.search(value) or any(each in value for each in ("<", "\n", ISOLATE)):
        return value
    return f"{ISOLATE}{value}{END}"


def from_the_right(text: str, as_they_are: Container[str] = ()) -> str:
    """A text, each line of which begins at the right although its first letter is one that is read from the left.

    Some lines stay ``as_they_are``.
    """
    return "\n".join(line if line in as_they_are else _begun(line) for line in text.split("\n"))


def _begun(line: str) -> str:
    directions = [unicodedata.bidirectional(each) for each in TAG.sub("", line)]
    strong = [each for each in directions if each == "L" or each in OF_THE_RIGHT]
    if not strong or strong[0] != "L" or OF_THE_RIGHT.isdisjoint(strong):
        return line
    tags = LEADING_TAGS.match(line)
    start = tags.end() if tags is not None else 0
    return f"{line[:start]}{FROM_THE_RIGHT}{line[start:]}"
