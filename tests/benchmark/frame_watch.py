"""Notes when the canvas's clock rings, and for how long each frame's slot keeps the GUI thread."""

from dataclasses import dataclass
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from curvegui.ui.canvas.canvas import FRAME_MS, Canvas


@dataclass(frozen=True)
class Frames:
    """How late frames were and how long their slots took, in milliseconds, one number each."""

    late: NDArray[np.float64]
    took: NDArray[np.float64]

    def late_by(self, percent: float) -> float:
        """So many percent of the frames were late by at most this."""
        return float(np.percentile(self.late, percent))

    def __str__(self) -> str:
        return f"{self.late_by(50):.2f}, {self.late_by(99):.2f}, {self.late.max():.1f} ms"


class FrameWatch:
    """Stands between every canvas's clock and its frames; to be made before the canvas is.

    A frame is due 16 ms after the one before was due. Where one comes later than the next is due, Qt counts
    anew from there, and so does this.
    """

    def __init__(self) -> None:
        self._began = perf_counter()
        self._starts: list[float] = []
        self._ends: list[float] = []
        frame = Canvas._frame

        def watched(canvas: Canvas) -> None:
            self._starts.append(perf_counter())
            frame(canvas)
            self._ends.append(perf_counter())

        Canvas._frame = watched

    def begin(self, canvas: Canvas) -> None:
        """Forget what was noted, and start the clock at a time that is known."""
        canvas._clock.start(FRAME_MS)
        self._began = perf_counter()
        self._starts.clear()
        self._ends.clear()

    def frames(self) -> Frames:
        """What was noted since ``begin``."""
        interval = FRAME_MS / 1000
        due, late = self._began + interval, []
        for start in self._starts:
            late.append(max(start - due, 0.0))
            due = (start if start > due + interval else min(due, start)) + interval
        took = np.subtract(self._ends, self._starts[: len(self._ends)])
        return Frames(1000 * np.array(late), 1000 * took)
