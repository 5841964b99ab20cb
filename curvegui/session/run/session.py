"""The session: the one owner of the settings and of the run, which the window talks to."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from curvegui.core.arrays import FloatArray
from curvegui.core.diagnosis.finding import Diagnosis
from curvegui.core.engine.backend import NUMPY, Backend
from curvegui.core.language.text import listed, tr
from curvegui.core.learner.engines import usable_backend, words_for
from curvegui.core.learner.learner import Snapshot
from curvegui.core.network.inserted_layer import NEW_LAYER
from curvegui.core.network.parts import Neuron, Parameter
from curvegui.core.run.operations import AddLayer, PlannedOperations
from curvegui.core.run.record import RunRecord
from curvegui.core.settings.config import MAX_SEED, SETTINGS, TrainingConfig
from curvegui.core.settings.setting import Effect
from curvegui.core.settings.setting_changes import without_display
from curvegui.session.run import commands
from curvegui.session.run.commands import Capture, Command, LookBack, Query
from curvegui.session.run.delivery import Phase, Received
from curvegui.session.run.history import BEFORE, Change, EarlierRun, History, Predecessor, UndoState, differ_live
from curvegui.session.run.morphing import Morphing
from curvegui.session.run.network_edits import (
    added_neuron,
    check_all,
    checked_values,
    layer_operations,
    removed_layer,
    removed_neuron,
)
from curvegui.session.run.time_machine import TimeMachine
from curvegui.session.run.worker import TrainerLink


class Session(QObject):
    """One run that learns in a thread of its own, and what can be changed and undone; another run can replace it.

    Its parts: ``time`` looks back along the run, ``received`` has its trail and its costs, ``morphing`` lets the curve
    go over into others, and ``history`` has the changes that Undo takes back. The ``wanted`` engine computes the run
    where that is possible: see `usable_backend`. The trainer's thread waits while ``gate`` is shut. ``snapshot`` is the
    newest one of the present run that has arrived, and ``best`` the iteration with the lowest cost since the target
    last changed."""

    config_changed = Signal(object)  # TrainingConfig
    phase_changed = Signal(object)  # Phase
    snapshot_ready = Signal(object)  # Delivery: the newest state of the run; `received` is up to date with it
    diagnosis_changed = Signal(object)  # Diagnosis or None
    failed = Signal(str)  # an error stopped the run: its message
    captured = Signal(object, object)  # the answer to `capture`: its label, and a RunRecord, or None if there is no run
    acted = Signal()  # a person has changed something: a setting, the run, or how far it is
    stepped = Signal()  # a person asked for single iterations
    history_changed = Signal()
    earlier_changed = Signal()  # there is another run to compare this one with
    renewed = Signal()  # a run has begun, was opened, or has other layers: not the same network, set by hand or undone
    engine_changed = Signal(str)  # another engine goes on with a run that was opened: a sentence
    about_to_leave = Signal()  # another run replaces this one next; a `capture` that is asked for now records this one

    def __init__(self, config: TrainingConfig, parent: QObject | None = None, *, wanted: Backend = NUMPY) -> None:
        super().__init__(parent)
        self.config = config
        self.phase = Phase.PAUSED
        self.snapshot: Snapshot | None = None
        self.diagnosis: Diagnosis | None = None
        self._seen = 0  # the last command that a snapshot has seen
        self._waiting: list[Callable[[], object]] = []  # until one has seen them all
        self.received = Received()
        self.best, self.backend = 0, NUMPY  # which computes
        self.time = TimeMachine(self)
        self.time.speed = config.speed
        self.time.asked.connect(self._look_back)
        self.wanted = wanted
        self.number = 0  # of the run, which no other one has had; Undo brings it back with the run
        self._silent = -1, 0  # a run, and the iteration until which nothing is said of its state
        self._exact = set[str]()  # see `be_exact`
        self._pause_at: int | None = None
        self._trainer = TrainerLink(wanted, self)
        self.gate = self._trainer.gate
        self._trainer.notified.connect(self._collect)
        self._trainer.failed.connect(self._report_failure)
        self._trainer.answered.connect(self._take_answer)
        self.history = History()
        self.morphing = Morphing(self, self)
        self._newest_run, self.predecessor = self.number, Predecessor(None)
        self._opened: tuple[RunRecord, int] | None = None  # and the last command then
        self._before: EarlierRun | None = None
        self._chosen: EarlierRun | None = None
        self._do(commands.begin, config=config, run=self.number)

    def _do(self, command: Callable[..., object], **given: Any) -> None:
        """Have a command carried out in the trainer's thread."""
        self._trainer.send(Command(partial(command, **given)))

    @property
    def is_exact(self) -> bool:
        return bool(self._exact)

    def be_exact(self, what: str, is_exact: bool = True) -> None:
        """Let the run end exactly at its goal while ``what`` wants it so, as a lesson does. Else it does not rest there
        within a minute after a change of a setting, the curve or a weight, and such a change makes it go on."""
        (self._exact.add if is_exact else self._exact.discard)(what)
        if is_exact:
            self._do(commands.play_no_more)

    def _played(self, command: Callable[..., object]) -> Callable[..., object]:
        return command if self._exact else commands.played(command)

    def calculate_with(self, wanted: Backend) -> None:
        self.wanted = wanted
        self._trainer.send(commands.calculate_with(wanted))

    def _set_config(self, config: TrainingConfig) -> None:
        self.config = config
        self.time.speed = config.speed
        self.config_changed.emit(config)

    # Running

    def run(self) -> None:
        """Learn on, to the goal; from the goal, as many iterations again. The run is then seen live."""
        self.time.go_to_now()
        self._set_phase(Phase.LEARNING)
        self._do(commands.learn)

    def pause(self) -> None:
        self._set_phase(Phase.PAUSED)
        self._do(commands.pause)

    def pause_at(self, iteration: int | None) -> None:
        """Let the run pause when it comes to an iteration; None lets it go on."""
        if iteration != self._pause_at:
            self._pause_at = iteration
            self._do(commands.pause_at, iteration=iteration)

    def toggle(self) -> None:
        (self.pause if self.phase.is_learning else self.run)()

    def step(self, count: int) -> None:
        self._do(commands.step, count=count)
        self.acted.emit()
        self.stepped.emit()

    def _set_phase(self, phase: Phase) -> None:
        if phase is not self.phase:
            self.phase = phase
            self.phase_changed.emit(phase)

    # Looking

    @property
    def shown(self) -> Snapshot | None:
        return self.time.past or self.snapshot

    def capture(self, label: object, iteration: int = -1) -> None:
        """Ask for a record of the run, up to an iteration or as it stands: ``captured`` brings it with the label."""
        self._trainer.send(Capture(label, iteration))

    @Slot(int, int)
    def _look_back(self, run: int, iteration: int) -> None:
        self._trainer.send(LookBack(run, iteration))

    # What comes back

    @Slot(object, object)
    def _take_answer(self, question: Query, answer: Any) -> None:
        if isinstance(question, Capture):
            self.captured.emit(question.label, answer)
        elif isinstance(question, LookBack):
            self.time.show_answer(question.run, answer)

    @Slot()
    def _collect(self) -> None:
        delivery = self._trainer.mailbox.take(self.number)
        if delivery is not None:
            with self.gate:
                self.received.add(delivery)
                self.snapshot, self.best, self.backend = delivery.snapshot, delivery.best[0], delivery.backend
                self.time.follow(delivery.run, delivery.snapshot.iteration)
                self._seen = delivery.command
                if not self._is_behind:
                    self._set_phase(delivery.phase)
                self.snapshot_ready.emit(delivery)
                is_silent = delivery.run == self._silent[0] and delivery.snapshot.iteration <= self._silent[1]
                self._set_diagnosis(None if is_silent else delivery.diagnosis)
                waiting, self._waiting = self._waiting, []
                for act in waiting:
                    self.when_up_to_date(act)

    @property
    def _is_behind(self) -> bool:
        return self._seen != self._trainer.command

    def when_up_to_date(self, act: Callable[[], object]) -> None:
        """Call ``act`` when a snapshot has seen all commands; asked for twice before that, it is called once."""
        if not self._is_behind:
            act()
        elif act not in self._waiting:
            self._waiting.append(act)

    def _set_diagnosis(self, diagnosis: Diagnosis | None) -> None:
        if diagnosis != self.diagnosis:
            self.diagnosis = diagnosis
            self.diagnosis_changed.emit(diagnosis)

    @Slot(str)
    def _report_failure(self, message: str) -> None:
        self._set_phase(Phase.FAILED)
        self.failed.emit(message)

    def close(self) -> bool:
        """End the thread; return whether it ended in time. The session cannot be used afterwards."""
        self.time.close()
        return self._trainer.close()

    # Settings

    def edit(self, label: str = "", /, **changes: Any) -> None:
        """Change settings, if possible of the present run. Can be undone. Raises ``ValueError`` with a sentence."""
        config = self.config.changed(**changes)
        changed = [name for name in changes if getattr(config, name) != getattr(self.config, name)]
        if not changed:
            return
        label = label or listed([SETTINGS[name].label for name in changed])
        if any(SETTINGS[name].effect is Effect.RESTART for name in changed):
            self.reset(label, **changes)
        elif config.hidden != self.config.hidden:
            self._operate(label, layer_operations(self.config, config, self.snapshot))
        else:
            snapshot = self.snapshot if differ_live(self.config, config) else None
            before = replace(self._state, snapshot=snapshot)
            apply = self._played(commands.apply) if differ_live(self.config, config) else commands.apply
            self._set_config(config)
            self._do(apply, config=config)
            self._push(label, before, self._is_in_trouble)

    def reset(self, label: str = "", **changes: Any) -> None:
        """Begin again, from the same seed unless it is among the changes. Can be undone as ``label``, or as a reset."""
        config, predecessor = self.config.changed(**changes), Predecessor(self.number, is_restart=True)
        begin = partial(commands.begin, config=config)
        self.replace_run(label or tr("Reset"), begin, config, predecessor=predecessor)

    def reset_with_seed(self, seed: int) -> None:
        self.reset(tr("New seed"), seed=seed % (MAX_SEED + 1))

    # The network. Where it cannot be edited so, these raise ``ValueError`` with a sentence for people

    def set_parameters(self, values: Mapping[Parameter, float], label: str = "") -> None:
        """Set weights and biases by hand; all that are set during a drag, or within a second, are one change."""
        by_index = checked_values(self.config, values)
        if by_index:
            edit = partial(commands.set_parameters, values=by_index)
            self.replace_run(label or tr("Weight"), self._played(edit), joins=True)

    def set_all_parameters(self, parameters: FloatArray, label: str) -> None:
        check_all(self.config, parameters)
        values = dict(enumerate(parameters.tolist()))
        self.replace_run(label, self._played(partial(commands.set_parameters, values=values)), joins=True)

    def add_neuron(self, layer: int) -> None:
        """Add a neuron to a hidden layer, from 1; the drawn curve stays as it is."""
        self._operate(tr("Add a neuron"), added_neuron(self.config, layer))

    def remove_neuron(self, neuron: Neuron | None, layer: int) -> None:
        """Remove a neuron of a hidden layer, or the one that the curve depends on least."""
        self._operate(tr("Remove a neuron"), removed_neuron(self.config, neuron, layer, self.snapshot))

    def add_layer(self, layer: int | None = None) -> None:
        """Add a layer, which is then the hidden layer ``layer``, or the last one; the drawn curve stays as it is."""
        self._operate(tr("Add a layer"), PlannedOperations.planned(self.config, AddLayer(NEW_LAYER, layer)))

    def remove_layer(self, layer: int) -> None:
        """Remove a hidden layer; the layer after it is changed so that the curve stays nearly as it is."""
        self._operate(tr("Remove a layer"), removed_layer(self.config, layer))

    def _operate(self, label: str, planned: PlannedOperations) -> None:
        self.replace_run(label, self._played(partial(commands.operate, planned=planned)), planned.config)

    # Another run

    def begin(self, config: TrainingConfig, label: str = "", *, paused: bool = False, learned: int = 0) -> None:
        """Begin another run. Can be undone as ``label``; without a label, nothing before can be undone any more. The
        run learns if the present one does, or has finished, unless it is to be ``paused``. When it is first seen, it
        has ``learned`` for so many iterations, and nothing is said of its state until it goes on."""
        begin = partial(commands.begin, config=config, paused=paused, learned=learned)
        self.replace_run(label, begin, config, Phase.PAUSED if paused else None, predecessor=Predecessor(None))
        self._silent = self.number, learned or -1

    def open(self, record: RunRecord, label: str = "", of: int | None = None) -> bool:
        """Go on with a recorded run, paused; return whether that is a change: a double click opens a run once. This can
        be undone as ``label``; without a label, nothing before can be. The run is a new one, unless the record is
        ``of`` a run that Undo can bring back, given by its number."""
        if label and self._opened and self._opened[1] == self._trainer.command and self._opened[0].stands_like(record):
            return False
        go_on = partial(commands.open_record, record=record)
        self.replace_run(label, go_on, record.config, Phase.PAUSED, predecessor=Predecessor(of))
        self._opened = record, self._trainer.command
        before, now = record.last_backend, usable_backend(self.wanted, record.config.sizes)
        if record.iteration and before is not None and before != now:
            values = {"before": words_for(before), "now": words_for(now)}
            self.engine_changed.emit(tr("Computed so far by: {before}. Goes on with: {now}.", **values))
        return True

    def go_on_from_here(self) -> None:
        """Learn on from the iteration that is looked back to, with the settings of then. Can be undone."""
        past = self.time.past
        if past is not None:
            config = without_display(past.config, like=self.config)
            branch = partial(commands.branch, iteration=past.iteration)
            self.replace_run(tr("Go on from here"), branch, config, Phase.LEARNING)

    def go_on_from(self, iteration: int, label: str, **changes: Any) -> None:
        """Learn on from an iteration of the run, with the present settings and these. Can be undone as ``label``."""
        config = self.config.changed(**changes)
        self.replace_run(label, partial(commands.branch, iteration=iteration), config, Phase.LEARNING)
        self._do(commands.apply, config=config)

    def replace_run(
        self,
        label: str,
        command: Callable[..., object],
        config: TrainingConfig | None = None,
        phase: Phase | None = None,
        *,
        joins: bool = False,
        predecessor: Predecessor | None = None,
    ) -> None:
        """Go on with another run, with other settings and in another phase if they are given.

        ``command`` begins the run, given the driver and the run's number; without a ``predecessor``, the run goes on
        from the present one. This can be undone as ``label``; if that is empty, nothing before can be undone any more.
        If the change ``joins`` and continues the last one, the present run stays, and the command is for the present
        run."""
        if joins and self.history.joins_last(label, self.number):
            self._do(command, run=self.number)
            self.acted.emit()
            return
        before, in_trouble = self._state, self._is_in_trouble
        self.predecessor = predecessor or Predecessor(self.number)
        self._newest_run += 1
        self._switch_to(self._newest_run)
        if config is not None:
            self._set_config(config)
        if phase is not None:
            self._set_phase(phase)
        self._do(command, run=self.number)
        self._push(label, before, in_trouble)
        if not joins:
            self.renewed.emit()

    def _switch_to(self, run: int) -> None:
        self.about_to_leave.emit()
        if self.snapshot is not None and self.snapshot.iteration > 0:  # the costs are lists that nobody changes again
            self._before = EarlierRun(tr(BEFORE), self.snapshot.cost, self.snapshot.fit, self.received.costs)
            self.earlier_changed.emit()
        self.number, self.snapshot = run, None  # nothing has arrived of it yet
        self.time.follow(run, 0)

    @property
    def earlier(self) -> EarlierRun | None:
        return self._chosen or self._before

    def compare_with(self, chosen: EarlierRun | None) -> None:
        if chosen is not self._chosen:
            self._chosen = chosen
            self.earlier_changed.emit()

    # Undo

    def undo(self) -> None:
        """Take the last change back, with the run that it replaced; out of a dead end, the run goes back too."""
        self._go_to(self.history.undo())

    def redo(self) -> None:
        self._go_to(self.history.redo(self.snapshot))

    @property
    def _is_in_trouble(self) -> bool:
        return self.diagnosis is not None and self.diagnosis.is_trouble

    @property
    def cause(self) -> Change | None:
        return self.history.cause(self.number)

    def undo_cause(self) -> None:
        """Take back the change that can have led the run into trouble, and the changes since."""
        self._go_to(self.history.undo_cause(self.number))

    @property
    def _state(self) -> UndoState:
        return UndoState.of(self.config, self.number, self.snapshot, self.received.trail, self.morphing.now)

    def mark(self) -> UndoState:
        self.history.release()  # what is changed from now on is another change
        return self._state

    @contextmanager
    def noting(self, label: str) -> Iterator[None]:
        """Make the changes of the block, as of a morph, which the trainer does not know, one step of Undo:
        ``label``."""
        before = self.mark()
        yield
        self._push(label, before, self._is_in_trouble)
        self.history.release()  # nor does what comes next join it

    def _push(self, label: str, before: UndoState, in_trouble: bool) -> None:
        """Note a change, and let go of the runs that cannot come back; without a label, forget all changes."""
        if label:
            self.history.push(Change(label, before, self._state, in_trouble))
        else:
            self.history.clear()
        self._trainer.send(commands.discard(frozenset(self.history.runs() | {self.number})))
        self.history_changed.emit()
        self.acted.emit()

    def _go_to(self, state: UndoState | None) -> None:
        if state is None:
            return
        self.morphing.forget_late()
        is_dead_end = self.diagnosis is not None and self.diagnosis.is_dead_end
        is_other, present = state.run != self.number, self.config
        if is_other:
            self._switch_to(state.run)
        self._set_config(state.config)
        self.morphing.bring_back(state.curves, state.position)
        if is_other:
            self._do(commands.restore, config=state.config, run=state.run)
        if state.snapshot is not None and is_dead_end and (is_other or differ_live(state.config, present)):
            snapshot = replace(state.snapshot, config=state.config)
            if self.time.playhead > snapshot.iteration:
                self.time.go_to_now()
            self.snapshot = snapshot
            self._set_diagnosis(None)  # the present one was of the dead end
            self._do(commands.rewind, snapshot=snapshot)
        elif not is_other:
            self._do(commands.apply, config=state.config)
        self.history_changed.emit()
        self.acted.emit()
