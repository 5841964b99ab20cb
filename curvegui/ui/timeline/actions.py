"""The actions that steer the run and look back along it, with the transport and the timeline under the canvas."""

from random import SystemRandom

from PySide6.QtCore import QMetaObject, QObject, Qt, Slot

from curvegui.core.language.text import lowered, mark, tr, within
from curvegui.core.learner.learner import Snapshot
from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.settings.config import SETTINGS, TrainingConfig
from curvegui.session.run.delivery import Delivery, Phase
from curvegui.ui.actions.centre import TIMELINE, TRANSPORT
from curvegui.ui.actions.display import Display
from curvegui.ui.actions.services import Services
from curvegui.ui.canvas.refresh import NUMBERS_S
from curvegui.ui.timeline.timeline import Timeline
from curvegui.ui.timeline.transport import Transport
from curvegui.ui.widgets.numbers import format_number
from curvegui.ui.widgets.toast import Offer

SEEDS = 10_000  # new ones are drawn below this, so that they can be read and typed, and fit their button
FINISH, FINISHER = "run.finish", "levenberg-marquardt"
GIVEN_BACK = mark("Finished. The optimiser is {optimizer} again.")
RESTS = mark("The run rests after {iteration} iterations. Any change makes it go on.")
FAILED = mark("An error has stopped the run. Press Reset to start again.")


class RunActions(QObject):
    """Joins the transport and the timeline to the session, and carries out the Run and the Time menu."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._session, self._actions, self._notify = services.session, services.actions, services.notify
        self._rests = False  # at the goal
        self._before_finish = ""  # the optimiser that there was before Finish, until it has finished
        session, time = services.session, services.session.time
        self.undo, self.redo, self.toggle, self.step = session.undo, session.redo, session.toggle, session.step
        self.reset, self.go_on_from_here = session.reset, session.go_on_from_here
        self.play, self.go_to_now = time.play, time.go_to_now
        self.timeline = Timeline()
        self.transport = Transport(services.actions, services.features["settings"].form)
        services.centre.put(TRANSPORT, self.transport)
        services.centre.put(TIMELINE, self.timeline)
        services.refresh.add(self.timeline.refresh, NUMBERS_S)
        session.snapshot_ready.connect(self._show_delivery)
        session.phase_changed.connect(self._show_phase)
        session.config_changed.connect(self._show_config)
        session.about_to_leave.connect(self._keep_optimizer)
        session.history_changed.connect(self._show_history)
        time.moved.connect(self._show_past)
        time.playhead_moved.connect(self.timeline.put_playhead)
        time.playhead_moved.connect(self._show_playhead)
        time.playing_changed.connect(self._show_playing)
        self.timeline.sought.connect(time.look_back)
        self.timeline.left_the_past.connect(time.go_to_now)
        services.display.changed.connect(self._show_display)
        session.earlier_changed.connect(self._show_earlier)
        self._display = services.display
        self._show_display(services.display.now)
        self._show_phase(session.phase)
        self._show_config(session.config)
        self._show_history()
        self._show_past(None)
        self._show_playhead(None)

    # What is shown

    @Slot(object)
    def _show_display(self, display: Display) -> None:
        self.timeline.set_logarithmic(display.log_time)
        if not display.before:
            self._session.compare_with(None)  # the next time, with the run before again
        self._show_earlier()

    @Slot()
    def _show_earlier(self) -> None:
        self.timeline.show_earlier(self._session.earlier if self._display.now.before else None)

    @Slot(object)
    def _show_delivery(self, delivery: Delivery) -> None:
        self.timeline.show_delivery(delivery, self._session.received.costs, self._session.received.test_costs)
        rested, self._rests = self._rests, delivery.phase is Phase.FINISHED and not delivery.stopped_by
        if self._rests and not rested:
            words = tr(RESTS, iteration=format_number(delivery.snapshot.iteration))
            self._notify(words, Offer(tr("Continue"), self._session.run))

    @Slot(object)
    def _show_past(self, past: Snapshot | None) -> None:
        self.timeline.show_past(past)
        self._actions["time.go_on"].setEnabled(past is not None)

    @Slot(object)
    def _show_playhead(self, iteration: int | None) -> None:
        self._actions["time.now"].setEnabled(iteration is not None)
        self.transport.show_playhead(iteration)

    @Slot(int)
    def _show_playing(self, direction: int) -> None:
        self._actions["time.play"].setChecked(direction > 0)
        self._actions["time.play_back"].setChecked(direction < 0)

    @Slot(object)
    def _show_phase(self, phase: Phase) -> None:
        self.transport.show_phase(phase)
        self._actions.allow(FINISH, self._obstacle())
        if phase is Phase.FINISHED and self._before_finish:
            queued = Qt.ConnectionType.QueuedConnection  # all hear of the end first
            QMetaObject.invokeMethod(self, "_give_back", queued)

    @Slot(object)
    def _show_config(self, config: TrainingConfig) -> None:
        if config.optimizer != FINISHER:  # Finish was undone, or another one chosen: from now on, a person's choice
            self._keep_optimizer()
        self._actions.allow(FINISH, self._obstacle())

    @Slot()
    def _keep_optimizer(self) -> None:
        """Forget the optimiser before Finish, so that it does not come back."""
        self._before_finish = ""
        self._session.be_exact(FINISH, False)

    @Slot()
    def _show_history(self) -> None:
        history = self._session.history
        for id_, alone, words, label in (
            ("edit.undo", tr("&Undo"), mark("&Undo {change}"), history.undo_label),
            ("edit.redo", tr("&Redo"), mark("&Redo {change}"), history.redo_label),
        ):
            self._actions[id_].setEnabled(label is not None)
            self._actions[id_].setText(tr(words, change=lowered(label)) if label else alone)

    # The actions

    def reset_with_new_seed(self) -> None:
        self._session.reset_with_seed(SystemRandom().randrange(SEEDS))

    def finish(self) -> None:
        """Run on with the finishing optimiser until the run has finished; if it has, as many iterations again."""
        before = self._session.config.optimizer
        self._session.be_exact(FINISH)
        self._session.edit(optimizer=FINISHER)
        self._before_finish = before if before != FINISHER else self._before_finish
        self._session.run()

    @Slot()
    def _give_back(self) -> None:
        """Go back to the optimiser before Finish, once the run has finished."""
        before, self._before_finish = self._before_finish, ""
        if before and self._session.config.optimizer == FINISHER and self._session.phase is Phase.FINISHED:
            if self._session.history.undo_label == SETTINGS["optimizer"].label:
                self._session.undo()
            else:  # something else was changed meanwhile
                self._session.edit(optimizer=before)
            self._session.be_exact(FINISH, False)
            self._notify(tr(GIVEN_BACK, optimizer=within(OPTIMIZERS[before])))

    def _obstacle(self) -> str:
        if self._session.phase is Phase.FAILED:
            return tr(FAILED)
        refusal = self._session.config.refusal(optimizer=FINISHER)  # more points and weights than it can take
        return refusal.removeprefix(f"{SETTINGS['optimizer'].label}: ")

    def look_at_best(self) -> None:
        self._session.time.look_back(self._session.best)
