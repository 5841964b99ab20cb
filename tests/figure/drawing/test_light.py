"""The trail as light: the same whatever the order, the age of the run and the pieces in which it was added."""

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage

from curvegui.figure.drawing.data_map import DataMap
from curvegui.figure.drawing.light import TILE, Light, glow_image
from curvegui.figure.drawing.polyline import path_of

SIZE = 300
PLANE = DataMap.unit_square(QRectF(0, 0, SIZE, SIZE))
T = np.linspace(0, 2 * np.pi, 300)  # so many that they are smooth as they are
CURVES = np.stack([[0.5 + r * np.cos(T), 0.5 + r * np.sin(2 * T)] for r in np.linspace(0.2, 0.4, 30)], dtype=np.float32)
ITERATIONS = list(range(100, 3_100, 100))


def developed(light: Light, curves: int = len(CURVES), now: int = ITERATIONS[-1]) -> QImage:
    light.ask()
    light.develop(curves, now)
    assert not light.is_due
    return light.picture.copy()


def added(curves: np.ndarray = CURVES, iterations: list[int] = ITERATIONS, at_once: int = 30) -> Light:
    light = Light(PLANE)
    for start in range(0, len(curves), at_once):
        light.add(curves[start : start + at_once], iterations[start : start + at_once])
    return light


def difference(one: QImage, other: QImage) -> int:
    arrays = [np.frombuffer(each.constBits(), np.uint8).astype(int) for each in (one, other)]
    return int(np.abs(arrays[0] - arrays[1]).max())


def test_pieces_and_order_make_the_same_picture():
    whole = developed(added())
    assert difference(developed(added(at_once=1)), whole) <= 1
    assert difference(developed(added(CURVES[::-1], ITERATIONS[::-1])), whole) <= 1


def test_only_tiles_with_new_light_are_developed():
    light = added(np.concatenate([CURVES, CURVES]), ITERATIONS * 2)
    developed(light)
    light.add(np.full((1, 2, 3), 0.01, np.float32) * np.arange(1, 4), [3_100])
    light.ask()
    before = light.picture.copy()
    light.develop(31, 3_100)
    across, down = (range(0, side, TILE) for side in (before.width(), before.height()))
    tiles = [(x, y, TILE, TILE) for x in across for y in down]
    assert 0 < sum(before.copy(*tile) != light.picture.copy(*tile) for tile in tiles) <= 2


def test_light_grows_older():
    x, y = PLANE.map(CURVES[0].astype(np.float64))[:, 0].astype(int)
    pictures = [developed(added(CURVES[[0] * 30], [100] * 30), now=now) for now in (100, 100_000)]
    new, old = (QColor(picture.pixel(x, y)) for picture in pictures)
    assert new.red() > new.blue() and old.blue() > old.red()


def test_a_thinned_trail_looks_the_same():
    light = added(np.repeat(CURVES, 2, axis=0), np.repeat(ITERATIONS, 2))
    light.thin(0.5)
    assert light.is_behind and difference(developed(light), developed(added())) <= 1
    assert not light.is_behind


def test_late_iterations_and_numbers_that_are_none_are_no_problem():
    light = added()
    light.add(np.full((2, 2, 4), [[[np.nan]], [[1e38]]]), [200_000, 10**9])
    assert light.iteration == 10**9
    developed(light)


def test_curves_of_few_points_are_smooth():
    corners = np.linspace(0, 2 * np.pi, 13)
    halfway = corners[:-1] + np.pi / 12
    circle, between = (0.5 + 0.4 * np.stack([np.cos(angles), np.sin(angles)]) for angles in (corners, halfway))
    picture, ground = developed(added(circle[np.newaxis], [100]), 1), developed(Light(PLANE), 1)
    for x, y in PLANE.map(between).astype(int).T.tolist():  # a chord would be 4 pixels away
        around = x - 1, y - 1, 3, 3
        assert picture.copy(*around) != ground.copy(*around)


def test_the_glow_is_a_small_image_around_the_fit():
    visible = QRectF(0, 0, SIZE, SIZE)

    def glow(points):
        return glow_image(path_of(points[np.newaxis]), 1.0, visible)

    found = glow(PLANE.map(CURVES[0]))
    assert found is not None
    image, where = found
    assert where.width() < SIZE and image.width() < SIZE / 3
    assert glow(PLANE.map(CURVES[0] + 9)) is None
    assert glow(np.full((2, 9), 50.0) + np.array([[0.0], [0.01]]) * np.arange(9)) is not None
