"""Where a line of Python stands: inside of a string, of brackets, after a backslash, or at the beginning of something.

A light reading, which also works where Python's own refuses.
"""

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""(?P<comment>\#.*)
    |(?P<triple>'{3}|\"{3})
    |(?P<string>'(?:[^'\\\n]|\\.)*'?|"(?:[^"\\\n]|\\.)*"?)
    |(?P<open>[(\[{])
    |(?P<close>[)\]}])
    |(?P<backslash>\\\s*$)""",
    re.VERBOSE,
)
_ENDS = {quote: re.compile(rf"(?:[^\\]|\\.)*?{quote}") for quote in ("'''", '"""')}


@dataclass(frozen=True)
class Place:
    """What is open at the beginning of a line.

    Attributes
    ----------
    quote : str
        The three quotes that end the string which the line begins in; empty outside of strings.
    depth : int
        How many brackets are open.
    continued : bool
        Whether the line before ends with a backslash.
    """

    quote: str = ""
    depth: int = 0
    continued: bool = False

    @property
    def is_free(self) -> bool:
        """Whether a statement may begin here."""
        return not (self.quote or self.depth or self.continued)


OUTSIDE = Place()


def after(place: Place, line: str) -> Place:
    """What is open at the beginning of the next line."""
    position, quote, depth = 0, place.quote, place.depth
    while True:
        if quote:
            end = _ENDS[quote].match(line, position)
            if not end:
                return Place(quote, depth)
            position, quote = end.end(), ""
        token = _TOKEN.search(line, position)
        if not token:
            return Place("", depth)
        position = token.end()
        match token.lastgroup:
            case "comment":
                return Place("", depth)
            case "backslash":
                return Place("", depth, continued=True)
            case "triple":
                quote = token.group()
            case "open":
                depth += 1
            case "close":
                depth = max(0, depth - 1)
