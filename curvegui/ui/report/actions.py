"""The actions that bring what is shown onto a page."""

from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QDate, QLocale, QObject, QTimer, Slot

from curvegui.core.arrays import FloatArray
from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot
from curvegui.core.language.text import tr, tr_n
from curvegui.core.learner.learner import Snapshot
from curvegui.core.learner.recording import beside
from curvegui.core.settings.comparison import NOT_THERE, SettingsComparison, compare_settings
from curvegui.core.settings.config import TrainingConfig
from curvegui.exercise.verdict.judge import ORDER
from curvegui.exercise.verdict.verdict import Grade, Verdict
from curvegui.figure.drawing.figure import Figure
from curvegui.figure.drawing.target_drawing import TargetDrawing
from curvegui.figure.report.page import Judged, RunReport
from curvegui.session.run.session import Session
from curvegui.session.study.exercise import LearnerExercise
from curvegui.ui.actions.services import Services
from curvegui.ui.dialogs.paths import documents_folder
from curvegui.ui.exercise.verdicts import WORDS, more_than_the_word
from curvegui.ui.look.theme import LIGHT
from curvegui.ui.picture.form import picture_name
from curvegui.ui.report.dialog import ReportDialog
from curvegui.ui.study.weight_colours import weight_colour, weight_scale
from curvegui.ui.widgets.numbers import format_cost, format_number

MOST_TRAIL = 2_000  # more curves only cover each other
SIGNS = {Grade.RIGHT: "✓", Grade.WRONG: "✗", Grade.MISSING: "…", Grade.UNJUDGED: "…"}


def report_of(session: Session, snapshot: Snapshot, exercise: LearnerExercise | None) -> RunReport:
    """What is to be said of a run at a snapshot, and of the learner's file, if there is one."""
    config, reached = snapshot.config, format_number(snapshot.iteration)
    compared = [each for each in compare_settings(config, TrainingConfig(), format_number) if each.one != tr(NOT_THERE)]
    cost = format_cost(snapshot.cost)
    if snapshot.test_cost is not None:
        cost = tr("{cost}, test {test_cost}", cost=cost, test_cost=format_cost(snapshot.test_cost))
    trail = session.received.trail.since(-1, MOST_TRAIL, last=snapshot.iteration).curves
    verdicts = exercise.report.functions if exercise is not None and exercise.report is not None else {}
    judged = [_judged(verdicts[name]) for name in ORDER if name in verdicts]
    right = sum(each.grade is Grade.RIGHT for each in verdicts.values())
    name = exercise.path.name if exercise is not None and exercise.path is not None else ""
    return RunReport(
        title=tr_n(
            "{curve} after {count} iteration",
            "{curve} after {count} iterations",
            snapshot.iteration,
            curve=config.curve_title,
            count=reached,
        ),
        date=QLocale().toString(QDate.currentDate(), QLocale.FormatType.LongFormat),
        cost=cost,
        figure=Figure(TargetDrawing.of(snapshot.target), trail, snapshot.fit),
        inspected=InspectedSnapshot(snapshot),
        costs=_costs(session, snapshot),
        changed=[(each.label, each.one, _default(each)) for each in compared if not each.is_same],
        usual=[(each.label, each.one, "") for each in compared if each.is_same],
        number=format_number,
        colour=partial(weight_colour, scale=weight_scale(snapshot.parameters), theme=LIGHT),
        exercise=tr("Exercise {name}: {right} of {judged} right", name=name, right=right, judged=len(judged))
        if judged
        else "",
        verdicts=judged,
    )


def _default(compared: SettingsComparison) -> str:
    return "" if compared.other == tr(NOT_THERE) else tr("default: {other}", other=compared.other)


def _costs(session: Session, snapshot: Snapshot) -> FloatArray:
    """Rows of iteration, cost and test cost up to a snapshot."""
    received = session.received
    rows = received.costs.since(0)
    rows = np.column_stack([rows, beside(rows, received.test_costs.since(0))])
    test_cost = np.nan if snapshot.test_cost is None else snapshot.test_cost
    return np.vstack([rows[rows[:, 0] < snapshot.iteration], [snapshot.iteration, snapshot.cost, test_cost]])


def _judged(verdict: Verdict) -> Judged:
    place = "" if verdict.grade is Grade.RIGHT else verdict.place
    words = ", ".join(filter(None, (tr(WORDS[verdict.grade]), place)))
    why = more_than_the_word(verdict)
    return Judged(SIGNS[verdict.grade], verdict.name, f"{words}. {why}" if why else words)


class ReportActions(QObject):
    """Opens the dialog with the page."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._services = services

    @Slot()
    def print(self) -> None:
        """Show the page before it is printed: of what is shown, just after a pause of the last iteration."""
        self._services.session.when_up_to_date(self._open)

    @Slot()
    def save(self) -> None:
        """Ask for a file at once."""
        self._services.session.when_up_to_date(partial(self._open, asks=True))

    def _open(self, asks: bool = False) -> None:
        services, snapshot = self._services, self._services.session.shown
        if snapshot is None:
            return
        features = services.features
        exercise = features["exercise"].exercise if features.is_made("exercise") else None
        dialog = ReportDialog(
            report_of(services.session, snapshot, exercise),
            folder=Path(services.preferences.present.report_folder or documents_folder()),
            name=picture_name(snapshot),
            parent=services.window,
        )
        dialog.saved.connect(self._remember)
        dialog.printed.connect(partial(services.tell, tr("Sent the page to the printer.")))
        dialog.open()
        if asks:
            QTimer.singleShot(0, dialog, dialog.ask_path)  # which waits: whoever chose the entry has an answer first

    @Slot(str)
    def _remember(self, path: str) -> None:
        self._services.preferences.remember(report_folder=str(Path(path).parent))
        self._services.tell(tr("Saved {path}", path=path))
