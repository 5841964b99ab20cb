"""The dialog that shows the page, prints it, and saves it as a PDF. Qt's printing is loaded with it."""

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QLocale, QRectF, QTimer, Signal, Slot
from PySide6.QtGui import QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo, QPrintPreviewWidget
from PySide6.QtWidgets import QGraphicsView, QPushButton, QVBoxLayout, QWidget

from curvegui.core.language.text import mark, tr
from curvegui.figure.picture.surfaces import DPI
from curvegui.figure.report.page import ReportPdf, RunReport, blank_picture, paint_page, paint_picture
from curvegui.ui.dialogs.save_dialog import SaveDialog
from curvegui.ui.look.layouts import open_as_large_as
from curvegui.ui.look.tips import wrapped
from curvegui.ui.picture.job import PictureJob
from curvegui.ui.widgets.spoken import be_one

LINES = 44, 52  # its width and height, in heights of a line of text
NO_PRINTER = mark("No printer was found. Save the page as a PDF instead.")
NOT_PRINTED = mark("The page could not be printed. Check the printer, or save the page as a PDF.")


class ReportDialog(SaveDialog):
    """Shows a report on the paper of the usual printer; training goes on behind the dialog.

    The picture on it is painted first, in pieces; what is to be saved before waits for it.
    """

    printed = Signal()

    def __init__(self, report: RunReport, *, folder: Path, name: str, parent: QWidget | None = None) -> None:
        super().__init__("report", tr("Report"), folder, name, parent)
        self._report, self._picture = report, blank_picture()
        self._printer = _printer(report.title)
        self._preview = QPrintPreviewWidget(self._printer)
        self._print = QPushButton(tr("&Print…"))
        self._save.setText(tr("&Save as PDF…"))
        self._name_parts(preview=self._preview, print=self._print)
        self._name_page()
        column = QVBoxLayout()
        column.addWidget(self._preview)
        self._lay_out(column, at_left=self._print)
        open_as_large_as(self, LINES)
        self._pieces: Iterator[float] = paint_picture(self._picture, report.figure)
        self._then: Callable[[], object] = self._finish_picture
        self._waiting: Path | None = None  # what is to be saved once the picture is there
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._advance)
        self._preview.paintRequested.connect(self._paint_preview)
        self._print.clicked.connect(self._ask_printer)
        self._offer_printer()
        self._clock.start(0)

    def _name_page(self) -> None:
        """Name what takes the focus: it is inside Qt's preview, which itself never does."""
        page = self._preview.findChild(QGraphicsView)
        assert page is not None
        page.setAccessibleName(tr("Preview of the page"))
        page.setAccessibleDescription(tr("{title}. Cost {cost}.", title=self._report.title, cost=self._report.cost))
        be_one(page)
        self._preview.setFocusProxy(page)

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
        for _ in self._printing(printer):
            pass

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
        """Save the page as a PDF; the dialog says how it ended, and closes if it ended well."""
        self._begin()
        if self._clock.isActive():
            self._waiting = path
            return
        size = self._printer.pageLayout().fullRectPoints().size()
        paper = round(size.width() * DPI / 72), round(size.height() * DPI / 72)
        self._carry_out(PictureJob(ReportPdf(self._report, self._picture, paper), path, self))

    @Slot()
    def _stop(self) -> None:
        """Paint no more; what is being written already is written to the end."""
        self._clock.stop()
        self._pieces, self._waiting = iter(()), None
        super()._stop()


def _printer(name: str) -> QPrinter:
    """The usual printer, for one whole page; where there is none, one that only has the usual paper."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    printer.setFullPage(True)
    if printer.outputFormat() == QPrinter.OutputFormat.PdfFormat:
        imperial = QLocale().measurementSystem() == QLocale.MeasurementSystem.ImperialUSSystem
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.Letter if imperial else QPageSize.PageSizeId.A4))
    return printer
