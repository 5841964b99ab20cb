"""The present run as the window knows it: its settings, what has arrived of it, and the thread that computes it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from shiboken6 import isValid

from curvegui.core.diagnosis.diagnosis import Diagnosis
from curvegui.core.engine.arithmetic import USUAL, Arithmetic
from curvegui.core.learner.learner import Snapshot
from curvegui.core.settings.config import TrainingConfig
from curvegui.session.run.commands import Begin, CalculateWith, Pause, Run, Step
from curvegui.session.run.delivery import Delivery, Received
from curvegui.session.run.link import TrainerLink
from curvegui.session.run.phase import Phase
from curvegui.session.run.questions import Capture, LookBack, Question
from curvegui.session.run.time_machine import TimeMachine


class PresentRun(QObject):
    """A run that learns in a thread of its own; another one can take its place.

    Its parts: ``time`` looks back along the run, and ``received`` has its trail and its costs. What is ``wanted``
    computes it, where that is possible: see `settled`. The trainer's thread waits while ``gate`` is shut. ``snapshot``
    is the newest of the present run that has arrived, and ``best`` the iteration with the lowest cost since the target
    last changed.
    """

    config_changed = Signal(object)  # TrainingConfig
    phase_changed = Signal(object)  # Phase
    snapshot_ready = Signal(object)  # Delivery: the newest state of the run; `received` is up to date with it
    diagnosis_changed = Signal(object)  # Diagnosis or None
    failed = Signal(str)  # an error stopped the run: its message
    captured = Signal(object, object)  # the answer to `capture`: its label, and a RunRecord, or None if there is no run
    acted = Signal()  # a person has changed something: a setting, the run, or how far it is
    stepped = Signal()  # a person asked for single iterations

    def __init__(self, config: TrainingConfig, parent: QObject | None = None, *, wanted: Arithmetic = USUAL) -> None:
        super().__init__(parent)
        self.config = config
        self.phase = Phase.PAUSED
        self.snapshot: Snapshot | None = None
        self.diagnosis: Diagnosis | None = None
        self._seen = 0  # the last command that a snapshot has seen
        self._waiting: list[Callable[[], object]] = []  # until one has seen them all
        self.received = Received()
        self._delivery: Delivery | None = None  # the last one
        self.best = 0
        self.time = TimeMachine(self)
        self.time.set_speed(config.speed)
        self.time.asked.connect(self._look_back)
        self.wanted = wanted
        self._run = 0  # its number
        self._silent = -1, 0  # see `be_silent`
        self._trainer = TrainerLink(wanted, self)
        self.gate = self._trainer.gate
        self._trainer.notified.connect(self._collect)
        self._trainer.failed.connect(self._report_failure)
        self._trainer.answered.connect(self._take_answer)
        self._trainer.send(Begin(config, self._run))

    @property
    def number(self) -> int:
        """The number of the run, which no other one has had; Undo brings it back with the run."""
        return self._run

    def calculate_with(self, wanted: Arithmetic) -> None:
        """Compute all runs with something else from the next iteration on."""
        self.wanted = wanted
        self._trainer.send(CalculateWith(wanted))

    def _set_config(self, config: TrainingConfig) -> None:
        self.config = config
        self.time.set_speed(config.speed)
        self.config_changed.emit(config)

    def _follow(self, run: int) -> None:
        """Be the run of this number, of which nothing has arrived yet."""
        self._run = run
        self.snapshot = None
        self.time.follow(run, 0)

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

    def be_silent(self, iteration: int) -> None:
        """Say nothing of how the present run is doing, until it has gone on from an iteration."""
        self._silent = self._run, iteration

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
        if delivery is not None:
            with self.gate:
                self._take(delivery)

    def _take(self, delivery: Delivery) -> None:
        self.received.add(delivery)
        self.snapshot, self.best = delivery.snapshot, delivery.best[0]
        self.time.follow(delivery.run, delivery.snapshot.iteration)
        self._seen = delivery.command
        if not self._is_behind:
            self._set_phase(delivery.phase)
        self._delivery = delivery
        self.snapshot_ready.emit(delivery)
        is_silent = delivery.run == self._silent[0] and delivery.snapshot.iteration <= self._silent[1]
        self._set_diagnosis(None if is_silent else delivery.diagnosis)
        waiting, self._waiting = self._waiting, []
        for act in filter(_is_there, waiting):
            self.when_up_to_date(act)

    def tell_again(self) -> None:
        """Say how everything stands, for those who have not heard it before."""
        self.phase_changed.emit(self.phase)
        if self._delivery is not None:
            self.snapshot_ready.emit(self._delivery)
        self.diagnosis_changed.emit(self.diagnosis)

    @property
    def _is_behind(self) -> bool:
        """Whether a command of ours is still on its way."""
        return self._seen != self._trainer.command

    def when_up_to_date(self, act: Callable[[], object]) -> None:
        """Do something when the snapshot has seen all that was asked for: after a pause, the last iteration.

        Who asks for the same twice before that, as by a key that is pressed again, gets it once.
        """
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


def _is_there(act: Callable[[], object]) -> bool:
    """Whether what a method belongs to is there still: a window may have gone, and another one shows the session."""
    owner = getattr(getattr(act, "func", act), "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)
