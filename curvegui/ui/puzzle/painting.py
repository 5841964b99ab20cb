"""Paints a line of a function: its code, and below it what a check has found, with a sign of its own for each mark."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from curvegui.exercise.puzzle.puzzle import Mark, Worth
from curvegui.ui.look.icons import icon
from curvegui.ui.look.theme import current_theme

MARK = Qt.ItemDataRole.UserRole + 1
SIGNS = {Worth.RIGHT: ("check", "good"), Worth.WRONG: ("arrow", "second"), Worth.FOREIGN: ("remove", "warning")}
PADDING_PX, GAP_PX = 7, 9
ROUNDNESS_PX = 6
WRAPPED = Qt.TextFlag.TextWordWrap
State = QStyle.StateFlag
Index = QModelIndex | QPersistentModelIndex


def code_font(font: QFont) -> QFont:
    """The system's font for programs, as large as another one."""
    fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    fixed.setPointSizeF(font.pointSizeF())
    return fixed


class LinePainter(QStyledItemDelegate):
    """As high as it needs; room for the sign is kept, so that nothing moves sideways when there is one."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As wide as the list."""
        view = option.widget
        width = view.viewport().width() if hasattr(view, "viewport") else option.rect.width()
        code, why = self._places(option, index, width)
        return QSize(width, code.height() + why.height() + 2 * PADDING_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one."""
        mark: Mark | None = index.data(MARK)
        corner = option.rect.topLeft()
        code, why = self._places(option, index, option.rect.width())
        painter.save()
        self._paint_state(painter, option)
        painter.setFont(code_font(option.font))
        is_fixed = mark is None and not index.flags() & Qt.ItemFlag.ItemIsDragEnabled
        painter.setPen(QColor(current_theme().muted if is_fixed else current_theme().text))
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # it is code, in every language
        painter.drawText(code.translated(corner), WRAPPED, index.data())
        painter.setLayoutDirection(option.direction)
        if mark is not None:
            if mark.worth in SIGNS:
                sign, role = SIGNS[mark.worth]
                side = option.fontMetrics.height()
                icon(sign, role).paint(painter, QRect(corner + QPoint(PADDING_PX, code.top()), QSize(side, side)))
            painter.setFont(option.font)
            painter.setPen(QColor(current_theme().text))
            painter.drawText(why.translated(corner), WRAPPED, mark.words)
        painter.restore()

    def _paint_state(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        """A ground for what is selected or pointed at."""
        theme, state = current_theme(), option.state
        ground = theme.pressed if state & State.State_Selected else theme.chip if state & State.State_MouseOver else ""
        if ground:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ground))
            painter.drawRoundedRect(option.rect.adjusted(1, 1, -1, -1), ROUNDNESS_PX, ROUNDNESS_PX)

    def _places(self, option: QStyleOptionViewItem, index: Index, width: int) -> tuple[QRect, QRect]:
        """Where the code and the reason go, from the item's corner."""
        left = PADDING_PX + option.fontMetrics.height() + GAP_PX
        room = QRect(left, PADDING_PX, max(width - left - PADDING_PX, 1), 100_000)
        metrics = QFontMetrics(code_font(option.font))
        code = metrics.boundingRect(room, WRAPPED, index.data()).united(QRect(room.topLeft(), QSize(room.width(), 1)))
        mark: Mark | None = index.data(MARK)
        below = QRect(left, code.bottom() + 2, room.width(), 100_000)
        if mark is None:
            return code, QRect(below.topLeft(), QSize(room.width(), 0))
        why = option.fontMetrics.boundingRect(below, WRAPPED, mark.words)
        return code, QRect(below.topLeft(), QSize(room.width(), why.height()))
