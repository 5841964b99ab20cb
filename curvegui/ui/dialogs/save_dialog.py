"""The frame of a dialog that saves a file: a form, a progress bar, a message about the result, and buttons."""

import json
from collections.abc import Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from curvegui.core.language.text import tr
from curvegui.ui.dialogs.paths import ask_path
from curvegui.ui.dialogs.question import Dialog
from curvegui.ui.look.layouts import Part, button_row, filled

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

PROGRESS_STEPS = 1_000
GAP_PX = 16  # between the parts of a dialog
EDGES_PX = (GAP_PX,) * 4


def progress_bar() -> QProgressBar:
    bar = QProgressBar(textVisible=False)
    bar.setRange(0, PROGRESS_STEPS)
    bar.hide()
    return bar


def message_label() -> QLabel:
    selectable = Qt.TextInteractionFlag.TextSelectableByMouse
    label = QLabel(wordWrap=True, textInteractionFlags=selectable, textFormat=Qt.TextFormat.PlainText)
    label.hide()
    return label


def write(label: QLabel, text: str, error: bool) -> None:
    """Show a sentence in a label for which the dialog has room."""
    label.setProperty("error", error)
    label.style().polish(label)
    label.setText(text)
    label.setAccessibleName(text)
    label.show()


class SaveDialog(Dialog):
    """Asks where to save a file, and says how saving goes. A subclass has the form, and knows how to `save`. The file
    dialog begins in ``folder``, with the file name ``stem`` and the ending that is chosen. The object names of widgets
    begin with ``name``. The dialog keeps its size while it works: progress is shown in the row of the buttons."""

    saved = Signal(str)  # the path

    def __init__(self, name: str, title: str, folder: Path, stem: str, parent: QWidget | None = None) -> None:
        super().__init__(name, title, parent)
        self._folder, self._stem = folder, stem
        self._job: Any = None  # which saves in the background
        self._message, self._progress = message_label(), progress_bar()
        self._close, self._save = QPushButton(tr("Close")), QPushButton(tr("&Save…"))
        self._progress.setAccessibleName(tr("Progress"))
        self._progress.setProperty("fills", True)
        self._others: Sequence[QPushButton] = ()
        self._name_parts(message=self._message, progress=self._progress, close=self._close, save=self._save)

    def _name_parts(self, **parts: QWidget) -> None:
        for key, widget in parts.items():
            widget.setObjectName(f"{self.objectName()}.{key}")

    def _lay_out(
        self, box: QBoxLayout, *content: Part, others: Sequence[QPushButton] = (), edges: Sequence[int] = EDGES_PX
    ) -> None:
        """Fill a box with the content, the message and the row of buttons, ``others`` at the beginning of the row."""
        self._others = others
        row = button_row(self._progress, *others, at_end=(self._close, self._save))
        filled(box, *content, self._message, row, edges=edges, spacing=GAP_PX)
        self._save.setDefault(True)
        self._save.clicked.connect(self.ask_path)
        self._close.clicked.connect(self._leave)
        self.finished.connect(self._stop)

    @property
    def _ending(self) -> str:
        raise NotImplementedError

    def save(self, path: Path) -> None:
        """Save to a file; the dialog shows an error, and closes once the file has been saved."""
        raise NotImplementedError

    @Slot()
    def ask_path(self) -> None:
        """Ask where to save, and save there, unless the dialog has been closed before."""
        if not self.isVisible():
            return
        ending = self._ending.rpartition(".")[2]
        path = ask_path(self, self.windowTitle(), self._folder / f"{self._stem}.{ending}", ending)
        if path is not None:
            self.save(path)

    # While a file is being saved

    def _begin(self) -> None:
        self._message.hide()
        self._progress.setValue(0)
        self._show_working(True)
        self._close.setFocus()

    def _carry_out(self, job: Any) -> None:
        self._job = job
        job.progressed.connect(self._progress_to)
        job.saved.connect(self._succeed)
        job.failed.connect(self._fail)
        job.cancelled.connect(self._tell_cancelled)
        job.start()

    def _show_working(self, working: bool) -> None:
        self._progress.setVisible(working)
        self._save.setEnabled(not working)
        self._close.setEnabled(True)
        self._close.setText(tr("Ca&ncel") if working else tr("Close"))
        for each in self._others:
            each.setVisible(not working)

    @Slot(float)
    def _progress_to(self, done: float) -> None:
        self._progress.setValue(round(done * PROGRESS_STEPS))

    @Slot(str)
    def _succeed(self, path: str) -> None:
        self._job = None
        self.saved.emit(path)
        self.accept()

    @Slot(str)
    def _fail(self, reason: str, error: bool = True) -> None:
        self._job = None
        self._show_working(False)
        write(self._message, reason, error)

    @Slot()
    def _tell_cancelled(self) -> None:
        self._fail(tr("Cancelled: nothing was saved."), error=False)

    @Slot()
    def _leave(self) -> None:
        """Cancel what is being saved; if nothing is, close the dialog."""
        if self._job is None:
            self.close()
        else:
            self._close.setEnabled(False)
            self._job.cancel()

    @Slot()
    def _stop(self) -> None:
        """Stop painting; a file that is being written is written to the end."""
        if self._job is not None:
            self._job.cancel()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc does what the button does."""
        if event.key() == Qt.Key.Key_Escape and self._job is not None:
            self._leave()
        else:
            super().keyPressEvent(event)


def choices_to_text(choices: "DataclassInstance") -> str:
    return json.dumps(asdict(choices))


def kept_values(text: str, default: "DataclassInstance") -> dict[str, Any]:
    """The values in a JSON text whose names and types are those of fields of ``default``, a dataclass."""
    try:
        saved = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(saved, dict):
        return {}
    return {
        each.name: saved[each.name]
        for each in fields(default)
        if type(saved.get(each.name)) is type(getattr(default, each.name))
    }
