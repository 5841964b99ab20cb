"""What a step of a lesson waits for: facts about the run and the inspection, and events since the step began."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from curvegui.core.inspection.chain_rule import chain_rule
from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot
from curvegui.core.network.parts import Neuron, Parameter
from curvegui.core.settings.config import TrainingConfig
from curvegui.core.settings.setting_changes import without_display
from curvegui.files.lesson.words import LESSON_SETTINGS, field_of
from curvegui.session.run.delivery import Phase
from curvegui.session.run.session import Session
from curvegui.session.study.inspection import Inspection, Pass


class TourWatch(QObject):
    """Answers what is true now, and tells when to ask again. It is asked at every delivery, so it only looks up."""

    changed = Signal()  # something that a condition can depend on

    def __init__(self, session: Session, inspection: Inspection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._inspection = session, inspection
        self._happened: set[str] = set()
        self._undone = session.history.undone
        self._facts: dict[str, Callable[[], Any]] = {**self._of_run(), **self._of_parts()}
        self.begin()
        session.about_to_leave.connect(self._note_leaving)
        session.history_changed.connect(self._note_history)
        session.stepped.connect(self._note_step)
        session.snapshot_ready.connect(self._look)
        session.phase_changed.connect(self._look)
        session.config_changed.connect(self._note_settings)
        session.diagnosis_changed.connect(self._look)
        session.time.moved.connect(self._look)
        inspection.selected_changed.connect(self.changed)
        inspection.ablated_changed.connect(self.changed)
        inspection.stretch_changed.connect(self.changed)
        inspection.stage_changed.connect(self.changed)
        inspection.point_changed.connect(self.changed)

    def begin(self) -> None:
        """A step begins: nothing has happened yet."""
        snapshot = self._session.snapshot
        self._happened.clear()
        self._steps = 0
        self._first = self._changed_at = snapshot.iteration if snapshot else None
        self._settings = without_display(self._session.config, like=TrainingConfig())
        self._curve = self._session.config.curve

    def note(self, event: str) -> None:
        """Take note of one of the ``EVENTS`` that the session does not report."""
        self._happened.add(event)
        self.changed.emit()

    def fact(self, subject: str) -> Any:
        """The value of a condition's subject; None if it is not known yet."""
        if subject in self._facts:
            return self._facts[subject]()
        if subject in self._happened:
            return True
        kind, _, finding = subject.partition(" ")
        if kind == "finding":
            diagnosis = self._session.diagnosis
            return diagnosis is not None and diagnosis.condition.value == finding
        return getattr(self._session.config, field_of(subject)) if subject in LESSON_SETTINGS else None

    def _of_run(self) -> dict[str, Callable[[], Any]]:
        session = self._session
        return {
            "running": lambda: session.phase.is_learning,
            "paused": lambda: not session.phase.is_learning,
            "finished": lambda: session.phase is Phase.FINISHED,
            "live": lambda: session.time.past is None,
            "looked back": lambda: session.time.past is not None,
            "curve changed": lambda: session.config.curve != self._curve,
            "iteration": lambda: session.snapshot.iteration if session.snapshot else None,
            "iterations made": lambda: self._iterations_since(self._first),
            "iterations since change": lambda: self._iterations_since(self._changed_at),
            "cost": lambda: session.snapshot.cost if session.snapshot else None,
            "steps": lambda: self._steps,
            "hidden neurons": lambda: sum(session.config.hidden),
            "output slope": self._output_slope,
        }

    def _of_parts(self) -> dict[str, Callable[[], Any]]:
        inspection = self._inspection
        return {
            "selected neuron": lambda: isinstance(inspection.selected, Neuron),
            "selected weight": lambda: self._selects_parameter(is_bias=False),
            "selected bias": lambda: self._selects_parameter(is_bias=True),
            "muted": lambda: bool(inspection.muted),
            "soloed": lambda: inspection.soloed is not None,
            "selected point": lambda: inspection.point is not None,
            "selected average": lambda: inspection.point is None,
            "selected layer": lambda: inspection.selected.layer if inspection.selected else None,
            "selected value": self._selected_value,
            "jacobian": self._jacobian,
            "brushed": lambda: inspection.stretch is not None,
            "stepped forward": lambda: self._stands_in(Pass.FORWARD),
            "stepped backward": lambda: self._stands_in(Pass.BACKWARD),
            "stepped update": lambda: self._stands_in(Pass.UPDATE),
        }

    def _selects_parameter(self, is_bias: bool) -> bool:
        selected = self._inspection.selected
        return isinstance(selected, Parameter) and selected.is_bias is is_bias

    def _stands_in(self, pass_: Pass) -> bool:
        stage = self._inspection.stage
        return stage is not None and stage.pass_ is pass_

    def _output_slope(self) -> float | None:
        inspected = self._inspected()
        if inspected is None:
            return None
        return float(inspected.network.layers[-1].activation.slope_at(*inspected.passed[-1]).mean())

    def _jacobian(self) -> float | None:
        """Of the selected parameter, at the point that is looked at; of the moment that is shown."""
        inspected, part = self._inspected(), self._parameter()
        if inspected is None or part is None:
            return None
        return chain_rule(inspected, part, self._inspection.point_in(inspected.t.size)).product

    def _selected_value(self) -> float | None:
        inspected, part = self._inspected(), self._parameter()
        if inspected is None or part is None:
            return None
        return float(inspected.snapshot.parameters[part.place_in(inspected.sizes)])

    def _parameter(self) -> Parameter | None:
        """The selected one, if the network that is shown has it."""
        inspected, part = self._inspected(), self._inspection.selected
        has_it = inspected is not None and isinstance(part, Parameter) and part.is_in(inspected.sizes)
        return part if has_it and isinstance(part, Parameter) else None

    def _inspected(self) -> InspectedSnapshot | None:
        seen = self._session.time.past or self._session.snapshot
        return None if seen is None else InspectedSnapshot(seen)

    def _iterations_since(self, first: int | None) -> int | None:
        snapshot = self._session.snapshot
        return None if snapshot is None or first is None else snapshot.iteration - first

    # What happens

    @Slot()
    def _note_leaving(self) -> None:
        """Another run comes: a new one, unless Undo or Redo brings it, which have already moved in the history."""
        self._first = self._changed_at = None
        if self._session.history.undone == self._undone:
            self._happened.add("reset")

    @Slot()
    def _note_history(self) -> None:
        undone = self._session.history.undone
        if undone > self._undone:
            self._happened.add("undone")
        self._undone = undone
        self.changed.emit()

    @Slot()
    def _note_step(self) -> None:
        self._steps += 1
        self.changed.emit()

    @Slot(object)
    def _note_settings(self, config: TrainingConfig) -> None:
        settings, snapshot = without_display(config, like=TrainingConfig()), self._session.snapshot
        if settings != self._settings:
            self._settings, self._changed_at = settings, snapshot.iteration if snapshot else None
        self._look(config)

    @Slot(object)
    def _look(self, what: object) -> None:
        if self._first is None and self._session.snapshot is not None:
            self._first = self._changed_at = self._session.snapshot.iteration
        self.changed.emit()
