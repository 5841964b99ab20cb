"""The dialog that saves a film of a run."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from curvegui.core.run.record import RunRecord
from curvegui.figure.film.film import film_pieces
from curvegui.figure.film.options import FilmOptions, frame_counts
from curvegui.ui.dialogs.kept_choices import choices_to_text
from curvegui.ui.dialogs.save_dialog import SaveDialog, say
from curvegui.ui.film.form import FilmForm
from curvegui.ui.film.job import FilmJob
from curvegui.ui.film.preview import FilmPreview


class FilmDialog(SaveDialog):
    """Chooses what a film of a run is like, shows it, and saves it; training goes on behind the dialog.

    ``look_key`` is a key of ``LOOKS``; ``animated`` says whether the preview may move.
    """

    saved = Signal(str, str)  # the path of a film that was saved, and the choices for it, as text: see `film_choices`

    def __init__(
        self,
        record: RunRecord,
        look_key: str,
        choices: FilmOptions,
        *,
        folder: Path,
        name: str,
        animated: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("film", "Save film", folder, name, parent)
        self._record, self._saving = record, choices
        self._form = FilmForm(choices, look_key)
        self._preview, self._summary = FilmPreview(record, animated), QLabel()
        self._cancel = QPushButton("Ca&ncel")
        self._cancel.hide()
        self._progress.setAccessibleName("Progress")
        self._name_parts(summary=self._summary, cancel=self._cancel)
        self._lay_out(self._top(), beside_progress=self._cancel)
        self._form.changed.connect(self._show_choices)
        self._cancel.clicked.connect(self._cancel_job)
        self._show_choices()

    def _top(self) -> QHBoxLayout:
        """The preview and its summary, and the form beside them."""
        self._summary.setProperty("muted", True)
        self._summary.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._summary.setWordWrap(True)
        shown, top = QVBoxLayout(), QHBoxLayout()
        shown.setSpacing(9)
        shown.addWidget(self._preview)
        shown.addWidget(self._summary)
        shown.addStretch(1)
        top.setSpacing(22)
        top.addLayout(shown)
        top.addWidget(self._form)
        return top

    @property
    def choices(self) -> FilmOptions:
        """What is chosen now."""
        return self._form.options

    @Slot()
    def _show_choices(self) -> None:
        """Play the preview, and say what the choices come to, and what is missing for them."""
        self._summary.setText(_summary(self.choices))
        missing = self.choices.format.missing()
        self._save.setEnabled(self._job is None and not missing)
        if missing:
            say(self._message, missing, error=True)
        else:
            self._message.hide()
        if self._job is None:
            self._preview.show_film(self._form.look, self.choices)

    @property
    def _ending(self) -> str:
        return self.choices.ending

    def save(self, path: Path) -> None:
        """Save the film; the dialog says how it ended, and closes if it ended well."""
        self._saving = self.choices
        job = FilmJob(film_pieces(self._record, self._form.look, self._saving, path), path, self)
        job.cancelled.connect(self._tell_cancelled)
        self._preview.stop()  # it would take its time from the film
        self._begin()
        self._cancel.setFocus()
        self._carry_out(job)

    def _show_working(self, working: bool) -> None:
        super()._show_working(working)
        self._cancel.setVisible(working)
        self._cancel.setEnabled(working)

    @Slot(str)
    def _succeed(self, path: str) -> None:
        self._job = None
        self.saved.emit(path, choices_to_text(self._saving))
        self.accept()

    @Slot(str)
    def _fail(self, reason: str) -> None:
        self._end_job(reason, error=True)

    @Slot()
    def _tell_cancelled(self) -> None:
        self._end_job("Cancelled: nothing was saved.", error=False)

    def _end_job(self, text: str, error: bool) -> None:
        self._job = None
        self._show_working(False)
        self._show_choices()
        self._save.setFocus()
        say(self._message, text, error)

    @Slot()
    def _cancel_job(self) -> None:
        """Stop the film; the dialog stays."""
        if self._job is not None:
            self._cancel.setEnabled(False)
            self._job.cancel()

    @Slot()
    def _stop(self) -> None:
        """Paint no more; of a film that is not complete nothing is left."""
        self._preview.stop()
        super()._stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc cancels what is being saved; only then does it close the dialog."""
        if event.key() == Qt.Key.Key_Escape and self._job is not None:
            self._cancel_job()
        else:
            super().keyPressEvent(event)


def _summary(options: FilmOptions) -> str:
    """What a film comes to."""
    moving, held = frame_counts(options)
    seconds, side = round(held / options.frames_per_second, 1), options.side_px
    return f"{moving:,} frames of {side:,} × {side:,} pixels,\nthe last one held for {seconds:g} s"
