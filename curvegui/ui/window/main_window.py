"""The main window: the frame around the canvas. The table of features brings everything else into the window."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMetaObject, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QDialog

from curvegui.session.stored.preferences import PreferencesFile
from curvegui.ui.actions.actions import Actions
from curvegui.ui.actions.centre import Centre
from curvegui.ui.actions.display import Display, DisplayOwner
from curvegui.ui.actions.docks import Docks
from curvegui.ui.actions.event_window import EventWindow
from curvegui.ui.actions.feature import Feature, Features
from curvegui.ui.actions.services import Services
from curvegui.ui.actions.view import VIEWS, Availability
from curvegui.ui.actions.views import Views
from curvegui.ui.canvas.canvas import Canvas
from curvegui.ui.canvas.refresh import RefreshSchedule
from curvegui.ui.look.scale import WINDOW_EDGES_PX
from curvegui.ui.look.theme import follow_theme
from curvegui.ui.widgets.spoken import speak_for_pictures
from curvegui.ui.widgets.steps import TrainerPause
from curvegui.ui.widgets.toast import Toast
from curvegui.ui.window.canvas_buttons import CanvasButtons
from curvegui.ui.window.features import FEATURES
from curvegui.ui.window.keyboard import next_stop
from curvegui.ui.window.tool_bar import ViewSwitch, add_tool_bar, fit_switch

if TYPE_CHECKING:  # loaded after the first painting
    from curvegui.session.run.delivery import Delivery
    from curvegui.session.run.session import Session

FROM_AFAR = 1.5  # so much wider the curves are drawn when they are looked at from afar


class MainWindow(EventWindow):
    """The main window: at first its frame and the canvas; after `begin`, also a run and the features that show the run.
    ``log`` is the app's log file, in the folder with the app's own data; ``favourites`` is the folder of the
    favourites. ``completed`` is emitted when all features that are seen at first are made, ``restart_wanted`` before
    the window closes to be opened again."""

    completed = Signal()
    restart_wanted = Signal(object)  # the Path of a file with the run, or with a copy of it, for the next start

    def __init__(
        self, preferences_file: PreferencesFile, log: Path, favourites: Path, table: Sequence[Feature] = FEATURES
    ) -> None:
        speak_for_pictures()
        super().__init__()
        preferences_file.setParent(self)  # so that nothing is written after the window is deleted
        self._preferences_file, self._log, self._favourites = preferences_file, log, favourites
        self.features, self._display = Features(table), DisplayOwner(preferences_file, self)
        self._availability, self._text_size = Availability(self), self._display.now.text_percent
        self.canvas, self._is_painted = Canvas(self._display.now.look), False
        self._centre, self._docks = Centre(self.canvas), Docks(self, self.features.docks, self._availability)
        self._actions = Actions(self, self.features.actions, self.features.carry_out, self._availability)
        self.toast, self._trainer_pause = Toast(self.canvas, self._centre), TrainerPause(self, self.closed)
        preferences_file.troubled.connect(self.toast.notify_first)
        self.setCentralWidget(self._centre)
        self._centre.put_over_canvas(self.toast)
        self.setContentsMargins(*WINDOW_EDGES_PX)
        self.canvas.setFocus()  # else the first button at the left would have the focus
        self.canvas.painted.connect(self._note_painting)
        self._show_display(self._display.now)
        self._actions.fill(self.menuBar(), {"View/Pa&nels": self._docks.toggles()})
        self._switch = ViewSwitch([self._actions[f"view.{id_}"] for id_ in VIEWS])
        self._tools = add_tool_bar(self, self._actions, self._switch)
        self._buttons = CanvasButtons(self.canvas, self._actions)
        self._views = Views(self, self._centre, self._docks, self._display, preferences_file)
        self._views.restore()

    @Slot()
    def _note_painting(self) -> None:
        self._is_painted = True

    def withhold(self, things: frozenset[str], in_class: bool) -> None:
        self._availability.withhold(things, in_class)

    def begin(self, session: "Session") -> None:
        """Show a session's run. The features that are seen at first are made, one in each turn of the event loop."""
        from curvegui.session.study.inspection import Inspection
        from curvegui.ui.window.feature_loader import FeatureLoader

        self._session, self.canvas.gate = session, session.gate
        self.services = services = Services(
            window=self,
            closed=self.closed,
            session=session,
            preferences=self._preferences_file,
            log=self._log,
            favourites=self._favourites,
            display=self._display,
            inspection=Inspection(self),
            canvas=self.canvas,
            centre=self._centre,
            docks=self._docks,
            views=self._views,
            actions=self._actions,
            availability=self._availability,
            refresh=RefreshSchedule(session.gate, self),
            features=self.features,
            restart=self.restart_wanted.emit,
            toast=self.toast,
        )
        services.display.changed.connect(self._show_display)
        services.display.changed.connect(self._buttons.suit)
        follow_theme(self._fit_text)
        self.canvas.spared.connect(services.refresh.refresh_next)
        self.canvas.words.explains_lines = not self._preferences_file.present.lines_seen
        self.canvas.explained.connect(partial(self._preferences_file.remember, lines_seen=True))
        session.snapshot_ready.connect(self._show_delivery)
        session.time.moved.connect(self.canvas.show_past)
        session.renewed.connect(services.inspection.unmute_all)  # muted curves belong to one run
        session.about_to_leave.connect(self.toast.forget)  # the message was about the run before
        session.engine_changed.connect(self.toast.notify_first)
        self.features.serve(services, session.gate)
        self._loader = FeatureLoader(services)
        self._loader.finished.connect(self._complete)

    def finish(self) -> None:
        """Make at once all features that are seen at first, instead of one a turn of the event loop."""
        self._loader.finish()

    @Slot()
    def _complete(self) -> None:
        """All features that are seen at first are made: let the panels of a new user share the height of the window."""
        if self._is_painted:
            QMetaObject.invokeMethod(self._views, "complete", Qt.ConnectionType.QueuedConnection)
        else:
            self.canvas.painted.connect(self._views.complete)
        self.completed.emit()
        self.toast.notify_held()

    def focusNextPrevChild(self, forwards: bool) -> bool:
        self.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)  # as Qt does, but before
        self._buttons.follow()  # so that Tab finds them
        panels = [self._docks[name] for stack in self._views.now.panels for name in stack if name in self._docks]
        stop = next_stop(self, [*self._centre.regions, *panels], self.focusWidget() or self, forwards)
        if stop is not None:
            stop.setFocus(Qt.FocusReason.TabFocusReason if forwards else Qt.FocusReason.BacktabFocusReason)
        return stop is not None

    @Slot(object)
    def _show_delivery(self, delivery: "Delivery") -> None:
        self.canvas.show_delivery(delivery, self._session.received.trail, grows=not self._session.is_exact)

    @Slot(object)
    def _show_display(self, display: Display) -> None:
        look = display.look
        self.canvas.set_look(look.widened(FROM_AFAR) if display.least_text_size else look, display.options)
        self.canvas.set_reduced_motion(display.reduced_motion)
        self.toast.is_calm = display.reduced_motion
        self.setAnimated(not display.reduced_motion)  # panels that are dragged make room in steps, or at once

    @Slot()
    def _fit_text(self) -> None:
        """Make room for text of another size, once all widgets have text of that size."""
        if self._display.now.text_percent != self._text_size:
            self._text_size = self._display.now.text_percent
            fit_switch(self._switch, self._tools, self.menuBar(), self.contentsRect().width())
            self._views.share_out()
            self._docks.give_all_needed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._trainer_pause.begin(self.canvas.gate)
        fit_switch(self._switch, self._tools, self.menuBar(), self.contentsRect().width())
        super().resizeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        fit_switch(self._switch, self._tools, self.menuBar(), self.contentsRect().width())
        if not self._is_painted:
            self._views.fit()

    @Slot()
    def keep_choices(self) -> None:
        self._views.keep()
        self._preferences_file.save()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        if not event.isAccepted():
            return
        for dialog in self.findChildren(QDialog):
            dialog.close()
        self.keep_choices()
        self.closed.emit()
