"""The pictures of the experiments: fits that their runs have made, painted with the look of the canvas."""

from dataclasses import replace
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPixmap

from curvegui.core.learner.target import build_target
from curvegui.core.settings.experiments import Experiment
from curvegui.figure.drawing.data_map import DataMap
from curvegui.figure.drawing.figure import Figure, FigureOptions, paint_figure
from curvegui.figure.drawing.look import Look
from curvegui.figure.drawing.target_drawing import TargetDrawing
from curvegui.files.disk.resources import resource
from curvegui.ui.look.painter import painter_for
from curvegui.ui.widgets.small_canvas import rounded

FILE = "experiments.npz"  # written anew by ``python -m tests.experiment_runs``
SCALE = 0.8  # of the width of lines in a picture of the usual size
TRAIL_ALPHA = 0.3  # there are few
POINT, DOT_PX, EDGE_PX = 0.02, 3.0, 8  # a fit no larger than that is a point, and gets a dot that can be seen
ROUNDNESS_PX = 8


@cache
def fits() -> dict[str, NDArray[np.float32]]:
    """By the experiments' names: fits from the first to the last, shape (m, 2, N)."""
    with np.load(resource(FILE)) as arrays:
        return {name: arrays[name].astype(np.float32) for name in arrays}


def picture(experiment: Experiment, look: Look, side: int, ratio: float) -> QPixmap:
    """The picture, ``side`` logical pixels wide and high, ``ratio`` device pixels to one."""
    curves = fits()[experiment.name]
    look = replace(look, trail=replace(look.trail, alpha=TRAIL_ALPHA))
    figure = Figure(TargetDrawing.of(build_target(experiment.config)), curves[:-1], curves[-1].astype(np.float64))
    image = QImage(round(side * ratio), round(side * ratio), QImage.Format.Format_RGB32)
    painter = painter_for(image)
    for _ in paint_figure(painter, QRectF(image.rect()), figure, look, FigureOptions(), scale=ratio * SCALE):
        pass
    if np.ptp(curves[-1], axis=1).max() < POINT:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.fit.pen(1.0).color())
        places = DataMap.unit_square(QRectF(image.rect())).map(curves[-1][:, :1])
        x, y = np.clip(places, EDGE_PX * ratio, (side - EDGE_PX) * ratio).ravel().tolist()
        painter.drawEllipse(QPointF(x, y), DOT_PX * ratio, DOT_PX * ratio)
    painter.end()
    return rounded(image, ratio, ROUNDNESS_PX)
