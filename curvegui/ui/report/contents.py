"""What is written on the page: the run at a snapshot, and the verdicts on a learner's file."""

from functools import partial

import numpy as np
from PySide6.QtCore import QDate, QLocale

from curvegui.core.arrays import FloatArray
from curvegui.core.inspection.portrait import Portrait
from curvegui.core.learner.learner import Snapshot
from curvegui.core.learner.recording import beside
from curvegui.core.settings.comparison import NOT_THERE, Comparison, compare_settings
from curvegui.core.settings.config import TrainingConfig
from curvegui.exercise.verdict.judge import ORDER
from curvegui.exercise.verdict.verdict import Grade, Verdict
from curvegui.figure.drawing.figure import Figure, TargetDrawing
from curvegui.figure.report.page import Judged, Report
from curvegui.session.run.session import Session
from curvegui.session.study.exercise import LearnerExercise
from curvegui.ui.exercise.verdict_row import WORDS, more_than_the_word
from curvegui.ui.look.theme import LIGHT
from curvegui.ui.study.weight_colours import weight_colour, weight_scale
from curvegui.ui.widgets.numbers import format_cost, format_number

MOST_TRAIL = 2_000  # more curves only cover each other
SIGNS = {Grade.RIGHT: "✓", Grade.WRONG: "✗", Grade.MISSING: "…", Grade.UNJUDGED: "…"}


def report_of(session: Session, snapshot: Snapshot, exercise: LearnerExercise | None) -> Report:
    """What is to be said of a run at a snapshot, and of the learner's file, if there is one."""
    config, reached = snapshot.config, format_number(snapshot.iteration)
    compared = [each for each in compare_settings(config, TrainingConfig(), format_number) if each.one != NOT_THERE]
    test = "" if snapshot.test_cost is None else f", test {format_cost(snapshot.test_cost)}"
    trail = session.received.trail.since(-1, MOST_TRAIL, last=snapshot.iteration).curves
    verdicts = exercise.report.functions if exercise is not None and exercise.report is not None else {}
    judged = [_judged(verdicts[name]) for name in ORDER if name in verdicts]
    right = sum(each.grade is Grade.RIGHT for each in verdicts.values())
    name = exercise.path.name if exercise is not None and exercise.path is not None else ""
    return Report(
        title=f"{config.curve_title} after {reached} iteration{'s' if snapshot.iteration != 1 else ''}",
        date=QLocale().toString(QDate.currentDate(), QLocale.FormatType.LongFormat),
        cost=format_cost(snapshot.cost) + test,
        figure=Figure(TargetDrawing.of(snapshot.target), trail, snapshot.fit),
        portrait=Portrait(snapshot),
        costs=_costs(session, snapshot),
        changed=[(each.label, each.one, _default(each)) for each in compared if not each.is_same],
        usual=[(each.label, each.one, "") for each in compared if each.is_same],
        number=format_number,
        colour=partial(weight_colour, scale=weight_scale(snapshot.parameters), theme=LIGHT),
        exercise=f"Exercise {name}: {right} of {len(judged)} right" if judged else "",
        verdicts=judged,
    )


def _default(compared: Comparison) -> str:
    return "" if compared.other == NOT_THERE else f"default: {compared.other}"


def _costs(session: Session, snapshot: Snapshot) -> FloatArray:
    """Rows of iteration, cost and test cost up to a snapshot."""
    received = session.received
    rows = received.costs.since(0)
    rows = np.column_stack([rows, beside(rows, received.test_costs.since(0))])
    test_cost = np.nan if snapshot.test_cost is None else snapshot.test_cost
    return np.vstack([rows[rows[:, 0] < snapshot.iteration], [snapshot.iteration, snapshot.cost, test_cost]])


def _judged(verdict: Verdict) -> Judged:
    place = "" if verdict.grade is Grade.RIGHT else verdict.place
    words = f"{WORDS[verdict.grade]}, {place}" if place else WORDS[verdict.grade]
    why = more_than_the_word(verdict)
    return Judged(SIGNS[verdict.grade], verdict.name, f"{words}. {why}" if why else words)
