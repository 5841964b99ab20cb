"""What stands where in an equation: letters, rows, fractions, scripts, roots, brackets and matrices."""

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias


class Slant(Enum):
    """How letters stand: variables slant, functions and figures are upright, matrices are bold."""

    ITALIC = "italic"
    UPRIGHT = "upright"
    BOLD = "bold"


@dataclass(frozen=True)
class Letters:
    """Some letters. ``ink`` is their colour, ``#rrggbb``; the expression's where it is empty."""

    text: str
    slant: Slant = Slant.ITALIC
    ink: str = ""


@dataclass(frozen=True)
class PartsInRow:
    """Parts side by side on one baseline."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True)
class Fraction:
    """One part over another."""

    above: "Expression"
    below: "Expression"


@dataclass(frozen=True)
class Script:
    """A part with others, smaller, at its upper and lower right."""

    body: "Expression"
    above: "Expression | None" = None
    below: "Expression | None" = None


@dataclass(frozen=True)
class Root:
    """A part under the sign of a root, with a small index where it is not the square root."""

    body: "Expression"
    index: "Expression | None" = None


@dataclass(frozen=True)
class Fenced:
    """A part in brackets as high as it is; ``signs`` are the two: "()", "||", "⌊⌋" or "⌈⌉"."""

    body: "Expression"
    signs: str = "()"


@dataclass(frozen=True)
class Matrix:
    """Rows of parts in square brackets."""

    rows: tuple[tuple["Expression", ...], ...]


Expression: TypeAlias = Letters | PartsInRow | Fraction | Script | Root | Fenced | Matrix
