"""What is open at the beginning of a line of Python: a string, brackets, a continued line.

A simple scanner, which also works where Python's own parser refuses.
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
class LineState:
    """What is open at the beginning of a line."""

    quote: str = ""  # the three quotes that end the open string; empty outside of strings
    depth: int = 0  # how many brackets are open
    continued: bool = False  # whether the line before ends with a backslash

    @property
    def is_free(self) -> bool:
        """Whether a statement may begin here."""
        return not (self.quote or self.depth or self.continued)


OUTSIDE = LineState()


def after(state: LineState, line: str) -> LineState:
    """What is open at the beginning of the next line."""
    position, quote, depth = 0, state.quote, state.depth
    while True:
        if quote:
            end = _ENDS[quote].match(line, position)
            if not end:
                return LineState(quote, depth)
            position, quote = end.end(), ""
        token = _TOKEN.search(line, position)
        if not token:
            return LineState("", depth)
        position = token.end()
        match token.lastgroup:
            case "comment":
                return LineState("", depth)
            case "backslash":
                return LineState("", depth, continued=True)
            case "triple":
                quote = token.group()
            case "open":
                depth += 1
            case "close":
                depth = max(0, depth - 1)
