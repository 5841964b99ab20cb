"""A box of an equation: a typeset formula, what it amounts to, and its present value under it."""

from dataclasses import dataclass

from curvegui.figure.drawing.expression import Expression
from curvegui.ui.maths.matrix_grid import Grid


@dataclass(frozen=True)
class Line:
    """A number and what it is; in bold where it is what the box is about, as a warning where it is one.

    Where the words come and go with the number, ``room`` is the longest of them: the box keeps its size.
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

    ``lead``: what joins it to the box before: "=", "·" or "−". ``meaning``: what the formula amounts to. ``note``: in
    small letters: the shape. ``is_lit``: whether it belongs to the stage that is lit up. ``edge``: the colour of its
    edge in the diagram, ``#rrggbb``, where it is about one weight: its frame has it.
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
