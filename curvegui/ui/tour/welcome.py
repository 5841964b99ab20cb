"""The card that a new user finds once, in a corner of the canvas: the tour, experiments, or neither."""

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout

from curvegui.ui.actions.services import Services
from curvegui.ui.actions.views import View
from curvegui.ui.look.layouts import FlowLayout

TITLE = "New here?"
ACTIONS = {"help.tour": "Take the tour (5 minutes)", "help.experiments": "Experiments"}  # what is on their buttons
NO_PLACES = "{}"  # unlike an empty text: the card was there
EDGE_PX, GAP_PX, BORDER_PX = 12, 8, 2  # the border is left and right together


class Welcome(QFrame):
    """Stands in the lower right corner in all views that have more than the picture, unless it was there before."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.canvas)
        self._services, self._canvas, self._is_wanted = services, services.canvas, False
        self.setObjectName("welcome")
        self.hide()
        if not services.preferences.present.tour:
            services.preferences.remember(tour=NO_PLACES)
            self._build()
            self._is_wanted = True
            self._canvas.installEventFilter(self)
            services.views.changed.connect(self._show_in)
            self._show_in(services.views.now)
            words = f"{TITLE} {', '.join(ACTIONS.values())}"
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def _build(self) -> None:
        self.setAccessibleName(TITLE)
        for name in ("card", "over"):
            self.setProperty(name, True)
        column, flow, title = QVBoxLayout(self), FlowLayout(GAP_PX), QLabel(TITLE)
        title.setProperty("heading", True)
        column.addWidget(title)
        column.addLayout(flow)
        edges = column.contentsMargins()
        self._edges = edges.left() + edges.right() + BORDER_PX
        self._buttons = [self._button(words, id_) for id_, words in ACTIONS.items() if id_ in self._services.actions]
        self._buttons.append(self._button("Not now", ""))
        self._buttons[0].setProperty("primary", True)
        for button in self._buttons:
            flow.addWidget(button)

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
        self.put_away()

    def put_away(self) -> None:
        """Go for good."""
        self._is_wanted = False
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    @Slot(object)
    def _show_in(self, view: View) -> None:
        self.setVisible(self._is_wanted and bool(view.around))

    def event(self, event: QEvent) -> bool:
        """Be as large as what is in it needs, in another font or theme too."""
        taken = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show):
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
