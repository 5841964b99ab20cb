"""A box of an equation: a typeset formula, what it is equal to, and its present value below."""

from collections.abc import Callable
from dataclasses import dataclass

from curvegui.figure.drawing.typeset import Expression
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
    """One part of an equation."""

    lead: str  # joins it to the box before: "=", "·" or "−"
    formula: Expression
    meaning: Expression | None = None  # what the formula is equal to
    note: str = ""  # what of it is shown, in small letters
    grids: tuple[Grid, ...] = ()
    lines: tuple[Line, ...] = ()
    is_lit: bool = False  # it belongs to the stage that is lit up
    edge: str = ""  # of its frame, where it is about one weight: the colour in the diagram, ``#rrggbb``
    is_flat: bool = False  # the lines stand beside the formula, where there is room
    tip: Callable[[], str] | None = None  # how its numbers come about, if that is asked

    @property
    def still_key(self) -> tuple[object, ...]:
        """What its still parts depend on."""
        lines = tuple(line.still_key for line in self.lines)
        grids = tuple(grid.shape_key for grid in self.grids)
        return self.lead, self.formula, self.meaning, self.note, grids, lines, self.is_lit, bool(self.edge)
