"""A box of an equation: a typeset formula, what it is equal to, and its present value below."""

from dataclasses import dataclass

from curvegui.figure.drawing.expression import Expression
from curvegui.ui.maths.matrix_grid import Grid


@dataclass(frozen=True)
class Line:
    """A number and what it is; bold if it is what the box is about, coloured if it is a warning.

    If the words come and go with the number, ``room`` is the longest of them: the box keeps its size.
    """

    number: str
    words: str = ""
    is_bold: bool = False
    is_warning: bool = False
    room: str = ""

    @property
    def still_key(self) -> tuple[object, ...]:
        """What its still parts depend on."""
        return (self.room, self.is_bold) if self.room else (self.words, self.is_bold, self.is_warning)


@dataclass(frozen=True, eq=False)
class Box:
    """One part of an equation.

    ``lead`` joins it to the box before: "=", "·" or "−". ``meaning`` is what the formula is equal to, ``note`` the
    shape, in small letters. ``is_lit``: it belongs to the stage that is lit up. If it is about one weight, its frame
    has the colour ``edge``, ``#rrggbb``, of that weight in the diagram.
    """

    lead: str
    formula: Expression
    meaning: Expression | None = None
    note: str = ""
    grids: tuple[Grid, ...] = ()
    lines: tuple[Line, ...] = ()
    is_lit: bool = False
    edge: str = ""

    @property
    def still_key(self) -> tuple[object, ...]:
        """What its still parts depend on."""
        lines = tuple(line.still_key for line in self.lines)
        grids = tuple(grid.shape_key for grid in self.grids)
        return self.lead, self.formula, self.meaning, self.note, grids, lines, self.is_lit, bool(self.edge)
