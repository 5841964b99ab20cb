"""An equation as boxes that wrap like words; the still parts are painted once, the numbers in every frame."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
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
from curvegui.ui.look.scale import BODY, HEADING, SMALL
from curvegui.ui.look.theme import current_theme, follow_theme
from curvegui.ui.maths.boxes import Box, Line
from curvegui.ui.maths.matrix_grid import GridFace
from curvegui.ui.widgets.numbers import WIDEST_EXACT

PADDING, EDGE = 7.0, 4.0  # px, inside of a box: at the sides; above and below
GAP, BESIDE_GAP, BETWEEN = 3.0, 7.0, 6.0  # px
FORMULA_SIZE, SMALL_SIZE = HEADING / BODY, SMALL / BODY  # times the font's
ROW_GAP, BOX_GAP, MARGIN = 5.0, 4.0, 2.0  # px
NARROWEST = 200  # px
ROUND = 8.0  # px
EDGE_WIDTH, LIT_WIDTH = 2.0, 3.0  # px, of frames
EQUALS = Letters("= ", Slant.UPRIGHT)


@dataclass(frozen=True, eq=False)
class LaidBox:
    """Where the parts of a box are, seen from its top left corner; ``size`` includes the sign before the box."""

    size: QSizeF
    lead: float  # the room for the sign that joins a box to the one before
    pictures: list[tuple[Picture, QPointF]]  # the formulas and the sign, by their baselines
    note: QPointF  # its baseline
    grids: list[QPointF]
    lines: list[QPointF]


class BoxFace:
    """Measures and paints boxes in a font; a box is at most ``widest`` px wide."""

    def __init__(self, font: QFont, widest: float) -> None:
        self._font, self._small, self._bold = font, _scaled(font, SMALL_SIZE), QFont(font)
        self._bold.setBold(True)
        self._metrics, self._small_metrics = QFontMetricsF(font), QFontMetricsF(self._small)
        self._lead_width = 1.8 * self._metrics.horizontalAdvance("=")
        self._most_px = widest - 2 * PADDING - self._lead_width
        self._grids = GridFace(self._small, self._most_px)
        self._number_width = QFontMetricsF(self._bold).horizontalAdvance(WIDEST_EXACT)

    def _picture(self, expression: Expression, size: float = FORMULA_SIZE) -> Picture:
        return _picture(expression, self._font.key(), size, current_theme().text)

    def _words_width(self, line: Line) -> float:
        words = line.longest or line.words
        return min(self._small_metrics.horizontalAdvance(f" {words}"), self._most_px) if words else 0.0

    def _is_stacked(self, line: Line) -> bool:
        return self._words_width(line) > 0 and self._number_width + self._words_width(line) > self._most_px

    def _line_size(self, line: Line) -> QSizeF:
        words, height = self._words_width(line), self._metrics.height()
        if self._is_stacked(line):
            return QSizeF(max(self._number_width, words), 2 * height)
        return QSizeF(self._number_width + words, height)

    def lay_out(self, box: Box) -> LaidBox:
        """Find the positions of a box's parts, which depend on nothing but its ``still_key``."""
        formula, most, line = self._picture(box.formula), self._most_px, self._metrics.height()
        is_fraction, lead = isinstance(box.formula, Fraction), self._lead_width if box.lead else 0.0
        # The room over and under the line of a fraction is the same in each box, so that the lines meet
        up, down = (1.3, 1.6) if is_fraction else (0.9, 0.9)
        over, below = max(up * line, formula.ascent - formula.axis), max(down * line, formula.descent + formula.axis)
        axis, left = EDGE + over, lead + PADDING
        pictures = [(formula, QPointF(left + 1, axis + formula.axis))]
        if box.lead:
            sign = self._picture(Letters(box.lead, Slant.BOLD))
            pictures.append((sign, QPointF((lead - sign.width) / 2, axis + formula.axis)))
        # The meaning of a fraction stands beside it, or under it
        meaning = None if box.meaning is None else self._picture(PartsInRow((EQUALS, box.meaning)), 1.0)
        small, wide, high = self._small_metrics, formula.width, over + below + GAP
        about = max(meaning.width if meaning else 0.0, small.horizontalAdvance(box.note))
        about_height = (meaning.height + GAP if meaning else 0.0) + (small.height() + GAP if box.note else 0.0)
        note = QPointF(left, EDGE + high)
        if is_fraction and wide + BESIDE_GAP + about <= most:
            over_axis = meaning.ascent - meaning.axis if meaning else small.height() / 2
            note = QPointF(left + wide + BESIDE_GAP, axis - over_axis)
            wide += BESIDE_GAP + about if about else 0.0
        else:
            wide, high = max(wide, about), high + about_height
        if meaning:
            pictures.append((meaning, note + QPointF(0, meaning.ascent)))
            note += QPointF(0, meaning.height + GAP / 2)
        # The numbers stand under all that; those of a flat box beside it
        lines, grids = [self._line_size(each) for each in box.lines], [self._grids.size(each) for each in box.grids]
        lines_width = max((each.width() for each in lines), default=0.0)
        lines_height = sum(each.height() for each in lines)
        corner = QPointF(left, EDGE + high)
        if box.is_flat and formula.width + BESIDE_GAP + lines_width <= most:
            corner = QPointF(left + formula.width + BESIDE_GAP, EDGE + max(over - lines_height / 2, 0.0))
            wide, high = formula.width + BESIDE_GAP + lines_width, max(over + below, lines_height)
        else:
            wide, high = max(wide, lines_width), high + lines_height
        beside = sum(each.width() for each in grids) + BETWEEN
        # The product so far stands beside the value, row by row; a single number stands under it
        is_paired = len(grids) > 1 and box.grids[1].entries.shape[0] > 1 and beside <= most
        corners, at = list[QPointF](), corner
        for size in grids:
            corners.append(at)
            at = at + (QPointF(size.width() + BETWEEN, 0) if is_paired else QPointF(0, size.height() + GAP))
        if is_paired:
            tallest = max(each.height() for each in grids)
            wide, high, at = max(wide, beside), high + tallest, corner + QPointF(0, tallest + GAP)
        elif grids:
            wide = max(wide, *(each.width() for each in grids))
            high += sum(each.height() + GAP for each in grids) - GAP
        tops = [at + QPointF(0, sum(each.height() for each in lines[:number])) for number in range(len(lines))]
        return LaidBox(QSizeF(left + wide + PADDING, high + 2 * EDGE), lead, pictures, note, corners, tops)

    def paint_frame(self, painter: QPainter, box: Box, rect: QRectF, lead: float) -> None:
        """Paint the frame of a box; a frame in a weight's colour, which changes with the weight, is not filled."""
        theme = current_theme()
        usual = box.edge or theme.border, EDGE_WIDTH if box.edge else 1
        ink, width = (theme.accent, LIT_WIDTH) if box.is_lit else usual
        painter.setPen(QPen(QColor(ink), width))
        painter.setBrush(QColor(theme.card) if box.is_lit or not box.edge else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(lead + 1, 1, -1, -1), ROUND, ROUND)

    def paint_still(self, painter: QPainter, box: Box, laid: LaidBox, rect: QRectF) -> None:
        """Paint the parts of a box that do not change: all but the numbers and a frame in a weight's colour."""
        if box.is_lit or not box.edge:
            self.paint_frame(painter, box, rect, laid.lead)
        for picture, baseline in laid.pictures:
            picture.paint(painter, rect.left() + baseline.x(), rect.top() + baseline.y())
        if box.note:
            painter.setFont(self._small)
            painter.setPen(QColor(current_theme().muted))
            write_from(painter, rect.topLeft() + laid.note + QPointF(0, self._small_metrics.ascent()), box.note)
        for grid, corner in zip(box.grids, laid.grids, strict=True):
            self._grids.paint_still(painter, grid, rect.topLeft() + corner)
        for line, corner in zip(box.lines, laid.lines, strict=True):
            if not line.longest:
                self._paint_words(painter, line, rect.topLeft() + corner)

    def _paint_words(self, painter: QPainter, line: Line, corner: QPointF) -> None:
        if not line.words:
            return
        painter.setFont(self._small)
        painter.setPen(QColor(current_theme().warning if line.is_warning else current_theme().muted))
        away = QPointF(0, self._metrics.height()) if self._is_stacked(line) else QPointF(self._number_width, 0)
        gap = self._small_metrics.horizontalAdvance(" ")  # before words that are read from either side
        elide, width = Qt.TextElideMode.ElideRight, self._words_width(line) + 1 - gap
        words = self._small_metrics.elidedText(line.words, elide, width)
        write_from(painter, corner + away + QPointF(gap, self._metrics.ascent()), words)

    def paint_values(self, painter: QPainter, box: Box, laid: LaidBox, rect: QRectF) -> None:
        """Paint the parts of a box that change: the numbers, and a frame in a weight's colour."""
        if box.edge and not box.is_lit:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.paint_frame(painter, box, rect, laid.lead)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for grid, corner in zip(box.grids, laid.grids, strict=True):
            self._grids.paint(painter, grid, rect.topLeft() + corner)
        for line, corner in zip(box.lines, laid.lines, strict=True):
            painter.setFont(self._bold if line.is_bold else self._font)
            painter.setPen(QColor(current_theme().warning if line.is_warning else current_theme().text))
            area = QRectF(rect.topLeft() + corner, QSizeF(self._number_width, self._metrics.height()))
            painter.drawText(area, Qt.AlignmentFlag.AlignRight, line.number)
            if line.longest:
                self._paint_words(painter, line, rect.topLeft() + corner)


class EquationView(QWidget):
    """Shows boxes, with a frame around them if the view has the focus. ``gate`` is shut while numbers are painted."""

    def __init__(self, gate: Gate | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gate = gate or Gate()
        self.boxes: Sequence[Box] = ()
        self._words: Callable[[], str] = str
        self._still_key: tuple[object, ...] = ()
        self._face: BoxFace | None = None
        self._laid: list[tuple[LaidBox, QRectF]] = []
        self._heights: dict[int, int] = {}
        self._still: QPixmap | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # else the card below is painted each time
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        follow_theme(self._forget)

    def show_boxes(self, boxes: Sequence[Box]) -> None:
        key = tuple(box.still_key for box in boxes)
        self.boxes = boxes
        if key != self._still_key:
            self._still_key = key
            self._measure_anew()
        self.update()

    def _measure_anew(self) -> None:
        """Set the minimum height by the width: a layout within a layout does not ask for a height for its width."""
        self._still, self._laid = None, []
        self._heights.clear()
        self.setMinimumHeight(self.heightForWidth(self.width()))

    def say(self, words: Callable[[], str]) -> None:
        """Set the words for screen readers; ``words`` makes the text when a screen reader asks for it."""
        self._words = words

    def in_words(self) -> str:
        return self._words()

    def rects(self) -> list[QRectF]:
        return [rect for _, rect in self._arranged()]

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
        """Show in a tooltip how the numbers of the box under the mouse come about."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            at = QPointF(event.pos())
            for box, rect in zip(self.boxes, self.rects(), strict=True):
                if box.tip and rect.contains(at):  # beside the numbers that it is about
                    beside = self.mapToGlobal(rect.topRight().toPoint())
                    QToolTip.showText(beside, wrapped(box.tip()), self, rect.toRect())
            return True
        return super().event(event)

    def _face_for(self, width: float) -> BoxFace:
        return BoxFace(self.font(), width - 2 * MARGIN)

    @Slot()
    def _forget(self) -> None:
        self._face = None
        self._measure_anew()
        self.update()

    def _laid_out(self, face: BoxFace, width: float) -> tuple[list[tuple[LaidBox, QRectF]], float]:
        """The boxes with their rectangles, wrapped in a width, and the height of all boxes."""
        rows: list[list[LaidBox]] = []
        x = width
        for laid in map(face.lay_out, self.boxes):
            if x + laid.size.width() > width - MARGIN:
                rows.append([])
                x = MARGIN
            rows[-1].append(laid)
            x += laid.size.width() + BOX_GAP
        found, y = list[tuple[LaidBox, QRectF]](), MARGIN
        for row in rows:
            x, height = MARGIN, max(laid.size.height() for laid in row)
            for laid in row:
                found.append((laid, QRectF(x, y, laid.size.width(), height)))
                x += laid.size.width() + BOX_GAP
            y += height + ROW_GAP
        return found, y - (ROW_GAP if rows else 0.0) + MARGIN

    def _arranged(self) -> list[tuple[LaidBox, QRectF]]:
        self._face = self._face or self._face_for(self.width())
        self._laid = self._laid or self._laid_out(self._face, self.width())[0]
        return self._laid

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._still = None
        if event.size().width() != event.oldSize().width():
            self._face, self._laid = None, []
            self.setMinimumHeight(self.heightForWidth(self.width()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._forget()

    def paintEvent(self, event: QPaintEvent) -> None:
        with self._gate:
            laid, ratio, painter = self._arranged(), self.devicePixelRatioF(), painter_for(self)
            assert self._face is not None
            if painter.paintEngine().type() == QPaintEngine.Type.Picture:  # strokes stay sharp at any size
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                self._paint_still(painter)
            else:
                if self._still is None or self._still.devicePixelRatioF() != ratio:
                    self._still = QPixmap(ceil(self.width() * ratio), ceil(self.height() * ratio))
                    self._still.setDevicePixelRatio(ratio)
                    self._still.fill(QColor(current_theme().card))
                    still_painter = painter_for(self._still)
                    still_painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                    self._paint_still(still_painter)
                    still_painter.end()
                painter.drawPixmap(0, 0, self._still)
            for box, (parts, rect) in zip(self.boxes, laid, strict=True):
                self._face.paint_values(painter, box, parts, rect)
            if self.hasFocus():
                painter.setPen(QPen(QColor(current_theme().accent), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
            painter.end()

    def _paint_still(self, painter: QPainter) -> None:
        assert self._face is not None
        for box, (laid, rect) in zip(self.boxes, self._laid, strict=True):
            self._face.paint_still(painter, box, laid, rect)


@lru_cache(maxsize=512)
def _picture(expression: Expression, font: str, size: float, ink: str) -> Picture:
    """A formula set in a font, given by the font's key; each formula is set only once for all boxes."""
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
