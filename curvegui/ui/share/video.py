"""Videos of a run: their choices, and a preview that plays as the file would."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from curvegui.core.language.text import capitalised, english, mark, tr
from curvegui.core.run.record import RunRecord
from curvegui.core.settings.setting import Setting
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
from curvegui.ui.share.form import ShareField, ShareForm, look_field
from curvegui.ui.share.job import ShareJob
from curvegui.ui.share.moment import NO_RUN, Moment
from curvegui.ui.share.preview import SharePreview
from curvegui.ui.widgets.numbers import format_number

OF_CANVAS = "target", "trail", "axes"
CANVAS_TIP = mark(
    "Look, target, trail and axes as the canvas has them now. A video has no arrows and no muted curves: "
    "they belong to one iteration"
)


def _option(key: str, label: str, setting: Setting) -> ShareField:
    """The field of an option that is a setting, too."""
    tip, usually = english(setting, "tip"), getattr(FilmOptions(), key)
    if isinstance(usually, str):
        return ShareField(key, label, usually, lambda: dict(setting.choices()), tip=tip)
    return ShareField(key, label, usually, bounds=(setting.low, setting.high), unit=english(setting, "unit"), tip=tip)


FILM = (
    _option("ending", mark("&Format"), FORMAT),
    look_field(mark("Loo&k")),
    _option("time", mark("T&ime"), TIME),
    _option("seconds", mark("&Length"), LENGTH),
    _option("frames_per_second", mark("Frames &per second"), RATE),
    _option("side_px", mark("Si&ze"), SIZE),
    ShareField("summary"),
    ShareField("as_on_canvas", mark("As on the can&vas"), False, tip=CANVAS_TIP, alone=True),
    ShareField("target", mark("&Target"), True),
    ShareField("trail", mark("T&rail"), True),
    ShareField("axes", mark("A&xes"), False),
    ShareField("caption", mark("C&aption"), True),
    ShareField("loop", mark("L&oop"), True),
)
SIZE_STEP_PX = 20


class FilmForm(ShareForm):
    """Only options that go together can be chosen."""

    def __init__(self, moment: Moment, kind: str) -> None:
        display = moment.services.display.now
        super().__init__(moment, kind, FILM, look=display.look_key, as_on_canvas=False)
        self._display = display
        self._player: FilmPlayer | None = None
        self._editors["side_px"].setSingleStep(SIZE_STEP_PX)
        self._rows.setRowVisible(self._editors["as_on_canvas"], moment.is_of_window)

    @property
    def options(self) -> FilmOptions:
        side = self["side_px"]
        return self._made(FilmOptions, side_px=side - side % 2 if formats(FilmFormat)[self.ending].even_sides else side)

    @Slot()
    def refresh(self) -> None:
        """Take the look and the layers of the canvas, or let them be chosen; say how many frames there are, and which
        library is missing for the format."""
        follows, form = self["as_on_canvas"], formats(FilmFormat)[self.ending]
        if follows:
            self.choose("look", self._display.look_key)
            for key in OF_CANVAS:
                self._editors[key].setChecked(getattr(self._display, key))
        self._enable(not follows, "look", *OF_CANVAS)
        self._enable(form.loops, "loop")
        self._editors["frames_per_second"].setMaximum(int(min(RATE.high, form.most_frames_per_second)))
        options = self.options
        moving, held = frame_counts(options)
        words = mark("{moving:,} frames of {side:,} × {side:,} pixels,\nthe last one shown for {seconds:g} s")
        seconds = round(held / options.frames_per_second, 1)
        self._editors["summary"].setText(tr(words, moving=moving, side=options.side_px, seconds=seconds))
        self.obstacle = form.load().missing()
        self.waits = not self._moment.has_arrived
        if not self.waits and self._moment.project is None:
            self.obstacle = tr(NO_RUN)
        self.changed.emit()

    def show_in(self, preview: SharePreview) -> None:
        """Play the film, or with reduced motion show its last frame."""
        self.stop()
        project = self._moment.project
        if project is not None:
            preview.stop()
            preview.show_image(QImage())
            is_animated = not self._display.reduced_motion
            self._player = FilmPlayer(project.record, preview, is_animated, self)
            self._player.play(LOOKS[self["look"]], self.options)

    def stop(self) -> None:
        if self._player is not None:
            self._player.stop()
            self._player.deleteLater()
            self._player = None

    def job(self, path: Path, parent: QWidget) -> ShareJob:
        self.stop()  # the preview would take time from the film
        assert self._moment.project is not None  # else there is an obstacle
        pieces = film_pieces(self._moment.project.record, LOOKS[self["look"]], self.options, path)

        def work(tell: Callable[[float], None], stops: Callable[[], bool]) -> str | None:
            return "" if carry_out(pieces, progress=tell, should_stop=stops) else None

        return ShareJob(parent, work=work, path=path)


FRAMES_PER_SECOND = 12  # enough to judge a film by, and little work beside the training
MS = 1_000  # in a second


class FilmPlayer(QObject):
    """Plays a film in a preview as the file would; where it is not ``animated``, shows its last frame. The frames are
    painted one by one, in a thread."""

    def __init__(self, record: RunRecord, preview: SharePreview, animated: bool, parent: QObject) -> None:
        super().__init__(parent)
        self._record, self._preview, self._animated = record, preview, animated
        self._reel: Reel | None = None
        self._number, self._stop, self._since = -1, Event(), QElapsedTimer()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._paint_next)

    def play(self, look: Look, options: FilmOptions) -> None:
        """Play a film, once."""
        slow = replace(options, frames_per_second=FRAMES_PER_SECOND)
        self._loops, self._film = options.loop and options.format.loops, (look, slow, self._preview.side_px)
        self._paint_next()

    def stop(self) -> None:
        self._timer.stop()
        self._stop.set()

    @Slot()
    def _paint_next(self) -> None:
        self._since.start()
        job = Job(self._next_frame)
        job.ended.connect(self._show)
        job.start()

    def _next_frame(self) -> tuple[QImage, Shot, bool] | None:
        """The next frame, its shot, and whether it is the last shot; None where the film has been stopped."""
        reel = self._reel = self._reel or Reel(self._record, *self._film)
        self._number = (self._number + 1) % len(reel.shots) if self._animated else -1
        shot = reel.shots[self._number]
        for _ in reel.frame(shot.iteration):
            if self._stop.is_set():
                return None
        return reel.image, shot, shot is reel.shots[-1]

    @Slot(object, object)
    def _show(self, frame: tuple[QImage, Shot, bool] | None, error: Exception | None) -> None:
        """Show a frame, and let the next frame come when this frame has been seen."""
        if frame is None or self._stop.is_set():
            return
        image, shot, is_last = frame
        words = capitalised(tr("iteration {iteration}", iteration=format_number(shot.iteration)))
        self._preview.show_image(image, f"{words}.")
        if self._animated and (self._loops or not is_last):
            self._timer.start(max(0, round(MS * shot.ticks / FRAMES_PER_SECOND) - self._since.elapsed()))
