"""The guided tour: a lesson, its present step, and which steps are done."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QSignalBlocker, Signal, Slot

from curvegui.core.curve.curve import Curve, ring
from curvegui.core.curve.guesses import mean_gap
from curvegui.core.inspection.chain_rule import chain_rule
from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot
from curvegui.core.language.text import listed, tr
from curvegui.core.network.parts import Neuron, Parameter
from curvegui.core.settings.config import SETTINGS, TrainingConfig
from curvegui.core.settings.setting import Effect
from curvegui.core.settings.setting_changes import without_display
from curvegui.files.lesson.condition import ConditionTerm
from curvegui.files.lesson.lesson import Lesson, LessonStep
from curvegui.files.lesson.words import LESSON_SETTINGS, field_of
from curvegui.session.run.delivery import Phase
from curvegui.session.run.session import Session
from curvegui.session.study.inspection import Inspection, Pass

MOST_POSITIONS = 20  # the latest ones
MOST_STEPS = 1_000  # no lesson has more


@dataclass(frozen=True)
class TourPosition:
    """The number of a step, from 0, and the steps that were done."""

    number: int = 0
    done: frozenset[int] = frozenset()


def position_in(text: str, lesson: str) -> TourPosition | None:
    """Where a lesson was left; None if it was left nowhere, or if the text is broken."""
    saved = _positions(text).get(lesson)
    if not isinstance(saved, dict) or not _is_step(saved.get("step")):
        return None
    done = saved.get("done")
    return TourPosition(saved["step"], frozenset(filter(_is_step, done)) if isinstance(done, list) else frozenset())


def with_position(text: str, lesson: str, position: TourPosition | None) -> str:
    """The text with another position of a lesson; with None, the lesson was taken, and is not resumed."""
    positions = _positions(text)
    positions.pop(lesson, None)
    positions[lesson] = {} if position is None else {"step": position.number, "done": sorted(position.done)}
    latest = list(positions.items())[-MOST_POSITIONS:]
    return json.dumps(dict(latest))


def lessons_in(text: str) -> list[str]:
    return list(reversed(_positions(text)))


def _positions(text: str) -> dict[str, object]:
    try:
        positions = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return {}
    return positions if isinstance(positions, dict) else {}


def _is_step(number: object) -> bool:
    return type(number) is int and 0 <= number < MOST_STEPS


class TourWatch(QObject):
    """Knows the facts that the conditions of a lesson ask for, and says when one of them may have changed."""

    changed = Signal()  # something that a condition can depend on

    def __init__(self, session: Session, inspection: Inspection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._inspection = session, inspection
        self._happened: set[str] = set()
        self._undone = session.history.undone
        self._facts: dict[str, Callable[[], Any]] = self._all_facts()
        self.begin()
        session.about_to_leave.connect(self._note_leaving)
        session.history_changed.connect(self._note_history)
        session.stepped.connect(self._note_step)
        session.config_changed.connect(self._note_settings)
        for of_run in (session.snapshot_ready, session.phase_changed, session.diagnosis_changed, session.time.moved):
            of_run.connect(self._look)
        for of_parts in (
            inspection.selected_changed, inspection.ablated_changed, inspection.stretch_changed,
            inspection.stage_changed, inspection.point_changed,
        ):  # fmt: skip
            of_parts.connect(self.changed)

    def begin(self) -> None:
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
        if subject in self._facts:
            return self._facts[subject]()
        if subject in self._happened:
            return True
        kind, _, finding = subject.partition(" ")
        if kind == "finding":
            diagnosis = self._session.diagnosis
            return diagnosis is not None and diagnosis.condition.value == finding
        return getattr(self._session.config, field_of(subject)) if subject in LESSON_SETTINGS else None

    def due(self, term: ConditionTerm) -> int | None:
        """The iteration at which a term begins to hold that counts iterations; None for any other term."""
        begins = {"iteration": 0, "iterations made": self._first, "iterations since change": self._changed_at}
        begin = begins.get(term.subject)
        return None if begin is None or term.relation not in (">=", "≥") else begin + int(term.value)

    def _all_facts(self) -> dict[str, Callable[[], Any]]:
        session, inspection = self._session, self._inspection
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
            "selected neuron": lambda: isinstance(inspection.selected, Neuron),
            "selected weight": lambda: isinstance(inspection.selected, Parameter) and not inspection.selected.is_bias,
            "selected bias": lambda: isinstance(inspection.selected, Parameter) and inspection.selected.is_bias,
            "muted": lambda: bool(inspection.muted),
            "soloed": lambda: inspection.soloed is not None,
            "selected point": lambda: inspection.point is not None,
            "selected average": lambda: inspection.point is None,
            "selected layer": lambda: inspection.selected.layer if inspection.selected else None,
            "selected value": lambda: self._of_selected(_value),
            "jacobian": lambda: self._of_selected(self._jacobian),
            "brushed": lambda: inspection.stretch is not None,
            **{f"stepped {each.value}": partial(self._stands_in, each) for each in Pass},
        }

    def _stands_in(self, pass_: Pass) -> bool:
        stage = self._inspection.stage
        return stage is not None and stage.pass_ is pass_

    def _output_slope(self) -> float | None:
        inspected = self._inspected()
        if inspected is None:
            return None
        return float(inspected.network.layers[-1].activation.slope_at(*inspected.passed[-1]).mean())

    def _of_selected(self, measured: Callable[[InspectedSnapshot, Parameter], float]) -> float | None:
        """A number of the selected parameter at the moment that is shown, if there is one."""
        inspected, part = self._inspected(), self._inspection.selected
        has_it = inspected and isinstance(part, Parameter) and part.is_in(inspected.sizes)
        return measured(inspected, part) if inspected and isinstance(part, Parameter) and has_it else None

    def _jacobian(self, inspected: InspectedSnapshot, part: Parameter) -> float:
        return chain_rule(inspected, part, self._inspection.point_in(inspected.t.size)).product

    def _inspected(self) -> InspectedSnapshot | None:
        seen = self._session.time.past or self._session.snapshot
        return None if seen is None else InspectedSnapshot(seen)

    def _iterations_since(self, first: int | None) -> int | None:
        snapshot = self._session.snapshot
        return None if snapshot is None or first is None else snapshot.iteration - first

    @Slot()
    def _note_leaving(self) -> None:
        """Note that another run comes: a new one, unless Undo or Redo, which have moved in the history, bring it."""
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


def _value(inspected: InspectedSnapshot, part: Parameter) -> float:
    return float(inspected.snapshot.parameters[part.index_in(inspected.sizes)])


USUAL = TrainingConfig()
SIZES = "hidden", "points", "train_one_in", "optimizer", "weight_decay"  # together they may ask for too much memory

Answer = float | Curve
"""An answer to a question: the index among the question's answers, a number, or a curve that was drawn."""


class AnswerOutcome(NamedTuple):
    """What happened after an answer: the iteration, and what was measured then; None if nothing was measured."""

    iteration: int
    seen: float | None  # the number that was asked for, or how far the fit is from a drawn curve


class Tour(QObject):
    """Leads through a lesson. It only watches: a person can go to any step at any time.

    ``number`` is the present step, from 0; ``done`` are the steps whose condition has been met while they were shown.
    ``has_set`` are the settings that the present step has changed, and ``has_begun``: it has begun a run. ``setting``
    is the step that has set them: in a resumed lesson, a step with the settings of all steps before. ``answers`` are
    the answers to questions, by step, and ``outcomes`` what happened then: at once, or after the experiment that
    follows the answer."""

    moved = Signal()  # another step, another lesson, or none
    done_changed = Signal()  # the present step is done

    def __init__(self, session: Session, inspection: Inspection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._watch = TourWatch(session, inspection, self)
        self._watch.changed.connect(self._look)
        self.note = self._watch.note
        self.lesson: Lesson | None = None
        self.setting: LessonStep | None = None
        self.number = 0
        self.done: frozenset[int] = frozenset()
        self.has_set: tuple[str, ...] = ()
        self.has_begun = False
        self.answers: dict[int, Answer] = {}
        self.outcomes: dict[int, AnswerOutcome] = {}
        self._before, self._concerned = session.config, set[str]()

    @property
    def step(self) -> LessonStep | None:
        return self.lesson.steps[self.number] if self.lesson else None

    @property
    def is_done(self) -> bool:
        return self.number in self.done

    @property
    def is_last(self) -> bool:
        return self.lesson is not None and self.number == len(self.lesson.steps) - 1

    @property
    def changed(self) -> dict[str, Any]:
        """Settings that the tour has set or asked for and that are not as before the tour, with their values then."""
        then = {name: getattr(self._before, name) for name in sorted(self._concerned)}
        return {name: value for name, value in then.items() if value != getattr(self._session.config, name)}

    @property
    def position(self) -> TourPosition:
        return TourPosition(self.number, self.done)

    def begin(self, lesson: Lesson, position: TourPosition | None = None) -> None:
        """Begin a lesson, or resume it where it was left, with the run and the settings that it has there."""
        self._session.be_exact("lesson")
        self.lesson, self.answers, self.outcomes = lesson, {}, {}
        self._before, self._concerned = self._session.config, set()
        count = len(lesson.steps)
        number = min(position.number, count - 1) if position else 0
        self.done = frozenset(each for each in position.done if each < count) - {number} if position else frozenset()
        setting, present = lesson.resumed(number), self._session.config
        wanted = replace(USUAL if setting.is_usual else present, **setting.settings)
        has_all = without_display(wanted, like=present) == present
        self._show(number, setting if lesson.steps[number].begins_run or not has_all else None)

    def leave(self) -> None:
        if self.lesson is not None:
            self._session.be_exact("lesson", False)
            self._session.pause_at(None)
            self.lesson = None
            self.moved.emit()

    def go_to(self, number: int) -> None:
        """Show a step. Going forward to a step that is not done changes its settings."""
        if self.lesson is None or not 0 <= number < len(self.lesson.steps) or number == self.number:
            return
        left = self.lesson.steps[self.number]
        if left.until is None and left.question is None and number > self.number:
            self.done |= {self.number}  # it was read
        self._show(number, self.lesson.steps[number] if number > self.number and number not in self.done else None)

    def answer(self, given: Answer) -> None:
        """Keep the answer to the present question; the step is done when the answer can be compared with something."""
        self.answers[self.number] = given
        self.outcomes.pop(self.number, None)
        if self.step is not None and self.step.until is not None:
            self.done -= {self.number}
            self._watch.begin()
            self.done_changed.emit()
            self._look()
        else:
            self._compare()

    def answer_anew(self) -> None:
        self.answers.pop(self.number, None)
        self.done_changed.emit()

    def is_right(self, number: int) -> bool:
        """Whether the answer to a step's question, which has an outcome, is right."""
        given, seen = self.answers[number], self.outcomes[number].seen
        question = self.lesson.steps[number].question if self.lesson else None
        compared = seen if isinstance(given, Curve) else given
        return question is not None and compared is not None and question.is_right(compared, seen)

    def _compare(self) -> None:
        question, snapshot = self.step.question if self.step else None, self._session.snapshot
        given, seen = self.answers.get(self.number), None
        if question is None or given is None:
            return
        if isinstance(given, Curve) and snapshot is not None:
            seen = mean_gap(snapshot.fit, ring(given.points, given.closed))
        elif question.measure:
            seen = self._watch.fact(question.measure)
        if seen is not None or not (question.is_measured or question.draws):
            self.outcomes[self.number] = AnswerOutcome(snapshot.iteration if snapshot else 0, seen)
            self.done |= {self.number}
        self.done_changed.emit()

    def _show(self, number: int, setting: LessonStep | None) -> None:
        self.number, self.has_set, self.has_begun, self.setting = number, (), False, setting
        step = self.step
        if step is not None:
            terms = [term for terms in step.until.alternatives for term in terms] if step.until else []
            self._concerned |= {field_of(term.subject) for term in terms if term.subject in LESSON_SETTINGS}
            self._concerned |= step.settings.keys()
        if setting is not None and (setting.settings or setting.begins_run):
            present, self.has_begun = self._session.config, setting.begins_run
            self.has_set = tuple(name for name, value in setting.settings.items() if getattr(present, name) != value)
            anew = tuple(SETTINGS) if setting.is_usual else SIZES if present.refusal(**setting.settings) else ()
            usual = {name: getattr(USUAL, name) for name in anew}
            self._concerned |= usual.keys() | setting.settings.keys()
            with QSignalBlocker(self._watch):  # the run before it must not do what this step waits for
                self._set({**usual, **setting.settings})
        self._watch.begin()
        self.moved.emit()
        self._look()

    def _set(self, settings: dict[str, Any]) -> None:
        """Change settings for the step; another curve, other layers or another seed begin another run."""
        self._session.time.go_to_now()  # where the new settings are seen
        session, names = self._session, self.has_set
        if self.has_begun:
            session.pause()  # where Undo leads back to
            learned = self.setting.learned if self.setting else 0
            session.begin(session.config.changed(**settings), tr("New run"), paused=True, learned=learned)
        elif any(SETTINGS[name].effect is Effect.RESTART or name in {"curve", "hidden"} for name in names):
            session.begin(session.config.changed(**settings), listed([SETTINGS[name].label for name in names]))
        else:
            self._session.edit(**settings)

    def _measured_at(self) -> int | None:
        """The iteration at which the run pauses, so that the present question is measured there; None where the step
        waits for something else."""
        step = self.step
        if step is None or step.until is None or not step.question or self.is_done or self.number not in self.answers:
            return None
        terms = step.until.alternatives[0]
        return self._watch.due(terms[0]) if len(step.until.alternatives) == len(terms) == 1 else None

    @Slot()
    def _look(self) -> None:
        step = self.step
        self._session.pause_at(self._measured_at())
        if step is None or step.until is None or self.is_done or (step.question and self.number not in self.answers):
            return
        if step.until.holds(self._watch.fact):
            if step.question is None:
                self.done |= {self.number}
                self.done_changed.emit()
            else:
                self._compare()
