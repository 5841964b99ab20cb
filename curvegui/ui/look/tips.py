"""What a widget is called and how it looks; tooltips in short lines, since Qt shows plain words as one endless line."""

import re
from functools import lru_cache
from textwrap import fill
from typing import TypeVar

from PySide6.QtWidgets import QWidget

TIP_WIDTH = 45  # characters in a line
AnyWidget = TypeVar("AnyWidget", bound=QWidget)


@lru_cache(maxsize=512)  # some tell numbers, and are never told again
def wrapped(words: str) -> str:
    """The words of a tooltip in lines that are read at a glance; lines that are there stay apart.

    What follows two spaces in a line is a command, and stays together.
    """
    held = re.sub(r"(?<=  )\S.*", lambda command: command[0].replace(" ", "\0"), words)
    return "\n".join(fill(line, TIP_WIDTH, break_on_hyphens=False) for line in held.split("\n")).replace("\0", " ")


def named(widget: AnyWidget, name: str, words: str = "", tip: str = "") -> AnyWidget:
    """The widget itself, with an object name, and with what screen readers say and a tooltip where these are given."""
    widget.setObjectName(name)
    if words:
        widget.setAccessibleName(words)
    if tip:
        widget.setToolTip(wrapped(tip))
    return widget


def styled(widget: AnyWidget, *styles: str) -> AnyWidget:
    """The widget itself, with properties for which the style sheet has rules."""
    for style in styles:
        widget.setProperty(style, True)
    return widget
