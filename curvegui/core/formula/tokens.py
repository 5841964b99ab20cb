"""The signs, numbers and names that a formula consists of, and where each one is."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from curvegui.core.curve.curve import CurveError
from curvegui.core.formula.functions import takes_several
from curvegui.core.language.text import in_quotes, tr

LONGEST = 1_000  # characters
SAME_SIGNS = {"**": "^", "·": "*", "×": "*", "⋅": "*", "−": "-", "–": "-", "÷": "/"}
SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
DIGITS = str.maketrans(SUPERSCRIPTS, "0123456789")

_EXPONENT = r"(?:[eE][+-]?[0-9]+)?"
_POINT = r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)"
_OTHERS = (
    rf"|(?P<superscript>[{SUPERSCRIPTS}]+)"
    rf"|(?P<name>[α-ω]|[^\W\d_α-ω{SUPERSCRIPTS}][^\Wα-ω{SUPERSCRIPTS}]*)"
    r"|(?P<sign>\*\*|[-+*/^()|,;√·×⋅−–÷])"
)
_WITH_POINT = re.compile(rf"\s*(?:(?P<number>{_POINT}{_EXPONENT}){_OTHERS})")
_WITH_COMMA = re.compile(rf"\s*(?:(?P<number>(?:[0-9]+,[0-9]+|{_POINT}){_EXPONENT}){_OTHERS})")


class Token(NamedTuple):
    """One sign, number or name."""

    kind: str  # "number", "name", "superscript" or "end"; of signs the sign itself, in its plainest form
    text: str  # as it was typed
    position: int  # index of its first character in the formula


class FormulaError(CurveError):
    """What was typed is no formula: a sentence for people that says where, and why.

    ``position`` is the index of the character; at the end, the length of the formula.
    """

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.position = position


def error_at(token: Token, problem: str) -> FormulaError:
    """The error that something is wrong at a token."""
    if token.kind == "end":
        return FormulaError(tr("At the end: {problem}", problem=problem), token.position)
    text = token.text if len(token.text) <= 30 else token.text[:29] + "…"
    shown = in_quotes(text) if text.isprintable() else f"U+{ord(text[0]):04X}"
    return FormulaError(
        tr("At {shown} (character {place}): {problem}", shown=shown, place=token.position + 1, problem=problem),
        token.position,
    )


def tokens(text: str) -> Iterator[Token]:
    """What a formula consists of, and at last its end.

    A comma between two digits is a decimal comma, but in the parentheses of functions of several arguments it separates
    those. Raises ``FormulaError`` if the formula is too long, or at an unknown character.
    """
    if len(text) > LONGEST:
        problem = tr(
            "This formula has {count:,} characters, and at most {most:,} are possible.", count=len(text), most=LONGEST
        )
        raise FormulaError(problem, LONGEST)
    end, position, before = len(text.rstrip()), 0, ""
    comma_separates = [False]  # in each of the parentheses around
    while position < end:
        match = (_WITH_POINT if comma_separates[-1] else _WITH_COMMA).match(text, position)
        if match is None or match.lastgroup is None:
            raise _strange(text, position)
        found, position = match[match.lastgroup], match.end()
        kind = SAME_SIGNS.get(found, found) if match.lastgroup == "sign" else match.lastgroup
        if kind == "(":
            comma_separates.append(takes_several(before))
        elif kind == ")" and len(comma_separates) > 1:
            comma_separates.pop()
        before = found.lower()
        yield Token(kind, found, match.start(match.lastgroup))
    yield Token("end", "", end)


def _strange(text: str, position: int) -> FormulaError:
    rest = text[position:]
    token = Token("strange", rest.lstrip()[0], position + len(rest) - len(rest.lstrip()))
    if token.text in "=<>":
        return error_at(token, tr("a formula has one side only, such as cos(2 pi t)."))
    return error_at(token, tr("formulas do not have this character."))
