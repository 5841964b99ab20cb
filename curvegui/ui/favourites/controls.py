"""The controls above the favourites: search, order, size, and what can be done with them."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSlider, QToolButton, QWidget

from curvegui.ui.favourites.order import LARGEST_PX, ORDERS, SMALLEST_PX, FavouritesChoices
from curvegui.ui.look.icons import icon, icon_size
from curvegui.ui.look.layouts import FlowLayout
from curvegui.ui.widgets.scrolled import ScrolledComboBox, ScrolledSlider

SEARCH_LINES, SLIDER_LINES = 6, 4  # the widths of line and slider at least, in heights of a line of text


class FavouritesControls(QWidget):
    """One row, or two where there is no room.

    ``choices``: to begin with. ``order_chosen(str)``: a key of ``ORDERS``. ``side_chosen(int)``: of a thumbnail, in
    logical pixels. ``menu_asked()``: the menu is to be shown below `more`.
    """

    searched = Signal(str)
    order_chosen = Signal(str)
    side_chosen = Signal(int)
    menu_asked = Signal()

    def __init__(self, choices: FavouritesChoices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._search, self._order, self._size, self.more = _SearchLine(), _order(), _slider(), _more_button()
        self._order.setCurrentIndex(self._order.findData(choices.order))
        self._size.setValue(choices.side)
        self.more.setIconSize(icon_size(self, 1.2))
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        for each in (self._order, self._size, self.more):
            line.addWidget(each)
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
        self.setPlaceholderText("Search")
        self.setAccessibleName("Search the favourites")
        self.setClearButtonEnabled(True)

    def sizeHint(self) -> QSize:
        """A word."""
        return QSize(SEARCH_LINES * self.fontMetrics().height(), super().sizeHint().height())


def _order() -> ScrolledComboBox:
    box = ScrolledComboBox()
    box.setObjectName("favourites.order")
    box.setAccessibleName("Order of the favourites")
    for key, label in ORDERS.items():
        box.addItem(label, key)
    return box


def _slider() -> ScrolledSlider:
    slider = ScrolledSlider()
    slider.setObjectName("favourites.size")
    slider.setAccessibleName("Size of the thumbnails")
    slider.setToolTip("Size of the thumbnails")
    slider.setRange(SMALLEST_PX, LARGEST_PX)
    slider.setPageStep(36)
    slider.setSingleStep(12)
    slider.setTickPosition(QSlider.TickPosition.NoTicks)
    slider.setMinimumWidth(SLIDER_LINES * slider.fontMetrics().height())
    return slider


def _more_button() -> QToolButton:
    button = QToolButton()
    button.setObjectName("favourites.more")
    button.setAccessibleName("What can be done with favourites")
    button.setIcon(icon("more", "muted"))
    button.setToolTip("Load, rename, delete, compare, contact sheet…")
    button.setProperty("bare", True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
