"""The picture that ``plot_training`` returns: Jupyter shows it, a script saves it.

Qt is loaded when a picture is painted, not before.
"""

import math
import os
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray, read_only
from curvegui.figure.picture.formats import PICTURE_FORMATS
from curvegui.files.disk.atomic import write_bytes

DRAW_ITERATIONS = 100  # the exercise draws the network's solution every 100 iterations
TRAIL_CURVES = 2_000  # more of them only paint over each other
TRAIL_NUMBERS = 16_000_000  # 64 MB of float32, however many points a curve has


class Trail:
    """The network's curves along the way: every 100 iterations, or so seldom that they stay few.

    The iterations to go are counted down to 0; a curve is due where they are a multiple of ``every``.
    """

    def __init__(self, iterations: int, points: int) -> None:
        most = max(1, min(TRAIL_CURVES, TRAIL_NUMBERS // (2 * points)))
        due = iterations // DRAW_ITERATIONS + 1
        self.every = DRAW_ITERATIONS * math.ceil(due / most)
        self._curves = np.empty((iterations // self.every + 1, 2, points), dtype=np.float32)
        self._count = 0

    def add(self, curve: FloatArray) -> None:
        """Keep one more curve, shape (2, N)."""
        self._curves[self._count] = curve
        self._count += 1

    def curves(self) -> NDArray[np.float32]:
        """What was kept so far, shape (m, 2, N)."""
        return self._curves[: self._count]


@dataclass(frozen=True, eq=False)
class TrainingPicture:
    """A finished training, ready to be shown or saved.

    ``target`` and ``fit`` have shape (2, N), ``trail`` (m, 2, N), float32; all are read-only. The caption says what
    was trained, for how long, and how well.
    """

    target: FloatArray = field(repr=False)
    trail: NDArray[np.float32] = field(repr=False)
    fit: FloatArray = field(repr=False)
    caption: str

    def __post_init__(self) -> None:
        for name in ("target", "trail", "fit"):
            object.__setattr__(self, name, read_only(getattr(self, name)))

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the picture to a file, replacing an older one only when all of it is written.

        The ending of its name says what is written: .png, .svg, .pdf or another picture format. Raises ``ValueError``
        if it says nothing of the kind, and ``OSError``, with the reason, if the file cannot be written.
        """
        ending = Path(path).suffix.lower().removeprefix(".")
        if ending not in PICTURE_FORMATS:
            allowed = ", ".join(f".{each}" for each in PICTURE_FORMATS)
            raise ValueError(f"A picture's name must end in one of {allowed}: {os.fspath(path)!r} does not.")
        write_bytes(Path(path), self._painted(ending))

    def _repr_png_(self) -> bytes:
        """What Jupyter displays."""
        return self._painted("png")

    def _painted(self, ending: str) -> bytes:
        from curvegui.figure.application import ensure_gui_application
        from curvegui.figure.drawing.figure import Figure, FigureOptions
        from curvegui.figure.drawing.look import LOOKS
        from curvegui.figure.picture.export import render_bytes

        ensure_gui_application()
        figure = Figure(target=self.target, trail=self.trail, fit=self.fit, caption=self.caption)
        return render_bytes(figure, LOOKS["classic"], FigureOptions(), ending)
