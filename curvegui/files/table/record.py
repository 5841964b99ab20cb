"""Lines that belong together: a quoted cell may go on over several of them."""

import re
from collections.abc import Iterator, Sequence

from curvegui.files.table.dialect import is_comment

LONGEST_RECORD = 20  # lines
OPENING_QUOTE = re.compile(r'(?:^|[,;\t ])"')  # not the inches of 5"


def opens_quote(line: str) -> bool:
    """Whether a quoted cell begins in a line and does not end there."""
    return '"' in line and line.count('"') % 2 == 1 and OPENING_QUOTE.search(line) is not None


def record_length(lines: Sequence[str], start: int, last: bool = True) -> int:
    """Of how many lines the record consists that begins at one of them.

    Parameters
    ----------
    lines : sequence of str
    start : int
    last : bool
        Whether no more lines will come.

    Returns
    -------
    int
        1 also where a quotation mark is never closed; 0 where more lines have to come to know.
    """
    if not opens_quote(lines[start]) or is_comment(lines[start]):
        return 1
    stop = start + LONGEST_RECORD
    closing = (end for end in range(start + 1, min(stop, len(lines))) if lines[end].count('"') % 2)
    return next(closing, start if last or stop <= len(lines) else start - 1) - start + 1


def records(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The number of each record's first line, from 1 on, and its text."""
    at = 0
    while at < len(lines):
        count = record_length(lines, at)
        yield at + 1, "\n".join(lines[at : at + count])
        at += count
