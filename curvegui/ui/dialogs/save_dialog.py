"""The frame of a dialog that saves a file: a form, a progress bar, a message about the result, and buttons."""

import json
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from curvegui.core.language.text import tr
from curvegui.ui.dialogs.paths import ask_path
from curvegui.ui.dialogs.question import Dialog
from curvegui.ui.look.layouts import FRAME_PX, FlowLayout, button_row, filled
from curvegui.ui.widgets.scrolled import WholePage

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

PROGRESS_STEPS = 1_000
BESIDE_PX = 22


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


def say(label: QLabel, text: str, error: bool) -> None:
    """Show a sentence in a label, and make the dialog high enough that the label covers nothing."""
    write(label, text, error)
    dialog = label.window()
    if isinstance(dialog, QDialog):
        make_room(dialog)


def make_room(dialog: QDialog) -> None:
    """Make a dialog high enough for what it shows now."""
    needed = max(dialog.minimumSizeHint().height(), dialog.heightForWidth(dialog.width()))
    dialog.resize(dialog.width(), max(dialog.height(), needed))


class SaveDialog(Dialog):
    """Asks where to save a file, and says how saving goes. A subclass has the form, and knows how to `save`. The file
    dialog begins in ``folder``, with the file name ``stem`` and the ending that is chosen. The object names of widgets
    begin with ``name``."""

    saved = Signal(str)  # the path

    def __init__(self, name: str, title: str, folder: Path, stem: str, parent: QWidget | None = None) -> None:
        super().__init__(name, title, parent)
        self._folder, self._stem = folder, stem
        self._job: Any = None  # of a picture or a film, which saves in the background
        self._message, self._progress = message_label(), progress_bar()
        self._close, self._save = QPushButton(tr("Close")), QPushButton(tr("&Save…"))
        self._name_parts(message=self._message, progress=self._progress, close=self._close, save=self._save)

    def _name_parts(self, **parts: QWidget) -> None:
        for key, widget in parts.items():
            widget.setObjectName(f"{self.objectName()}.{key}")

    def _lay_out_beside(self, preview: QWidget, form: QWidget, **buttons: QPushButton) -> None:
        """Put the frame around a preview and a form beside or below it, and around some ``buttons``."""
        content = FlowLayout(BESIDE_PX, stretch=True)
        content.addWidget(preview)
        content.addWidget(form)
        self._lay_out(content, **buttons)

    def _lay_out(
        self, content: QLayout, at_left: QPushButton | None = None, beside_progress: QPushButton | None = None
    ) -> None:
        """Put the frame around the content, with another button at the left and one beside the progress bar."""
        working = filled(QHBoxLayout(), (self._progress, 1), *([beside_progress] if beside_progress else []))
        bottom = button_row(*([at_left] if at_left else []), at_end=(self._close, self._save))
        page = QWidget()
        content.setContentsMargins(0, 0, 0, 0)
        page.setLayout(content)
        shown = WholePage(page), working, self._message, bottom
        filled(QVBoxLayout(self), *shown, edges=(18, 18, 18, 16), spacing=14)
        self._save.setDefault(True)
        self._save.clicked.connect(self.ask_path)
        self._close.clicked.connect(self.close)
        self.finished.connect(self._stop)

    def setVisible(self, visible: bool) -> None:
        """Open as wide as the content wants to be; Qt would limit the width to two thirds of the screen."""
        if visible and not self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            self.resize(self.sizeHint().boundedTo(self.screen().availableSize() - QSize(*FRAME_PX)))
            make_room(self)
        super().setVisible(visible)

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
        start = self._folder / f"{self._stem}.{self._ending}"
        path = ask_path(self, self.windowTitle(), start, self._ending)
        if path is not None:
            self.save(path)

    # While a file is being saved

    def _begin(self) -> None:
        self._message.hide()
        self._progress.setValue(0)
        self._show_working(True)
        make_room(self)

    def _carry_out(self, job: Any) -> None:
        self._job = job
        job.progressed.connect(self._progress_to)
        job.saved.connect(self._succeed)
        job.failed.connect(self._fail)
        job.start()

    def _show_working(self, working: bool) -> None:
        self._progress.setVisible(working)
        self._save.setEnabled(not working)

    @Slot(float)
    def _progress_to(self, done: float) -> None:
        self._progress.setValue(round(done * PROGRESS_STEPS))

    @Slot(str)
    def _succeed(self, path: str) -> None:
        self.saved.emit(path)
        self.accept()

    @Slot(str)
    def _fail(self, reason: str) -> None:
        self._show_working(False)
        say(self._message, reason, error=True)

    @Slot()
    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()


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
