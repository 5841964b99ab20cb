"""The card that a new user finds once, in a corner of the canvas: the tour, experiments, or neither."""

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout

from curvegui.ui.actions.services import Services
from curvegui.ui.actions.views import View
from curvegui.ui.look.layouts import FlowLayout
from curvegui.ui.tour.card import FRAME_PX

TITLE = "New here?"
ACTIONS = {"help.tour": "Take the tour (5 minutes)", "help.experiments": "Experiments"}  # what is on their buttons
NO_PLACES = "{}"  # unlike an empty text: the card was there
EDGE_PX, GAP_PX = 12, 8


class Welcome(QObject):
    """Shows the card, unless it was there before."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._card: WelcomeCard | None = None
        if not services.preferences.present.tour:
            services.preferences.remember(tour=NO_PLACES)
            self._card = WelcomeCard(services)

    def close(self) -> None:
        """Take the card away, if it is there."""
        if self._card is not None:
            self._card.close()
            self._card.deleteLater()
            self._card = None


class WelcomeCard(QFrame):
    """Stands in the lower right corner of the canvas, in all views that have more than the picture."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.canvas)
        self._services, self._canvas = services, services.canvas
        self.setObjectName("welcome")
        self.setAccessibleName(TITLE)
        self.setProperty("card", True)
        self.setProperty("over", True)
        column = QVBoxLayout(self)
        title = QLabel(TITLE)
        title.setProperty("heading", True)
        column.addWidget(title)
        flow = FlowLayout(GAP_PX)
        column.addLayout(flow)
        edges = column.contentsMargins()
        self._edges = edges.left() + edges.right() + FRAME_PX
        self._buttons = [self._button(words, id_) for id_, words in ACTIONS.items() if id_ in services.actions]
        self._buttons.append(self._button("Not now", ""))
        self._buttons[0].setProperty("primary", True)
        for button in self._buttons:
            flow.addWidget(button)
        self._canvas.installEventFilter(self)
        services.views.changed.connect(self._show_in)
        self._show_in(services.views.now)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, f"{TITLE} {', '.join(ACTIONS.values())}"))

    def _button(self, words: str, id_: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(f"welcome.{id_.rpartition('.')[2] or 'close'}")
        button.setProperty("action", id_)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(self._choose)
        return button

    @Slot()
    def _choose(self) -> None:
        id_ = self.sender().property("action")
        self._leave()
        if id_:
            self._services.actions[id_].trigger()

    def _leave(self) -> None:
        self._services.leave_for_canvas()
        self._services.features["welcome"].close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    @Slot(object)
    def _show_in(self, view: View) -> None:
        self.setVisible(bool(view.around))
        self._place()

    def event(self, event: QEvent) -> bool:
        """Be as large as what is in it needs, in another font or theme too."""
        taken = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._place()
        return taken

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the canvas."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        """Be narrow, with the first button above the others, or as wide as the canvas where that is too high."""
        room, (first, *others) = self._canvas.size(), [each.sizeHint().width() for each in self._buttons]
        width = max(first, sum(others) + GAP_PX * (len(others) - 1)) + self._edges
        if self.heightForWidth(width) > room.height() - 2 * EDGE_PX:
            width = room.width() - 2 * EDGE_PX
        height = self.heightForWidth(width)
        self.setGeometry(room.width() - EDGE_PX - width, room.height() - EDGE_PX - height, width, height)
