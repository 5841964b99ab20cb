"""The session: the one owner of the settings and of the run, which the window talks to."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from curvegui.core.engine.arithmetic import USUAL, Arithmetic
from curvegui.core.language.text import listed, tr
from curvegui.core.learner.engines import settled, words_for
from curvegui.core.run.record import RunRecord
from curvegui.core.settings.config import SETTINGS, TrainingConfig
from curvegui.core.settings.run_settings import MAX_SEED
from curvegui.core.settings.setting import Effect
from curvegui.core.settings.setting_changes import without_display
from curvegui.session.run.commands import Apply, Begin, Branch, Command, Discard, Open, Rewind
from curvegui.session.run.earlier import BEFORE, EarlierRun, Predecessor
from curvegui.session.run.history import Change, History, UndoState, differ_live
from curvegui.session.run.morphing import Morphing
from curvegui.session.run.network_edits import NetworkEdits
from curvegui.session.run.phase import Phase
from curvegui.session.run.present import PresentRun


class Session(PresentRun):
    """One run, alive, and all that can be changed of it and undone.

    Its further parts: ``network`` edits the network, ``morphing`` lets the curve go over into others, and ``history``
    has the changes that Undo takes back. ``predecessor`` is that of the newest run.
    """

    history_changed = Signal()
    earlier_changed = Signal()  # there is another run to compare this one with
    renewed = Signal()  # a run has begun, was opened, or has other layers: not the same network, set by hand or undone
    engine_changed = Signal(str)  # another engine goes on with a run that was opened: a sentence
    about_to_leave = Signal()  # another run replaces this one next; a `capture` that is asked for now records this one

    def __init__(self, config: TrainingConfig, parent: QObject | None = None, *, wanted: Arithmetic = USUAL) -> None:
        super().__init__(config, parent, wanted=wanted)
        self.history, self.network = History(), NetworkEdits(self)
        self.morphing = Morphing(self, self.history, self.edit_as, self._noting)
        self.renewed.connect(self.morphing.stop)
        self._newest_run, self.predecessor = self._run, Predecessor(None)
        self._opened: tuple[RunRecord, int] | None = None  # and the last command then
        self._before: EarlierRun | None = None
        self._chosen: EarlierRun | None = None

    # Settings

    def edit(self, **changes: Any) -> None:
        """Change settings; the run goes on, or a new one begins where it must. Can be undone, as what they are called.

        Raises ``ValueError`` if a value is not allowed: a sentence for people. Nothing has changed then.
        """
        self.edit_as("", **changes)

    def edit_as(self, label: str, /, **changes: Any) -> None:
        """The same; it can be undone as ``label``."""
        config = self.config.changed(**changes)
        changed = [name for name in changes if getattr(config, name) != getattr(self.config, name)]
        if not changed:
            return
        label = label or listed([SETTINGS[name].label for name in changed])
        if any(SETTINGS[name].effect is Effect.RESTART for name in changed):
            self.replace_run(label, partial(Begin, config), config, predecessor=Predecessor(self._run, is_restart=True))
        elif config.hidden != self.config.hidden:
            self.network.change_layers(label, config)
        else:
            snapshot = self.snapshot if differ_live(self.config, config) else None
            before = replace(self._state, snapshot=snapshot)
            self._set_config(config)
            self._trainer.send(Apply(config))
            self._push(label, before, self._is_in_trouble)

    def reset(self, label: str = "", **changes: Any) -> None:
        """Begin again, from the same seed unless it is among the changes. Can be undone as ``label``, or as a reset.

        The new run learns if the present one does, or has ended by itself.
        """
        config = self.config.changed(**changes)
        self.replace_run(
            label or tr("Reset"), partial(Begin, config), config, predecessor=Predecessor(self._run, is_restart=True)
        )

    def reset_with_seed(self, seed: int) -> None:
        """Begin again from another seed. Can be undone."""
        self.reset(tr("New seed"), seed=seed % (MAX_SEED + 1))

    # Another run

    def begin(self, config: TrainingConfig, label: str = "", *, paused: bool = False) -> None:
        """Begin another run. Can be undone as ``label``; without one, nothing before it can be undone any more.

        It learns if the present one does, or has ended by itself, unless it is to be ``paused``.
        """
        begin, phase = partial(Begin, config, paused=paused), Phase.PAUSED if paused else None
        self.replace_run(label, begin, config, phase, predecessor=Predecessor(None))

    def open(self, record: RunRecord, label: str = "", of: int | None = None) -> bool:
        """Go on with a recorded run, paused. Can be undone as ``label``; without one, nothing before it can be.

        It is another run, unless it is a record ``of`` one that Undo can bring back, given by its number.
        The same one again is no change, unless something has been done with it since: a double click opens it once.
        Returns whether it is a change.
        """
        if label and self._opened and self._opened[1] == self._trainer.command and self._opened[0].stands_like(record):
            return False
        self.replace_run(label, partial(Open, record), record.config, Phase.PAUSED, predecessor=Predecessor(of))
        self._opened = record, self._trainer.command
        before = record.last_arithmetic
        now = settled(self.wanted, record.config.sizes)
        if record.iteration and before is not None and before != now:
            told = {"before": words_for(before), "now": words_for(now)}
            self.engine_changed.emit(tr("Computed so far by: {before}. Goes on with: {now}.", **told))
        return True

    def go_on_from_here(self) -> None:
        """Learn on from the iteration that is looked back to, with the settings of then. Can be undone."""
        past = self.time.past
        if past is not None:
            config = without_display(past.config, like=self.config)
            self.replace_run(tr("Go on from here"), partial(Branch, past.iteration), config, Phase.LEARNING)

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
        predecessor: Predecessor | None = None,
    ) -> None:
        """Go on with another run, with other settings and in another phase if they are given.

        Without a ``predecessor``, it goes on from the present run.

        ``command`` makes the command that begins it, from its number. It can be undone as ``label``; if that is empty,
        nothing before it can be undone any more. If it ``joins`` and continues the last change, the present run stays,
        and the command is for that one.
        """
        if joins and self.history.joins_last(label, self._run):
            self._trainer.send(command(self._run))
            self.acted.emit()
            return
        before, in_trouble = self._state, self._is_in_trouble
        self.predecessor = predecessor or Predecessor(self._run)
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
            self._before = EarlierRun(tr(BEFORE), self.snapshot.cost, self.snapshot.fit, self.received.costs)
            self.earlier_changed.emit()
        self._follow(run)

    @property
    def earlier(self) -> EarlierRun | None:
        """The run to compare the present one with: one that was chosen, or else the one before it."""
        return self._chosen or self._before

    def compare_with(self, chosen: EarlierRun | None) -> None:
        """Compare with this run from now on, or again with the one before."""
        if chosen is not self._chosen:
            self._chosen = chosen
            self.earlier_changed.emit()

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
        self._go_to(self.history.undo_cause(self._run))

    @property
    def _state(self) -> UndoState:
        return UndoState.of(self.config, self._run, self.snapshot, self.received.trail, self.morphing.now)

    def mark(self) -> UndoState:
        """The settings and the run of now; see `History.steps_to`."""
        self.history.release()  # what is changed from now on is another change
        return self._state

    @contextmanager
    def _noting(self, label: str) -> Iterator[None]:
        """Note what is changed within, which the trainer knows nothing of. Can be undone by itself as ``label``."""
        before = self.mark()
        yield
        self._push(label, before, self._is_in_trouble)
        self.history.release()  # nor does what comes next join it

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
        self.morphing.forget_late()
        is_dead_end = self.diagnosis is not None and self.diagnosis.is_dead_end
        commands = state.commands_from(self._state, is_dead_end)
        if state.run != self._run:
            self._switch_to(state.run)
        self._set_config(state.config)
        self.morphing.bring_back(state.curves, state.position)
        for command in commands:
            if isinstance(command, Rewind):
                self._show_rewound(command.snapshot)
            self._trainer.send(command)
        self.history_changed.emit()
        self.acted.emit()
