"""Pasting a run or a curve from the clipboard."""

from functools import partial

from PySide6.QtCore import QMimeData, QObject, Slot
from PySide6.QtGui import QGuiApplication

from curvegui.core.language.text import mark, tr
from curvegui.files.project.in_picture import extracted
from curvegui.files.project.project import Project
from curvegui.files.project.text_line import is_line, project_of
from curvegui.session.jobs.job import Jobs
from curvegui.ui.actions.services import Services
from curvegui.ui.curves.actions import CurveActions
from curvegui.ui.curves.curve_input import input_on_clipboard, is_too_long
from curvegui.ui.dialogs.question import trouble

PNG = "image/png"
PASTABLE = mark(
    "You can paste a run, as a line of text or as a picture that contains it, or a curve: SVG, the data of an SVG "
    "path, a table of points, or a picture. The current run is unchanged."
)


class PasteActions(QObject):
    """Pastes runs and curves."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._window, self._jobs = services.window, Jobs(self)
        self._documents = services.features["documents"]
        self._curves: CurveActions = services.features["curves"]

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


def _read(text: str, picture: bytes) -> Project:
    """The run in the text or the picture from the clipboard. Raises ``ProjectError``."""
    if picture and not is_line(text):  # browsers put a picture's address or its words beside it
        return extracted(picture)
    return project_of(text)
