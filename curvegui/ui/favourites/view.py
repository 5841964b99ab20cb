"""The list of favourites: thumbnails in columns that share the width, for mouse and keyboard."""

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QWidget

from curvegui.core.language.text import tr
from curvegui.files.favourites.favourite import Favourite
from curvegui.ui.favourites.delegate import FavouritesDelegate
from curvegui.ui.favourites.model import FAVOURITE, FavouritesModel
from curvegui.ui.favourites.thumbnails import Thumbnails
from curvegui.ui.widgets.number_box import ENTER

DELETE_KEYS = Qt.Key.Key_Delete, Qt.Key.Key_Backspace  # a Mac's only key for it is the latter
REST_MS = 250  # after the last change, until those that cannot be seen are painted too


class FavouritesView(QListView):
    """Shows a model of favourites."""

    chosen = Signal(str)  # the key of one to load: by a double click, or Enter
    deletion_asked = Signal()  # those that are selected are to be deleted

    def __init__(
        self,
        model: FavouritesModel,
        thumbnails: Thumbnails,
        delegate: FavouritesDelegate,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
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
        self._resting = QTimer(self, singleShot=True, interval=REST_MS)
        self._resting.timeout.connect(self._prepare)
        self.doubleClicked.connect(self._choose)
        thumbnails.painted.connect(self._repaint)
        for signal in (model.rowsInserted, model.layoutChanged, self.verticalScrollBar().valueChanged):
            signal.connect(self._rest)

    # Selection

    def selected(self) -> list[Favourite]:
        """Those that are selected, in the order of the list."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return [self._favourites.favourites[row] for row in rows]

    def select(self, keys: list[str]) -> None:
        """Select these, and show the first of them."""
        rows = sorted(row for key in keys if (row := self._favourites.row_of(key)) >= 0)
        selection = QItemSelection()
        for row in rows:
            index = self._favourites.index(row, 0)
            selection.select(index, index)
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if rows:
            first = self._favourites.index(rows[0], 0)
            self.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(first)

    # Size

    def set_side(self, side: int) -> None:
        """Show thumbnails of another size; what is in the middle stays in sight."""
        middle = self.indexAt(self.viewport().rect().center())
        self._delegate.side = side
        self._share_width()
        if middle.isValid():
            self.scrollTo(middle, QAbstractItemView.ScrollHint.PositionAtCenter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width."""
        super().resizeEvent(event)
        self._share_width()

    def changeEvent(self, event: QEvent) -> None:
        """Make room for another font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._share_width()

    def _share_width(self) -> None:
        """As many columns as there is room for, all equally wide."""
        if not self._delegate.side:
            return
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, self.verticalScrollBar())
        cell, width = self._delegate.cell(self.font()), self.maximumViewportSize().width() - bar - 1
        columns = max(1, width // cell.width())
        self.setGridSize(QSize(max(cell.width(), width // columns), cell.height()))
        self.verticalScrollBar().setSingleStep(cell.height() // 3)
        self._thumbnails.set_size(self._delegate.side, self.devicePixelRatioF())
        self._rest()

    # Painting what cannot be seen yet

    @Slot()
    def _rest(self) -> None:
        self._resting.start()

    @Slot()
    def _prepare(self) -> None:
        """Have thumbnails painted: downwards from here, then upwards."""
        if not self.isVisible():
            return
        rows, first = self._favourites.favourites, max(0, self.indexAt(self.viewport().rect().topLeft()).row())
        self._thumbnails.prepare(each for each in (*rows[first:], *reversed(rows[:first])) if each.summary)

    @Slot(str)
    def _repaint(self, key: str) -> None:
        row = self._favourites.row_of(key)
        if row >= 0:
            self.update(self._favourites.index(row, 0))

    # Hands

    @Slot(QModelIndex)
    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(index.data(FAVOURITE).key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter loads, unless it has been held down since a name was typed; Delete deletes; the rest is the list's."""
        if event.key() in ENTER and self.state() != QAbstractItemView.State.EditingState:
            if not event.isAutoRepeat():
                self._choose(self.currentIndex())
        elif event.key() in DELETE_KEYS:
            self.deletion_asked.emit()
        else:
            super().keyPressEvent(event)
