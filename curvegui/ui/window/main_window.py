"""The main window: the frame around the canvas. What is in it and what it does comes from the table of features."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMetaObject, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QMainWindow, QToolBar

from curvegui.session.kept.preferences import PreferencesFile
from curvegui.session.run.delivery import Delivery
from curvegui.session.run.session import Session
from curvegui.session.study.inspection import Inspection
from curvegui.ui.actions.actions import Actions
from curvegui.ui.actions.centre import Centre
from curvegui.ui.actions.docks import Docks
from curvegui.ui.actions.feature import Feature, Features
from curvegui.ui.actions.services import Services
from curvegui.ui.actions.view import View, ViewOwner
from curvegui.ui.canvas.canvas import Canvas
from curvegui.ui.canvas.turns import NUMBERS_S, Turns
from curvegui.ui.look.icons import icon_size
from curvegui.ui.window.features import FEATURES
from curvegui.ui.window.keyboard import SpaceKey, order_tabs
from curvegui.ui.window.layout import WindowLayout
from curvegui.ui.window.making import Making
from curvegui.ui.window.status import StatusBar

MESSAGE_MS = 6_000


class MainWindow(QMainWindow):
    """The window. ``log`` is the app's, with the app's own data beside it; ``favourites`` is their folder.

    ``closed`` is emitted when the window has been closed, with its dialogs; the session has not been. ``completed`` is
    emitted when everything that is seen at first is there.
    """

    closed = Signal()
    completed = Signal()

    def __init__(
        self,
        session: Session,
        preferences_file: PreferencesFile,
        log: Path,
        favourites: Path,
        table: Sequence[Feature] = FEATURES,
    ) -> None:
        super().__init__()
        self._session, self._preferences_file = session, preferences_file
        self.features, view = Features(table), ViewOwner(preferences_file, self)
        self.canvas = Canvas(view.now.look, session.gate)
        self.services = services = Services(
            window=self,
            closed=self.closed,
            session=session,
            preferences=preferences_file,
            log=log,
            favourites=favourites,
            view=view,
            inspection=Inspection(self),
            canvas=self.canvas,
            centre=Centre(self.canvas),
            docks=Docks(self, self.features.docks),
            actions=Actions(self, self.features.actions, self.features.carry_out),
            turns=Turns(self),
            features=self.features,
            tell=self.tell,
        )
        self.features.serve(services)
        self._making = Making(services)
        self._making.finished.connect(self._settle)
        self._space_key = SpaceKey(self)
        self._status = StatusBar(session.preparation)
        self.setCentralWidget(services.centre)
        self.setStatusBar(self._status)
        self.canvas.setFocus()  # else the rail's first button would have it
        self._connect()
        self._show_view(view.now)
        self._add_bars()
        self._layout = WindowLayout(self, services.docks, preferences_file)
        self._is_new = not self._layout.restore()
        self.canvas.painted.connect(self._making.begin)  # the first frame comes first

    def _connect(self) -> None:
        session, view, status = self._session, self.services.view, self._status
        view.changed.connect(self._show_view)
        self.canvas.spared.connect(self.services.turns.give_turn)
        self.services.turns.add(status.refresh, NUMBERS_S)
        session.snapshot_ready.connect(self._show_delivery)
        session.time.moved.connect(self.canvas.show_past)
        session.time.moved.connect(status.show_past)
        session.phase_changed.connect(status.show_phase)
        session.diagnosis_changed.connect(status.show_diagnosis)
        session.about_to_leave.connect(status.forget_message)  # it was about the run that was there
        status.show_phase(session.phase)

    def finish(self) -> None:
        """Make at once all that is seen at first; else it is made one piece a turn of the event loop."""
        self._making.finish()

    @Slot()
    def _settle(self) -> None:
        """Share the height among the docks of a new user, which are there now."""
        self._order_tabs()
        self.services.centre.filled.connect(self._order_tabs)
        if self._is_new and self._making.has_begun:
            QMetaObject.invokeMethod(self._layout, "settle", Qt.ConnectionType.QueuedConnection)
        elif self._is_new:
            self.canvas.painted.connect(self._layout.settle)
        self.completed.emit()

    @Slot()
    def _order_tabs(self) -> None:
        docks = self.services.docks
        order_tabs(self, [*self.services.centre.regions, docks[docks.first]])

    def _add_bars(self) -> None:
        bar, actions = self.menuBar(), self.services.actions
        actions.fill(bar, {"View": self.services.docks.toggles()})
        tools = QToolBar("Tools", self)
        tools.setObjectName("tools")
        tools.setMovable(False)
        tools.setIconSize(icon_size(self, 1.4))
        for action in actions.for_toolbar():
            tools.addAction(action)
            tools.widgetForAction(action).setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if bar.isNativeMenuBar():
            self.addToolBar(tools)
        else:
            bar.setCornerWidget(tools, Qt.Corner.TopRightCorner)
            tools.show()

    @Slot(object)
    def _show_delivery(self, delivery: Delivery) -> None:
        self.canvas.show_delivery(delivery, self._session.received.trail)
        self._status.show_delivery(delivery)

    @Slot(object)
    def _show_view(self, view: View) -> None:
        self.canvas.set_look(view.look, view.options)
        self.canvas.set_reduced_motion(view.reduced_motion)

    def tell(self, words: str) -> None:
        """Say something in passing, in the status bar."""
        self.statusBar().showMessage(words, MESSAGE_MS)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the layout; a dialog that is open ends what it does."""
        for dialog in self.findChildren(QDialog):
            dialog.close()
        self._layout.keep()
        self._preferences_file.save()
        event.accept()
        self.closed.emit()
