"""A small film of the film that a file would hold, painted in a thread of the pool, a frame at a time."""

from dataclasses import dataclass, replace
from functools import partial
from threading import Event

from PySide6.QtCore import QElapsedTimer, QTimer, Slot
from PySide6.QtGui import QImage, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from curvegui.core.language.text import capitalised, tr
from curvegui.core.run.record import RunRecord
from curvegui.figure.drawing.look import Look
from curvegui.figure.film.film import Reel
from curvegui.figure.film.options import FilmOptions
from curvegui.session.jobs.job import Job
from curvegui.ui.look.painter import painter_for
from curvegui.ui.picture.preview import PREVIEW_PX, paint_edge
from curvegui.ui.widgets.numbers import format_number
from curvegui.ui.widgets.small_canvas import PREVIEW_ROUNDNESS_PX, rounded

FRAMES_PER_SECOND = 12  # enough to judge a film by, and little work beside the training
MS = 1_000  # in a second


@dataclass(frozen=True, eq=False)
class _Frame:
    """A frame of a strip, its iteration, and for how many ticks it is shown."""

    strip: "_Strip"
    image: QImage
    iteration: int
    ticks: int
    is_last: bool


class _Strip:
    """A film on its way to the screen; only one thread at a time is at it."""

    def __init__(self, record: RunRecord, look: Look, options: FilmOptions, side_px: int) -> None:
        self._made_from = record, look, options, side_px
        self._reel: Reel | None = None
        self._number = -1
        self.stop = Event()

    def next_frame(self, only_last: bool) -> _Frame | None:
        """The next frame; None where it is to stop."""
        if self._reel is None:
            self._reel = Reel(*self._made_from)
        shots = self._reel.shots
        self._number = len(shots) - 1 if only_last else (self._number + 1) % len(shots)
        shot = shots[self._number]
        for _ in self._reel.frame(shot.iteration):
            if self.stop.is_set():
                return None
        return _Frame(self, self._reel.image, shot.iteration, shot.ticks, shot is shots[-1])


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
        """The iteration of the frame that is shown."""
        if self.image.isNull():
            return ""
        return f"{capitalised(tr('iteration {iteration}', iteration=format_number(self._iteration)))}."

    def show_film(self, look: Look, options: FilmOptions) -> None:
        """Begin a film; the one before ends."""
        self.stop()
        self._loops = options.loop and options.format.loops
        side = round(PREVIEW_PX * self.devicePixelRatioF())
        self._strip = _Strip(self._record, look, replace(options, frames_per_second=FRAMES_PER_SECOND), side)
        self._paint_next()

    def stop(self) -> None:
        """Show no more frames."""
        self._timer.stop()
        if self._strip is not None:
            self._strip.stop.set()
            self._strip = None

    def show_image(self, image: QImage) -> None:
        """Show a frame; as a label's picture, each would take another one's place among those that Qt keeps."""
        self.image = QImage(image)  # which the next frame does not change
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame."""
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
    def _show(self, frame: _Frame | None, error: Exception | None) -> None:
        """Show a frame, and let the next one come when this one has been seen."""
        if frame is None or frame.strip is not self._strip:
            return
        self._iteration = frame.iteration
        self.show_image(frame.image)
        if self._animated and (self._loops or not frame.is_last):
            self._timer.start(max(0, round(MS * frame.ticks / FRAMES_PER_SECOND) - self._since.elapsed()))
