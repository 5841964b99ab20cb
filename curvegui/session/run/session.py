"""The session: the one owner of the settings and of the run, which the window talks to."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from curvegui.core.diagnosis.diagnosis import Diagnosis
from curvegui.core.engine.arithmetic import USUAL, Arithmetic
from curvegui.core.learner.keyframes import bytes_after
from curvegui.core.learner.learner import Snapshot
from curvegui.core.run.record import RunRecord
from curvegui.core.settings.config import SETTINGS, TrainingConfig
from curvegui.core.settings.run_settings import MAX_SEED
from curvegui.core.settings.setting import Effect
from curvegui.core.settings.setting_changes import without_display
from curvegui.session.run.commands import (
    Apply,
    Begin,
    Branch,
    CalculateWith,
    Command,
    Discard,
    Open,
    Pause,
    Rewind,
    Run,
    Step,
)
from curvegui.session.run.delivery import Received
from curvegui.session.run.earlier import BEFORE, EarlierRun
from curvegui.session.run.history import Change, History, UndoState, differ_live
from curvegui.session.run.link import TrainerLink
from curvegui.session.run.network_edits import NetworkEdits
from curvegui.session.run.phase import Phase
from curvegui.session.run.preparation import Preparation
from curvegui.session.run.questions import Capture, LookBack, Question
from curvegui.session.run.time_machine import TimeMachine


class Session(QObject):
    """One run, alive: its settings, its undo history, its thread.

    Its parts: ``network`` edits the network, ``time`` looks back along the run, ``received`` has its trail and its
    costs, and ``preparation``, which the window begins, makes ready what is ``wanted`` to compute; NumPy computes until
    then. The trainer's thread waits while ``gate`` is shut. ``snapshot`` is the newest of the present run that has
    arrived, and ``best`` the iteration with the lowest cost since the target last changed.
    """

    config_changed = Signal(object)  # TrainingConfig
    phase_changed = Signal(object)  # Phase
    snapshot_ready = Signal(object)  # Delivery: the newest state of the run; `received` is up to date with it
    diagnosis_changed = Signal(object)  # Diagnosis or None
    history_changed = Signal()
    failed = Signal(str)  # an error stopped the run: its message
    captured = Signal(object, object)  # the answer to `capture`: its label, and a RunRecord, or None if there is no run
    acted = Signal()  # a person has changed something: a setting, the run, or how far it is
    stepped = Signal()  # a person asked for single iterations
    earlier_changed = Signal()  # there is another run to compare this one with
    renewed = Signal()  # a run has begun, was opened, or has other layers: not the same network, set by hand or undone
    about_to_leave = Signal()  # another run replaces this one next; a `capture` that is asked for now records this one

    def __init__(self, config: TrainingConfig, parent: QObject | None = None, *, wanted: Arithmetic = USUAL) -> None:
        super().__init__(parent)
        self.config = config
        self.phase = Phase.PAUSED
        self.snapshot: Snapshot | None = None
        self.diagnosis: Diagnosis | None = None
        self._seen = 0  # the last command that a snapshot has seen
        self._waiting: list[Callable[[], object]] = []  # until one has seen them all
        self.received = Received()
        self.best = 0
        self.history, self.network = History(), NetworkEdits(self)
        self.time = TimeMachine(self)
        self.time.set_speed(config.speed)
        self.time.asked.connect(self._look_back)
        self.preparation = Preparation(wanted, self)
        self.preparation.changed.connect(self._hand_over)
        self._run = self._newest_run = 0
        self._silent = -1, 0  # see `be_silent`
        self._opened: tuple[RunRecord, int] | None = None  # and the last command then
        self._before: EarlierRun | None = None
        self._chosen: EarlierRun | None = None
        self._trainer = TrainerLink(wanted if self.preparation.is_ready else USUAL, self)
        self.gate = self._trainer.gate
        self._trainer.notified.connect(self._collect)
        self._trainer.failed.connect(self._report_failure)
        self._trainer.answered.connect(self._take_answer)
        self._trainer.send(Begin(config, self._run))

    @Slot()
    def _hand_over(self) -> None:
        """Compute with what is wanted, if that is prepared."""
        if self.preparation.is_ready:
            self._trainer.send(CalculateWith(self.preparation.wanted))

    # Settings

    def edit(self, **changes: Any) -> None:
        """Change settings; the run goes on, or a new one begins where it must. Can be undone.

        Raises ``ValueError`` if a value is not allowed: a sentence for people. Nothing has changed then.
        """
        config = self.config.changed(**changes)
        changed = [name for name in changes if getattr(config, name) != getattr(self.config, name)]
        if not changed:
            return
        label = " and ".join(SETTINGS[name].label for name in changed)
        if any(SETTINGS[name].effect is Effect.RESTART for name in changed):
            self.replace_run(label, partial(Begin, config), config)
        elif config.hidden != self.config.hidden:
            self.network.change_layers(label, config)
        else:
            snapshot = self.snapshot if differ_live(self.config, config) else None
            before = replace(self._state, snapshot=snapshot)
            self._set_config(config)
            self._trainer.send(Apply(config))
            self._push(label, before, self._is_in_trouble)

    def reset(self, label: str = "Reset", **changes: Any) -> None:
        """Begin again, from the same seed unless it is among the changes. Can be undone as ``label``."""
        config = self.config.changed(**changes)
        self.replace_run(label, partial(Begin, config), config)

    def reset_with_seed(self, seed: int) -> None:
        """Begin again from another seed. Can be undone."""
        self.reset("New seed", seed=seed % (MAX_SEED + 1))

    # Another run

    def begin(self, config: TrainingConfig) -> None:
        """Begin a run with other settings; nothing before it can be undone any more."""
        self.replace_run("", partial(Begin, config), config)

    def open(self, record: RunRecord, label: str = "") -> None:
        """Go on with a recorded run, paused. Can be undone as ``label``; without one, nothing before it can be.

        The same one again is no change, unless something has been done with it since: a double click opens it once.
        """
        if label and self._opened and self._opened[1] == self._trainer.command and self._opened[0].stands_like(record):
            return
        self.preparation.add(arithmetic for _, arithmetic in record.arithmetics)  # to look back to the last bit
        self.replace_run(label, partial(Open, record), record.config, Phase.PAUSED)
        self._opened = record, self._trainer.command

    def go_on_from_here(self) -> None:
        """Learn on from the iteration that is looked back to, with the settings of then. Can be undone."""
        past = self.time.past
        if past is not None:
            config = without_display(past.config, like=self.config)
            self.replace_run("Go on from here", partial(Branch, past.iteration), config, Phase.LEARNING)

    def go_on_from(self, iteration: int, label: str, **changes: Any) -> None:
        """Learn on from an iteration of the run, with the present settings and these. Can be undone as ``label``."""
        config = self.config.changed(**changes)
        self.replace_run(label, partial(Branch, iteration), config, Phase.LEARNING)
        self._trainer.send(Apply(config))

    def replace_run(
        self,
        label: str,
        command: Callable[[int], Command],
        config: TrainingConfig | None = None,
        phase: Phase | None = None,
        *,
        joins: bool = False,
    ) -> None:
        """Go on with another run, with other settings and in another phase if they are given.

        ``command`` makes the command that begins it, from its number. It can be undone as ``label``; if that is empty,
        nothing before it can be undone any more. If it ``joins`` and continues the last change, the present run stays,
        and the command is for that one.
        """
        if joins and self.history.joins_last(label, self._run):
            self._trainer.send(command(self._run))
            self.acted.emit()
            return
        before, in_trouble = self._state, self._is_in_trouble
        self._newest_run += 1
        self._switch_to(self._newest_run)
        if config is not None:
            self._set_config(config)
        if phase is not None:
            self._set_phase(phase)
        self._trainer.send(command(self._run))
        self._push(label, before, in_trouble)
        if not joins:
            self.renewed.emit()

    def _switch_to(self, run: int) -> None:
        self.about_to_leave.emit()
        if self.snapshot is not None and self.snapshot.iteration > 0:  # the costs are lists that nobody changes again
            self._before = EarlierRun(BEFORE, self.snapshot.cost, self.snapshot.fit, self.received.costs)
            self.earlier_changed.emit()
        self._run = run
        self.snapshot = None
        self.time.follow(run, 0)

    @property
    def earlier(self) -> EarlierRun | None:
        """The run to compare the present one with: one that was chosen, or else the one before it."""
        return self._chosen or self._before

    def compare_with(self, chosen: EarlierRun | None) -> None:
        """Compare with this run from now on, or again with the one before."""
        if chosen is not self._chosen:
            self._chosen = chosen
            self.earlier_changed.emit()

    def _set_config(self, config: TrainingConfig) -> None:
        self.config = config
        self.time.set_speed(config.speed)
        self.config_changed.emit(config)

    def be_silent(self, iteration: int) -> None:
        """Say nothing of how the present run is doing, until it has gone on from an iteration."""
        self._silent = self._run, iteration

    # Undo

    def undo(self) -> None:
        """Take the last change back, and with it the run that it replaced.

        If the change led the present run into a dead end, the run goes back to before it too.
        """
        self._go_to(self.history.undo())

    def redo(self) -> None:
        """Bring the last undone change back."""
        self._go_to(self.history.redo(self.snapshot))

    @property
    def _is_in_trouble(self) -> bool:
        return self.diagnosis is not None and self.diagnosis.is_trouble

    @property
    def cause(self) -> Change | None:
        """The change that can have led the run to where it is."""
        return self.history.cause(self._run)

    def undo_cause(self) -> None:
        """Take back the change that can have led the run to where it is, and those since."""
        cause, state = self.cause, None
        for _ in range(self.history.steps_back(cause) if cause else 0):
            state = self.history.undo()
        self._go_to(state)

    @property
    def _state(self) -> UndoState:
        now, noted = self.snapshot, 0
        if now is not None:
            frame = now.parameters.nbytes + now.state.nbytes
            noted = self.received.trail.nbytes + bytes_after(now.iteration, frame)
        return UndoState(self.config, self._run, noted=noted)

    def mark(self) -> UndoState:
        """The settings and the run of now; see `steps_to`."""
        self.history.release()  # what is changed from now on is another change
        return self._state

    def steps_to(self, state: UndoState) -> int:
        """How many changes Undo takes back to come to a state; 0 where that is not possible, or not needed."""
        present = self._state
        return 0 if state == present else self.history.steps_to(lambda change: change.before == state)

    def _push(self, label: str, before: UndoState, in_trouble: bool) -> None:
        """Note a change, and let go of the runs that cannot come back; without a label, forget every change."""
        if label:
            self.history.push(Change(label, before, self._state, in_trouble))
        else:
            self.history.clear()
        self._trainer.send(Discard(frozenset(self.history.runs() | {self._run})))
        self.history_changed.emit()
        self.acted.emit()

    def _go_to(self, state: UndoState | None) -> None:
        if state is None:
            return
        is_dead_end = self.diagnosis is not None and self.diagnosis.is_dead_end
        commands = state.commands_from(self._state, is_dead_end)
        if state.run != self._run:
            self._switch_to(state.run)
        self._set_config(state.config)
        for command in commands:
            if isinstance(command, Rewind):
                self._show_rewound(command.snapshot)
            self._trainer.send(command)
        self.history_changed.emit()
        self.acted.emit()

    def _show_rewound(self, snapshot: Snapshot) -> None:
        if self.time.playhead > snapshot.iteration:
            self.time.go_to_now()
        self.snapshot = snapshot
        self._set_diagnosis(None)  # until the next one arrives: this one was of the dead end

    # Running

    def run(self) -> None:
        """Learn on, to the goal; from the goal, as many iterations again. The run is then seen live."""
        self.time.go_to_now()
        self._set_phase(Phase.LEARNING)
        self._trainer.send(Run())

    def pause(self) -> None:
        """Make no more iterations for now."""
        self._set_phase(Phase.PAUSED)
        self._trainer.send(Pause())

    def toggle(self) -> None:
        """Run, or pause."""
        if self.phase.is_learning:
            self.pause()
        else:
            self.run()

    def step(self, count: int) -> None:
        """Make so many iterations, then pause."""
        self._trainer.send(Step(count))
        self.acted.emit()
        self.stepped.emit()

    def _set_phase(self, phase: Phase) -> None:
        if phase is not self.phase:
            self.phase = phase
            self.phase_changed.emit(phase)

    # Looking

    @property
    def shown(self) -> Snapshot | None:
        """What is seen: the iteration that is looked back to, or the newest."""
        return self.time.past or self.snapshot

    def capture(self, label: object, iteration: int = -1) -> None:
        """Ask for a record of the run, up to an iteration or as it stands: ``captured`` brings it with the label."""
        self._trainer.send(Capture(label, iteration))

    @Slot(int, int)
    def _look_back(self, run: int, iteration: int) -> None:
        self._trainer.send(LookBack(run, iteration))

    # What comes back

    @Slot(object, object)
    def _take_answer(self, question: Question, answer: Any) -> None:
        if isinstance(question, Capture):
            self.captured.emit(question.label, answer)
        elif isinstance(question, LookBack):
            self.time.show_answer(question.run, answer)

    @Slot()
    def _collect(self) -> None:
        delivery = self._trainer.mailbox.take(self._run)
        if delivery is None:
            return
        self.received.add(delivery)
        self.snapshot, self.best = delivery.snapshot, delivery.best[0]
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
        """Whether a command of ours is still on its way."""
        return self._seen != self._trainer.command

    def when_up_to_date(self, act: Callable[[], object]) -> None:
        """Do something when the snapshot has seen all that was asked for: after a pause, the last iteration."""
        if self._is_behind:
            self._waiting.append(act)
        else:
            act()

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
        return self._trainer.close()
