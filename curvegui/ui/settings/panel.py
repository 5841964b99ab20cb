"""The panel beside the canvas: every setting, and the status of the run."""

from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QVBoxLayout, QWidget

from curvegui.core.settings.config import SETTINGS
from curvegui.ui.actions.docks import DOCK_LINES
from curvegui.ui.look.layouts import card, side_by_side
from curvegui.ui.settings.advice import AdviceCard
from curvegui.ui.settings.fields import Field, NumberField, field_for
from curvegui.ui.settings.form import SettingsForm
from curvegui.ui.settings.layers_field import LayersField
from curvegui.ui.widgets.number_box import NumberBox
from curvegui.ui.widgets.scrolled import FocusPage

LEAST_LINES = 6  # its least height
ALARM_MS = 200  # until trouble has been laid out, or a drag has ended
SETTINGS_LINES = 12  # at least so much of the settings is visible beside the whole advice: else it is shortened
LEAST_SETTINGS_LINES = 6  # the same beside the short advice: else it scrolls with them
EDGES_PX = 6, 8, 12, 8  # left, top, right, bottom
SPACING_PX = 12
USUAL_CARDS = 2  # aggression and noise, layers and neurons
WAYS = "optimizer", "ways", "stop"  # on one card
COLUMN_GAP_PX = 18


class SettingsPanel(QWidget):
    """The editors of all settings, and the advice below; ``form`` connects the editors to the session."""

    def __init__(self, form: SettingsForm, advice: AdviceCard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._advice = advice
        self._page = page = _Page(self)
        descent, neurons, run = (page.add_card() for _ in range(3))
        _add_row(form, "descent", descent)
        self._layers = LayersField(neurons)
        _below(neurons, form.add(self._layers))
        _add_row(form, "neurons", neurons)
        columns = _add_row(form, "run", run)
        ways = _column(page.add_card())
        for name in WAYS:
            _add_row(form, name, ways)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(*EDGES_PX)
        self._column.setSpacing(SPACING_PX)
        self._column.addWidget(self._page, 1)
        self._column.addWidget(advice)
        self._settling = QTimer(self, singleShot=True)
        self._settling.timeout.connect(self._settle_advice)
        self._alarm = QTimer(self, singleShot=True, interval=ALARM_MS)
        self._alarm.timeout.connect(self._show_advice)
        advice.installEventFilter(self)
        advice.alarmed.connect(self._alarm.start)
        _keep_tab_order(
            [field.box for row in zip(*columns, strict=True) for field in row if isinstance(field, NumberField)]
        )

    def sizeHint(self) -> QSize:
        """Wide enough for two editors side by side in any font."""
        return QSize(DOCK_LINES * self.fontMetrics().height(), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """A part of the settings: they scroll."""
        left, _, right, _ = EDGES_PX
        width = max(self._page.minimumWidth(), self._advice.minimumSizeHint().width())
        return QSize(left + width + right, LEAST_LINES * self.fontMetrics().height())

    def whole_height(self) -> int:
        """The height, in px, at which nothing scrolls at the present width."""
        _, top, _, bottom = EDGES_PX
        return top + self._page.whole_height() + SPACING_PX + self._advice.whole_height(self._width_inside()) + bottom

    def usual_height(self) -> int:
        """The height at which only what is seldom changed has to be scrolled to."""
        _, top, _, bottom = EDGES_PX
        advice = self._advice.usual_height(self._width_inside())
        return top + self._page.height_of(USUAL_CARDS) + SPACING_PX + advice + bottom

    # The advice

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find the place for the advice."""
        super().resizeEvent(event)
        self._settle_advice()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Find the place again when advice of another length has been laid out."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._settling.start()
        return super().eventFilter(watched, event)

    @Slot()
    def _settle_advice(self) -> None:
        """Keep the advice in view under the settings, shortened if it leaves too little room for them.

        If even the short advice does, it scrolls with the settings.
        """
        line, width = self.fontMetrics().height(), self._width_inside()
        room = self.height() - SPACING_PX
        self._advice.set_tight(room < SETTINGS_LINES * line + self._advice.whole_height(width))
        scrolls = room < LEAST_SETTINGS_LINES * line + self._advice.shown_height(width)
        if scrolls == self._page.isAncestorOf(self._advice):
            return
        focused = self._advice.focusWidget()
        had_focus = focused is not None and focused.hasFocus()
        if scrolls:
            self._page.take_in(self._advice)
        else:
            self._column.addWidget(self._advice)
        if focused is not None and had_focus:
            focused.setFocus()

    @Slot()
    def _show_advice(self) -> None:
        """Scroll to trouble if the advice scrolls, but not while a person drags or types."""
        focused = QApplication.focusWidget()
        if QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._alarm.start()
        elif not (isinstance(focused, QLineEdit) and self._page.isAncestorOf(focused)):
            self._page.ensureWidgetVisible(self._advice)

    def _width_inside(self) -> int:
        left, _, right, _ = EDGES_PX
        return self.width() - left - right


class _Page(FocusPage):
    """Cards one above the other, which scroll where the panel is too low for them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._settings, self._contents = list[QFrame](), QWidget(self)
        self._cards = QVBoxLayout(self._contents)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(SPACING_PX)
        self._cards.addStretch(1)
        self.hold(self._contents)

    def add_card(self) -> QFrame:
        """Add an empty card below the others."""
        self._cards.insertWidget(len(self._settings), frame := card(parent=self._contents))
        self._settings.append(frame)
        return frame

    def take_in(self, part: QWidget) -> None:
        """Add a widget below the cards."""
        self._cards.addWidget(part)

    def whole_height(self) -> int:
        """The height of the settings' cards, in px, at the present width."""
        return self.height_of(len(self._settings))

    def height_of(self, count: int) -> int:
        """The height of the first ``count`` cards."""
        heights = [each.heightForWidth(self.width()) for each in self._settings[:count]]
        return sum(heights) + SPACING_PX * (len(heights) - 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Make room for cards that have become wider, for example with another font."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._claim_width()
        return super().eventFilter(watched, event)

    def _claim_width(self) -> None:
        """Be as wide as the widest card and the scroll bar."""
        bar = self.verticalScrollBar().sizeHint().width()
        self.setMinimumWidth(self._contents.minimumSizeHint().width() + bar)


def _add_row(form: SettingsForm, card_name: str, parent: QWidget) -> list[list[Field]]:
    """Put the editors of a card into what is there, in columns beside each other, joined to the session."""
    names: dict[int, list[str]] = {}
    places = [(setting.place, name) for name, setting in SETTINGS.items() if setting.place]
    for place, name in sorted(places):
        if place.card == card_name:
            names.setdefault(place.column, []).append(name)
    row = parent
    if len(names) > 1:
        row = _below(parent, side_by_side(spacing=COLUMN_GAP_PX, stretch=True, parent=parent))
    return [_add_column(form, each, row) for each in names.values()]


def _add_column(form: SettingsForm, names: list[str], parent: QWidget) -> list[Field]:
    column = _column(parent) if len(names) > 1 else parent
    fields = [form.add(field_for(name, column)) for name in names]
    for field in fields:
        _below(column, field)
    return fields


def _column(parent: QWidget) -> QWidget:
    column = QWidget(parent)
    QVBoxLayout(column).setContentsMargins(0, 0, 0, 0)
    return _below(parent, column)


def _below(parent: QWidget, widget: QWidget) -> QWidget:
    """Add a widget to a parent's layout."""
    layout = parent.layout()
    assert layout is not None
    layout.addWidget(widget)
    return widget


def _keep_tab_order(boxes: list[NumberBox]) -> None:
    """Let Tab go from left to right, then down."""
    for before, after in pairwise(boxes):
        QWidget.setTabOrder(before, after)
