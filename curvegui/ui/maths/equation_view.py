"""An equation as boxes that wrap like words; the still parts are painted once, the numbers in every frame."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from math import ceil

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Slot
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QPaintEngine,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from curvegui.figure.drawing.typeset import Expression, Fraction, Letters, PartsInRow, Picture, Slant, typeset
from curvegui.session.run.gate import Gate
from curvegui.ui.look.layouts import wrapped
from curvegui.ui.look.painter import painter_for, write_from
from curvegui.ui.look.theme import current_theme, follow_theme
from curvegui.ui.maths.boxes import Box, Line
from curvegui.ui.maths.matrix_grid import GridFace
from curvegui.ui.widgets.numbers import WIDEST_EXACT

PADDING, EDGE = 7.0, 4.0  # px, inside of a box: at the sides; above and below
GAP, BESIDE_GAP, BETWEEN = 3.0, 7.0, 6.0  # px
FORMULA_SIZE, SMALL_SIZE = 1.15, 0.88  # times the font's
ROW_GAP, BOX_GAP, MARGIN = 5.0, 4.0, 2.0  # px
NARROWEST = 200  # px
ROUND = 8.0  # px
EDGE_WIDTH, LIT_WIDTH = 2.0, 3.0  # px, of frames
EQUALS = Letters("= ", Slant.UPRIGHT)


class BoxFace:
    """How boxes look in a font, with ``widest`` px of room across: their sizes, their still parts, their numbers."""

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
        meaning = self._meaning(box)
        note = QFontMetricsF(self.small).horizontalAdvance(box.note)
        return max(meaning.width if meaning is not None else 0.0, note)

    def _told_height(self, box: Box) -> float:
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


class EquationView(QWidget):
    """Shows boxes, and a frame around them if it has the focus. The ``gate`` is shut while the numbers are painted."""

    def __init__(self, gate: Gate | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gate = gate or Gate()
        self._boxes: Sequence[Box] = ()
        self._words: Callable[[], str] = str
        self._still_key: tuple[object, ...] = ()
        self._face: BoxFace | None = None
        self._places: list[QRectF] = []
        self._values: list[QPointF] = []
        self._heights: dict[int, int] = {}
        self._still: QPixmap | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # else the card below is painted each time
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        follow_theme(self._forget)

    def show_boxes(self, boxes: Sequence[Box]) -> None:
        """Show other boxes, or the same with other numbers."""
        key = tuple(box.still_key for box in boxes)
        self._boxes = boxes
        if key != self._still_key:
            self._still_key, self._still, self._places = key, None, []
            self._heights.clear()
            self._keep_height()
        self.update()

    def _keep_height(self) -> None:
        """Ask for the height that the width needs: nested layouts do not."""
        self.setMinimumHeight(self.heightForWidth(self.width()))

    def say(self, words: Callable[[], str]) -> None:
        """Tell screen readers these words, put together when they are read."""
        self._words = words

    def in_words(self) -> str:
        """What the boxes say."""
        return self._words()

    @property
    def boxes(self) -> Sequence[Box]:
        """What is shown."""
        return self._boxes

    def places(self) -> list[QRectF]:
        """The place of each box."""
        self._arrange(self.width())
        return self._places

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = round(self._laid_out(self._face_for(width), width)[1])
        return self._heights[width]

    def sizeHint(self) -> QSize:
        width = max(self.width(), NARROWEST)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(NARROWEST, self.heightForWidth(max(self.width(), NARROWEST)))

    def event(self, event: QEvent) -> bool:
        """Tell how the numbers of the box under the mouse come about."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            at = QPointF(event.pos())
            for box, place in zip(self._boxes, self.places(), strict=True):
                if box.tip and place.contains(at):  # beside the numbers that it is about
                    beside = self.mapToGlobal(place.topRight().toPoint())
                    QToolTip.showText(beside, wrapped(box.tip()), self, place.toRect())
            return True
        return super().event(event)

    def _face_for(self, width: float) -> BoxFace:
        return BoxFace(self.font(), width - 2 * MARGIN)

    @Slot()
    def _forget(self) -> None:
        self._face, self._still, self._places = None, None, []
        self._heights.clear()
        self._keep_height()
        self.update()

    def _laid_out(self, face: BoxFace, width: float) -> tuple[list[QRectF], float]:
        """The places of the boxes in a width, and the height; the boxes of a row are equally high."""
        places: list[QRectF] = []
        row: list[QRectF] = []
        x, y = MARGIN, MARGIN
        for box in self._boxes:
            size = face.size(box)
            if row and x + size.width() > width - MARGIN:
                y = _closed(row, places) + ROW_GAP
                row, x = [], MARGIN
            row.append(QRectF(QPointF(x, y), size))
            x += size.width() + BOX_GAP
        return places, (_closed(row, places) if row else y) + MARGIN

    def _arrange(self, width: int) -> None:
        if self._face is None or not self._places:
            if self._face is None:
                self._face = self._face_for(width)
            self._places, _ = self._laid_out(self._face, width)
            self._values = [
                self._face.values_place(box, place) for box, place in zip(self._boxes, self._places, strict=True)
            ]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._still = None
        if event.size().width() != event.oldSize().width():
            self._face, self._places = None, []
            self._keep_height()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._forget()

    def paintEvent(self, event: QPaintEvent) -> None:
        with self._gate:
            self._paint()

    def _paint(self) -> None:
        self._arrange(self.width())
        face, ratio = self._face, self.devicePixelRatioF()
        assert face is not None
        if self._still is None or self._still.devicePixelRatioF() != ratio:
            self._still = self._painted_still(ratio)
        painter = painter_for(self)
        if painter.paintEngine().type() == QPaintEngine.Type.Picture:  # strokes are recorded, to be sharp at any size
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_still(painter)
        else:
            painter.drawPixmap(0, 0, self._still)
        for box, place, top_left in zip(self._boxes, self._places, self._values, strict=True):
            face.paint_edge(painter, box, place)
            face.paint_values(painter, box, top_left)
        if self.hasFocus():
            painter.setPen(QPen(QColor(current_theme().accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        painter.end()

    def _painted_still(self, ratio: float) -> QPixmap:
        still = QPixmap(ceil(self.width() * ratio), ceil(self.height() * ratio))
        still.setDevicePixelRatio(ratio)
        still.fill(QColor(current_theme().card))
        painter = painter_for(still)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_still(painter)
        painter.end()
        return still

    def _paint_still(self, painter: QPainter) -> None:
        assert self._face is not None
        for box, place in zip(self._boxes, self._places, strict=True):
            self._face.paint_still(painter, box, place)


def _closed(row: list[QRectF], places: list[QRectF]) -> float:
    """Make the boxes of a row equally high, add them to the places, and return where the row ends."""
    bottom = max(place.bottom() for place in row)
    for place in row:
        place.setBottom(bottom)
    places += row
    return bottom


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
