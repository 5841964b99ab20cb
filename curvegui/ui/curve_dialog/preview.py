"""A curve as it will be trained on: its line, its jumps, the training points as dots, and what is said about it."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from curvegui.core.arrays import FloatArray
from curvegui.core.curve.curve import Curve
from curvegui.core.language.text import in_row, tr, tr_n
from curvegui.core.learner.target import Target
from curvegui.core.settings.config import SETTINGS
from curvegui.core.settings.fitting import jump_count
from curvegui.figure.drawing.data_map import DataMap
from curvegui.figure.drawing.look import Ink, Look
from curvegui.figure.drawing.polyline import saved, stroke_trail
from curvegui.figure.drawing.target_drawing import curve_drawing, paint_points, paint_target
from curvegui.ui.widgets.small_canvas import PREVIEW_ROUNDNESS_PX, SmallCanvas

SIDES_PX = 150, 250  # the smallest and the usual one
FADED = 0.3  # the opacity of a curve that is no longer the chosen one
LINE_ALPHA = 0.75  # of the line under the dots
MANY = 300  # more dots than these are smaller
MOST_SEEN, FEWEST_SEEN = 2_000, 100  # points of the line: more would take long to paint, and look the same
LONGEST = 100.0  # sides of the square: a longer line, as of scattered points, is as dense with fewer points
JUMP_ALPHA = 0.4  # of the dots on a jump
PART_WIDTH = 2.2  # of the part that is pointed at, in widths of the fit


class CurvePreview(SmallCanvas):
    """A square with a curve in it."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(tr("Preview"), look, SIDES_PX, PREVIEW_ROUNDNESS_PX, parent)
        self.setObjectName("curve.preview")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._curve: Curve | None = None
        self._target: Target | None = None
        self._part: FloatArray | None = None
        self._is_faded = False

    @property
    def target(self) -> Target | None:
        """The training points that are shown."""
        return None if self._is_faded else self._target

    def show_curve(self, curve: Curve, target: Target) -> None:
        """Show a curve and its training points."""
        length = float(np.hypot(*np.diff(curve.points)).sum())
        most = int(MOST_SEEN / max(length / LONGEST, 1.0))
        self._curve = curve if curve.t.size <= most else curve.sampled(max(most, FEWEST_SEEN))
        self._target, self._is_faded = target, False
        self._renew()

    def in_words(self) -> str:
        """The curve and its training points."""
        if self._curve is None or self._target is None or self._is_faded:
            return ""
        return curve_facts(self._curve, self._target.t.size)

    def fade(self) -> None:
        """Fade the curve that was chosen before: what is chosen now is no curve."""
        if not self._is_faded:
            self._is_faded = True
            self._renew()

    def show_part(self, part: FloatArray | None) -> None:
        """Highlight a part: points in the user's units, shape (2, M); or none."""
        if part is not None and part.shape[1] > MOST_SEEN:
            part = part[:, np.linspace(0, part.shape[1] - 1, MOST_SEEN).astype(np.intp)]
        self._part = part
        self._renew()

    def _corner(self, side: int) -> QPointF:
        """At the top, where the form beside it begins."""
        return QPointF((self.width() - side) / 2, 0)

    def _paint_on_ground(self, painter: QPainter, ratio: float) -> None:
        plane = self._ground_plane()
        if self._curve is not None and self._target is not None:
            self._paint_curve(painter, plane, self._curve, self._target, ratio)
        if self._part is not None and self._curve is not None:
            painter.setOpacity(1.0)
            pen = self._look.fit_pen(ratio)
            pen.setWidthF(pen.widthF() * PART_WIDTH / 2)
            with saved(painter):
                part = plane.map(self._curve.units.to_square(self._part))
                stroke_trail(painter, part[np.newaxis], pen)  # a scribble takes a sixth of the time of `stroke_curve`

    def _paint_curve(self, painter: QPainter, plane: DataMap, curve: Curve, target: Target, ratio: float) -> None:
        ink, faded = Ink(self._look.target.colour), FADED if self._is_faded else 1.0
        radius = 2.4 if target.t.size <= MANY else 1.4
        painter.setOpacity(LINE_ALPHA * faded)
        paint_target(painter, curve_drawing(curve), plane, self._look, ratio)
        for jumps, alpha in ((target.jumps, JUMP_ALPHA), (~target.jumps, 1.0)):
            painter.setOpacity(alpha * faded)
            paint_points(painter, target.points[:, jumps], plane, ink, ratio, radius=radius)


def curve_facts(curve: Curve, points: int) -> str:
    """A sentence; ``points`` is the number at which it will be trained on."""
    jumps, outlines = jump_count(curve), outline_count(curve)
    parts = (
        [
            tr_n(
                "{outlines:,} outlines joined by {n:,} jump",
                "{outlines:,} outlines joined by {n:,} jumps",
                jumps,
                outlines=outlines,
            )
        ]
        if jumps
        else []
    )
    parts.append(_points(curve.t.size))
    return tr("{parts}; will be sampled at {points}.", parts=in_row(parts), points=_points(points))


def fit_words(changes: Mapping[str, Any]) -> str:
    """What would be changed to fit the network to a curve: "20–20 neurons, Adam, no noise"."""
    neurons = "–".join(map(str, changes["hidden"]))
    optimizer = dict(SETTINGS["optimizer"].choices())[changes["optimizer"]]
    return tr(
        "Fit the network to this curve: {neurons} neurons, {optimizer}, no noise", neurons=neurons, optimizer=optimizer
    )


def outline_count(curve: Curve) -> int:
    """How many drawn parts a curve consists of."""
    jumps = jump_count(curve)
    return max(1, jumps if curve.closed else jumps + 1)


def _points(count: int) -> str:
    return tr_n("{n:,} point", "{n:,} points", count)
