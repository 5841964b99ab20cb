"""The picture of a training that goes on: each new curve is painted over the curves before."""

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from curvegui.core.arrays import FloatArray
from curvegui.figure.application import ensure_gui_application
from curvegui.figure.drawing.axes import paint_axes
from curvegui.figure.drawing.figure import FigureOptions, figure_map, paint_background, paint_fit, paint_trail_curves
from curvegui.figure.drawing.look import LOOKS
from curvegui.figure.drawing.polyline import painting, saved
from curvegui.figure.drawing.target_drawing import TargetDrawing, paint_dots, paint_target
from curvegui.figure.formats import SIDE_PX
from curvegui.figure.picture.surfaces import blank_image, opened_buffer

NEW_CURVES = 60  # at once: more of them take longer to paint than the iterations that they are of
QUICKLY = 80  # a third of the time, for a file that is a third larger


class GrowingPicture:
    """Paints a `TrainingPicture` while its trail grows, for a target of shape (2, N)."""

    def __init__(self, target: FloatArray) -> None:
        ensure_gui_application()
        self._look, self._drawing, self._painted = LOOKS["classic"], TargetDrawing(target), 0
        self._image = blank_image(SIDE_PX, SIDE_PX)
        rect = QRectF(self._image.rect())
        self._plane = figure_map(rect, "", FigureOptions(axes=True))
        with painting(self._image) as painter:
            paint_background(painter, rect, self._look)
            paint_axes(painter, self._plane, self._look, 1.0)
            paint_target(painter, self._drawing, self._plane, self._look, 1.0)

    def png(self, trail: NDArray[np.float32], fit: FloatArray) -> bytes:
        """The picture with the trail so far, shape (m, 2, N), and the fit; of very many new curves, only some."""
        new = trail[self._painted :]
        self._painted = len(trail)
        self._paint(self._image, new[:: math.ceil(len(new) / NEW_CURVES) or 1])
        image = self._image.copy()
        self._paint(image, new[:0], fit)
        buffer = opened_buffer()
        image.save(buffer, "PNG", QUICKLY)  # type: ignore[call-overload]
        return bytes(buffer.data().data())

    def _paint(self, image: QImage, curves: NDArray[np.float32], fit: FloatArray | None = None) -> None:
        with painting(image) as painter, saved(painter):  # the stop button may strike here
            painter.setClipRect(self._plane.rect.toAlignedRect())
            paint_trail_curves(painter, self._plane.map(curves), self._look, 1.0)
            if fit is not None:
                paint_dots(painter, self._drawing, self._plane, self._look, 1.0)
                paint_fit(painter, self._plane.map(fit), self._look, 1.0)
