"""The card that a new user sees once, in a corner of the canvas; it offers the tour and the experiments."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton

from curvegui.core.language.text import mark, tr
from curvegui.core.learner.target import build_target
from curvegui.ui.actions.services import Services
from curvegui.ui.actions.view import FIRST, LESSONS
from curvegui.ui.look.icons import icon
from curvegui.ui.look.layouts import FlowLayout, filled, named, styled
from curvegui.ui.widgets.spoken import announce_news, leave_unsaid

TITLE = mark("New here?")
ACTIONS = {
    "help.tour": mark("Take the tour (5 minutes)"),
    "experiment.saturated": mark("Try an experiment"),
}  # what is on their buttons
LATER = mark("The tour and the experiments are in the Learn menu.")
NO_POSITIONS = "{}"  # unlike an empty text, this says that the card has been shown
LAID_OUT_MS = 1_000
EDGE_PX, GAP_PX, BORDER_PX = 12, 8, 2  # the border is left and right together


class Welcome(QFrame):
    """The card for a new user, in the lower right corner of the canvas in the view Play, where it covers no part of the
    target. Its cross, Escape, a click on the canvas, or the person's first change closes the card for good."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.canvas)
        self._services, self._canvas, self._is_wanted = services, services.canvas, False
        self.setObjectName("welcome")
        self.hide()
        preferences = services.preferences
        if preferences.is_known and not preferences.present.tour and LESSONS in services.availability:
            preferences.revise("tour", lambda positions: positions or NO_POSITIONS)
            self.setAccessibleName(tr(TITLE))
            styled(self, "card", "over")
            flow = FlowLayout(GAP_PX)
            close = styled(named(QToolButton(), "welcome.close", tr("Close"), tr("Close")), "bare")
            close.setIcon(icon("remove", "muted"))
            close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            close.clicked.connect(self.leave)
            row = filled(QHBoxLayout(self), (flow, 1), close, edges=(EDGE_PX, GAP_PX, GAP_PX, GAP_PX), spacing=GAP_PX)
            row.setAlignment(close, Qt.AlignmentFlag.AlignTop)
            self._edges = EDGE_PX + 2 * GAP_PX + close.sizeHint().width() + BORDER_PX
            self._buttons = list[QPushButton]()
            for id_, words in ACTIONS.items():
                if id_ in self._services.actions:
                    button = named(QPushButton(tr(words), self), f"welcome.{id_.rpartition('.')[2]}")
                    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
                    button.clicked.connect(partial(self._choose, id_))
                    flow.addWidget(button)
                    self._buttons.append(button)
            styled(self._buttons[0], "primary")
            self._is_wanted = True
            for each in (self._canvas, self._canvas.viewport()):
                each.installEventFilter(self)
            self._canvas.view_moved.connect(self._show)  # also emitted when the canvas has another size
            services.views.changed.connect(self._show)
            services.session.acted.connect(self.leave)
            self._show()
            laid_out = QTimer(self, singleShot=True, interval=LAID_OUT_MS)
            laid_out.timeout.connect(self._say)
            laid_out.start()
            announce_news(self, "welcome", f"{tr(TITLE)} {tr(LATER)}")

    def _choose(self, id_: str) -> None:
        self.put_away()
        self._services.actions[id_].trigger()

    @Slot()
    def leave(self) -> None:
        if self._is_wanted:
            self.put_away()
            self._show_in_passing(tr(LATER))

    def put_away(self) -> None:
        if self._is_wanted:
            self._is_wanted = False
            if self.isAncestorOf(self.focusWidget() or self._canvas):
                self._services.leave_for_canvas()
            self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Fit the card's size to its contents, also after a change of font or theme."""
        taken = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._show()
        return taken

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close the card after a click on the canvas."""
        if event.type() == QEvent.Type.MouseButtonPress:
            self.leave()
        return False

    @Slot()
    def _show(self) -> None:
        may_be_seen = self._is_wanted and self._services.views.now.id == FIRST
        rect = self._corner() if may_be_seen else QRect()
        self.setGeometry(rect)
        self.setVisible(not rect.isEmpty())

    @Slot()
    def _say(self) -> None:
        """If there is no room for the card, show its words in passing, once."""
        if self._is_wanted and self.isHidden() and not self._services.toast.words:
            self._show_in_passing(tr("{title} See the Learn menu.", title=tr(TITLE)))

    def _show_in_passing(self, words: str) -> None:
        """Show words in passing; a screen reader does not say them again after the beginning."""
        leave_unsaid(self, words)
        self._services.notify(words)

    def _corner(self) -> QRect:
        """The card's rectangle, its buttons in a row or a column; empty if it would cover the target."""
        widths, free = [each.sizeHint().width() for each in self._buttons], self._canvas.size()
        target = self._canvas.from_plane(build_target(self._services.session.config).curve_points)
        for width in (sum(widths) + GAP_PX * (len(widths) - 1) + self._edges, max(widths) + self._edges):
            height = self.heightForWidth(width)
            left, top = free.width() - EDGE_PX - width, free.height() - EDGE_PX - height
            is_covered = ((target[0] > left - EDGE_PX) & (target[1] > top - EDGE_PX)).any()
            if left > 0 and top > 0 and not is_covered:
                return QRect(left, top, width, height)
        return QRect()
