"""The list of favourites: thumbnails in columns that share the width, for mouse and keyboard."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from curvegui.core.language.text import tr
from curvegui.files.favourites.folder import Favourite
from curvegui.ui.favourites.thumbnails import ROUNDNESS_PX, Thumbnails
from curvegui.ui.favourites.words import description, kept_on, second_line, spoken
from curvegui.ui.look.icons import icon
from curvegui.ui.look.layouts import named, wrapped
from curvegui.ui.look.theme import current_theme
from curvegui.ui.widgets.number_box import ENTER

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
FAVOURITE = int(Role.UserRole)
"""The role of the `Favourite` itself."""


class FavouritesModel(QAbstractListModel):
    """Holds favourites in a given order."""

    renamed = Signal(str, str)  # a key, and the new name that a person has given it; nothing has changed yet

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Favourite] = []

    @property
    def favourites(self) -> Sequence[Favourite]:
        return self._rows

    def show_favourites(self, wanted: list[Favourite]) -> None:
        """Show the ``wanted`` favourites, in this order; what is selected stays selected."""
        if wanted == self._rows:
            return
        new = {each.key: row for row, each in enumerate(wanted)}
        for row in reversed([row for row, each in enumerate(self._rows) if each.key not in new]):
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._rows[row]
            self.endRemoveRows()
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        after = [self.createIndex(new[self._rows[each.row()].key], 0) for each in before]
        self._rows = list(wanted)
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def row_of(self, key: str) -> int:
        return next((row for row, each in enumerate(self._rows) if each.key == key), -1)

    # The interface of a model

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        favourite = self._rows[index.row()]
        if role == FAVOURITE:
            return favourite
        if role in (Role.DisplayRole, Role.EditRole):
            return favourite.name
        if role == Role.ToolTipRole:
            saved = tr("Saved {day}", day=kept_on(favourite))
            return wrapped("\n".join((favourite.name, description(favourite), saved)))
        if role == Role.AccessibleTextRole:
            return spoken(favourite)
        return description(favourite) if role == Role.AccessibleDescriptionRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let the names of favourites be edited, except those of broken ones."""
        usual = super().flags(index)
        is_broken = not index.isValid() or self._rows[index.row()].summary is None
        return usual if is_broken else usual | Qt.ItemFlag.ItemIsEditable

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        """Emit a new name; it is shown once the file has it."""
        if role != Role.EditRole or not index.isValid():
            return False
        self.renamed.emit(self._rows[index.row()].key, str(value))
        return True


PADDING_PX = 7
MARGIN_PX = 5  # around a selected favourite
NAME_LINES = 2
FEWEST_LINES = 7  # the width of the words at least, in heights of a line
GAP_PX = 5  # between thumbnail and name
LONGEST_NAME = 120
CENTRE = Qt.AlignmentFlag.AlignCenter
State = QStyle.StateFlag


class FavouritesDelegate(QStyledItemDelegate):
    """Paints favourites, and has the editor for a new name."""

    def __init__(self, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self.side = 0
        self._broken = icon("warning", "warning")

    def cell(self, font: QFont) -> QSize:
        line = QFontMetrics(font).height()
        width = max(self.side, FEWEST_LINES * line)  # small thumbnails leave space for words in large letters
        return QSize(width, self.side + GAP_PX + (NAME_LINES + 1) * line) + QSize(2 * PADDING_PX, 2 * PADDING_PX)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The cell of the view's grid, in which columns share the width of the view."""
        view = option.widget
        grid = view.gridSize() if hasattr(view, "gridSize") else QSize()
        return grid if grid.isValid() else self.cell(option.font)

    def _content(self, option: QStyleOptionViewItem) -> QRect:
        """The part of a cell for the thumbnail and the words: in the middle of the cell's width, at its top."""
        rect, size = option.rect, self.cell(option.font) - QSize(2 * PADDING_PX, 2 * PADDING_PX)
        return QRect(QPoint(rect.left() + (rect.width() - size.width()) // 2, rect.top() + PADDING_PX), size)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        favourite: Favourite = index.data(FAVOURITE)
        content, theme, metrics = self._content(option), current_theme(), option.fontMetrics
        picture = QRect(content.center().x() - self.side // 2 + 1, content.top(), self.side, self.side)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # A ground and a frame for what is selected, a ground for what is pointed at, a strong frame for the focus
        ground, pen = QColor(Qt.GlobalColor.transparent), QPen(Qt.PenStyle.NoPen)
        if option.state & State.State_MouseOver:
            ground = QColor(theme.pressed)
        if option.state & State.State_Selected:
            ground, pen = QColor(theme.accent), QPen(QColor(theme.accent), 2.0)
            ground.setAlphaF(0.18)
        if option.state & State.State_HasFocus:
            pen = QPen(QColor(theme.text), 2.0)
        painter.setPen(pen)
        painter.setBrush(ground)
        frame = QRectF(content).adjusted(-MARGIN_PX, -MARGIN_PX, MARGIN_PX, MARGIN_PX)
        painter.drawRoundedRect(frame, ROUNDNESS_PX + 2, ROUNDNESS_PX + 2)
        if favourite.summary is None:
            painter.setPen(QPen(QColor(theme.muted), 1.0, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(picture).adjusted(0.5, 0.5, -0.5, -0.5), ROUNDNESS_PX, ROUNDNESS_PX)
            sign = QRect(0, 0, self.side // 3, self.side // 3)
            sign.moveCenter(picture.center())
            self._broken.paint(painter, sign)
        elif pixmap := self._thumbnails.pixmap(favourite):
            painter.drawPixmap(picture, pixmap)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.groove))
            painter.drawRoundedRect(QRectF(picture), ROUNDNESS_PX, ROUNDNESS_PX)
        painter.setFont(option.font)
        muted = theme.warning if favourite.summary is None else theme.muted
        lines = [(line, theme.text) for line in _in_two_lines(favourite.name, metrics, content.width())]
        rect = QRect(content.left(), picture.bottom() + 1 + GAP_PX, content.width(), metrics.height())
        for line, colour in [*lines, (second_line(favourite), muted)]:
            painter.setPen(QColor(colour))
            painter.drawText(rect, CENTRE, metrics.elidedText(line, Qt.TextElideMode.ElideRight, content.width()))
            rect.translate(0, metrics.height())
        painter.restore()

    # Renaming

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        return named(QLineEdit(parent, maxLength=LONGEST_NAME), "favourites.name", tr("Name of the favourite"))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Take a name at once with Enter: Qt would take it later, and warn of each Enter until then."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in ENTER:
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, self.EndEditHint.NoHint)
            return True
        return super().eventFilter(editor, event)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Put the editor over all lines of the name, as wide as the cell."""
        rect, top = option.rect, self._content(option).top() + self.side + GAP_PX
        high = max(editor.sizeHint().height(), NAME_LINES * option.fontMetrics.height() + 4)
        editor.setGeometry(QRect(rect.left() + 2, top - 2, rect.width() - 4, high))


def _in_two_lines(name: str, metrics: QFontMetrics, width: int) -> list[str]:
    """A name in one line or two, broken between words."""
    first, *rest = name.split() or [""]
    while rest and metrics.horizontalAdvance(f"{first} {rest[0]}") <= width:
        first = f"{first} {rest.pop(0)}"
    return [first, " ".join(rest)] if rest else [first]


DELETE_KEYS = Qt.Key.Key_Delete, Qt.Key.Key_Backspace  # the second is a Mac's only key for deleting


class FavouritesView(QListView):
    """Shows the favourites of a model."""

    chosen = Signal(str)  # the key of a favourite to open, after a double click or Enter
    deletion_asked = Signal()  # the selected favourites are to be deleted

    def __init__(self, model: FavouritesModel, thumbnails: Thumbnails, delegate: FavouritesDelegate) -> None:
        super().__init__()
        self._favourites, self._thumbnails, self._delegate = model, thumbnails, delegate
        self.setObjectName("favourites.list")
        self.setAccessibleName(tr("Favourites"))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.doubleClicked.connect(self._choose)
        thumbnails.painted.connect(self._repaint)

    # Selection

    def selected(self) -> list[Favourite]:
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return [self._favourites.favourites[row] for row in rows]

    def select(self, keys: list[str]) -> None:
        rows = sorted(row for key in keys if (row := self._favourites.row_of(key)) >= 0)
        selection = QItemSelection()
        for index in (self._favourites.index(row, 0) for row in rows):
            selection.select(index, index)
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if rows:
            first = self._favourites.index(rows[0], 0)
            self.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(first)

    # Size

    def set_side(self, side: int) -> None:
        """Show thumbnails of another size; the one in the middle stays visible."""
        middle = self.indexAt(self.viewport().rect().center())
        self._delegate.side = side
        self._share_width()
        if middle.isValid():
            self.scrollTo(middle, QAbstractItemView.ScrollHint.PositionAtCenter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._share_width()

    def _share_width(self) -> None:
        """Make as many columns as there is room for, all equally wide."""
        if not self._delegate.side:
            return
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, self.verticalScrollBar())
        cell, width = self._delegate.cell(self.font()), self.maximumViewportSize().width() - bar - 1
        columns = max(1, width // cell.width())
        self.setGridSize(QSize(max(cell.width(), width // columns), cell.height()))
        self.verticalScrollBar().setSingleStep(cell.height() // 3)
        self._thumbnails.set_size(self._delegate.side, self.devicePixelRatioF())

    @Slot(str)
    def _repaint(self, key: str) -> None:
        self.update(self._favourites.index(self._favourites.row_of(key), 0))

    # Mouse and keyboard

    @Slot(QModelIndex)
    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(index.data(FAVOURITE).key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the favourite, unless it is still held down from typing a name; Delete deletes; the list takes
        the other keys."""
        if event.key() in ENTER and self.state() != QAbstractItemView.State.EditingState:
            if not event.isAutoRepeat():
                self._choose(self.currentIndex())
        elif event.key() in DELETE_KEYS:
            self.deletion_asked.emit()
        else:
            super().keyPressEvent(event)
