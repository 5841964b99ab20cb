"""The favourites' dock: search, order and size above the thumbnails, and below them what was done last."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
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
from curvegui.ui.widgets.spoken import announce

SEARCH_LINES, SLIDER_LINES = 6, 4  # the widths of line and slider at least, in heights of a line of text


class FavouritesControls(QWidget):
    """One row, or two where there is no room."""

    searched = Signal(str)
    order_chosen = Signal(str)  # a key of ``ORDERS``
    side_chosen = Signal(int)  # of a thumbnail, in logical pixels
    menu_asked = Signal()  # the menu is to be shown below `more`

    def __init__(self, choices: FavouritesChoices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._search, self._order, self._size, self.more = _SearchLine(), _order(), _slider(), _more_button()
        self._order.setCurrentIndex(self._order.findData(choices.order))
        self._size.setValue(choices.side)
        self.more.setIconSize(icon_size(self.more, 1.2))
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        label = QLabel(tr("Si&ze"))
        label.setBuddy(self._size)
        for each in (self._order, label, self._size, self.more):
            line.addWidget(each)
        label_unseen(self._order, tr("Order of the favourites"))
        flow = FlowLayout(8, self, stretch=True)
        flow.addWidget(self._search)
        flow.addWidget(row)
        self._search.textChanged.connect(self.searched)
        self._order.currentIndexChanged.connect(self._choose_order)
        self._size.valueChanged.connect(self.side_chosen)
        self.more.clicked.connect(self.menu_asked)

    @property
    def search(self) -> str:
        return self._search.text().strip()

    def clear_search(self) -> None:
        self._search.clear()

    @Slot(int)
    def _choose_order(self, index: int) -> None:
        self.order_chosen.emit(self._order.itemData(index))


class _SearchLine(QLineEdit):
    """A line that is content with little room."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("favourites.search")
        self.setPlaceholderText(tr("Search"))
        self.setAccessibleName(tr("Search the favourites"))
        self.setClearButtonEnabled(True)

    def sizeHint(self) -> QSize:
        return QSize(SEARCH_LINES * self.fontMetrics().height(), super().sizeHint().height())


def _order() -> ScrolledComboBox:
    box = named(ScrolledComboBox(), "favourites.order")
    for key, label in ORDERS.items():
        box.addItem(tr(label), key)
    return box


def _slider() -> ScrolledSlider:
    slider = named(ScrolledSlider(), "favourites.size", tr("Size of the thumbnails"))
    slider.setToolTip(tr("Size of the thumbnails"))
    slider.setRange(SMALLEST_PX, LARGEST_PX)
    slider.setPageStep(36)
    slider.setSingleStep(12)
    slider.setTickPosition(QSlider.TickPosition.NoTicks)
    slider.setMinimumWidth(SLIDER_LINES * slider.fontMetrics().height())
    return slider


def _more_button() -> QToolButton:
    button = styled(named(QToolButton(), "favourites.more", tr("More actions for favourites")), "bare")
    button.setIcon(icon("more", "muted"))
    button.setToolTip(tr("Open, rename, delete, compare, contact sheet…"))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


class FavouritesBar(QFrame):
    """Shows one sentence until it is closed."""

    undo_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setObjectName("favourites.bar")
        self._words = named(QLabel(wordWrap=True), "favourites.said")
        self._words.setTextFormat(Qt.TextFormat.PlainText)  # it quotes names
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._undo = named(QPushButton(tr("Undo")), "favourites.undo")
        self._close = styled(named(QToolButton(), "favourites.close_bar", tr("Close this message")), "bare")
        self._close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._close.setIcon(icon("remove", "muted"))
        self._close.setIconSize(icon_size(self._close, 0.9))
        filled(QHBoxLayout(self), (self._words, 1), self._undo, self._close, edges=(12, 6, 8, 6))
        self._undo.clicked.connect(self.undo_asked)
        self._close.clicked.connect(self.hide)
        self.hide()

    @property
    def offers_undo(self) -> bool:
        """Whether Undo is what a person would expect to take back what is said here."""
        return not self.isHidden() and not self._undo.isHidden()

    def say(self, words: str, *, can_undo: bool = False, is_error: bool = False) -> None:
        self._words.setProperty("error", is_error)
        self._words.style().polish(self._words)
        self._words.setText(words)
        self._words.setAccessibleName(words)
        self._undo.setAccessibleName(tr("Undo: {words}", words=words))
        self._undo.setVisible(can_undo)
        self.show()
        announce(self, words)


EMPTY = mark(
    "Press F, or the heart button, to save the fit that is shown.\n\n"
    "It then appears here. Double-click it to open its run."
)
NOT_FOUND = mark("No favourite is called “{name}”.")
READING = mark("Reading the favourites…")
MOST_LETTERS = 40  # of what is searched for, in the sentence that says that there is none
UNDO = QKeySequence.StandardKey.Undo


class FavouritesPanel(QWidget):
    """Shows the favourites, by the present ``choices``."""

    menu_asked = Signal(QPoint)  # what can be done with those that are selected is to be shown there, on the screen
    choices_changed = Signal()

    def __init__(self, favourites: Favourites, choices: FavouritesChoices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("favourites")
        self.choices = choices
        self._favourites = favourites
        self._model = FavouritesModel(self)
        self.thumbnails = Thumbnails(favourites, self)
        self._delegate = FavouritesDelegate(self.thumbnails, self)
        self.view = FavouritesView(self._model, self.thumbnails, self._delegate)
        self._controls, self._pages = FavouritesControls(choices), QStackedWidget()
        self._words, self.bar = _centred_words(), FavouritesBar()
        self._pages.addWidget(self._words)
        self._pages.addWidget(self.view)
        filled(QVBoxLayout(self), self._controls, (self._pages, 1), self.bar, edges=(6, 4, 12, 8), spacing=8)
        self._favourites.changed.connect(self._show_favourites)
        self._favourites.undo_changed.connect(self._offer_undo)
        self._favourites.restored.connect(self.view.select)
        self._favourites.failed.connect(self.complain)
        self._model.renamed.connect(self._favourites.rename)
        self._controls.searched.connect(self._show_favourites)
        self._controls.order_chosen.connect(self._choose_order)
        self._controls.side_chosen.connect(self._choose_size)
        self._controls.menu_asked.connect(self._ask_menu_below)
        self.view.customContextMenuRequested.connect(self._ask_menu_at)
        self.view.deletion_asked.connect(self.delete_selected)
        self.bar.undo_asked.connect(self.undo)
        self.view.set_side(self.choices.side)
        self._show_favourites()

    def sizeHint(self) -> QSize:
        """Room for two rows of the usual thumbnails."""
        return QSize(super().sizeHint().width(), 2 * self._delegate.cell(self.font()).height() + 60)

    # What is listed

    @Slot()
    def _show_favourites(self) -> None:
        items, search = self._favourites.items, self._controls.search
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
        """Show them in another way, or remember that they have been seen."""
        before, self.choices = self.choices, choices
        if choices.order != before.order:
            self._show_favourites()
        if choices.side != before.side:
            self.view.set_side(choices.side)
        self.choices_changed.emit()

    @Slot(str)
    def _choose_order(self, order: str) -> None:
        self.set_choices(replace(self.choices, order=order))

    @Slot(int)
    def _choose_size(self, side: int) -> None:
        self.set_choices(replace(self.choices, side=side))

    def reveal(self, key: str) -> None:
        """Select one and show it, whatever is searched for."""
        if self._model.row_of(key) < 0:
            self._controls.clear_search()
        self.view.select([key])

    # What is done with them

    @Slot()
    def delete_selected(self) -> None:
        self._favourites.delete([each.key for each in self.view.selected()])

    @Slot()
    def rename_current(self) -> None:
        self.view.setFocus()
        self.view.edit(self.view.currentIndex())

    @Slot()
    def undo(self) -> None:
        self.bar.hide()
        self._favourites.undo()
        self.view.setFocus()

    @Slot()
    def _offer_undo(self) -> None:
        step = self._favourites.last_step
        if step is not None and self._favourites.has_new_step:
            self.bar.say(done(step), can_undo=True)

    @Slot(str)
    def complain(self, problem: str) -> None:
        self.bar.say(problem, is_error=True)

    @Slot(QPoint)
    def _ask_menu_at(self, place: QPoint) -> None:
        self.menu_asked.emit(self.view.viewport().mapToGlobal(place))

    @Slot()
    def _ask_menu_below(self) -> None:
        more = self._controls.more
        self.menu_asked.emit(more.mapToGlobal(more.rect().bottomLeft()))

    def event(self, event: QEvent) -> bool:
        """Want Ctrl+Z for as long as the bar says what it would take back; else it is the window's."""
        is_wish = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.matches(UNDO)
        if is_wish and self.bar.offers_undo:
            event.accept()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(UNDO) and self.bar.offers_undo:
            self.undo()
        else:
            super().keyPressEvent(event)


def _centred_words() -> QLabel:
    """What stands in place of the list where it is empty."""
    words = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter, margin=16)
    words.setObjectName("favourites.empty")
    words.setProperty("muted", True)
    words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # no word widens the window
    words.setTextFormat(Qt.TextFormat.PlainText)  # it quotes what is searched for
    return words
