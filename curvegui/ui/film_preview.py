"""A small film of the film that a file would hold, painted in a thread of the pool, a frame at a time."""

from dataclasses import replace
from threading import Event

from PySide6.QtCore import QElapsedTimer, QObject, QRunnable, QThreadPool, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from curvegui.core.run_record import RunRecord
from curvegui.figure.film_options import FilmOptions
from curvegui.figure.film_reel import Reel
from curvegui.figure.look import Look
from curvegui.ui.picture_preview import PREVIEW_PX

FRAMES_PER_SECOND = 12  # enough to judge a film by, and little work beside the training
MS = 1_000  # in a second


class _Strip:
    """A film on its way to the screen; only one thread at a time is at it."""

    def __init__(self, record: RunRecord, look: Look, options: FilmOptions, side_px: int) -> None:
        self._made_from = record, look, options, side_px
        self._reel: Reel | None = None
        self._number = -1
        self.stop = Event()

    def next_frame(self, only_last: bool) -> tuple[QImage, int, bool] | None:
        """The next frame, for how many ticks it is shown, and whether it is the last; None where it is to stop."""
        if self._reel is None:
            self._reel = Reel(*self._made_from)
        shots = self._reel.shots
        self._number = len(shots) - 1 if only_last else (self._number + 1) % len(shots)
        shot = shots[self._number]
        for _ in self._reel.frame(shot.iteration):
            if self.stop.is_set():
                return None
        return self._reel.image, shot.ticks, shot is shots[-1]


class _News(QObject):
    """Brings a frame, its ticks and whether it is the last. It lives as long as the painting, unlike the preview."""

    painted = Signal(object, QImage, int, bool)


class _Painting(QRunnable):
    """Paints the next frame of a strip."""

    def __init__(self, strip: _Strip, only_last: bool) -> None:
        super().__init__()
        self._strip, self._only_last = strip, only_last
        self.news = _News()

    def run(self) -> None:
        """Called in a thread of the pool."""
        frame = self._strip.next_frame(self._only_last)
        if frame is not None:
            self.news.painted.emit(self._strip, *frame)


class FilmPreview(QLabel):
    """Shows a film as a file would.

    Parameters
    ----------
    record : RunRecord
    animated : bool
        Whether it moves; else it shows the last frame.
    """

    def __init__(self, record: RunRecord, animated: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._record, self._animated = record, animated
        self._strip: _Strip | None = None
        self._loops = False
        self._since = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._paint_next)
        self.setFixedSize(PREVIEW_PX, PREVIEW_PX)
        self.setAccessibleName("Preview")

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

    @Slot()
    def _paint_next(self) -> None:
        if self._strip is None:
            return
        self._since.start()
        painting = _Painting(self._strip, only_last=not self._animated)
        painting.news.painted.connect(self._show)
        QThreadPool.globalInstance().start(painting)

    @Slot(object, QImage, int, bool)
    def _show(self, strip: _Strip, image: QImage, ticks: int, is_last: bool) -> None:
        """Show a frame, and let the next one come when this one has been seen."""
        if strip is not self._strip:
            return
        pixmap = QPixmap.fromImage(image)
        pixmap.setDevicePixelRatio(self.devicePixelRatioF())
        self.setPixmap(pixmap)
        if self._animated and (self._loops or not is_last):
            self._timer.start(max(0, round(MS * ticks / FRAMES_PER_SECOND) - self._since.elapsed()))
