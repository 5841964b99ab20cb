"""Opening as a person meets it: which file, as what, and what becomes of the run that is there."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from curvegui.core.diagnosis.diagnosis import size_concern
from curvegui.files.curves.kind import ENDINGS
from curvegui.session.document.document import Document
from curvegui.session.document.file import Mode, Reading
from curvegui.ui.dialogs.file_questions import in_use, large
from curvegui.ui.documents.saving import DocumentSaving

if TYPE_CHECKING:
    from curvegui.files.project.project import Project

OPENED = "Runs and pictures (*.curvegui *.png *.svg *.txt)"
EXERCISES = "Exercises (*.py *.ipynb)"
CURVES = f"Curves ({' '.join(f'*{ending}' for endings in ENDINGS.values() for ending in endings)})"


class DocumentOpening(QObject):
    """Asks what Open needs to know. The present run is left only when a file has been read, whole.

    ``chosen(str)``: a file is to be opened, whatever it contains. ``given_up()``: a file that was read is not opened
    after all.
    """

    chosen = Signal(str)
    given_up = Signal()

    def __init__(self, document: Document, saving: DocumentSaving, window: QWidget) -> None:
        super().__init__(window)
        self._document, self._saving, self._window = document, saving, window
        document.read.connect(self._consider)

    def choose(self, folder: Path) -> None:
        """Ask for a file."""
        dialog = QFileDialog(self._window, "Open", str(folder), f"{OPENED};;{CURVES};;{EXERCISES};;All files (*)")
        dialog.setObjectName("open_run")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.chosen)
        dialog.open()

    @Slot(str)
    def open(self, path: str) -> None:
        """Open a file that contains a run."""
        self._document.open(Path(path))

    def take(self, project: "Project") -> None:
        """Open a run that came from no file."""
        self._consider_size(Reading(Path(), Mode.PASTED, project))

    @Slot(object)
    def _consider(self, reading: Reading) -> None:
        """Ask first where two windows would save to one file."""
        if reading.is_in_use:
            in_use(self._window, reading.path.name).ask(
                read_only=partial(self._document.open, reading.path, Mode.READ_ONLY),
                copy=partial(self._document.open, reading.path, Mode.COPY),
                cancel=self.given_up.emit,
            )
        else:
            self._consider_size(reading)

    def _consider_size(self, reading: Reading) -> None:
        give_up, concern = partial(self._give_up, reading), size_concern(reading.project.record.config)
        take_up = partial(self._take_up, reading, self._document.times_saved)
        leave = partial(self._saving.leave, take_up, give_up)
        if concern:
            large(self._window, concern).ask(open=leave, cancel=give_up)
        else:
            leave()

    def _take_up(self, reading: Reading, times_saved: int) -> None:
        if reading.path == self._document.path and self._document.times_saved != times_saved:
            self._give_up(reading)  # it was saved first, and what was read before that is older
        else:
            self._document.take_up(reading)

    def _give_up(self, reading: Reading) -> None:
        self._document.forget(reading)
        self.given_up.emit()
