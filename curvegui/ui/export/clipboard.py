"""Exporting a run as text, data or code, and pasting a run from the clipboard."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QMimeData, QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from curvegui.core.home import home
from curvegui.core.language.text import mark, tr
from curvegui.figure.formats import CodeFormat, DataFormat, Format, formats
from curvegui.files.disk.atomic import write_bytes
from curvegui.files.disk.portable_name import portable_stem
from curvegui.files.export import ExportError
from curvegui.files.project.in_picture import extracted
from curvegui.files.project.project import Project
from curvegui.files.project.text_line import is_line, line_of, project_of
from curvegui.session.jobs.job import Jobs
from curvegui.ui.actions.services import Services
from curvegui.ui.curves.actions import CurveActions
from curvegui.ui.curves.curve_input import input_on_clipboard, is_too_long
from curvegui.ui.dialogs.paths import file_dialog
from curvegui.ui.dialogs.question import trouble
from curvegui.ui.documents.actions import DocumentActions
from curvegui.ui.export.shown_run import NO_RUN, shown_run

PNG = "image/png"
Made = TypeVar("Made")
PASTABLE = mark(
    "You can paste a run, as a line of text or as a picture that contains it, or a curve: SVG, the data of an SVG "
    "path, a table of points, or a picture. The current run is unchanged."
)


class ExportActions(QObject):
    """Copies, pastes and saves runs. ``copied`` is emitted when the line of text is on the clipboard."""

    copied = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._services, self._window, self._session = services, services.window, services.session
        self._documents: DocumentActions = services.features["documents"]
        self._curves: CurveActions = services.features["curves"]
        self._jobs = Jobs(self)

    # A line of text

    @Slot()
    def copy_text(self) -> None:
        self._make_of_run(line_of, self._put_line)

    def _make_of_run(self, make: Callable[[Project], Made], then: Callable[[Made], None]) -> None:
        """Make something of the run that is shown, in the background, for ``then``; say so if there is no run."""
        run = shown_run(self._services, self)
        if run is not None:
            run.then(partial(self._make, make, then))

    def _make(self, make: Callable[[Project], Made], then: Callable[[Made], None], project: Project | None) -> None:
        if project is None:
            self._report(tr(NO_RUN))
        else:
            self._jobs.do(partial(make, project), then, self._report)

    def _put_line(self, line: str) -> None:
        QGuiApplication.clipboard().setText(line)
        self._services.notify(tr("The fit is on the clipboard as a line of {line:,} characters.", line=len(line)))
        self.copied.emit()

    @Slot()
    def paste(self) -> None:
        """Open a run on the clipboard (a line of text, a picture with a run, or a file), or take a curve there."""
        found = QGuiApplication.clipboard().mimeData() or QMimeData()  # None where nothing was ever copied
        paths = [url.toLocalFile() for url in found.urls() if url.isLocalFile()]
        if paths:
            self._curves.take_file(paths[0])
            return
        if is_too_long(found):
            sentence = tr("The text on the clipboard is too long. Save it as a file, and open that.")
            trouble(self._window, sentence, tr(PASTABLE)).open()
            return
        text, curve = found.text() if found.hasText() else "", input_on_clipboard(found)
        picture = bytes(found.data(PNG).data()) if found.hasFormat(PNG) else b""

        def take_curve(sentence: str) -> None:
            if curve is not None and not is_line(text):
                self._curves.take(curve)
            else:
                trouble(self._window, sentence, tr(PASTABLE)).open()

        self._jobs.do(partial(_read, text, picture), self._documents.take, take_curve)

    # Data and code

    @Slot()
    def save_data(self) -> None:
        """Ask for a file and its format, and save the parameters and the costs of the run."""
        run = shown_run(self._services, self)
        if run is None:
            return
        dialog = self._file_dialog("save_data", tr("Save data"), DataFormat)
        dialog.fileSelected.connect(
            lambda path: run.then(partial(self._make, partial(_export, path=Path(path)), self._services.notify_saved))
        )
        dialog.rejected.connect(run.deleteLater)
        dialog.open()

    def _file_dialog(self, name: str, title: str, kind: type[Format]) -> QFileDialog:
        """A dialog, not open yet, that asks for a file in one of the formats of a kind."""
        forms = list(formats(kind).values())
        filters = ";;".join(form.label for form in forms)
        dialog = file_dialog(self._window, name, title, str(home()), filters, saves=True)
        dialog.selectFile(portable_stem(self._session.config.curve_name, "curve"))
        dialog.setDefaultSuffix(_suffix(forms[0]))
        dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(_suffix(_labelled(kind, chosen))))
        return dialog

    @Slot()
    def save_code(self) -> None:
        """Ask for a file, and save a script that trains the run; or say why there is no such script."""
        forms = formats(CodeFormat)
        self._make_of_run(lambda run: {key: form.load()(run) for key, form in forms.items()}, self._ask_for_code)

    def _ask_for_code(self, codes: dict[str, bytes]) -> None:
        dialog = self._file_dialog("save_code", tr("Save as code"), CodeFormat)

        def write_code(path: str) -> None:
            form = _labelled(CodeFormat, dialog.selectedNameFilter())
            work = partial(_write_as, Path(path), _suffix(form), codes[form.ending])
            self._jobs.do(work, self._services.notify_saved, self._report)

        dialog.fileSelected.connect(write_code)
        dialog.open()

    def _report(self, sentence: str) -> None:
        trouble(self._window, sentence, tr("The current run is unchanged.")).open()


def _read(text: str, picture: bytes) -> Project:
    """The run in the text or the picture from the clipboard. Raises ``ProjectError``."""
    if picture and not is_line(text):  # browsers put a picture's address or its words beside it
        return extracted(picture)
    return project_of(text)


def _suffix(form: Format) -> str:
    """The part of a format's ending after the last dot."""
    return form.ending.rpartition(".")[2]


def _labelled(kind: type[Format], label: str) -> Format:
    return next(form for form in formats(kind).values() if form.label == label)


def _export(project: Project, path: Path) -> Path:
    ending, forms = path.suffix.lower().removeprefix("."), formats(DataFormat)
    if ending not in forms:
        words = mark("“{name}” cannot be saved: its name must end in one of {endings}.")
        raise ExportError(tr(words, name=path.name, endings=", ".join(forms)))
    write_bytes(path, forms[ending].load()(project))
    return path


def _write_as(path: Path, ending: str, data: bytes) -> Path:
    """Write code to a file, whose name must have the code's ending."""
    if path.suffix.lower() != f".{ending}":
        words = mark("“{name}” cannot be saved: its name must end in .{ending}.")
        raise ExportError(tr(words, name=path.name, ending=ending))
    write_bytes(path, data)
    return path
