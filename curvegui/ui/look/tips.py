"""Tooltips: their words in short lines, since Qt shows plain words as one endless line."""

from functools import cache
from textwrap import fill

TIP_WIDTH = 45  # characters in a line


@cache
def wrapped(words: str) -> str:
    """The words of a tooltip in lines that are read at a glance; lines that are there stay apart."""
    return "\n".join(fill(line, TIP_WIDTH, break_on_hyphens=False) for line in words.split("\n"))
