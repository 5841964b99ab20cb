"""The panel of favourites: search, order and size above the thumbnails"""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QSlider,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from curvegui.core.language.text import mark, tr
from curvegui.files.favourites.folder import Favourite
from curvegui.session.stored.favourites import Favourites
from curvegui.ui.favourites.thumbnails import Thumbnails
from curvegui.ui.favourites.view import FavouritesDelegate, FavouritesModel, FavouritesView
from curvegui.ui.favourites.words import LARGEST_PX, ORDERS, SMALLEST_PX, FavouritesChoices, arranged, done
from curvegui.ui.look.icons import icon, icon_size
from curvegui.ui.look.layouts import FlowLayout, filled, named, styled
from curvegui.ui.widgets.form import label_unseen
from curvegui.ui.widgets.scrolled import ScrolledComboBox, ScrolledSlider

SEARCH_LINES, SLIDER_LINES = 6, 4  # the widths of line and slider at least, in heights of a line of text


EMPTY = mark(
    "Press F, or Add to favourites on the picture, to save the fit that is shown.\n\n"
    "It then appears here. Double-click it to open its run."
)
NOT_FOUND = mark("No favourite is called “{name}”.")
READING = mark("Reading the favourites…")
MOST_LETTERS = 40  # of the searched words, in the sentence that nothing was found
UNDO = QKeySequence.StandardKey.Undo


class FavouritesPanel(QWidget):
    """Shows the favourites in the order and size of the present ``choices``."""

    menu_asked = Signal(QPoint)  # where on the screen the menu for the selected favourites is to open
    choices_changed = Signal()
    told = Signal(str)  # what has gone wrong
    undoable = Signal(str)  # what has been done, and may be taken back

    def __init__(self, favourites: Favourites, choices: FavouritesChoices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("favourites")
        self.choices, self._favourites = choices, favourites
        self._model = FavouritesModel(self)
        self.thumbnails = Thumbnails(favourites, self)
        self._delegate = FavouritesDelegate(self.thumbnails, self)
        self.view = FavouritesView(self._model, self.thumbnails, self._delegate)
        words = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter, margin=16)
        self._words = styled(named(words, "favourites.empty"), "muted")
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # no word widens the window
        self._words.setTextFormat(Qt.TextFormat.PlainText)  # the text quotes the searched words
        self._pages, self.offers_undo = QStackedWidget(), False  # of the last message
        self._controls = self._made_controls()
        self._pages.addWidget(self._words)
        self._pages.addWidget(self.view)
        filled(QVBoxLayout(self), self._controls, (self._pages, 1), edges=(6, 4, 12, 8), spacing=8)
        self._favourites.changed.connect(self._show_favourites)
        self._favourites.undo_changed.connect(self._offer_undo)
        self._favourites.restored.connect(self.view.select)
        self._favourites.failed.connect(self.told)
        self._model.renamed.connect(self._favourites.rename)
        self.view.customContextMenuRequested.connect(self._ask_menu_at)
        self.view.deletion_asked.connect(self.delete_selected)
        self.view.set_side(self.choices.side)
        self._show_favourites()

    def _made_controls(self) -> QWidget:
        """The controls for search, order and size, in one row or in two."""
        self._search = named(QLineEdit(), "favourites.search", tr("Search the favourites"))
        self._search.setFixedWidth(SEARCH_LINES * self._search.fontMetrics().height())
        self._search.setPlaceholderText(tr("Search"))
        self._search.setClearButtonEnabled(True)
        self._order = named(ScrolledComboBox(), "favourites.order")
        for key, text in ORDERS.items():
            self._order.addItem(tr(text), key)
        self._order.setCurrentIndex(self._order.findData(self.choices.order))
        size = named(ScrolledSlider(), "favourites.size", tr("Size of the thumbnails"))
        size.setToolTip(tr("Size of the thumbnails"))
        size.setRange(SMALLEST_PX, LARGEST_PX)
        size.setPageStep(36)
        size.setSingleStep(12)
        size.setTickPosition(QSlider.TickPosition.NoTicks)
        size.setMinimumWidth(SLIDER_LINES * size.fontMetrics().height())
        size.setValue(self.choices.side)
        label = QLabel(tr("Si&ze"))
        label.setBuddy(size)
        self._more = styled(named(QToolButton(), "favourites.more", tr("More actions for favourites")), "bare")
        self._more.setIcon(icon("more", "muted"))
        self._more.setIconSize(icon_size(self._more, 1.2))
        self._more.setToolTip(tr("Open, rename, delete, compare, contact sheet…"))
        self._more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row, controls = QWidget(), QWidget()
        filled(QHBoxLayout(row), self._order, label, size, self._more, spacing=8)
        label_unseen(self._order, tr("Order of the favourites"))
        flow = FlowLayout(8, controls, stretch=True)
        flow.addWidget(self._search)
        flow.addWidget(row)
        self._search.textChanged.connect(self._show_favourites)
        self._order.currentIndexChanged.connect(
            lambda index: self.set_choices(replace(self.choices, order=self._order.itemData(index)))
        )
        size.valueChanged.connect(lambda side: self.set_choices(replace(self.choices, side=side)))
        self._more.clicked.connect(lambda: self.menu_asked.emit(self._more.mapToGlobal(self._more.rect().bottomLeft())))
        return controls

    def sizeHint(self) -> QSize:
        """As high as two rows of thumbnails of the usual size."""
        return QSize(super().sizeHint().width(), 2 * self._delegate.cell(self.font()).height() + 60)

    # The list

    @Slot()
    def _show_favourites(self) -> None:
        items, search = self._favourites.items, self._search.text().strip()
        listed = arranged(items.values(), self.choices.order, search)
        self._model.show_favourites(listed)
        self._controls.setVisible(bool(items))
        self._pages.setCurrentWidget(self.view if listed else self._words)
        if not listed:
            empty = tr(EMPTY) if self._favourites.is_complete else tr(READING)
            sought = search if len(search) <= MOST_LETTERS else f"{search[:MOST_LETTERS]}…"
            self._words.setText(tr(NOT_FOUND, name=sought) if items else empty)

    @property
    def listed(self) -> Sequence[Favourite]:
        return self._model.favourites

    def set_choices(self, choices: FavouritesChoices) -> None:
        before, self.choices = self.choices, choices
        if choices.order != before.order:
            self._show_favourites()
        if choices.side != before.side:
            self.view.set_side(choices.side)
        self.choices_changed.emit()

    def reveal(self, key: str) -> None:
        """Select a favourite and scroll to it; the search is cleared if it hides the favourite."""
        if self._model.row_of(key) < 0:
            self._search.clear()
        self.view.select([key])

    # Acting on favourites

    @Slot()
    def delete_selected(self) -> None:
        self._favourites.delete([each.key for each in self.view.selected()])

    @Slot()
    def rename_current(self) -> None:
        self.view.setFocus()
        self.view.edit(self.view.currentIndex())

    @Slot()
    def undo(self) -> None:
        self.offers_undo = False
        self._favourites.undo()
        self.view.setFocus()

    @Slot()
    def _offer_undo(self) -> None:
        step = self._favourites.last_step
        if step is not None and self._favourites.has_new_step:
            self.undoable.emit(done(step))
            self.offers_undo = True

    @Slot(QPoint)
    def _ask_menu_at(self, point: QPoint) -> None:
        self.menu_asked.emit(self.view.viewport().mapToGlobal(point))

    def event(self, event: QEvent) -> bool:
        """Take Ctrl+Z from the window while a message tells of a change that can be taken back."""
        is_wish = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.matches(UNDO)
        if is_wish and self.offers_undo:
            event.accept()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(UNDO) and self.offers_undo:
            self.undo()
        else:
            super().keyPressEvent(event)
