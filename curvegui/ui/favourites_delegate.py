"""Paints one favourite in the list: its thumbnail, its name and its cost, or that it is broken."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from curvegui.files.favourites import Favourite
from curvegui.ui.favourites_model import FAVOURITE
from curvegui.ui.favourites_thumbnails import ROUNDNESS_PX, Thumbnails
from curvegui.ui.favourites_words import second_line
from curvegui.ui.icons import icon
from curvegui.ui.theme import Theme

PADDING_PX = 8
GAP_PX = 5  # between thumbnail and name
LONGEST_NAME = 120
Index = QModelIndex | QPersistentModelIndex
State = QStyle.StateFlag


class FavouritesDelegate(QStyledItemDelegate):
    """Paints and renames.

    Parameters
    ----------
    thumbnails : Thumbnails
    theme : Theme
    """

    def __init__(self, thumbnails: Thumbnails, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails, self._theme = thumbnails, theme
        self.side = 0
        self._broken = icon("warning", theme.warning)

    def dress(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self._theme, self._broken = theme, icon("warning", theme.warning)

    def cell(self, font: QFont) -> QSize:
        """What one favourite takes with a font, at least."""
        lines = 2 * QFontMetrics(font).height()
        return QSize(self.side + 2 * PADDING_PX, self.side + GAP_PX + lines + 2 * PADDING_PX)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The view's grid: it shares its width among the columns."""
        view = option.widget
        grid = view.gridSize() if hasattr(view, "gridSize") else QSize()
        return grid if grid.isValid() else self.cell(option.font)

    # Painting

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one; this is done dozens of times a frame."""
        favourite: Favourite = index.data(FAVOURITE)
        picture = self._picture_rect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_state(painter, option, picture)
        if favourite.summary is None:
            self._paint_broken(painter, picture)
        else:
            self._paint_picture(painter, picture, self._thumbnails.pixmap(favourite))
        self._write(painter, option, picture, favourite)
        painter.restore()

    def _picture_rect(self, rect: QRect) -> QRect:
        left = rect.left() + (rect.width() - self.side) // 2
        return QRect(left, rect.top() + PADDING_PX, self.side, self.side)

    def _paint_state(self, painter: QPainter, option: QStyleOptionViewItem, picture: QRect) -> None:
        """A ground and a frame around what is selected, a dotted frame around what has the focus."""
        state, around = option.state, QRectF(self._frame(option, picture))
        colour, accent = QColor(self._theme.accent), QColor(self._theme.accent)
        colour.setAlphaF(0.18)
        if state & State.State_Selected:
            painter.setPen(QPen(accent, 2.0))
            painter.setBrush(colour)
        elif state & State.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._theme.pressed))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
        if state & State.State_Selected or state & State.State_MouseOver:
            painter.drawRoundedRect(around, ROUNDNESS_PX + 2, ROUNDNESS_PX + 2)
        if state & State.State_HasFocus:
            painter.setPen(QPen(QColor(self._theme.text), 1.0, Qt.PenStyle.DotLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(around.adjusted(2.5, 2.5, -2.5, -2.5), ROUNDNESS_PX, ROUNDNESS_PX)

    def _frame(self, option: QStyleOptionViewItem, picture: QRect) -> QRect:
        high = self.cell(option.font).height()
        return QRect(picture.left() - PADDING_PX + 1, picture.top() - PADDING_PX + 1, self.side + 14, high - 2)

    def _paint_picture(self, painter: QPainter, rect: QRect, pixmap: QPixmap | None) -> None:
        if pixmap is not None:
            painter.drawPixmap(rect, pixmap)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.groove))
        painter.drawRoundedRect(QRectF(rect), ROUNDNESS_PX, ROUNDNESS_PX)

    def _paint_broken(self, painter: QPainter, rect: QRect) -> None:
        painter.setPen(QPen(QColor(self._theme.muted), 1.0, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), ROUNDNESS_PX, ROUNDNESS_PX)
        side = self.side // 3
        sign = QRect(0, 0, side, side)
        sign.moveCenter(rect.center())
        self._broken.paint(painter, sign)

    def _write(self, painter: QPainter, option: QStyleOptionViewItem, picture: QRect, favourite: Favourite) -> None:
        metrics: QFontMetrics = option.fontMetrics
        colours = self._theme.text, self._theme.warning if favourite.summary is None else self._theme.muted
        painter.setFont(option.font)
        for number, (line, colour) in enumerate(zip((favourite.name, second_line(favourite)), colours, strict=True)):
            rect = self._line_rect(picture, metrics.height(), number)
            painter.setPen(QColor(colour))
            shown = metrics.elidedText(line, Qt.TextElideMode.ElideRight, rect.width())
            painter.drawText(rect, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter, shown)

    def _line_rect(self, picture: QRect, high: int, number: int) -> QRect:
        return QRect(picture.left(), picture.bottom() + 1 + GAP_PX + number * high, picture.width(), high)

    # Renaming

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A line to type the name in."""
        editor = QLineEdit(parent)
        editor.setObjectName("favourites.name")
        editor.setAccessibleName("Name of the favourite")
        editor.setMaxLength(LONGEST_NAME)
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Over the name, as wide as the cell."""
        rect: QRect = option.rect
        name = self._line_rect(self._picture_rect(rect), 0, 0)
        high = editor.sizeHint().height()
        editor.setGeometry(QRect(rect.left() + 2, name.top() - 4, rect.width() - 4, high))
