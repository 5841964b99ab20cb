"""The session: the one owner of the settings and of the run, which the window talks to."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from curvegui.core.diagnosis.diagnosis import Diagnosis
from curvegui.core.engine.arithmetic import USUAL, Arithmetic
from curvegui.core.learner.learner import Snapshot
from curvegui.core.learner.recording import CostHistory, Trail
from curvegui.core.network.parts import Neuron, Parameter
from curvegui.core.run.operated_run import Surgery
from curvegui.core.run.record import RunRecord
from curvegui.core.settings.config import MAX_SEED, SETTINGS, TrainingConfig
from curvegui.core.settings.setting import Effect
from curvegui.core.settings.setting_changes import without_display
from curvegui.session.run.delivery import Delivery
from curvegui.session.run.history import Change, History, UndoState
from curvegui.session.run.link import TrainerLink
from curvegui.session.run.operations import (
    added_layer,
    added_neuron,
    checked_values,
    layers_surgery,
    removed_layer,
    removed_neuron,
)
from curvegui.session.run.phase import Phase
from curvegui.session.run.preparation import Preparation
from curvegui.session.run.time_machine import TimeMachine


class Session(QObject):
    """One run, alive: its settings, its undo history, its thread.

    Parameters
    ----------
    config : TrainingConfig
    parent : QObject, optional
    wanted : Arithmetic
        What the runs are to be computed with, once that is prepared; NumPy computes until then.

    Attributes
    ----------
    config : TrainingConfig
        The settings in force.
    phase : Phase
    snapshot : Snapshot or None
        The newest of the present run that has arrived.
    trail : Trail
        The trail of the present run, as far as it has arrived.
    costs : CostHistory
        The cost history of the present run, as far as it has arrived.
    test_costs : CostHistory
        That of its test cost.
    best : int
        The iteration with the lowest cost since the target last changed.
    time : TimeMachine
        Looks back along the present run.
    preparation : Preparation
        Of what is to compute; for the window to begin.
    gate : Gate
        The trainer's thread waits while it is shut.

    Signals
    -------
    config_changed(TrainingConfig)
    phase_changed(Phase)
    snapshot_ready(Delivery)
        The newest state of the run; ``trail``, ``costs`` and ``test_costs`` are up to date with it.
    diagnosis_changed(Diagnosis or None)
    history_changed()
    failed(str)
        The run was stopped by an error.
    captured(object, RunRecord or None)
        The answer to `capture`.
    acted()
        A person has changed something: a setting, the run, or how far it is.
    stepped()
        Single iterations, or some, were asked for.
    about_to_leave()
        Another run is about to take the place of the present one, which a `capture` asked for now still is about.
    """

    config_changed = Signal(object)
    phase_changed = Signal(object)
    snapshot_ready = Signal(object)
    diagnosis_changed = Signal(object)
    history_changed = Signal()
    failed = Signal(str)
    captured = Signal(object, object)
    acted = Signal()
    stepped = Signal()
    about_to_leave = Signal()

    def __init__(self, config: TrainingConfig, parent: QObject | None = None, *, wanted: Arithmetic = USUAL) -> None:
        super().__init__(parent)
        self.config = config
        self.phase = Phase.PAUSED
        self.snapshot: Snapshot | None = None
        self.diagnosis: Diagnosis | None = None
        self._forget_record()
        self.history = History()
        self.best = 0
        self.time = TimeMachine(self)
        self.time.set_speed(config.speed)
        self._run = self._newest_run = 0
        self._trainer = TrainerLink(self)
        self.gate = self._trainer.gate
        self._trainer.notified.connect(self._collect)
        self._trainer.failed.connect(self._report_failure)
        self._trainer.captured.connect(self.captured)
        self._trainer.looked_back.connect(self.time.show_answer)
        self.time.asked.connect(self._trainer.asked)
        self.preparation = Preparation(wanted, self)
        self.preparation.changed.connect(self._hand_over)
        self._hand_over()
        self._trainer.begin(config, self._run)

    @Slot()
    def _hand_over(self) -> None:
        """Compute with what is wanted, if that is prepared."""
        if self.preparation.is_ready:
            self._trainer.calculate_with(self.preparation.wanted)

    # Settings

    def edit(self, **changes: Any) -> None:
        """Change settings; the run goes on, or a new one begins where it must. Can be undone.

        Raises
        ------
        ValueError
            If a value is not allowed: a sentence for people. Nothing has changed then.
        """
        config = self.config.changed(**changes)
        changed = [name for name in changes if getattr(config, name) != getattr(self.config, name)]
        if not changed:
            return
        before = self._moment() if _differ_live(self.config, config) else UndoState(self.config, self._run)
        if any(SETTINGS[name].effect is Effect.RESTART for name in changed):
            self._start_run(config)
        elif config.hidden != self.config.hidden:
            self._operate(layers_surgery(self.config, config, self.snapshot))
        else:
            self._set_config(config)
            self._trainer.apply(config)
        self._push(" and ".join(SETTINGS[name].label for name in changed), before)

    def reset(self, label: str = "Reset", **changes: Any) -> None:
        """Begin again, from the same seed unless it is among the changes. Can be undone.

        Parameters
        ----------
        label : str
            What to call it in the Undo menu.
        **changes
            Settings to begin with, as in ``edit``.
        """
        config, before = self.config.changed(**changes), UndoState(self.config, self._run)
        self._start_run(config)
        self._push(label, before)

    def set_parameters(self, values: Mapping[Parameter, float], label: str = "Weight") -> None:
        """Give weights and biases other values; the run goes on from there. Can be undone.

        What is set while the history is held, or within a second, is one change.

        Parameters
        ----------
        values : mapping
        label : str
            What to call it in the Undo menu.

        Raises
        ------
        ValueError
            If a value is not allowed, or the network has no such parameter: a sentence for people.
        """
        places = checked_values(self.config, values)
        if not places:
            return
        if self.history.goes_on(label, self._run):
            self._trainer.set_parameters(places, self._run)
            self.acted.emit()
            return
        before = UndoState(self.config, self._run)
        self._next_run()
        self._trainer.set_parameters(places, self._run)
        self._push(label, before)

    def add_neuron(self, layer: int) -> None:
        """Add a neuron to a hidden layer, from 1; the drawn curve stays as it is. Can be undone.

        Raises
        ------
        ValueError
            If the network cannot have it, here and in the other operations: a sentence for people.
        """
        self._perform("Add a neuron", added_neuron(self.config, layer))

    def remove_neuron(self, neuron: Neuron | None, layer: int) -> None:
        """Remove a neuron of a hidden layer, or the one that the curve depends on least. Can be undone."""
        self._perform("Remove a neuron", removed_neuron(self.config, neuron, layer, self.snapshot))

    def add_layer(self) -> None:
        """Add a layer before the output; the drawn curve stays as it is. Can be undone."""
        self._perform("Add a layer", added_layer(self.config))

    def remove_layer(self, layer: int) -> None:
        """Remove a hidden layer; the next one makes up for it as nearly as it can. Can be undone."""
        self._perform("Remove a layer", removed_layer(self.config, layer))

    def _perform(self, label: str, surgery: Surgery) -> None:
        before = UndoState(self.config, self._run)
        self._operate(surgery)
        self._push(label, before)

    def _operate(self, surgery: Surgery) -> None:
        self._next_run()
        self._set_config(surgery.config)
        self._trainer.operate(surgery, self._run)

    def begin(self, config: TrainingConfig) -> None:
        """Begin a run with other settings; nothing before it can be undone any more."""
        self._start_run(config)
        self._forget_history()

    def reset_with_seed(self, seed: int) -> None:
        """Begin again from another seed. Can be undone."""
        self.reset("New seed", seed=seed % (MAX_SEED + 1))

    def open(self, record: RunRecord, label: str = "") -> None:
        """Take up a recorded run, paused, in place of the present one.

        Parameters
        ----------
        record : RunRecord
        label : str
            What to call it in the Undo menu; where it is empty, nothing before it can be undone any more.
        """
        before = UndoState(self.config, self._run)
        self._next_run()
        self._set_config(record.config)
        self._set_phase(Phase.PAUSED)
        self.preparation.add(arithmetic for _, arithmetic in record.arithmetics)  # to look back to the last bit
        self._trainer.open(record, self._run)
        if label:
            self._push(label, before)
        else:
            self._forget_history()

    def go_on_from_here(self) -> None:
        """Learn on from the moment that is looked back to, with its settings; Undo brings the present run back."""
        past = self.time.past
        if past is None:
            return
        before = UndoState(self.config, self._run)
        self._next_run()
        self._set_config(without_display(past.config, like=self.config))
        self._set_phase(Phase.LEARNING)
        self._trainer.branch(past.iteration, self._run)
        self._push("Go on from here", before)

    def go_on_from(self, iteration: int, label: str, **changes: Any) -> None:
        """Learn on from an iteration of the run, with the present settings and these; Undo brings the present run back.

        Parameters
        ----------
        iteration : int
        label : str
            What to call it in the Undo menu.
        **changes
            Settings that the run goes on with.
        """
        config, before = self.config.changed(**changes), UndoState(self.config, self._run)
        self._next_run()
        self._set_config(config)
        self._set_phase(Phase.LEARNING)
        self._trainer.branch(iteration, self._run)
        self._trainer.apply(config)
        self._push(label, before)

    def capture(self, question: object, iteration: int = -1) -> None:
        """Ask for a record of the run, up to an iteration or as it stands: ``captured`` brings it."""
        self._trainer.capture(question, iteration)

    @property
    def shown(self) -> Snapshot | None:
        """The moment that is seen: the one looked back to, or the newest."""
        return self.time.past or self.snapshot

    def undo(self) -> None:
        """Take the last change back, and with it the run that it replaced.

        Where the change led the present run into a dead end, the run goes back to before it too.
        """
        self._go_to(self.history.undo())

    def redo(self) -> None:
        """Bring the last undone change back."""
        self._go_to(self.history.redo(self.snapshot))

    @property
    def can_undo_cause(self) -> bool:
        """Whether there is a change that can have led the run to where it is."""
        return self.history.steps_to(self._is_cause) > 0

    def undo_cause(self) -> None:
        """Take back the newest change that can have led the run to where it is, and those since."""
        moment = None
        for _ in range(self.history.steps_to(self._is_cause)):
            moment = self.history.undo()
        self._go_to(moment)

    def _is_cause(self, change: Change) -> bool:
        if change.after.run != self._run:
            return False
        return change.before.run != self._run or _differ_live(change.before.config, change.after.config)

    def _moment(self) -> UndoState:
        return UndoState(self.config, self._run, self.snapshot)

    def _push(self, label: str, before: UndoState) -> None:
        self.history.push(Change(label, before, UndoState(self.config, self._run)))
        self._tell_history()

    def _forget_history(self) -> None:
        """Another run is here to stay: nothing before it can be undone any more."""
        self.history.clear()
        self._tell_history()

    def _tell_history(self) -> None:
        """Let go of the runs that cannot come back, and tell what can."""
        self._trainer.discard(self.history.runs() | {self._run})
        self.history_changed.emit()
        self.acted.emit()

    def _go_to(self, moment: UndoState | None) -> None:
        if moment is None:
            return
        present, same_run = self.config, moment.run == self._run
        if not same_run:
            self._switch_to(moment.run)
        self._set_config(moment.config)
        if not same_run:
            self._trainer.restore(moment.config, moment.run)
        elif moment.snapshot is not None and self._is_dead_end_of(present, moment.config):
            self._rewind_to(replace(moment.snapshot, config=moment.config))
        else:
            self._trainer.apply(moment.config)
        self.history_changed.emit()
        self.acted.emit()

    def _is_dead_end_of(self, present: TrainingConfig, earlier: TrainingConfig) -> bool:
        """Whether the run is in a dead end and what differs can have led it there."""
        return _differ_live(present, earlier) and self.diagnosis is not None and self.diagnosis.is_dead_end

    def _rewind_to(self, snapshot: Snapshot) -> None:
        if self.time.playhead > snapshot.iteration:
            self.time.go_to_now()
        self.snapshot = snapshot
        self._set_diagnosis(None)  # until the next one arrives: this one was of the dead end
        self._trainer.rewind(snapshot)

    def _start_run(self, config: TrainingConfig) -> None:
        self._next_run()
        self._set_config(config)
        self._trainer.begin(config, self._run)

    def _next_run(self) -> None:
        self._newest_run += 1
        self._switch_to(self._newest_run)

    def _switch_to(self, run: int) -> None:
        self.about_to_leave.emit()
        self._run = run
        self.snapshot = None
        self.time.follow(run, 0)

    def _set_config(self, config: TrainingConfig) -> None:
        self.config = config
        self.time.set_speed(config.speed)
        self.config_changed.emit(config)

    # Running

    def run(self) -> None:
        """Learn on, to the goal; from the goal, as many iterations again. The run is then seen live."""
        self.time.go_to_now()
        self._set_phase(Phase.LEARNING)
        self._trainer.resume()

    def pause(self) -> None:
        """Stop learning for now."""
        self._set_phase(Phase.PAUSED)
        self._trainer.pause()

    def toggle(self) -> None:
        """Run, or pause."""
        if self.phase.is_learning:
            self.pause()
        else:
            self.run()

    def step(self, count: int) -> None:
        """Make so many iterations, then pause."""
        self._trainer.step(count)
        self.acted.emit()
        self.stepped.emit()

    def _set_phase(self, phase: Phase) -> None:
        if phase is not self.phase:
            self.phase = phase
            self.phase_changed.emit(phase)

    def _set_diagnosis(self, diagnosis: Diagnosis | None) -> None:
        if diagnosis != self.diagnosis:
            self.diagnosis = diagnosis
            self.diagnosis_changed.emit(diagnosis)

    # What comes back

    @Slot()
    def _collect(self) -> None:
        delivery = self._trainer.mailbox.take(self._run)
        if delivery is None:
            return
        self._record(delivery)
        self.snapshot, self.best = delivery.snapshot, delivery.best[0]
        self.time.follow(delivery.run, delivery.snapshot.iteration)
        if delivery.command == self._trainer.command:  # else a command of ours is still on its way
            self._set_phase(delivery.phase)
        self.snapshot_ready.emit(delivery)
        self._set_diagnosis(delivery.diagnosis)

    def _forget_record(self) -> None:
        self.trail, self.costs, self.test_costs = Trail(), CostHistory(), CostHistory()

    def _record(self, delivery: Delivery) -> None:
        """Add what is new to our trail and costs."""
        if delivery.since < 0:
            self._forget_record()
        for recorded in (self.trail, self.costs, self.test_costs):
            recorded.forget_after(delivery.since)
        if self.trail.spacing != delivery.trail_spacing:
            self.trail = self.trail.thinned_to(delivery.trail_spacing)
        self.trail.extend(delivery.trail)
        self.costs.extend(delivery.costs)
        self.test_costs.extend(delivery.test_costs)

    @Slot(str)
    def _report_failure(self, message: str) -> None:
        self._set_phase(Phase.FAILED)
        self.failed.emit(message)

    def close(self) -> bool:
        """End the thread; return whether it ended in time. The session cannot be used afterwards."""
        return self._trainer.close()


def _differ_live(one: TrainingConfig, other: TrainingConfig) -> bool:
    """Whether a setting differs that changes what the run computes from here on."""
    live = (name for name, setting in SETTINGS.items() if setting.effect is Effect.LIVE)
    return any(getattr(one, name) != getattr(other, name) for name in live)
