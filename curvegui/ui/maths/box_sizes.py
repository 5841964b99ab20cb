"""How large the boxes of an equation are, and where their parts stand."""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QFont, QFontMetricsF

from curvegui.figure.drawing.typeset import Expression, Fraction, Letters, PartsInRow, Picture, Slant, typeset
from curvegui.ui.look.theme import current_theme
from curvegui.ui.maths.boxes import Box, Line
from curvegui.ui.maths.matrix_grid import GridFace
from curvegui.ui.widgets.numbers import WIDEST_EXACT

PADDING, EDGE = 7.0, 4.0  # px, inside of a box: at the sides; above and below
GAP, BESIDE_GAP, BETWEEN = 3.0, 7.0, 6.0  # px
FORMULA_SIZE, SMALL_SIZE = 1.15, 0.88  # times the font's
EQUALS = Letters("= ", Slant.UPRIGHT)


class BoxSizes:
    """The sizes of boxes in a font, with ``widest`` px of room across."""

    def __init__(self, font: QFont, widest: float) -> None:
        self.font = font
        self.metrics = QFontMetricsF(font)
        self.small = _scaled(font, SMALL_SIZE)
        self.bold = QFont(font)
        self.bold.setBold(True)
        self._lead_width = 1.8 * self.metrics.horizontalAdvance("=")
        self._room = widest - 2 * PADDING - self._lead_width
        self.grids = GridFace(self.small, self._room)
        self.number_width = QFontMetricsF(self.bold).horizontalAdvance(WIDEST_EXACT)
        self._advances: dict[str, float] = {}

    def picture(self, expression: Expression, size: float = FORMULA_SIZE) -> Picture:
        """A formula, set only once."""
        return _picture(expression, self.font.key(), size, current_theme().text)

    def lead_width(self, box: Box) -> float:
        """The room for the sign that joins a box to the one before."""
        return self._lead_width if box.lead else 0.0

    def _line_size(self, line: Line) -> QSizeF:
        """The size of a line: the words are beside the number, or under it if there is no room."""
        words, height = self._words_width(line), self.metrics.height()
        if self._is_stacked(line):
            return QSizeF(max(self.number_width, words), 2 * height)
        return QSizeF(self.number_width + words, height)

    def _words_width(self, line: Line) -> float:
        words = line.room or line.words
        if not words:
            return 0.0
        if words not in self._advances:
            self._advances[words] = min(QFontMetricsF(self.small).horizontalAdvance(f" {words}"), self._room)
        return self._advances[words]

    def _is_stacked(self, line: Line) -> bool:
        return self._words_width(line) > 0 and self.number_width + self._words_width(line) > self._room

    def size(self, box: Box) -> QSizeF:
        """The size of a box with the sign before it."""
        formula, room = self.picture(box.formula), sum(self._formula_room(box))
        values = self._values_size(box)
        if self._is_flat(box):
            wide, height = formula.width + BESIDE_GAP + values.width(), max(room, values.height())
        else:
            wide, height = formula.width + self._beside_width(box), room + GAP
            if not self._is_beside(box):
                wide, height = max(wide, self._told_width(box)), height + self._told_height(box)
            wide, height = max(wide, values.width()), height + values.height()
        return QSizeF(self.lead_width(box) + wide + 2 * PADDING, height + 2 * EDGE)

    def _values_size(self, box: Box) -> QSizeF:
        """The size of the grids and lines together."""
        grids = [self.grids.size(grid) for grid in box.grids]
        lines = [self._line_size(line) for line in box.lines]
        height = sum(size.height() for size in lines)
        if self._is_paired(box):
            wide = sum(size.width() for size in grids) + BETWEEN
            height += max(size.height() for size in grids)
        else:
            wide = max((size.width() for size in grids), default=0.0)
            height += sum(size.height() for size in grids) + GAP * max(len(grids) - 1, 0)
        return QSizeF(max([wide, *(size.width() for size in lines)]), height)

    def _is_paired(self, box: Box) -> bool:
        """Whether the product so far stands beside the value, row by row: a single number stands under it."""
        wide = sum(self.grids.size(grid).width() for grid in box.grids) + BETWEEN
        return len(box.grids) > 1 and box.grids[1].entries.shape[0] > 1 and wide <= self._room

    def _grid_places(self, box: Box, x: float, y: float) -> list[QPointF]:
        """The top left of each grid, and of what follows them."""
        places = [QPointF(x, y)]
        for grid in box.grids:
            size = self.grids.size(grid)
            step = QPointF(size.width() + BETWEEN, 0) if self._is_paired(box) else QPointF(0, size.height() + GAP)
            places.append(places[-1] + step)
        if self._is_paired(box):
            places[-1] = QPointF(x, y + max(self.grids.size(grid).height() for grid in box.grids) + GAP)
        return places

    def _is_flat(self, box: Box) -> bool:
        formula, lines = self.picture(box.formula), [self._line_size(line).width() for line in box.lines]
        return box.is_flat and formula.width + BESIDE_GAP + max(lines, default=0.0) <= self._room

    def _told_width(self, box: Box) -> float:
        """The wider of the meaning and the note."""
        meaning = self._meaning(box)
        note = QFontMetricsF(self.small).horizontalAdvance(box.note)
        return max(meaning.width if meaning is not None else 0.0, note)

    def _told_height(self, box: Box) -> float:
        """The height of both, below the formula."""
        meaning = self._meaning(box)
        height = meaning.height + GAP if meaning is not None else 0.0
        return height + (QFontMetricsF(self.small).height() + GAP if box.note else 0.0)

    def _meaning(self, box: Box) -> Picture | None:
        return None if box.meaning is None else self.picture(PartsInRow((EQUALS, box.meaning)), 1.0)

    def _is_beside(self, box: Box) -> bool:
        """Whether the meaning of a fraction stands beside it: if there is room."""
        wide = self.picture(box.formula).width + BESIDE_GAP + self._told_width(box)
        return isinstance(box.formula, Fraction) and wide <= self._room

    def _beside_width(self, box: Box) -> float:
        return BESIDE_GAP + self._told_width(box) if self._is_beside(box) and self._told_width(box) else 0.0

    def _formula_room(self, box: Box) -> tuple[float, float]:
        """The room over and under the line of a fraction: the same in each box, so that the lines meet."""
        formula, line = self.picture(box.formula), self.metrics.height()
        up, down = (1.3, 1.6) if isinstance(box.formula, Fraction) else (0.9, 0.9)
        return max(up * line, formula.ascent - formula.axis), max(down * line, formula.descent + formula.axis)

    def _frame(self, box: Box, rect: QRectF) -> QRectF:
        return rect.adjusted(self.lead_width(box) + 1, 1, -1, -1)

    def _left(self, box: Box, rect: QRectF) -> float:
        return rect.left() + self.lead_width(box) + PADDING

    def _under_formula(self, box: Box, rect: QRectF) -> float:
        return rect.top() + EDGE + sum(self._formula_room(box)) + GAP

    def _values_top(self, box: Box, rect: QRectF) -> float:
        y = self._under_formula(box, rect)
        return y if self._is_beside(box) else y + self._told_height(box)

    def values_place(self, box: Box, rect: QRectF) -> QPointF:
        """The top left of the numbers in a box."""
        if self._is_flat(box):
            beside = self.picture(box.formula).width + BESIDE_GAP
            up = max(self._formula_room(box)[0] - self._values_size(box).height() / 2, 0.0)
            return QPointF(self._left(box, rect) + beside, rect.top() + EDGE + up)
        return QPointF(self._left(box, rect), self._values_top(box, rect))


@lru_cache(maxsize=512)
def _picture(expression: Expression, font: str, size: float, ink: str) -> Picture:
    """A formula set in a font, given by its key; each is set only once for all boxes."""
    face = QFont()
    face.fromString(font)
    return typeset(expression, _scaled(face, size), ink)


def _scaled(font: QFont, size: float) -> QFont:
    scaled = QFont(font)
    if font.pixelSize() > 0:
        scaled.setPixelSize(round(font.pixelSize() * size))
    else:
        scaled.setPointSizeF(font.pointSizeF() * size)
    return scaled
