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
from curvegui.core.language.text import mark, tr
from curvegui.figure.formats import PictureFormat, formats
from curvegui.files.disk.atomic import write_bytes
from curvegui.files.disk.progress_line import cell_number

CELL_SIZE = {"width": 640, "height": 640}  # in Jupyter: the worksheet's figure, 8 inches at 80 dots
TRAIL_CURVES = 2_000  # more of them only paint over each other
TRAIL_NUMBERS = 16_000_000  # 64 MB of float32, however many points a curve has


class ThinnedTrail:
    """The network's curves along the way: every ``every`` iterations, or less often where the curves would be too many.
    The iterations to go are counted down to 0; a curve is due where they are a multiple of ``every``."""

    def __init__(self, iterations: int, points: int, every: int = 100) -> None:
        most = max(1, min(TRAIL_CURVES, TRAIL_NUMBERS // (2 * points)))
        due = iterations // every + 1
        self.every = every * math.ceil(due / most)
        self._curves = np.empty((iterations // self.every + 1, 2, points), dtype=np.float32)
        self._count = 0

    def add(self, curve: FloatArray) -> None:
        self._curves[self._count] = curve
        self._count += 1

    def curves(self) -> NDArray[np.float32]:
        return self._curves[: self._count]


@dataclass(frozen=True, eq=False)
class TrainingPicture:
    """A finished training, ready to be shown or saved.

    ``target`` and ``fit`` have shape (2, N), ``trail`` (m, 2, N), float32; all are read-only. The caption says what was
    trained, for how long, and how well. ``shown_in`` is the Jupyter cell that has shown the picture already.
    """

    target: FloatArray = field(repr=False)
    trail: NDArray[np.float32] = field(repr=False)
    fit: FloatArray = field(repr=False)
    caption: str
    shown_in: int | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        for name in ("target", "trail", "fit"):
            object.__setattr__(self, name, read_only(getattr(self, name)))

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the picture to a file, replacing an older file only when all of the picture is written.

        The ending of the file's name is the format: .png, .svg, .pdf or another picture format. Raises ``ValueError``
        for other endings, and ``OSError``, with the reason, if the file cannot be written.
        """
        ending = Path(path).suffix.lower().removeprefix(".")
        if ending not in formats(PictureFormat):
            allowed = ", ".join(f".{each}" for each in formats(PictureFormat))
            words = mark("A picture's name must end in one of {allowed}: {path!r} does not.")
            raise ValueError(tr(words, allowed=allowed, path=os.fspath(path)))
        write_bytes(Path(path), self._painted(ending))

    def _ipython_display_(self) -> None:
        """Show nothing where the same cell has shown the picture already; else let Jupyter show the PNG."""
        if self.shown_in is None or self.shown_in != cell_number():
            raise NotImplementedError

    def _repr_png_(self) -> tuple[bytes, dict[str, int]]:
        return self._painted("png"), CELL_SIZE

    def _painted(self, ending: str) -> bytes:
        from curvegui.figure.application import ensure_gui_application
        from curvegui.figure.drawing.figure import Figure, FigureOptions
        from curvegui.figure.drawing.look import LOOKS
        from curvegui.figure.picture.export import render_bytes

        ensure_gui_application()
        figure = Figure(target=self.target, trail=self.trail, fit=self.fit, caption=self.caption)
        return render_bytes(figure, LOOKS["classic"], FigureOptions(axes=True), ending)
