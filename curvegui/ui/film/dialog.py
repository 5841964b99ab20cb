"""The dialog that saves a film of a run, its preview, and the job that saves the film while the window stays alive."""

from collections.abc import Generator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event
from types import MappingProxyType

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from curvegui.core.language.text import capitalised, mark, tr
from curvegui.core.run.record import RunRecord
from curvegui.figure.drawing.look import LOOKS, Look
from curvegui.figure.film.film import (
    FORMAT,
    LENGTH,
    RATE,
    SIZE,
    TIME,
    FilmOptions,
    Reel,
    Shot,
    carry_out,
    film_pieces,
    frame_counts,
)
from curvegui.figure.formats import FilmFormat, formats
from curvegui.session.jobs.job import Job
from curvegui.ui.dialogs.save_dialog import SaveDialog, choices_to_text, kept_values, say
from curvegui.ui.look.layouts import filled
from curvegui.ui.look.painter import painter_for
from curvegui.ui.picture.form import ChoicesForm
from curvegui.ui.picture.preview import PREVIEW_PX, paint_edge
from curvegui.ui.widgets.form import CheckBox
from curvegui.ui.widgets.numbers import format_number
from curvegui.ui.widgets.small_canvas import PREVIEW_ROUNDNESS_PX, rounded

SWITCHES = {
    "target": mark("&Target"),
    "trail": mark("T&rail"),
    "axes": mark("A&xes"),
    "caption": mark("C&aption"),
    "loop": mark("L&oop"),
}
SIZE_STEP_PX = 20
CANVAS_TIP = mark(
    "Look, target, trail and axes as the canvas has them now. A film has no arrows and no muted curves: "
    "they belong to one iteration"
)


class FilmForm(ChoicesForm):
    """Editors of a film's options; only options that go together can be chosen. ``look_key`` is the look of the canvas,
    and ``canvas`` says which layers the canvas shows."""

    def __init__(self, options: FilmOptions, look_key: str, canvas: Mapping[str, bool] = MappingProxyType({})) -> None:
        super().__init__("film")
        self._canvas_look, self._canvas = look_key, canvas
        self._format = self._add_list("format", tr("&Format"), dict(FORMAT.choices()), options.ending, FORMAT.tip)
        looks = {key: each.label for key, each in LOOKS.items()}
        self._look = self._add_list("look", tr("Loo&k"), looks, look_key)
        self._time = self._add_list("time", tr("T&ime"), dict(TIME.choices()), options.time, TIME.tip)
        numbers = {
            "seconds": (tr("&Length"), LENGTH, round(options.seconds)),
            "rate": (tr("Frames &per second"), RATE, options.frames_per_second),
            "size": (tr("Si&ze"), SIZE, options.side_px),
        }
        self._numbers = {
            key: self._add_number(key, label, (each.low, each.high), number, unit=each.unit, tip=each.tip)
            for key, (label, each, number) in numbers.items()
        }
        for box in self._numbers.values():
            box.setKeyboardTracking(False)  # a number counts when it is typed to its end
            box.setGroupSeparatorShown(True)
        self._numbers["size"].setSingleStep(SIZE_STEP_PX)
        self._as_canvas = self._add("as_on_canvas", CheckBox(tr("As on the can&vas")), tip=tr(CANVAS_TIP))
        self._as_canvas.toggled.connect(self._follow_canvas)
        self._rows.setRowVisible(self._as_canvas, bool(canvas))
        self._switches = {key: self._add_box(key, tr(words), getattr(options, key)) for key, words in SWITCHES.items()}
        self.refresh()

    @property
    def look(self) -> Look:
        return LOOKS[self._look.currentData()]

    @property
    def options(self) -> FilmOptions:
        ending = self._format.currentData()
        seconds, rate, side = (box.value() for box in self._numbers.values())
        return FilmOptions(
            ending=ending,
            side_px=side - side % 2 if formats(FilmFormat)[ending].even_sides else side,
            seconds=float(seconds),
            frames_per_second=rate,
            time=self._time.currentData(),
            **{key: switch.isChecked() for key, switch in self._switches.items()},
        )

    @Slot(bool)
    def _follow_canvas(self, follow: bool) -> None:
        """Take the look and the layers of the canvas, or let them be chosen."""
        if follow:
            self._look.setCurrentIndex(self._look.findData(self._canvas_look))
            for key, shown in self._canvas.items():
                self._switches[key].setChecked(shown)
        for widget in (self._look, *(self._switches[key] for key in self._canvas)):
            widget.setEnabled(not follow)

    @Slot()
    def refresh(self) -> None:
        form = formats(FilmFormat)[self._format.currentData()]
        self._numbers["rate"].setMaximum(int(min(RATE.high, form.most_frames_per_second)))
        self._switches["loop"].setEnabled(form.loops)
        self.changed.emit()


def film_choices(text: str) -> FilmOptions:
    """Options from JSON, with defaults for missing values, and all defaults where the values do not go together."""
    default = FilmOptions()
    try:
        return FilmOptions(**kept_values(text, default))
    except ValueError:
        return default


FRAMES_PER_SECOND = 12  # enough to judge a film by, and little work beside the training
MS = 1_000  # in a second


class _Strip:
    """A film for the preview, painted frame by frame, by one thread at a time."""

    def __init__(self, record: RunRecord, look: Look, options: FilmOptions, side_px: int) -> None:
        self._made_from = record, look, options, side_px
        self._reel: Reel | None = None
        self._number = -1
        self.stop = Event()

    def next_frame(self, only_last: bool) -> tuple["_Strip", QImage, Shot, bool] | None:
        """This strip, its next frame, the frame's shot, and whether it is the last shot; None once ``stop`` is set."""
        if self._reel is None:
            self._reel = Reel(*self._made_from)
        shots = self._reel.shots
        self._number = len(shots) - 1 if only_last else (self._number + 1) % len(shots)
        shot = shots[self._number]
        for _ in self._reel.frame(shot.iteration):
            if self.stop.is_set():
                return None
        return self, self._reel.image, shot, shot is shots[-1]


class FilmPreview(QLabel):
    """Shows a film as a file would; where it is not ``animated``, its last frame."""

    def __init__(self, record: RunRecord, animated: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._record, self._animated = record, animated
        self.image, self._iteration = QImage(), 0
        self._strip: _Strip | None = None
        self._loops = False
        self._since = QElapsedTimer()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._paint_next)
        self.setFixedSize(PREVIEW_PX, PREVIEW_PX)
        self.setAccessibleName(tr("Preview"))

    def in_words(self) -> str:
        if self.image.isNull():
            return ""
        return f"{capitalised(tr('iteration {iteration}', iteration=format_number(self._iteration)))}."

    def show_film(self, look: Look, options: FilmOptions) -> None:
        """Begin a film; the film before ends."""
        self.stop()
        self._loops = options.loop and options.format.loops
        side = round(PREVIEW_PX * self.devicePixelRatioF())
        self._strip = _Strip(self._record, look, replace(options, frames_per_second=FRAMES_PER_SECOND), side)
        self._paint_next()

    def stop(self) -> None:
        self._timer.stop()
        if self._strip is not None:
            self._strip.stop.set()
            self._strip = None

    def show_image(self, image: QImage) -> None:
        """Show a frame; as a label's pixmap, each frame would push another pixmap out of Qt's cache."""
        self.image = QImage(image)  # which the next frame does not change
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        if not self.image.isNull():
            painter.drawPixmap(self.rect(), rounded(self.image, self.devicePixelRatioF(), PREVIEW_ROUNDNESS_PX))
        paint_edge(painter, self.rect())
        painter.end()

    @Slot()
    def _paint_next(self) -> None:
        if self._strip is None:
            return
        self._since.start()
        job = Job(partial(self._strip.next_frame, only_last=not self._animated))
        job.ended.connect(self._show)
        job.start()

    @Slot(object, object)
    def _show(self, frame: tuple[_Strip, QImage, Shot, bool] | None, error: Exception | None) -> None:
        """Show a frame, and let the next frame come when this frame has been seen."""
        if frame is None or frame[0] is not self._strip:
            return
        _, image, shot, is_last = frame
        self._iteration = shot.iteration
        self.show_image(image)
        if self._animated and (self._loops or not is_last):
            self._timer.start(max(0, round(MS * shot.ticks / FRAMES_PER_SECOND) - self._since.elapsed()))


STEP = 0.002  # of the progress: more often, and the window would have nothing else to do


class FilmJob(QObject):
    """A film on its way to the file ``path``; ``pieces`` come from `film_pieces`."""

    progressed = Signal(float)  # from 0 to 1
    saved = Signal(str)  # the path
    failed = Signal(str)  # a sentence; any old file is unchanged
    cancelled = Signal()  # nothing is left of the film; any old file is unchanged

    def __init__(self, pieces: Generator[float, None, None], path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path, self._stop, self._told = path, Event(), 0.0
        work = partial(carry_out, pieces, progress=self._tell_progress, should_stop=self._stop.is_set)
        self._job = Job(work, is_long=True)
        self._job.reported.connect(self._pass_progress)
        self._job.ended.connect(self._finish)

    def start(self) -> None:
        self._job.start()

    def cancel(self) -> None:
        """Stop after the piece of work that is under way; returns at once."""
        self._stop.set()

    def _tell_progress(self, done: float) -> None:
        if done - self._told >= STEP:
            self._told = done
            self._job.report(done)

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
    """Chooses the options of a film of a run, shows the film, and saves it; training goes on behind the dialog.
    ``look_key`` is a key of ``LOOKS``, ``canvas`` says which layers the canvas shows, and ``animated`` whether the
    preview may move."""

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
        self.form = FilmForm(choices, look_key, canvas)
        self.preview, self._summary = FilmPreview(record, animated), QLabel()
        self._cancel = QPushButton(tr("Ca&ncel"))
        self._cancel.hide()
        self._progress.setAccessibleName(tr("Progress"))
        self._name_parts(summary=self._summary, cancel=self._cancel)
        self._summary.setProperty("muted", True)
        self._summary.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._summary.setWordWrap(True)
        shown = QWidget()
        filled(QVBoxLayout(shown), self.preview, self._summary, 1, spacing=9)
        self._lay_out_beside(shown, self.form, beside_progress=self._cancel)
        self.form.changed.connect(self._show_choices)
        self._cancel.clicked.connect(self._cancel_job)
        self._show_choices()

    @property
    def choices(self) -> FilmOptions:
        return self.form.options

    @Slot()
    def _show_choices(self) -> None:
        """Play the preview, and say how many frames there are, and which library is missing for the format."""
        choices = self.choices
        moving, held = frame_counts(choices)
        words = mark("{moving:,} frames of {side:,} × {side:,} pixels,\nthe last one shown for {seconds:g} s")
        seconds = round(held / choices.frames_per_second, 1)
        self._summary.setText(tr(words, moving=moving, side=choices.side_px, seconds=seconds))
        missing = choices.format.load().missing()
        self._save.setEnabled(self._job is None and not missing)
        if missing:
            say(self._message, missing, error=True)
        else:
            self._message.hide()
        if self._job is None:
            self.preview.show_film(self.form.look, choices)

    @property
    def _ending(self) -> str:
        return self.choices.ending

    def save(self, path: Path) -> None:
        self._saving = self.choices
        job = FilmJob(film_pieces(self._record, self.form.look, self._saving, path), path, self)
        job.cancelled.connect(partial(self._fail, tr("Cancelled: nothing was saved."), error=False))
        self.preview.stop()  # the preview would take time from the film
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
    def _fail(self, reason: str, error: bool = True) -> None:
        self._job = None
        self._show_working(False)
        self._show_choices()
        self._save.setFocus()
        say(self._message, reason, error)

    @Slot()
    def _cancel_job(self) -> None:
        if self._job is not None:
            self._cancel.setEnabled(False)
            self._job.cancel()

    @Slot()
    def _stop(self) -> None:
        """Stop painting; nothing is left of an incomplete film."""
        self.preview.stop()
        super()._stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc cancels a film that is being saved; if none is, Esc closes the dialog."""
        if event.key() == Qt.Key.Key_Escape and self._job is not None:
            self._cancel_job()
        else:
            super().keyPressEvent(event)
