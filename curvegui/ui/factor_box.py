"""A box of an equation: a typeset formula, what it amounts to, and its present value under it."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from curvegui.figure.expression import Expression, Letters, Slant
from curvegui.figure.typeset import Picture, typeset
from curvegui.ui.maths_numbers import WIDEST_EXACT
from curvegui.ui.matrix_grid import Grid, GridFace
from curvegui.ui.theme import Theme

PADDING, GAP = 8.0, 4.0  # px
FORMULA_SIZE, SMALL_SIZE = 1.25, 0.88  # of the font
ROUND, SWATCH = 8.0, 5.0  # px


@dataclass(frozen=True)
class Line:
    """A number and what it is; in bold where it is what the box is about, as a warning where it is one.

    ``swatch`` is the colour that it has in the diagram, where it has one.
    """

    number: str
    words: str = ""
    is_bold: bool = False
    is_warning: bool = False
    swatch: QColor | None = None


@dataclass(frozen=True, eq=False)
class Box:
    """One part of an equation.

    Attributes
    ----------
    lead : str
        What joins it to the box before: "=", "·" or "−".
    formula : Expression
    meaning : Expression or None
        What the formula amounts to.
    note : str
        Under it, in small letters: the shape.
    grids : tuple of Grid
    lines : tuple of Line
    is_lit : bool
        Whether it belongs to the stage that is lit up.
    """

    lead: str
    formula: Expression
    meaning: Expression | None = None
    note: str = ""
    grids: tuple[Grid, ...] = ()
    lines: tuple[Line, ...] = ()
    is_lit: bool = False

    @property
    def still_key(self) -> tuple[object, ...]:
        """What its still parts depend on."""
        lines = tuple((line.words, line.is_bold, line.is_warning) for line in self.lines)
        grids = tuple(grid.shape_key for grid in self.grids)
        return self.lead, self.formula, self.meaning, self.note, grids, lines, self.is_lit


class BoxFace:
    """How boxes look in a font and a theme.

    Parameters
    ----------
    font : QFont
    theme : Theme
    widest : float
        The room that there is across, px.
    """

    def __init__(self, font: QFont, theme: Theme, widest: float) -> None:
        self.font, self.theme = font, theme
        self.metrics = QFontMetricsF(font)
        self.small = _scaled(font, SMALL_SIZE)
        self.bold = QFont(font)
        self.bold.setBold(True)
        self.lead_width = 1.6 * self.metrics.horizontalAdvance("=")
        self.grids = GridFace(self.small, widest - 2 * PADDING - self.lead_width)
        self.number_width = QFontMetricsF(self.bold).horizontalAdvance(WIDEST_EXACT)
        self._set: dict[tuple[Expression, float], Picture] = {}

    def picture(self, expression: Expression, size: float = FORMULA_SIZE) -> Picture:
        """An expression, set once."""
        key = expression, size
        if key not in self._set:
            self._set[key] = typeset(expression, _scaled(self.font, size), self.theme.text)
        return self._set[key]

    def joined_by(self, lead: str) -> Picture:
        """What joins a box to the one before."""
        return self.picture(Letters(lead, Slant.UPRIGHT))

    def size(self, box: Box) -> QSizeF:
        """A box with what joins it."""
        widths = [self.picture(box.formula).width]
        height = self.formula_height(box)
        if box.meaning is not None:
            meaning = self.picture(box.meaning, 1.0)
            widths.append(meaning.width)
            height += meaning.height + GAP
        small = QFontMetricsF(self.small)
        if box.note:
            widths.append(small.horizontalAdvance(box.note))
            height += small.height() + GAP
        for grid in box.grids:
            widths.append(self.grids.size(grid).width())
            height += self.grids.size(grid).height() + GAP
        for line in box.lines:
            widths.append(self.number_width + small.horizontalAdvance(f" {line.words}" if line.words else ""))
            height += self.metrics.height()
        return QSizeF(self.lead_width + max(widths) + 2 * PADDING, height + 2 * PADDING)

    def formula_height(self, box: Box) -> float:
        """Room for a fraction, so that what is under the formulas stands in a row."""
        return max(3.1 * self.metrics.height(), self.picture(box.formula).height)

    def paint_still(self, painter: QPainter, box: Box, rect: QRectF) -> None:
        """Paint all but the numbers."""
        frame = rect.adjusted(self.lead_width + 1, 1, -1, -1)
        painter.setPen(QPen(QColor(self.theme.accent if box.is_lit else self.theme.border), 3 if box.is_lit else 1))
        painter.setBrush(QColor(self.theme.card))
        painter.drawRoundedRect(frame, ROUND, ROUND)
        centre = rect.top() + PADDING + self.formula_height(box) / 2
        formula = self.picture(box.formula)
        baseline = centre + formula.axis
        self.joined_by(box.lead).paint(painter, rect.left(), baseline)
        formula.paint(painter, frame.left() + PADDING, self._baseline(formula, centre))
        self._paint_under(painter, box, rect)

    @staticmethod
    def _baseline(picture: Picture, centre: float) -> float:
        return centre + (picture.ascent - picture.descent) / 2

    def _paint_under(self, painter: QPainter, box: Box, rect: QRectF) -> None:
        x, y = rect.left() + self.lead_width + PADDING, rect.top() + PADDING + self.formula_height(box)
        if box.meaning is not None:
            meaning = self.picture(box.meaning, 1.0)
            meaning.paint(painter, x, y + meaning.ascent)
            y += meaning.height + GAP
        if box.note:
            painter.setFont(self.small)
            painter.setPen(QColor(self.theme.muted))
            painter.drawText(QPointF(x, y + QFontMetricsF(self.small).ascent()), box.note)
        y = self._values_top(box, rect)
        for grid in box.grids:
            self.grids.paint_still(painter, grid, QPointF(x, y), self.theme)
            y += self.grids.size(grid).height() + GAP
        painter.setFont(self.small)
        for line in box.lines:
            painter.setPen(QColor(self.theme.warning if line.is_warning else self.theme.muted))
            painter.drawText(QPointF(x + self.number_width, y + self.metrics.ascent()), f" {line.words}")
            y += self.metrics.height()

    def _values_top(self, box: Box, rect: QRectF) -> float:
        y = rect.top() + PADDING + self.formula_height(box)
        if box.meaning is not None:
            y += self.picture(box.meaning, 1.0).height + GAP
        return y + (QFontMetricsF(self.small).height() + GAP if box.note else 0)

    def paint_values(self, painter: QPainter, box: Box, rect: QRectF) -> None:
        """Paint the numbers."""
        x, y = rect.left() + self.lead_width + PADDING, self._values_top(box, rect)
        for grid in box.grids:
            self.grids.paint(painter, grid, QPointF(x, y), self.theme)
            y += self.grids.size(grid).height() + GAP
        for line in box.lines:
            painter.setFont(self.bold if line.is_bold else self.font)
            painter.setPen(QColor(self.theme.warning if line.is_warning else self.theme.text))
            place = QRectF(x, y, self.number_width, self.metrics.height())
            if line.swatch is not None:
                painter.fillRect(QRectF(x, y + 2, SWATCH, place.height() - 4), line.swatch)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight, line.number)
            y += self.metrics.height()


def _scaled(font: QFont, size: float) -> QFont:
    scaled = QFont(font)
    if font.pixelSize() > 0:
        scaled.setPixelSize(round(font.pixelSize() * size))
    else:
        scaled.setPointSizeF(font.pointSizeF() * size)
    return scaled
