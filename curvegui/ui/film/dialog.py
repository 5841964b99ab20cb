"""The dialog that saves a film of a run."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from curvegui.core.run.record import RunRecord
from curvegui.figure.film.film import film_pieces
from curvegui.figure.film.options import FilmOptions
from curvegui.figure.film.shots import frame_counts
from curvegui.ui.dialogs.kept_choices import choices_to_text
from curvegui.ui.dialogs.paths import ask_path
from curvegui.ui.dialogs.save_report import PROGRESS_STEPS, make_room, message_label, progress_bar, say
from curvegui.ui.film.form import FilmForm
from curvegui.ui.film.job import FilmJob
from curvegui.ui.film.preview import FilmPreview


class FilmDialog(QDialog):
    """Chooses what a film is like, shows it, and saves it.

    Parameters
    ----------
    record : RunRecord
        The run; training goes on behind the dialog.
    look_key : str
        A key of ``LOOKS``.
    choices : FilmOptions
        What to begin with.
    folder : Path
        Where the file dialog opens.
    name : str
        The file name to begin with, without its ending.
    animated : bool
        Whether the preview may move.

    Signals
    -------
    saved(str, str)
        The path of a film that was saved, and the choices for it, as text: see `film_choices`.
    """

    saved = Signal(str, str)

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
        super().__init__(parent)
        self.setObjectName("film")
        self.setWindowTitle("Save film")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._record, self._folder, self._name = record, folder, name
        self._job: FilmJob | None = None
        self._saving = choices
        self._form = FilmForm(choices, look_key)
        self._preview, self._summary = FilmPreview(record, animated), QLabel()
        self._message, self._progress = message_label(), progress_bar()
        self._cancel, self._close, self._save = (QPushButton(text) for text in ("Ca&ncel", "Close", "&Save…"))
        self._name_parts()
        self._lay_out()
        self._connect()
        self._show_choices()

    def _name_parts(self) -> None:
        named = {
            "summary": self._summary, "message": self._message, "progress": self._progress,
            "cancel": self._cancel, "close": self._close, "save": self._save,
        }  # fmt: skip
        for key, widget in named.items():
            widget.setObjectName(f"film.{key}")
        self._progress.setAccessibleName("Progress")
        self._summary.setProperty("muted", True)
        self._summary.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._summary.setWordWrap(True)
        self._save.setDefault(True)
        self._cancel.hide()

    def _lay_out(self) -> None:
        shown, top, working, bottom = QVBoxLayout(), QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        outer = QVBoxLayout(self)
        shown.setSpacing(9)
        shown.addWidget(self._preview)
        shown.addWidget(self._summary)
        shown.addStretch(1)
        top.setSpacing(22)
        top.addLayout(shown)
        top.addWidget(self._form)
        working.addWidget(self._progress, 1)
        working.addWidget(self._cancel)
        bottom.addStretch(1)
        bottom.addWidget(self._close)
        bottom.addWidget(self._save)
        outer.setContentsMargins(18, 18, 18, 16)
        outer.setSpacing(14)
        outer.addLayout(top)
        outer.addLayout(working)
        outer.addWidget(self._message)
        outer.addLayout(bottom)

    def _connect(self) -> None:
        self._form.changed.connect(self._show_choices)
        self._cancel.clicked.connect(self._cancel_job)
        self._save.clicked.connect(self._ask_path)
        self._close.clicked.connect(self.close)
        self.finished.connect(self._stop)

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

    @Slot()
    def _ask_path(self) -> None:
        ending = self.choices.ending
        path = ask_path(self, self.windowTitle(), self._folder / f"{self._name}.{ending}", ending)
        if path is not None:
            self.save(path)

    def save(self, path: Path) -> None:
        """Save the film; the dialog says how it ended, and closes if it ended well.

        Parameters
        ----------
        path : Path
        """
        self._saving = self.choices
        pieces = film_pieces(self._record, self._form.look, self._saving, path)
        self._job = FilmJob(pieces, path, self)
        self._job.progressed.connect(self._progress_to)
        self._job.saved.connect(self._succeed)
        self._job.failed.connect(self._fail)
        self._job.cancelled.connect(self._tell_cancelled)
        self._preview.stop()  # it would take its time from the film
        self._message.hide()
        self._progress.setValue(0)
        self._show_working(True)
        make_room(self)
        self._cancel.setFocus()
        self._job.start()

    def _show_working(self, working: bool) -> None:
        self._progress.setVisible(working)
        self._cancel.setVisible(working)
        self._cancel.setEnabled(working)
        self._save.setEnabled(not working)

    @Slot(float)
    def _progress_to(self, done: float) -> None:
        self._progress.setValue(round(done * PROGRESS_STEPS))

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
        if self._job is not None:
            self._job.cancel()

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
