"""How the rows of a table are written: delimiter, decimal sign, and quoted cells that span several lines."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

COMMENTS = ("#", "%", "//")  # how a line begins that is not meant for programs
NUMBER = re.compile(r"[+-]?(?:[0-9]++\.?[0-9]*+|\.[0-9]++)(?:[eEdD][+-]?[0-9]++)?")  # with d in Fortran
TYPED = str.maketrans("dD", "ee")
THOUSANDS = re.compile(
    r"(?<![0-9.,])[0-9]{1,3}(?:(?:,[0-9]{3})+\.[0-9]+|(?:\.[0-9]{3})+,[0-9]+|(?:,[0-9]{3}){2,}|(?:\.[0-9]{3}){2,}"
    r"|(?:[\u00a0\u202f'’][0-9]{3})+(?:[.,][0-9]+)?)"  # as in France and Switzerland
    r"(?![0-9.,])"
)
DIVIDER = re.compile(r'"?sep=([,;\t ])"?\s*', re.IGNORECASE)  # in the first line, for spreadsheets
LONGEST_RECORD = 20  # lines
OPENING_QUOTE = re.compile(r'(?:^|[,;\t ])"')  # not the inches of 5"


@dataclass(frozen=True)
class Dialect:
    """How a table is written."""

    delimiter: str  # a comma, a semicolon, a tab, or a space for any number of blanks and tabs
    decimal: str  # a point or a comma

    def cells(self, line: str) -> list[str]:
        """The cells of a line, without quotation marks; inside of a quoted cell they may be doubled."""
        if '"' in line:
            text = " ".join(line.split()) if self.delimiter == " " else line
            try:
                return next(csv.reader([text], delimiter=self.delimiter, skipinitialspace=True))
            except csv.Error:
                return []
        return line.split() if self.delimiter == " " else line.split(self.delimiter)

    def number(self, cell: str) -> float | None:
        """The number in a cell, or None; infinite where it is too large.

        Only ASCII digits count, although Python takes ``1_000``, ``nan`` and other scripts' digits for numbers too.
        """
        text = cell.strip().replace("\N{MINUS SIGN}", "-")
        if self.decimal == ",":
            text = text.replace(".", "?").replace(",", ".")
        return float(text.translate(TYPED)) if NUMBER.fullmatch(text) else None

    def numbers(self, cells: Sequence[str]) -> list[float | None]:
        """The number in each cell, or None."""
        return [self.number(cell) for cell in cells]


DIALECTS = (  # the likelier ones first: where two explain a table equally well, it is the first
    Dialect("\t", "."),
    Dialect(";", "."),
    Dialect(",", "."),
    Dialect(" ", "."),
    Dialect("\t", ","),
    Dialect(";", ","),
    Dialect(" ", ","),
    Dialect(",", ","),  # its numbers are quoted
)


def thousands_in(text: str) -> str:
    """The first number in a text with separated thousands, as in 1,000.5, 1.000,5, 1 000,5 and 1’000.5."""
    found = THOUSANDS.search(text)
    return found[0] if found else ""


def is_comment(line: str) -> bool:
    """Whether a line is a comment."""
    return line.lstrip().startswith(COMMENTS)


def dialect_of(lines: Sequence[str], text: str, divider: str = "") -> Dialect | None:
    """The dialect that finds the most numbers in these lines, or None where no line has two of them.

    Numbers whose thousands are separated count, too, although they cannot be read: 1.000,5;2.000,5 is not 1 and 5.

    ``text`` is more of the table: where the lines do not tell what the decimal sign is, it is the more frequent one
    there. ``divider`` is the delimiter, where it is known.
    """
    possible = [dialect for dialect in DIALECTS if dialect.delimiter == (divider or dialect.delimiter)]
    scores = {dialect: sum(_share(dialect, line) for line in lines) for dialect in possible}
    told = {dialect: sum(_share(dialect, line, and_thousands=True) for line in lines) for dialect in possible}
    best = max(possible, key=lambda dialect: (told[dialect], scores[dialect]))
    other = Dialect(best.delimiter, ",")
    if best.delimiter != "," and scores[best] == scores[other] and text.count(",") > text.count("."):
        best = other
    return best if scores[best] else None


def _share(dialect: Dialect, line: str, and_thousands: bool = False) -> float:
    """How much of a line is numbers, or such with thousands apart, too; 0 if there is only one."""
    if dialect.delimiter != " " and dialect.delimiter not in line:
        return 0.0
    cells = dialect.cells(line)
    found = len(cells) - dialect.numbers(cells).count(None)
    if and_thousands:
        found += sum(THOUSANDS.fullmatch(cell.strip().lstrip("+-\N{MINUS SIGN}")) is not None for cell in cells)
    return found / len(cells) if found >= 2 else 0.0


def opens_quote(line: str) -> bool:
    """Whether a quoted cell begins in a line and does not end there."""
    return '"' in line and line.count('"') % 2 == 1 and OPENING_QUOTE.search(line) is not None


def record_length(lines: Sequence[str], start: int, last: bool = True) -> int:
    """How many lines the record has that begins at ``start``; ``last`` says that no more lines will come.

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
