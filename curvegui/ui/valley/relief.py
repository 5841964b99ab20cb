"""The surface as a shaded relief, seen from the side; each column of pixels shows the heights nearest to the eye."""

from dataclasses import dataclass
from functools import cached_property
from math import cos, radians, sin, sqrt

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from curvegui.core.arrays import FloatArray
from curvegui.core.valley.surface import Surface, between
from curvegui.ui.look.theme import current_theme
from curvegui.ui.study.weight_colours import image_of
from curvegui.ui.valley.contours import CostScale

HEIGHT = 0.36  # of the relief, in the longer side of its ground
LEAST_SIDE = 0.45  # of the ground's shorter side, in the longer one
LIGHT = -0.5, -0.35, 0.79  # where it comes from: to the right, away from the eye, upwards
DARKEST = 0.35  # of a colour, in the shade
SHADES = 24  # of each band: with ten bands, all have a number in a byte
WALL, NOTHING = 254, 255  # the numbers of the sides that the ground has been cut off at, and of what is beside it
MOST_SAMPLES = 200_000  # of the surface, for a picture: more would take too long
FINER = 2.0  # samples for a pixel of the widget, each way: scaled down, the edges are smooth
ROOM_LINES = 15  # the least width for the axes' names, in heights of a line of text
NEAR = 0.04  # of the depth: what is so little nearer hides nothing
FLOOR = -1e9  # beside the ground there is nothing to be seen


@dataclass(frozen=True, eq=False)
class ReliefView:
    """A surface in an area of the widget, turned by ``turn`` and seen from above by ``tilt``, in degrees. The ground
    has ``sides``; a point of it is seen ``across`` the view and ``away`` from the eye."""

    surface: Surface
    scale: CostScale
    area: QRectF
    turn: float
    tilt: float

    @cached_property
    def sides(self) -> FloatArray:
        """The sides of the ground, shape (2,); the longer side is 1."""
        region = self.surface.region
        sides = np.array([region.right - region.left, region.top - region.bottom])
        shape: FloatArray = (sides / sides.max()).clip(LEAST_SIDE)
        return shape

    @cached_property
    def _rotation(self) -> FloatArray:
        c, s = cos(radians(self.turn)), sin(radians(self.turn))
        return np.array([[c, -s], [s, c]])

    @cached_property
    def _reach(self) -> FloatArray:
        """The size of the turned ground across and away from the eye, shape (2,)."""
        return np.abs(self._rotation) @ self.sides

    @property
    def _flat(self) -> float:
        """The height on the screen of a ground of depth 1."""
        return sin(radians(self.tilt))

    @property
    def _steep(self) -> float:
        """The height on the screen of a relief of height 1."""
        return HEIGHT * cos(radians(self.tilt))

    @cached_property
    def _size(self) -> float:
        """The pixels for a length of 1."""
        across, away = self._reach.tolist()
        size: float = min(self.area.width() / across, self.area.height() / (away * self._flat + self._steep))
        return size

    def on_screen(self, points: FloatArray, costs: FloatArray | None = None) -> FloatArray:
        """The positions in the widget of points of the plane, shape (K, 2) both, at the surface or ``costs``."""
        heights = self.scale.heights(self.surface.cost_at(points) if costs is None else costs)
        return self._seen(self.surface.region.parts(points), heights)

    def _seen(self, parts: FloatArray, heights: FloatArray) -> FloatArray:
        across, away = self._rotation @ ((parts - 0.5) * self.sides).T
        middle, up = self.area.center(), away * self._flat + (heights - 0.5) * self._steep
        return np.column_stack([middle.x() + self._size * across, middle.y() - self._size * up])

    @cached_property
    def _samples(self) -> tuple[FloatArray, NDArray[np.bool_]]:
        """The heights of the surface, shape (away, across), and which of them belong to the ground."""
        wide, deep = self._size * self._reach
        finer = min(FINER, sqrt(MOST_SAMPLES / (wide * deep)))
        columns, rows = (max(round(finer * length), 2) for length in (wide, deep))
        across, away = (np.linspace(-reach / 2, reach / 2, count) for reach, count in
                        zip(self._reach, (columns, rows), strict=True))  # fmt: skip
        turns = zip(self._rotation.T, self.sides, strict=True)
        parts = np.stack([(a * across + b * away[:, np.newaxis]) / side + 0.5 for (a, b), side in turns])
        is_inside = (parts > -1e-9) & (parts < 1 + 1e-9)
        heights = between(self.scale.heights(self.surface.costs), parts.reshape(2, -1).T.clip(0, 1))
        return heights.reshape(rows, columns), is_inside[0] & is_inside[1]

    @cached_property
    def _rows(self) -> tuple[NDArray[np.intp], NDArray[np.bool_], float]:
        """The row of samples that each pixel shows, from below, shape (height, across), -1 for none; whether the pixel
        is of the wall in front; and the pixels for a length of 1."""
        heights, inside = self._samples
        rows, columns = heights.shape
        pixels = (columns - 1) / self._reach[0]
        floor = np.linspace(0, self._reach[1], rows)[:, np.newaxis] * self._flat
        levels = np.where(inside, (floor + heights * self._steep) * pixels, FLOOR)
        highest = np.maximum.accumulate(levels, axis=0)
        tall = int((self._reach[1] * self._flat + self._steep) * pixels) + 1
        hidden_to = np.ceil(highest).clip(0, tall).astype(np.intp)  # the first pixel that a row does not hide
        hidden_to += (tall + 1) * np.arange(columns)
        counts = np.bincount(hidden_to.ravel(), minlength=(tall + 1) * columns).reshape(columns, tall + 1)
        seen = np.cumsum(counts, axis=1)[:, :tall].T
        first = np.argmax(inside, axis=0)
        foot = (floor[first, 0] * pixels)[np.newaxis, :]
        edge = np.take_along_axis(levels, first[np.newaxis, :], axis=0)
        height = np.arange(tall)[:, np.newaxis]
        seen = np.where((seen >= rows) | (height < foot) | ~inside.any(axis=0), -1, seen)
        return seen, (seen >= 0) & (height < edge), pixels

    def _pixels(self, points: FloatArray) -> NDArray[np.intp]:
        """The rows and columns of ``_rows``, shape (2, K), at positions in the widget, shape (K, 2)."""
        seen, _, pixels = self._rows
        middle, part = self.area.center(), pixels / self._size
        columns = seen.shape[1] / 2 + (points[:, 0] - middle.x()) * part
        rows = seen.shape[0] / 2 - (points[:, 1] - middle.y()) * part
        return np.rint([rows, columns]).astype(np.intp)

    def hides(self, points: FloatArray) -> NDArray[np.bool_]:
        """Which points of the plane, shape (K, 2), are hidden by nearer parts of the surface, shape (K,)."""
        seen, deep = self._rows[0], len(self._samples[0])
        rows, columns = self._pixels(self.on_screen(points))
        nearest = seen[rows.clip(0, seen.shape[0] - 1), columns.clip(0, seen.shape[1] - 1)]
        away = (self._rotation @ ((self.surface.region.parts(points) - 0.5) * self.sides).T)[1] / self._reach[1] + 0.5
        hidden: NDArray[np.bool_] = (nearest >= 0) & (nearest < (away - NEAR) * deep)
        return hidden

    def plane_point(self, point: QPointF) -> FloatArray | None:
        """The point of the plane, shape (2,), that is seen at a position in the widget; None beside the relief."""
        seen, samples = self._rows[0], self._samples[0]
        row, column = self._pixels(np.array([[point.x(), point.y()]]))[:, 0].tolist()
        if not (0 <= column < seen.shape[1] and 0 <= row < seen.shape[0]) or seen[row, column] < 0:
            return None
        away = seen[row, column] / (samples.shape[0] - 1) - 0.5
        turned = np.array([column / (samples.shape[1] - 1) - 0.5, away]) * self._reach
        parts = (turned @ self._rotation) / self.sides + 0.5
        found: FloatArray = self.surface.region.places(parts[np.newaxis].clip(0, 1))[0]
        return found

    def paint(self, painter: QPainter, ratio: float) -> None:
        seen, wall, pixels = self._rows
        heights, _ = self._samples
        away, across = np.gradient(heights * HEIGHT, self._reach[0] / (heights.shape[1] - 1))
        light = (-LIGHT[0] * across - LIGHT[1] * away + LIGHT[2]) / np.sqrt(across**2 + away**2 + 1)
        shades = np.rint((DARKEST + (1 - DARKEST) * light.clip(0, 1)) * (SHADES - 1)).astype(np.uint8)
        samples = self.scale.bands(heights) * np.uint8(SHADES) + shades
        shown = samples[seen.clip(0), np.arange(seen.shape[1])]
        shown[wall], shown[seen < 0] = WALL, NOTHING
        tall, wide = seen.shape
        size = QRectF(0, 0, wide * self._size / pixels, tall * self._size / pixels)
        size.moveCenter(self.area.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(size, image_of(self._inks()[shown[::-1]]))

    def _inks(self) -> NDArray[np.uint32]:
        """The colours of all bands in all shades, of the wall, and of nothing: a pixel's number counts them."""
        shades = np.linspace(0, 1, SHADES).tolist()
        bands = [QColor(*(round(shade * part) for part in (each.red(), each.green(), each.blue()))).rgb()
                 for each in self.scale.colours for shade in shades]  # fmt: skip
        return np.array([*bands, *[0] * (WALL - len(bands)), QColor(current_theme().groove).rgb(), 0], np.uint32)

    def paint_axes(self, painter: QPainter, names: tuple[str, str], shifts: tuple[float, float]) -> None:
        """Write the axes' names at the nearest sides of the ground, if there is room."""
        if self.area.width() < ROOM_LINES * painter.fontMetrics().height():
            return
        painter.setPen(QColor(current_theme().text))
        line, ends = painter.fontMetrics().height(), np.array([[0.5, 0.0], [0.5, 1.0], [0.0, 0.5], [1.0, 0.5]])
        seen, across = self._seen(ends, np.zeros(4)), self._rotation[0]
        for axis, name in enumerate(names):
            x, y = max(seen[2 * axis : 2 * axis + 2].tolist(), key=lambda point: point[1])
            words = f"{name} →" if across[axis] > 0 else f"← {name}"
            wide = painter.fontMetrics().horizontalAdvance(words)
            left = x + line / 2 if x > self.area.center().x() else x - line / 2 - wide
            left = min(max(left, 0.0), self.area.right() - wide)
            painter.drawText(QRectF(left, y, wide + 1, line), Qt.AlignmentFlag.AlignCenter, words)
