"""The dialog and the actions that print or save a report of the run."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QDate, QLocale, QObject, QRectF, QTimer, Signal, Slot
from PySide6.QtGui import QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo, QPrintPreviewWidget
from PySide6.QtWidgets import QGraphicsView, QPushButton, QVBoxLayout, QWidget

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
from curvegui.figure.drawing.polyline import at_once
from curvegui.figure.drawing.target_drawing import TargetDrawing
from curvegui.figure.picture.surfaces import DPI
from curvegui.figure.report.page import Judged, ReportPdf, RunReport, blank_picture, paint_page, paint_picture
from curvegui.session.run.session import Session
from curvegui.session.study.exercise import LearnerExercise
from curvegui.ui.actions.services import Services
from curvegui.ui.dialogs.paths import documents_folder
from curvegui.ui.dialogs.save_dialog import SaveDialog
from curvegui.ui.exercise.verdicts import WORDS, more_than_the_word
from curvegui.ui.look.layouts import open_as_large_as, wrapped
from curvegui.ui.look.theme import LIGHT
from curvegui.ui.picture.form import picture_name
from curvegui.ui.picture.job import PictureJob
from curvegui.ui.study.weight_colours import weight_colour, weight_scale
from curvegui.ui.widgets.numbers import format_cost, format_number
from curvegui.ui.widgets.spoken import focus_as_one

LINES = 44, 52  # the dialog's width and height, in heights of a line of text
NO_PRINTER = mark("No printer was found. Save the page as a PDF instead.")
NOT_PRINTED = mark("The page could not be printed. Check the printer, or save the page as a PDF.")


class ReportDialog(SaveDialog):
    """Shows a report on the paper of the default printer; training goes on behind the dialog. The picture on the page
    is painted first, in pieces; saving waits for the picture."""

    printed = Signal()

    def __init__(self, report: RunReport, *, folder: Path, name: str, parent: QWidget | None = None) -> None:
        super().__init__("report", tr("Report"), folder, name, parent)
        self._report, self._picture = report, blank_picture()
        self._printer = _printer(report.title)
        self._preview = QPrintPreviewWidget(self._printer)
        self._print = QPushButton(tr("&Print…"))
        self._save.setText(tr("&Save as PDF…"))
        self._name_parts(preview=self._preview, print=self._print)
        page = self._preview.findChild(QGraphicsView)  # inside Qt's preview; it takes the focus
        assert page is not None
        page.setAccessibleName(tr("Preview of the page"))
        page.setAccessibleDescription(tr("{title}. Cost {cost}.", title=report.title, cost=report.cost))
        focus_as_one(page)
        self._preview.setFocusProxy(page)
        column = QVBoxLayout()
        column.addWidget(self._preview)
        self._lay_out(column, at_left=self._print)
        open_as_large_as(self, LINES)
        self._pieces: Iterator[float] = paint_picture(self._picture, report.figure)
        self._then: Callable[[], object] = self._finish_picture
        self._waiting: Path | None = None  # where to save the page once its picture is painted
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._advance)
        self._preview.paintRequested.connect(self._paint_preview)
        self._print.clicked.connect(self._ask_printer)
        self._offer_printer()
        self._clock.start(0)

    def _offer_printer(self) -> None:
        has_printer = bool(QPrinterInfo.availablePrinterNames())
        self._print.setEnabled(has_printer)
        self._print.setToolTip(wrapped("" if has_printer else tr(NO_PRINTER)))

    @Slot()
    def _advance(self) -> None:
        if next(self._pieces, None) is None:
            self._clock.stop()
            self._then()

    def _finish_picture(self) -> None:
        self._preview.updatePreview()
        path, self._waiting = self._waiting, None
        if path is not None:
            self.save(path)

    @Slot(QPrinter)
    def _paint_preview(self, printer: QPrinter) -> None:
        at_once(self._printing(printer))

    def _printing(self, printer: QPrinter) -> Iterator[float]:
        painter = QPainter(printer)
        try:
            if painter.isActive():
                paper = printer.pageLayout().fullRectPixels(printer.resolution())
                yield from paint_page(painter, QRectF(paper), self._report, self._picture)
        finally:
            painter.end()

    # Printing

    @Slot()
    def _ask_printer(self) -> None:
        dialog = QPrintDialog(self._printer, self)
        dialog.accepted.connect(self._begin_printing)
        dialog.setModal(True)
        dialog.show()

    @Slot()
    def _begin_printing(self) -> None:
        self._show_working(True)
        self._pieces, self._then = self._printing(self._printer), self._finish_printing
        self._clock.start(0)

    def _finish_printing(self) -> None:
        if self._printer.printerState() in (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted):
            self._fail(tr(NOT_PRINTED))
        else:
            self.printed.emit()
            self.accept()

    def _show_working(self, working: bool) -> None:
        super()._show_working(working)
        self._print.setEnabled(False)
        if not working:
            self._offer_printer()

    # Saving

    @property
    def _ending(self) -> str:
        return "pdf"

    def save(self, path: Path) -> None:
        self._begin()
        if self._clock.isActive():
            self._waiting = path
            return
        size = self._printer.pageLayout().fullRectPoints().size()
        paper = round(size.width() * DPI / 72), round(size.height() * DPI / 72)
        self._carry_out(PictureJob(ReportPdf(self._report, self._picture, paper), path, self))

    @Slot()
    def _stop(self) -> None:
        """Stop painting; a file that is being written is written to the end."""
        self._clock.stop()
        self._pieces, self._waiting = iter(()), None
        super()._stop()


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


class ReportActions(QObject):
    """Opens the dialog with the page."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._services = services

    @Slot()
    def print(self) -> None:
        """Show the page before it is printed: the snapshot that is shown, or just after a pause the last iteration."""
        self._services.session.when_up_to_date(self._open)

    @Slot()
    def save(self) -> None:
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
        dialog.printed.connect(partial(services.notify, tr("Sent the page to the printer.")))
        dialog.open()
        if asks:
            QTimer.singleShot(0, dialog, dialog.ask_path)  # which waits: whoever chose the entry has an answer first

    @Slot(str)
    def _remember(self, path: str) -> None:
        self._services.preferences.remember(report_folder=str(Path(path).parent))
        self._services.notify_saved(path)
