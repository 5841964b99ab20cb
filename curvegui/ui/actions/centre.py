"""The middle of the window: the canvas, and slots around it that features fill."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from curvegui.core.language.text import mark, tr
from curvegui.ui.look.layouts import filled
from curvegui.ui.look.scale import BETWEEN_PX, GAP_PX
from curvegui.ui.widgets.scrolled import FocusPage

LEFT, STATUS, ERROR, TRANSPORT, TIMELINE = "left", "status", "error", "transport", "timeline"
BELOW = (STATUS, ERROR, TRANSPORT, TIMELINE)  # under the canvas, from the top
BY_VIEW = frozenset({STATUS, TRANSPORT, TIMELINE})  # shown or hidden by a view; other slots have a switch of their own
SHARES = {TIMELINE: 1}  # of the height that is left over, beside CANVAS_SHARE
CANVAS_SHARE = 6
LOW_LINES = 9  # of a window so low that the middle scrolls
TIMELINE_LINES = 3  # its least height, in heights of a line of text
Policy = QSizePolicy.Policy

ROW_PX = 44  # the height of a row of controls
ROW_WORDS = mark("Step 1"), mark("Reset")  # in the row, beside icons, the steps of the speed, and spaces
ROW_STEPS = "1 10 100 2k max"
AROUND_PX, ROW_TIMES, ROW_LINES = 311, 1.1, 4.2  # the row's width: px, widths of these words, and heights of a line
LEFT_WORDS = "f(t)  "  # on the widest button at the left, with the blanks that Qt leaves beside them
SECOND_ROW_PX, SECOND_ROW_LINES = 0, 2.35  # the height of a second row: px, and heights of a line


class _Controls(QWidget):
    """An empty widget as high as the controls below the canvas will be: one row, or two in a narrow window."""

    def __init__(self) -> None:
        super().__init__()
        policy = QSizePolicy(Policy.Preferred, Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        metrics = self.fontMetrics()
        words, line = metrics.horizontalAdvance(" ".join((*map(tr, ROW_WORDS), ROW_STEPS))), metrics.height()
        needed = AROUND_PX + ROW_TIMES * words + ROW_LINES * line
        return ROW_PX + (0 if width >= needed else round(SECOND_ROW_PX + SECOND_ROW_LINES * line))

    def sizeHint(self) -> QSize:
        return QSize(0, self.heightForWidth(self.width()))


class _Middle(FocusPage):
    """The canvas and what is below it; where they are too high for the window, they scroll."""

    def minimumSizeHint(self) -> QSize:
        page, low = self.widget(), round(LOW_LINES * self.fontMetrics().height())
        least = page.minimumSizeHint() if page is not None else QSize()
        return QSize(least.width(), min(least.height(), low))


class Centre(QWidget):
    """The canvas with a slot for a widget at its left, and several slots below. Until a slot is filled, an empty widget
    of about the same size stands in it, so that the canvas keeps its size."""

    def __init__(self, canvas: QWidget) -> None:
        super().__init__()
        self.canvas = canvas
        middle, page = _Middle(), QWidget()
        middle.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        middle.hold(page, canvas)
        self._column = filled(QVBoxLayout(page), (canvas, CANVAS_SHARE), spacing=BETWEEN_PX)
        self._row = filled(QHBoxLayout(self), (middle, 1), spacing=GAP_PX)
        self._empty: dict[str, QWidget] = {}
        self._filled: dict[str, QWidget] = {}
        self._over: dict[str, QWidget] = {}
        self._over_canvas: list[QWidget] = []
        self._shown = BY_VIEW
        self.card: QWidget | None = None  # of a lesson, beside the whole window

    @property
    def regions(self) -> list[QWidget]:
        """A lesson's card, the canvas and the widgets in the slots, in the order of reading."""
        filled = self._filled
        left = [filled[LEFT]] if LEFT in filled else []
        below = [each[slot] for slot in BELOW for each in (filled, self._over) if slot in each]
        return [*([self.card] if self.card else []), *left, self.canvas, *self._over_canvas, *below]

    @property
    def shown(self) -> frozenset[str]:
        """The slots that are shown now, of the slots that a view may show or hide."""
        return self._shown

    def keep_free(self, has_left: bool) -> None:
        """Put empty widgets into the slots, each of about the size of the widget that is put there later."""
        line = self.fontMetrics().height()
        left = max(round(34 + 1.9 * line), 30 + self.fontMetrics().horizontalAdvance(LEFT_WORDS))
        self._empty = {LEFT: QWidget(), STATUS: QWidget(), TRANSPORT: _Controls(), TIMELINE: QWidget()}
        self._empty[LEFT].setFixedWidth(left)
        self._empty[STATUS].setFixedHeight(27 + line)
        self._empty[TIMELINE].setMinimumHeight(round(TIMELINE_LINES * line))
        self._empty[TIMELINE].setSizePolicy(Policy.Expanding, Policy.Expanding)
        self._empty[LEFT].setVisible(has_left)
        for slot, empty in self._empty.items():
            self._put(slot, empty)

    def put(self, slot: str, widget: QWidget) -> None:
        """Put a widget into a slot."""
        if slot in self._empty:
            self._empty.pop(slot).setParent(None)
        self._put(slot, widget)
        self._filled[slot] = widget
        self.show_only(self._shown)

    def put_over(self, slot: str, widget: QWidget) -> None:
        """Let Tab and F6 go from the widget in a slot to a card that this widget opens over the canvas."""
        self._over[slot] = widget

    def put_over_canvas(self, widget: QWidget) -> None:
        """Let F6 go from the canvas to a widget that lies over it."""
        self._over_canvas.append(widget)

    def widget(self, slot: str) -> QWidget | None:
        """The widget that was put into a slot, or None."""
        return self._filled.get(slot)

    def take(self, slot: str) -> QWidget:
        """Take the widget out of a slot, to `put` it back later."""
        widget = self._filled.pop(slot)
        widget.setParent(None)
        return widget

    def show_only(self, slots: frozenset[str]) -> None:
        """Of the slots that a view may show or hide, show only these."""
        self._shown = slots
        for slot, widget in (self._empty | self._filled).items():
            if slot in BY_VIEW:
                widget.setVisible(slot in slots)

    def _put(self, slot: str, widget: QWidget) -> None:
        if slot == LEFT:
            self._row.insertWidget(0, widget)
            return
        there = [each for each in BELOW[: BELOW.index(slot)] if each in self._empty or each in self._filled]
        self._column.insertWidget(1 + len(there), widget, SHARES.get(slot, 0))
