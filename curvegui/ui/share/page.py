"""The page about a run, which is printed or saved as a PDF: picture, cost, settings, network and verdicts."""

from functools import partial

import numpy as np
from PySide6.QtCore import QDate, QLocale, QRectF, QSize, Slot
from PySide6.QtGui import QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

from curvegui.core.arrays import FloatArray
from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot
from curvegui.core.language.text import mark, tr, tr_n
from curvegui.core.learner.learner import Snapshot
from curvegui.core.learner.recording import beside
from curvegui.core.settings.comparison import NOT_THERE, compare_settings
from curvegui.core.settings.config import TrainingConfig
from curvegui.exercise.verdict.judge import ORDER
from curvegui.exercise.verdict.verdict import Grade, Verdict
from curvegui.figure.drawing.figure import Figure
from curvegui.figure.drawing.target_drawing import TargetDrawing
from curvegui.figure.picture.surfaces import DPI, PaintedFile
from curvegui.figure.report.page import Judged, ReportPage, RunReport, paint_page
from curvegui.session.run.session import Session
from curvegui.session.study.exercise import LearnerExercise
from curvegui.ui.exercise.verdicts import WORDS, more_than_the_word
from curvegui.ui.look.theme import LIGHT
from curvegui.ui.share.form import ShareField, ShareForm
from curvegui.ui.share.job import ShareJob
from curvegui.ui.share.moment import Moment
from curvegui.ui.study.weight_colours import weight_colour, weight_scale
from curvegui.ui.widgets.numbers import format_cost, format_number

NO_PRINTER = mark("No printer was found. Save the page as a PDF instead.")
NOT_PRINTED = mark("The page could not be printed. Check the printer, or save the page as a PDF.")
ABOUT = mark("Print a page about this run: picture, cost, settings, network, and the verdicts of an exercise")


class PageForm(ShareForm):
    """The page on the paper of the default printer."""

    folder_key = "report_folder"
    ending = "pdf"

    def __init__(self, moment: Moment, kind: str) -> None:
        super().__init__(moment, kind, (ShareField("about", alone=True),))
        services, features = moment.services, moment.services.features
        exercise = features["exercise"].exercise if features.is_made("exercise") else None
        self.report = report_of(services.session, moment.snapshot, exercise)
        self.words = tr("{title}. Cost {cost}.", title=self.report.title, cost=self.report.cost)
        self.printer = _printer(self.report.title)
        paper = self.printer.pageLayout().fullRectPoints().size()
        self.picture_size = QSize(round(paper.width() * DPI / 72), round(paper.height() * DPI / 72))
        self._editors["about"].setText(f"{tr(ABOUT)}.")
        self.extra = tr("&Print…")
        self.extra_obstacle = "" if QPrinterInfo.availablePrinterNames() else tr(NO_PRINTER)

    def do_extra(self) -> None:
        dialog = QPrintDialog(self.printer, self)
        dialog.accepted.connect(self.print)
        dialog.setModal(True)
        dialog.show()

    @Slot()
    def print(self) -> None:
        self.wanted.emit(ShareJob(self, Printing(self.printer, self.report)), tr("Sent the page to the printer."))

    def painting(self, ending: str, scale: float = 0) -> PaintedFile:
        assert self.picture_size is not None
        return ReportPage(self.report, self.picture_size.toTuple(), ending, scale or 1)


class Printing:
    """A report on its way to a printer, in pieces."""

    def __init__(self, printer: QPrinter, report: RunReport) -> None:
        self._printer, self._painter, self.painted = printer, QPainter(printer), False
        paper = printer.pageLayout().fullRectPixels(printer.resolution())
        self._pieces = paint_page(self._painter, QRectF(paper), report)

    def advance(self) -> float:
        """Print a piece; raises ``OSError`` if the page could not be printed."""
        done = next(self._pieces, 1.0) if self._painter.isActive() else 1.0
        if done >= 1.0:
            self.painted = True
            self.drop()
            if self._printer.printerState() in (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted):
                raise OSError(tr(NOT_PRINTED))
        return done

    def drop(self) -> None:
        self._pieces.close()
        self._painter.end()


def _printer(name: str) -> QPrinter:
    """The default printer, for one whole page; without a printer, one for PDFs with the usual paper."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    printer.setFullPage(True)
    if printer.outputFormat() == QPrinter.OutputFormat.PdfFormat:
        imperial = QLocale().measurementSystem() == QLocale.MeasurementSystem.ImperialUSSystem
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.Letter if imperial else QPageSize.PageSizeId.A4))
    return printer


MOST_TRAIL = 2_000  # more curves only cover each other
SIGNS = {Grade.RIGHT: "✓", Grade.WRONG: "✗", Grade.MISSING: "…", Grade.UNJUDGED: "…"}


def report_of(session: Session, snapshot: Snapshot, exercise: LearnerExercise | None) -> RunReport:
    """The report of a run at a snapshot, with the verdicts on the learner's file, if there is one."""
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
        figure=Figure(TargetDrawing.of(snapshot.target), trail, snapshot.smooth_fit()),
        inspected=InspectedSnapshot(snapshot),
        costs=_costs(session, snapshot),
        changed=[
            (each.label, each.one, "" if each.other == tr(NOT_THERE) else tr("default: {other}", other=each.other))
            for each in compared
            if not each.is_same
        ],
        usual=[(each.label, each.one, "") for each in compared if each.is_same],
        number=format_number,
        colour=partial(weight_colour, scale=weight_scale(snapshot.parameters), theme=LIGHT),
        exercise=tr("Exercise {name}: {right} of {judged} right", name=name, right=right, judged=len(judged))
        if judged
        else "",
        verdicts=judged,
    )


def _costs(session: Session, snapshot: Snapshot) -> FloatArray:
    received = session.received
    rows = received.costs.since(0)
    rows = np.column_stack([rows, beside(rows, received.test_costs.since(0))])
    test_cost = np.nan if snapshot.test_cost is None else snapshot.test_cost
    return np.vstack([rows[rows[:, 0] < snapshot.iteration], [snapshot.iteration, snapshot.cost, test_cost]])


def _judged(verdict: Verdict) -> Judged:
    place = "" if verdict.grade is Grade.RIGHT else verdict.location
    words = ", ".join(filter(None, (tr(WORDS[verdict.grade]), place)))
    why = more_than_the_word(verdict)
    return Judged(SIGNS[verdict.grade], verdict.name, f"{words}. {why}" if why else words)
