"""How the boxes of an equation look: their size, their still parts, and their numbers."""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from curvegui.figure.drawing.expression import Expression, Fraction, Letters, Row, Slant
from curvegui.figure.drawing.typeset import Picture, typeset
from curvegui.ui.look.theme import current_theme
from curvegui.ui.maths.equation_box import Box, Line
from curvegui.ui.maths.matrix_grid import GridFace
from curvegui.ui.widgets.numbers import WIDEST_EXACT

PADDING, GAP, BESIDE_GAP = 7.0, 3.0, 7.0  # px
FORMULA_SIZE, SMALL_SIZE = 1.15, 0.88  # times the font's
ROUND = 8.0  # px
EDGE_WIDTH, LIT_WIDTH = 2.0, 3.0  # px, of frames
EQUALS = Letters("= ", Slant.UPRIGHT)


class BoxFace:
    """How boxes look in a font, with ``widest`` px of room across."""

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
            self._advances[words] = QFontMetricsF(self.small).horizontalAdvance(f" {words}")
        return self._advances[words]

    def _is_stacked(self, line: Line) -> bool:
        return self._words_width(line) > 0 and self.number_width + self._words_width(line) > self._room

    def size(self, box: Box) -> QSizeF:
        """The size of a box with the sign before it."""
        widths = [self.picture(box.formula).width + self._beside_width(box)]
        height = sum(self._formula_room(box)) + GAP
        if not self._is_beside(box):
            widths.append(self._told_width(box))
            height += self._told_height(box)
        for grid in box.grids:
            widths.append(self.grids.size(grid).width())
            height += self.grids.size(grid).height() + GAP
        for line in box.lines:
            widths.append(self._line_size(line).width())
            height += self._line_size(line).height()
        return QSizeF(self.lead_width(box) + max(widths) + 2 * PADDING, height + 2 * PADDING)

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
        return None if box.meaning is None else self.picture(Row((EQUALS, box.meaning)), 1.0)

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

    def paint_edge(self, painter: QPainter, box: Box, rect: QRectF) -> None:
        """Paint the frame in the colour of an edge; the colour changes with the weight."""
        if box.edge and not box.is_lit:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(box.edge), EDGE_WIDTH))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self._frame(box, rect), ROUND, ROUND)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def paint_still(self, painter: QPainter, box: Box, rect: QRectF) -> None:
        """Paint all but the numbers."""
        lead, frame, theme = self.lead_width(box), self._frame(box, rect), current_theme()
        if box.is_lit or not box.edge:
            ink, width = (theme.accent, LIT_WIDTH) if box.is_lit else (theme.border, 1.0)
            painter.setPen(QPen(QColor(ink), width))
            painter.setBrush(QColor(theme.card))
            painter.drawRoundedRect(frame, ROUND, ROUND)
        formula = self.picture(box.formula)
        baseline = rect.top() + PADDING + self._formula_room(box)[0] + formula.axis
        if box.lead:
            sign = self.picture(Letters(box.lead, Slant.BOLD))
            sign.paint(painter, rect.left() + (lead - sign.width) / 2, baseline)
        formula.paint(painter, frame.left() + PADDING, baseline)
        self._paint_told(painter, box, rect)
        self._paint_under(painter, box, rect)

    def _paint_told(self, painter: QPainter, box: Box, rect: QRectF) -> None:
        """Paint the meaning beside the formula, at the height of the fraction's line, or under it."""
        meaning, small = self._meaning(box), QFontMetricsF(self.small)
        x, y = self._left(box, rect), self._under_formula(box, rect)
        if self._is_beside(box):
            x += self.picture(box.formula).width + BESIDE_GAP
            y = rect.top() + PADDING + self._formula_room(box)[0] - small.height() / 2
            if meaning is not None:
                y = rect.top() + PADDING + self._formula_room(box)[0] + meaning.axis - meaning.ascent
        if meaning is not None:
            meaning.paint(painter, x, y + meaning.ascent)
            y += meaning.height + GAP / 2
        if box.note:
            painter.setFont(self.small)
            painter.setPen(QColor(current_theme().muted))
            painter.drawText(QPointF(x, y + small.ascent()), box.note)

    def _paint_under(self, painter: QPainter, box: Box, rect: QRectF) -> None:
        x, y = self._left(box, rect), self._values_top(box, rect)
        for grid in box.grids:
            self.grids.paint_still(painter, grid, QPointF(x, y))
            y += self.grids.size(grid).height() + GAP
        for line in box.lines:
            if not line.room:
                self._paint_words(painter, line, x, y)
            y += self._line_size(line).height()

    def _paint_words(self, painter: QPainter, line: Line, x: float, y: float) -> None:
        if not line.words:
            return
        painter.setFont(self.small)
        theme = current_theme()
        painter.setPen(QColor(theme.warning if line.is_warning else theme.muted))
        beside = QPointF(x + self.number_width, y + self.metrics.ascent())
        under = QPointF(x, y + self.metrics.height() + self.metrics.ascent())
        painter.drawText(under if self._is_stacked(line) else beside, f" {line.words}")

    def _left(self, box: Box, rect: QRectF) -> float:
        return rect.left() + self.lead_width(box) + PADDING

    def _under_formula(self, box: Box, rect: QRectF) -> float:
        return rect.top() + PADDING + sum(self._formula_room(box)) + GAP

    def _values_top(self, box: Box, rect: QRectF) -> float:
        y = self._under_formula(box, rect)
        return y if self._is_beside(box) else y + self._told_height(box)

    def values_place(self, box: Box, rect: QRectF) -> QPointF:
        """The top left of the numbers in a box."""
        return QPointF(self._left(box, rect), self._values_top(box, rect))

    def paint_values(self, painter: QPainter, box: Box, place: QPointF) -> None:
        """Paint the numbers, with the top left at a place."""
        x, y, theme = place.x(), place.y(), current_theme()
        for grid in box.grids:
            self.grids.paint(painter, grid, QPointF(x, y))
            y += self.grids.size(grid).height() + GAP
        for line in box.lines:
            painter.setFont(self.bold if line.is_bold else self.font)
            painter.setPen(QColor(theme.warning if line.is_warning else theme.text))
            room = QRectF(x, y, self.number_width, self.metrics.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignRight, line.number)
            if line.room:
                self._paint_words(painter, line, x, y)
            y += self._line_size(line).height()


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
