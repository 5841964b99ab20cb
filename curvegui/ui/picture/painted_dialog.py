"""What the dialogs that save a picture share: the picture is painted between frames, and can be copied instead."""

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from curvegui.core.language.text import mark, tr
from curvegui.figure.picture.surfaces import PaintedFile
from curvegui.ui.dialogs.save_dialog import SaveDialog, say
from curvegui.ui.picture.job import CopyJob

LARGEST_COPY = 2  # times the usual size
COPIED = mark("Copied the picture.")


class Preview(Protocol):
    """The part of such a dialog that shows the picture while it is chosen."""

    def stop(self) -> None:
        """Paint no more."""


class PaintedDialog(SaveDialog):
    """A dialog with a preview beside a form, and a button that copies."""

    saved = Signal(str, str)  # the path of a picture that was saved, and the choices in it, as text
    _copying: CopyJob | None = None
    _awaits_run = False  # which the file is to contain
    _waiting: Path | None = None  # where to save it, once the run is there
    _preview: Preview

    def _show_parts(self, preview: QWidget, form: QWidget) -> None:
        """Put the frame around the preview and the form."""
        self._copy = QPushButton(tr("&Copy"))
        self._name_parts(copy=self._copy)
        self._lay_out_beside(preview, form, at_left=self._copy)
        self._copy.clicked.connect(self.copy)

    def _painting(self, ending: str, most_scale: int) -> PaintedFile:
        """The picture as it is chosen, to be painted, with at most so many pixels to a logical one.

        Raises ``ValueError`` and ``MemoryError``, sentences for people.
        """
        raise NotImplementedError

    def _rendering(self, ending: str, most_scale: int) -> PaintedFile | None:
        """The picture, to be painted; None where there is no room for it, which is told."""
        try:
            return self._painting(ending, most_scale)
        except (ValueError, MemoryError) as error:
            self._fail(str(error))
            return None

    @Slot()
    def copy(self) -> None:
        """Put the picture on the clipboard."""
        rendering = self._rendering("png", LARGEST_COPY)
        if rendering is None:
            return
        self._stop_copying()
        self._copying = job = CopyJob(rendering, self)
        job.progressed.connect(self._progress_to)
        job.failed.connect(self._fail)
        job.copied.connect(self._have_copied)
        job.start()

    def _stop_copying(self) -> None:
        if self._copying is not None:
            self._copying.cancel()

    @Slot(float)
    def _progress_to(self, done: float) -> None:
        self._progress.show()
        super()._progress_to(done)

    @Slot()
    def _have_copied(self) -> None:
        self._progress.setVisible(not self._save.isEnabled())  # it may be on its way to a file, too
        say(self._message, tr(COPIED), error=False)

    def _save_waiting(self) -> None:
        """The run is there: save what has waited for it."""
        self._awaits_run = False
        path, self._waiting = self._waiting, None
        if path is not None:
            self.save(path)

    @Slot()
    def _stop(self) -> None:
        """Paint no more; what is being written already is written to the end."""
        self._preview.stop()
        self._stop_copying()
        super()._stop()
