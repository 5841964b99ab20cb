"""The controls above the favourites, search, order and size, and the line that says what has just been done."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QSlider,
    QToolButton,
    QWidget,
)

from curvegui.core.language.text import tr
from curvegui.ui.favourites.order import LARGEST_PX, ORDERS, SMALLEST_PX, FavouritesChoices
from curvegui.ui.look.icons import icon, icon_size
from curvegui.ui.look.layouts import FlowLayout, filled
from curvegui.ui.look.tips import named, styled
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
        """What is searched for."""
        return self._search.text().strip()

    def clear_search(self) -> None:
        """Search for nothing."""
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
        """A word."""
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
        """Show a sentence; screen readers are told."""
        self._words.setProperty("error", is_error)
        self._words.style().polish(self._words)
        self._words.setText(words)
        self._words.setAccessibleName(words)
        self._undo.setAccessibleName(tr("Undo: {words}", words=words))
        self._undo.setVisible(can_undo)
        self.show()
        announce(self, words)
