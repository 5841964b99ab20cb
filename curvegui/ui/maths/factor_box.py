"""How the boxes of an equation look: their still parts, and their numbers."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from curvegui.figure.drawing.typeset import Letters, Slant
from curvegui.ui.look.painter import write_from
from curvegui.ui.look.theme import current_theme
from curvegui.ui.maths.box_sizes import BESIDE_GAP, EDGE, GAP, PADDING, BoxSizes
from curvegui.ui.maths.boxes import Box, Line

ROUND = 8.0  # px
EDGE_WIDTH, LIT_WIDTH = 2.0, 3.0  # px, of frames


class BoxFace(BoxSizes):
    """How boxes look."""

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
        baseline = rect.top() + EDGE + self._formula_room(box)[0] + formula.axis
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
            y = rect.top() + EDGE + self._formula_room(box)[0] - small.height() / 2
            if meaning is not None:
                y = rect.top() + EDGE + self._formula_room(box)[0] + meaning.axis - meaning.ascent
        if meaning is not None:
            meaning.paint(painter, x, y + meaning.ascent)
            y += meaning.height + GAP / 2
        if box.note:
            painter.setFont(self.small)
            painter.setPen(QColor(current_theme().muted))
            write_from(painter, QPointF(x, y + small.ascent()), box.note)

    def _paint_under(self, painter: QPainter, box: Box, rect: QRectF) -> None:
        place = self.values_place(box, rect)
        *places, after = self._grid_places(box, place.x(), place.y())
        for grid, at in zip(box.grids, places, strict=True):
            self.grids.paint_still(painter, grid, at)
        x, y = after.x(), after.y()
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
        small, elide = QFontMetricsF(self.small), Qt.TextElideMode.ElideRight
        gap = small.horizontalAdvance(" ")  # before words that are read from either side
        words = small.elidedText(line.words, elide, self._words_width(line) + 1 - gap)
        write_from(painter, (under if self._is_stacked(line) else beside) + QPointF(gap, 0.0), words)

    def paint_values(self, painter: QPainter, box: Box, place: QPointF) -> None:
        """Paint the numbers, with the top left at a place."""
        theme = current_theme()
        *places, after = self._grid_places(box, place.x(), place.y())
        for grid, at in zip(box.grids, places, strict=True):
            self.grids.paint(painter, grid, at)
        x, y = after.x(), after.y()
        for line in box.lines:
            painter.setFont(self.bold if line.is_bold else self.font)
            painter.setPen(QColor(theme.warning if line.is_warning else theme.text))
            room = QRectF(x, y, self.number_width, self.metrics.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignRight, line.number)
            if line.room:
                self._paint_words(painter, line, x, y)
            y += self._line_size(line).height()
