"""Paints one favourite in the list: its thumbnail, its name and its cost, or that it is broken."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from curvegui.core.language.text import tr
from curvegui.files.favourites.favourite import Favourite
from curvegui.ui.favourites.model import FAVOURITE
from curvegui.ui.favourites.thumbnails import ROUNDNESS_PX, Thumbnails
from curvegui.ui.favourites.words import second_line
from curvegui.ui.look.icons import icon
from curvegui.ui.look.theme import current_theme
from curvegui.ui.look.tips import named
from curvegui.ui.widgets.number_box import ENTER

PADDING_PX = 7
MARGIN_PX = 5  # around what is selected
NAME_LINES = 2
FEWEST_LINES = 7  # the width of the words at least, in heights of a line
GAP_PX = 5  # between thumbnail and name
LONGEST_NAME = 120
MOST_NAMES = 5_000  # whose lines are remembered
CENTRE = Qt.AlignmentFlag.AlignCenter
Index = QModelIndex | QPersistentModelIndex
State = QStyle.StateFlag


class FavouritesDelegate(QStyledItemDelegate):
    """Paints and renames."""

    def __init__(self, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self.side = 0
        self._names: dict[tuple[str, int, int], tuple[str, ...]] = {}
        self._broken = icon("warning", "warning")

    def cell(self, font: QFont) -> QSize:
        """What one favourite takes with a font, at least."""
        high = QFontMetrics(font).height()
        lines = (NAME_LINES + 1) * high
        return QSize(self._width(high) + 2 * PADDING_PX, self.side + GAP_PX + lines + 2 * PADDING_PX)

    def _width(self, line: int) -> int:
        """Of a thumbnail and its words: small thumbnails leave room for words in large letters."""
        return max(self.side, FEWEST_LINES * line)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The view's grid: it shares its width among the columns."""
        view = option.widget
        grid = view.gridSize() if hasattr(view, "gridSize") else QSize()
        return grid if grid.isValid() else self.cell(option.font)

    # Painting

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one; this is done dozens of times a frame."""
        favourite: Favourite = index.data(FAVOURITE)
        content = self._content(option.rect, option.fontMetrics.height())
        picture = QRect(content.center().x() - self.side // 2 + 1, content.top(), self.side, self.side)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_state(painter, option.state, QRectF(content).adjusted(-MARGIN_PX, -MARGIN_PX, MARGIN_PX, MARGIN_PX))
        if favourite.summary is None:
            self._paint_broken(painter, picture)
        else:
            self._paint_picture(painter, picture, self._thumbnails.pixmap(favourite))
        self._write(painter, option, content, favourite)
        painter.restore()

    def _content(self, rect: QRect, line: int) -> QRect:
        """Where thumbnail and words go: in the middle of a cell's width, at its top."""
        width = self._width(line)
        high = self.side + GAP_PX + (NAME_LINES + 1) * line
        return QRect(rect.left() + (rect.width() - width) // 2, rect.top() + PADDING_PX, width, high)

    def _paint_state(self, painter: QPainter, state: QStyle.StateFlag, frame: QRectF) -> None:
        """A ground and a frame for what is selected, a ground for what is pointed at, a strong frame at the keys."""
        theme, pen = current_theme(), QPen(Qt.PenStyle.NoPen)
        ground = QColor(theme.pressed) if state & State.State_MouseOver else QColor(Qt.GlobalColor.transparent)
        if state & State.State_Selected:
            ground, pen = QColor(theme.accent), QPen(QColor(theme.accent), 2.0)
            ground.setAlphaF(0.18)
        if state & State.State_HasFocus:
            pen = QPen(QColor(theme.text), 2.0)
        painter.setPen(pen)
        painter.setBrush(ground)
        painter.drawRoundedRect(frame, ROUNDNESS_PX + 2, ROUNDNESS_PX + 2)

    def _paint_picture(self, painter: QPainter, rect: QRect, pixmap: QPixmap | None) -> None:
        if pixmap is not None:
            painter.drawPixmap(rect, pixmap)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(current_theme().groove))
        painter.drawRoundedRect(QRectF(rect), ROUNDNESS_PX, ROUNDNESS_PX)

    def _paint_broken(self, painter: QPainter, rect: QRect) -> None:
        painter.setPen(QPen(QColor(current_theme().muted), 1.0, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), ROUNDNESS_PX, ROUNDNESS_PX)
        side = self.side // 3
        sign = QRect(0, 0, side, side)
        sign.moveCenter(rect.center())
        self._broken.paint(painter, sign)

    def _write(self, painter: QPainter, option: QStyleOptionViewItem, content: QRect, favourite: Favourite) -> None:
        metrics, width = option.fontMetrics, content.width()
        name = self._lines(favourite.name, metrics, width)
        painter.setFont(option.font)
        painter.setPen(QColor(current_theme().text))
        for number, line in enumerate(name):
            painter.drawText(self._line_rect(content, metrics.height(), number), CENTRE, line)
        painter.setPen(QColor(current_theme().warning if favourite.summary is None else current_theme().muted))
        cost = metrics.elidedText(second_line(favourite), Qt.TextElideMode.ElideRight, width)
        painter.drawText(self._line_rect(content, metrics.height(), len(name)), CENTRE, cost)

    def _lines(self, name: str, metrics: QFontMetrics, width: int) -> tuple[str, ...]:
        """A name in as many lines as it needs, two at most; remembered, as it is asked for in every frame."""
        key = name, width, metrics.height()
        if key not in self._names:
            if len(self._names) > MOST_NAMES:
                self._names.clear()
            self._names[key] = _in_two_lines(name, metrics, width)
        return self._names[key]

    def _line_rect(self, content: QRect, high: int, number: int) -> QRect:
        return QRect(content.left(), content.top() + self.side + GAP_PX + number * high, content.width(), high)

    # Renaming

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A line to type the name in."""
        return named(QLineEdit(parent, maxLength=LONGEST_NAME), "favourites.name", tr("Name of the favourite"))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter takes the name at once: Qt would do so later, and complain of each Enter that comes until then."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in ENTER:
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, self.EndEditHint.NoHint)
            return True
        return super().eventFilter(editor, event)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Over all lines of the name, as wide as the cell."""
        rect, line = option.rect, option.fontMetrics.height()
        name = self._line_rect(self._content(rect, line), line, 0)
        high = max(editor.sizeHint().height(), NAME_LINES * line + 4)
        editor.setGeometry(QRect(rect.left() + 2, name.top() - 2, rect.width() - 4, high))


def _in_two_lines(name: str, metrics: QFontMetrics, width: int) -> tuple[str, ...]:
    """Broken between words; what does not fit ends in "…"."""

    def fits(text: str) -> bool:
        return metrics.horizontalAdvance(text) <= width

    first, *rest = name.split() or [""]
    while rest and fits(f"{first} {rest[0]}"):
        first = f"{first} {rest.pop(0)}"
    elide, right = metrics.elidedText, Qt.TextElideMode.ElideRight
    lines = (first, " ".join(rest)) if rest else (first,)
    return tuple(elide(line, right, width) for line in lines)
