"""What a person sees of a training: a line of words, and in Jupyter the picture, which grows while it learns."""

import time
from base64 import b64encode
from dataclasses import replace
from typing import TYPE_CHECKING

from curvegui.core.arrays import FloatArray
from curvegui.files.disk.progress_line import ProgressLine, cell_number, cell_output, duration

if TYPE_CHECKING:
    from curvegui.figure.picture.growing_picture import GrowingPicture
    from curvegui.figure.picture.training_picture import ThinnedTrail, TrainingPicture

FRAME_SECONDS = 0.5
PAINTING_SHARE = 0.3  # of the time, at most
BAR_WIDTH = 20


class Shown:
    """The outputs of a training; ``title`` says with what it trains, ``live`` whether its picture is shown on the way.

    Both questions whether something is due are cheap enough to be asked in every iteration.
    """

    def __init__(self, title: str, target: FloatArray, live: bool) -> None:
        self._line, self._output = ProgressLine(title=title), cell_output()
        self._target, self._start = target, time.monotonic()
        self._frame_due = self._start + FRAME_SECONDS if live and self._output else float("inf")
        self._painter: GrowingPicture | None = None

    def line_is_due(self) -> bool:
        """Whether it is time for new words."""
        return self._line.due()

    def frame_is_due(self) -> bool:
        """Whether it is time for a new picture."""
        return time.monotonic() >= self._frame_due

    def tell(self, reached: str, made: int, left: int) -> None:
        """Say how far it has come, and how long it still takes."""
        full = BAR_WIDTH * made // (made + left)
        seconds = (time.monotonic() - self._start) / made * left
        bar = f"[{'#' * full}{'.' * (BAR_WIDTH - full)}]"
        self._line.show(f"{bar} {reached}, {left:,} to go, {duration(seconds)} left")

    def paint(self, trail: "ThinnedTrail", fit: FloatArray) -> None:
        """Show the picture as it is now."""
        from curvegui.figure.picture.growing_picture import GrowingPicture

        start = time.monotonic()
        self._painter = self._painter or GrowingPicture(self._target)
        self._put(self._painter.png(trail.curves(), fit), "Training…")
        now = time.monotonic()
        self._frame_due = now + max(FRAME_SECONDS - (now - start), (now - start) / PAINTING_SHARE)

    def finish(self, picture: "TrainingPicture", reached: str) -> "TrainingPicture":
        """Show the words and the picture that stay; returns the picture, which this cell does not show again."""
        self._line.finish(reached)
        if self._output is None:
            return picture
        self._put(picture._repr_png_()[0], picture.caption)
        return replace(picture, shown_in=cell_number())

    def _put(self, png: bytes, words: str) -> None:
        from curvegui.figure.picture.training_picture import CELL_SIZE

        assert self._output is not None
        output = {"image/png": b64encode(png).decode(), "text/plain": words}
        self._output.show(output, metadata={"image/png": CELL_SIZE})
