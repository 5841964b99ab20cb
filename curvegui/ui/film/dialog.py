"""The dialog that saves a film of a run, and the job that saves it while the window and the training go on."""

from collections.abc import Generator, Mapping
from functools import partial
from pathlib import Path
from threading import Event
from types import MappingProxyType

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from curvegui.core.language.text import tr
from curvegui.core.run.record import RunRecord
from curvegui.figure.film.film import carry_out, film_pieces
from curvegui.figure.film.options import FilmOptions, frame_counts
from curvegui.session.jobs.job import Job
from curvegui.ui.dialogs.kept_choices import choices_to_text
from curvegui.ui.dialogs.save_dialog import SaveDialog, say
from curvegui.ui.film.form import FilmForm
from curvegui.ui.film.preview import FilmPreview
from curvegui.ui.look.layouts import filled

STEP = 0.002  # of the progress: more often, and the window would have nothing else to do


class FilmJob(QObject):
    """One film on its way to a file: ``pieces`` are those of `film_pieces`, which save it at ``path``."""

    progressed = Signal(float)  # from 0 to 1
    saved = Signal(str)  # the path
    failed = Signal(str)  # a sentence; any old file is unchanged
    cancelled = Signal()  # nothing is left of it; any old file is unchanged

    def __init__(self, pieces: Generator[float, None, None], path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path, self._stop, self._told = path, Event(), 0.0
        work = partial(carry_out, pieces, progress=self._tell_progress, should_stop=self._stop.is_set)
        self._job = Job(work, is_long=True)
        self._job.reported.connect(self._pass_progress)
        self._job.ended.connect(self._finish)

    def start(self) -> None:
        """Begin; returns at once."""
        self._job.start()

    def cancel(self) -> None:
        """Stop after the piece of work that is under way; returns at once."""
        self._stop.set()

    def _tell_progress(self, done: float) -> None:
        """Called in a thread of the pool."""
        if done - self._told >= STEP:
            self._told = done
            self._job.tell(done)

    @Slot(object)
    def _pass_progress(self, done: float) -> None:
        self.progressed.emit(done)

    @Slot(object, object)
    def _finish(self, is_saved: bool | None, error: Exception | None) -> None:
        if error is not None:
            self.failed.emit(str(error) or type(error).__name__)
        elif is_saved:
            self.saved.emit(str(self._path))
        else:
            self.cancelled.emit()


class FilmDialog(SaveDialog):
    """Chooses what a film of a run is like, shows it, and saves it; training goes on behind the dialog.

    ``look_key`` is a key of ``LOOKS``, and ``canvas`` says which layers the canvas shows; ``animated`` says whether the
    preview may move.
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
        canvas: Mapping[str, bool] = MappingProxyType({}),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("film", tr("Save video"), folder, name, parent)
        self._record, self._saving = record, choices
        self._form = FilmForm(choices, look_key, canvas)
        self._preview, self._summary = FilmPreview(record, animated), QLabel()
        self._cancel = QPushButton(tr("Ca&ncel"))
        self._cancel.hide()
        self._progress.setAccessibleName(tr("Progress"))
        self._name_parts(summary=self._summary, cancel=self._cancel)
        self._lay_out_beside(self._shown(), self._form, beside_progress=self._cancel)
        self._form.changed.connect(self._show_choices)
        self._cancel.clicked.connect(self._cancel_job)
        self._show_choices()

    def _shown(self) -> QWidget:
        """The preview and its summary."""
        self._summary.setProperty("muted", True)
        self._summary.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._summary.setWordWrap(True)
        shown = QWidget()
        filled(QVBoxLayout(shown), self._preview, self._summary, 1, spacing=9)
        return shown

    @property
    def choices(self) -> FilmOptions:
        """What is chosen now."""
        return self._form.options

    @Slot()
    def _show_choices(self) -> None:
        """Play the preview, and say what the choices come to, and what is missing for them."""
        self._summary.setText(_summary(self.choices))
        missing = self.choices.format.load().missing()
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
        self._end_job(tr("Cancelled: nothing was saved."), error=False)

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
    return tr(
        "{moving:,} frames of {side:,} × {side:,} pixels,\nthe last one shown for {seconds:g} s",
        moving=moving,
        side=side,
        seconds=seconds,
    )
