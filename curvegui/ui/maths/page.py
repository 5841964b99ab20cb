"""A page that scrolls under the pickers and steps, which stay in sight where there is room."""

from functools import reduce

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from curvegui.ui.look.layouts import filled, line_px
from curvegui.ui.maths.equation_view import EquationView
from curvegui.ui.widgets.scrolled import hold_page

ROOMY_LINES, NARROW_LINES = 23, 32  # from these heights, wide and narrow, the steps stay in sight
WIDE_LINES = 26  # from this width, in heights of a line, they need fewer rows
SEEK_MARGIN_PX, EDGE_PX = 12, 2


class SteppedPage(QWidget):
    """Holds the steps, and the cards that they lead through."""

    def __init__(self) -> None:
        super().__init__()
        self._area = QScrollArea()
        self._area.setObjectName("maths.area")
        self._apart, self._column = QVBoxLayout(), QVBoxLayout()
        self._steps_card = QWidget()

    def hold(self, steps_card: QWidget, *cards: QWidget) -> None:
        """Show the steps and the cards."""
        self._steps_card = steps_card
        page = QWidget()
        page.setLayout(self._column)
        self._column.setContentsMargins(EDGE_PX, EDGE_PX, EDGE_PX, EDGE_PX)
        self._column.setSpacing(8)
        for each in (steps_card, *cards):
            self._column.addWidget(each)
        self._column.addStretch(1)
        hold_page(self._area, page)
        filled(QVBoxLayout(self), self._apart, (self._area, 1), spacing=4)
        self._apart.setContentsMargins(EDGE_PX, EDGE_PX, EDGE_PX + self._bar_width, 0)
        page.installEventFilter(self)
        self._area.viewport().installEventFilter(self)
        self._align()

    @property
    def _bar_width(self) -> int:
        return self._area.verticalScrollBar().sizeHint().width()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See whether all still fits."""
        is_page, type_ = watched is self._area.widget(), event.type()
        if type_ == QEvent.Type.LayoutRequest if is_page else type_ == QEvent.Type.Resize:
            self._align()
        return False

    def _align(self) -> None:
        """Let all cards end at the same place, with a bar or without: were Qt to choose, it could change for ever."""
        around = self._column.contentsMargins()
        cards = self._area.width() - 2 * EDGE_PX - self._bar_width
        high = self._column.heightForWidth(cards + around.left() + around.right())
        policies, fits = Qt.ScrollBarPolicy, high <= self._area.viewport().height()
        self._area.setVerticalScrollBarPolicy(policies.ScrollBarAlwaysOff if fits else policies.ScrollBarAlwaysOn)
        self._column.setContentsMargins(EDGE_PX, EDGE_PX, EDGE_PX + (self._bar_width if fits else 0), EDGE_PX)

    def minimumSizeHint(self) -> QSize:
        """As low as a page that scrolls, with the steps on it; as wide as the widest of its contents."""
        page, bar = self._area.widget(), self._area.verticalScrollBar()
        widest = max(page.minimumSizeHint().width() if page else 0, self._steps_card.minimumSizeHint().width())
        return QSize(widest + bar.sizeHint().width(), self._area.minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the pickers and steps in sight while the page scrolls, if there is room."""
        super().resizeEvent(event)
        line = line_px(self)
        wanted = ROOMY_LINES if self.width() >= WIDE_LINES * line else NARROW_LINES
        is_apart, has_room = self._apart.count() > 0, self.height() >= wanted * line
        if has_room and not is_apart:
            self._apart.addWidget(self._steps_card)
        elif is_apart and not has_room:
            self._column.insertWidget(0, self._steps_card)

    def seek(self, view: EquationView) -> None:
        """Scroll to what is lit up, to its beginning if not all of it fits; the steps stay in sight."""
        lit = [place for box, place in zip(view.boxes, view.places(), strict=True) if box.is_lit]
        if lit and self._apart.count():
            page = self._area.widget()
            assert page is not None
            for layout in (self._steps_card.layout(), self.layout(), page.layout()):
                if layout is not None:
                    layout.activate()  # the words of a step may have become longer
            sought, room = reduce(QRectF.united, lit), self._area.viewport().height()
            half = int(min(sought.height() + 2 * SEEK_MARGIN_PX, room) / 2)
            middle = sought.top() + min(sought.height() / 2, half)
            centre = view.mapTo(page, QPointF(sought.center().x(), middle).toPoint())
            self._area.ensureVisible(centre.x(), centre.y(), 0, half)
