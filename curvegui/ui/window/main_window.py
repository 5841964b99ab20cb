"""The main window: puts the parts together and connects them; what they do is theirs."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import SystemRandom
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QMainWindow, QToolBar, QVBoxLayout, QWidget

from curvegui.core.learner.learner import Snapshot
from curvegui.core.settings.config import TrainingConfig
from curvegui.figure.drawing.look import LOOKS
from curvegui.session.kept.preferences import PreferencesFile
from curvegui.session.run.delivery import Delivery
from curvegui.session.run.phase import Phase
from curvegui.session.run.remedies import mend
from curvegui.session.run.session import Session
from curvegui.ui.actions.actions import STEPS, Actions, Handler
from curvegui.ui.actions.space_key import SpaceKey
from curvegui.ui.actions.view import SWITCHES, View
from curvegui.ui.canvas.canvas import Canvas
from curvegui.ui.canvas.refresh import NUMBERS_S
from curvegui.ui.canvas.turns import Turns
from curvegui.ui.curves.actions import CurveActions
from curvegui.ui.curves.rail import CurveRail
from curvegui.ui.dialogs.question import agrees
from curvegui.ui.documents.actions import DocumentActions
from curvegui.ui.errors.plot import ErrorPlot
from curvegui.ui.export.clipboard import TakeAway
from curvegui.ui.export.pictures import PictureActions
from curvegui.ui.favourites.actions import FavouritesActions
from curvegui.ui.help.actions import HelpActions
from curvegui.ui.insight.insight import Insight
from curvegui.ui.look.icons import icon_size
from curvegui.ui.look.theme import THEMES, set_theme, theme_for
from curvegui.ui.settings.advice import AdviceCard
from curvegui.ui.settings.form import SettingsForm
from curvegui.ui.settings.panel import SettingsPanel
from curvegui.ui.study.docks import Docks
from curvegui.ui.study.study import STUDY, Study
from curvegui.ui.sweep.actions import SweepActions
from curvegui.ui.timeline.finish_action import FinishAction
from curvegui.ui.timeline.time_bar import TimeBar, time_handlers
from curvegui.ui.timeline.timeline import Timeline
from curvegui.ui.timeline.transport import Transport
from curvegui.ui.tools.actions import CurveToolsActions
from curvegui.ui.tour.actions import TourActions
from curvegui.ui.wall.actions import WallActions
from curvegui.ui.window.layout import WindowLayout
from curvegui.ui.window.status import StatusBar

MESSAGE_MS = 6_000
SEEDS = 10_000  # new ones are drawn below this, so that they can be read and typed, and fit their button


class MainWindow(QMainWindow):
    """The window.

    Parameters
    ----------
    session : Session
    preferences_file : PreferencesFile
    log : Path
        The app's log, for the Help menu; what the app keeps of its own is beside it.
    favourites : Path
        The folder of the favourites.

    Signals
    -------
    closed()
        The window has been closed, with its dialogs; the session has not.
    """

    closed = Signal()

    def __init__(self, session: Session, preferences_file: PreferencesFile, log: Path, favourites: Path) -> None:
        super().__init__()
        self._session, self._preferences_file = session, preferences_file
        self.view = View.of(preferences_file.load())
        self._theme, self._has_theme = theme_for(self.view.theme), False
        self._docks, self.study = Docks(self), Study(self, session, self._theme)
        self.documents = DocumentActions(self, session, log.parent, self._see)
        self.curves = CurveActions(
            self,
            self,
            session,
            log.parent,
            open_run=self.documents.open,
            open_exercise=self.study.open_exercise,
        )
        self.take_away = TakeAway(self, self, session, self.documents, self.curves)
        self.pictures = PictureActions(self, self, session, preferences_file, shown_run=self.take_away.shown_run)
        self.favourites = FavouritesActions(self, self, session, preferences_file, folder=favourites)
        self.wall = WallActions(self, self, session, self.favourites)
        self.curve_tools = CurveToolsActions(self, session, self.study, self.tell)
        self.sweeps = SweepActions(self, session, self.study, favourites.parent, preferences_file)
        self._finish = FinishAction(session, self)
        self.help = HelpActions(self, log)
        self.tour = TourActions(
            self, session, self.study.inspection, preferences_file, theme=self._theme, show_guide=self.help.show_guide
        )
        self.actions_ = Actions(self, self._handlers())
        self._space_key = SpaceKey(self)
        self._build()
        self._connect()
        self._set_theme()
        if not self._layout.restore():
            self.canvas.painted.connect(self._layout.settle)

    # Building

    def _build(self) -> None:
        form = SettingsForm(self._session, partial(agrees, parent=self), self)
        self.canvas = Canvas(self.view.look, self._session.gate)
        self.insight = Insight(self.canvas, self.study.inspection)
        self.error_plot = ErrorPlot(self._theme, self.canvas, self.study.inspection)
        form.done.connect(self._leave_for_canvas)
        self.timeline, self.time_bar = Timeline(self._theme), TimeBar(self.actions_)
        self.transport = Transport(self.actions_, form, self._theme)
        self.transport.join(self.time_bar)
        self.advice = AdviceCard(self._theme)
        self._settings, self._status = (
            SettingsPanel(form, self.advice, self._theme),
            StatusBar(self._theme, self._session.preparation),
        )
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(8, 12, 6, 6)
        column.setSpacing(10)
        column.addWidget(self.canvas, 6)
        column.addWidget(self.error_plot)
        column.addWidget(self.transport)
        column.addWidget(self.timeline, 1)
        self.rail, centre = CurveRail(self.actions_, self._theme), QWidget()
        row = QHBoxLayout(centre)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(middle, 1)
        self.setCentralWidget(centre)
        self.canvas.setFocus()  # else the rail's first button would have it
        self.setStatusBar(self._status)
        self._layout = WindowLayout(self, self._docks, self._settings, self.study, self._preferences_file)
        self._docks.add("knobs", "Knobs", self._settings)
        for record in STUDY:
            self._docks.add(record.name, record.title, self.study.holders[record.name])
        self._docks.pile([record.name for record in STUDY])
        self.study.settle_in(self._docks, self._layout.make_room_for_study)
        self._docks.add("favourites", "Favourites", self.favourites.holder)
        self.favourites.settle_in(self._docks["favourites"], self._layout.make_room_for_favourites)
        self._add_bars()
        self._share_frames()

    def _share_frames(self) -> None:
        """Let the parts that follow the run take turns after the canvas's frames."""
        turns = Turns(self)
        turns.add(self.timeline.refresh, NUMBERS_S)
        turns.add(self._status.refresh, NUMBERS_S)
        self.study.take_turns(turns)
        self.wall.take_turns(turns)
        self.canvas.spared.connect(turns.give_turn)

    def _add_bars(self) -> None:
        bar = self.menuBar()
        self.actions_.fill(bar, {"View": self._docks.toggles()})
        tools = QToolBar("Tools", self)
        tools.setObjectName("tools")
        tools.setMovable(False)
        tools.setIconSize(icon_size(self, 1.4))
        for action in self.actions_.for_toolbar():
            tools.addAction(action)
            tools.widgetForAction(action).setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if bar.isNativeMenuBar():
            self.addToolBar(tools)
        else:
            bar.setCornerWidget(tools, Qt.Corner.TopRightCorner)
            tools.show()

    def _connect(self) -> None:
        session = self._session
        session.snapshot_ready.connect(self._show_delivery)
        session.phase_changed.connect(self._show_phase)
        session.config_changed.connect(self._show_config)
        session.history_changed.connect(self._show_history)
        session.about_to_leave.connect(self._status.forget_message)  # it was about the run that was there
        session.time.moved.connect(self._show_past)
        session.time.playhead_moved.connect(self.timeline.put_playhead)
        session.time.playhead_moved.connect(self.time_bar.show_playhead)
        session.time.playing_changed.connect(self.time_bar.show_playing)
        self.timeline.sought.connect(session.time.look_back)
        self.timeline.left_the_past.connect(session.time.go_to_now)
        session.diagnosis_changed.connect(self.advice.show_diagnosis)
        session.diagnosis_changed.connect(self._status.show_diagnosis)
        self.advice.chosen.connect(partial(mend, session))
        self.advice.chosen.connect(self._leave_for_canvas)  # a card's button may go: Qt would choose any other one
        self.advice.asked_why.connect(self.help.show_guide)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._set_theme)
        self._show_phase(session.phase)
        self._show_config(session.config)
        self._show_history()
        self.documents.attach(self.actions_)
        self._finish.attach(self.actions_)
        self.documents.chosen.connect(self.curves.take_file)
        self.curves.attach(self.rail, self.canvas.painted)
        self.curve_tools.attach(self.canvas, self.actions_, self.view.look)
        self.curve_tools.made.connect(self.curves.keep)
        self.closed.connect(self.documents.end)
        self.closed.connect(self.study.close)
        self.study.told.connect(self.tell)
        self.study.noise_comparison_wanted.connect(self.wall.compare_noise)
        self.error_plot.brushed.connect(self.curve_tools.say_where)
        self.tour.attach(self.canvas.painted, self.favourites.kept, self.pictures.taken)
        self.tour.left.connect(self._leave_for_canvas)

    def _handlers(self) -> Mapping[str, Handler]:
        session = self._session
        return {
            **self.documents.handlers(),
            **self.pictures.handlers(),
            **self.take_away.handlers(),
            **self.curves.handlers(),
            **self.favourites.handlers(),
            **self.wall.handlers(),
            **time_handlers(session),
            **self.curve_tools.handlers(),
            **self.sweeps.handlers(),
            **self._finish.handlers(),
            **self.tour.handlers(),
            **self.help.handlers(),
            "app.quit": self.close,
            "edit.undo": session.undo,
            "edit.redo": session.redo,
            "run.toggle": session.toggle,
            **{f"run.step_{count}": partial(session.step, count) for count in STEPS},
            "run.reset": session.reset,
            "run.new_seed": self.reset_with_new_seed,
            **{f"look.{key}": partial(self._see, look_key=key) for key in LOOKS},
            **{f"theme.{key}": partial(self._see, theme=key) for key in THEMES},
            **{f"view.{name}": partial(self._see_or_not, name) for name in SWITCHES},
            "exercise.new": self.study.new_exercise,
            "exercise.open": self.study.choose_exercise,
            "view.zoom_in": self._zoom_in,
            "view.zoom_out": self._zoom_out,
            "view.show_all": self._show_all,
            "view.reset_layout": self._reset_layout,
            "view.full_screen": self._fill_screen,
        }

    # What the session tells

    @Slot(object)
    def _show_delivery(self, delivery: Delivery) -> None:
        self.canvas.show_delivery(delivery, self._session.received.trail)
        self.timeline.show_delivery(delivery, self._session.received.costs, self._session.received.test_costs)
        self._status.show_delivery(delivery)

    @Slot(object)
    def _show_past(self, past: Snapshot | None) -> None:
        for part in (self.canvas, self.timeline, self.time_bar, self._status):
            part.show_past(past)

    @Slot(object)
    def _show_phase(self, phase: Phase) -> None:
        for part in (self.transport, self._status, self.advice):
            part.show_phase(phase)

    @Slot(object)
    def _show_config(self, config: TrainingConfig) -> None:
        self.transport.show_seed(config.seed)

    @Slot()
    def _show_history(self) -> None:
        history = self._session.history
        for id_, word, label in (("edit.undo", "Undo", history.undo_label), ("edit.redo", "Redo", history.redo_label)):
            self.actions_[id_].setEnabled(label is not None)
            self.actions_[id_].setText(f"&{word} {label[0].lower()}{label[1:]}" if label else f"&{word}")
        self.advice.set_can_undo(self._session.can_undo_cause)

    # What a person sees

    def _see(self, **choices: Any) -> None:
        """Change the view."""
        self.view = replace(self.view, **choices)
        self._preferences_file.remember(**self.view.as_preferences())
        self._set_theme()

    def _see_or_not(self, name: str, shown: bool) -> None:
        self._see(**{name: shown})

    @Slot()
    def _set_theme(self) -> None:
        """Put the theme and the look on everything."""
        theme = theme_for(self.view.theme)
        if theme is not self._theme or not self._has_theme:
            self._theme, self._has_theme = theme, True
            set_theme(theme)
            self.actions_.set_theme(theme)
            for part in (
                self.timeline,
                self.error_plot,
                self.transport,
                self.advice,
                self._settings,
                self._status,
                self.favourites,
                self.wall,
                self.rail,
                self.study,
                self.tour,
            ):
                part.set_theme(theme)
        self.canvas.set_window_colours(theme.window, theme.border)
        self.canvas.set_look(self.view.look, self.view.options)
        self.study.look = self.view.look
        self.curve_tools.set_look(self.view.look)
        self.insight.set_look(self.view.look)
        self.insight.choose(residuals=self.view.residuals, pulls=self.view.pulls)
        self.error_plot.setVisible(self.view.errors)
        self.timeline.set_logarithmic(self.view.log_time)
        self.rail.setVisible(self.view.curves)
        self.canvas.set_reduced_motion(self.view.reduced_motion)
        self.documents.show_view(self.view)
        self._check_choices()

    def _check_choices(self) -> None:
        """Check the actions that stand for what is seen."""
        self.actions_[f"look.{self.view.look_key}"].setChecked(True)
        self.actions_[f"theme.{self.view.theme}"].setChecked(True)
        for name in SWITCHES:
            self.actions_[f"view.{name}"].setChecked(getattr(self.view, name))

    @Slot()
    def _zoom_in(self) -> None:
        self.canvas.zoom_in()

    @Slot()
    def _zoom_out(self) -> None:
        self.canvas.zoom_out()

    @Slot()
    def _show_all(self) -> None:
        self.canvas.show_all()

    @Slot()
    def _reset_layout(self) -> None:
        self._layout.reset()
        self.tour.heed_layout()

    def _fill_screen(self, fill: bool) -> None:
        state, full = self.windowState(), Qt.WindowState.WindowFullScreen
        self.setWindowState(state | full if fill else state & ~full)  # a maximised window stays maximised

    # Actions

    @Slot()
    def _leave_for_canvas(self) -> None:
        """Take the focus to where all keys are the window's."""
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def reset_with_new_seed(self) -> None:
        """Begin again from a seed drawn by chance."""
        self._session.reset_with_seed(SystemRandom().randrange(SEEDS))

    def tell(self, words: str) -> None:
        """Say something in passing, in the status bar."""
        self.statusBar().showMessage(words, MESSAGE_MS)

    # The end

    def changeEvent(self, event: QEvent) -> None:
        """Check the full screen's action also where the system, or the last time, chose it."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self.actions_["view.full_screen"].setChecked(self.isFullScreen())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the layout, unless a question has to be answered first; a dialog that is open ends what it does."""
        if not self.documents.closing.may_close():
            event.ignore()
            return
        for dialog in self.findChildren(QDialog):
            dialog.close()
        self._layout.keep()
        self._preferences_file.save()
        event.accept()
        self.closed.emit()
