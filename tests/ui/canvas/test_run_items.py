"""The items on the canvas: fit, words and pointer; and what can happen to a fit that ran away."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QFont, QImage, QPainter
from PySide6.QtWidgets import QGraphicsScene, QGraphicsSimpleTextItem

from curvegui.core.learner.recording import Trail
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.figure.drawing.data_map import DataMap
from curvegui.figure.drawing.look import CLASSIC, LIGHT
from curvegui.figure.drawing.target_drawing import TargetDrawing
from curvegui.ui.canvas.curves_layer import CurvesLayer
from curvegui.ui.canvas.run_items import CORNER_PX, RunItems
from curvegui.ui.canvas.words import CanvasWords
from tests.ui.person import colours, pixels_near

SIDE = 300
AREA = QRectF(0, 0, SIDE, SIDE)
PLANE = DataMap.unit_square(AREA)


@pytest.fixture(scope="module")
def snapshot():
    trainer = Trainer(TrainingConfig(seed=1))
    trainer.advance(1_000)
    return trainer.snapshot()


@pytest.fixture
def scene(qapp):
    made = QGraphicsScene(AREA)
    yield made
    made.clear()


@pytest.fixture
def items(scene):
    made = RunItems(scene)
    made.set_look(CLASSIC)
    return made


@pytest.fixture
def words(scene):
    made = CanvasWords(scene)
    made.set_look(CLASSIC, QFont())
    return made


def painted(scene):
    image = QImage(SIDE, SIDE, QImage.Format.Format_RGB32)
    image.fill("#000000")
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    scene.render(painter)
    painter.end()
    return image


def fit_pixels(scene):
    return pixels_near(painted(scene), CLASSIC.fit.colour, within=20)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_what_is_not_a_number_is_never_drawn(scene, items, words, snapshot, value):
    fit, parameters = snapshot.fit.copy(), snapshot.parameters.copy()
    fit[0, 7], parameters[-1] = value, np.nan
    items.show_fit(replace(snapshot, fit=fit, parameters=parameters), PLANE, True)
    assert fit_pixels(scene) == 0
    words.point(QPointF(100, 100), replace(snapshot, fit=fit), PLANE, AREA)
    painted(scene)


def test_points_of_the_target_are_dots_where_they_are_and_gone_with_them(scene, items):
    points = np.array([[0.25, 0.75], [0.5, 0.5]])
    drawing = TargetDrawing(points, trained=points[:, :1], tested=points[:, 1:])
    items.show_dots(drawing, PLANE, 1.0)
    image = painted(scene)
    assert image.pixelColor(75, 150).name() == CLASSIC.target.colour
    assert image.pixelColor(225, 150).name() == "#000000"  # hollow
    assert pixels_near(image, CLASSIC.target.colour, within=60) > 10
    items.set_look(LIGHT)
    items.show_dots(drawing, PLANE, 1.0)
    assert pixels_near(painted(scene), LIGHT.target.colour, within=60) > 10
    items.show_dots(TargetDrawing(points), PLANE, 1.0)
    assert pixels_near(painted(scene), LIGHT.target.colour, within=60) == 0


def is_told(scene):
    """Whether t, x and y of a point are written."""
    texts = (item for item in scene.items() if isinstance(item, QGraphicsSimpleTextItem) and item.isVisible())
    return any(item.text().startswith("t = ") for item in texts)


def test_the_nearest_point_of_the_fit_is_told_within_reach(scene, words, snapshot):
    place = PLANE.map(snapshot.fit)[:, 25]
    words.point(QPointF(*(place + 5)), snapshot, PLANE, AREA)
    assert is_told(scene)
    words.point(QPointF(*(place + 200)), snapshot, PLANE, AREA)
    assert not is_told(scene)
    words.point(None, snapshot, PLANE, AREA)
    assert not is_told(scene)


def test_the_corners_are_covered_with_what_is_around(scene, items):
    items.round_corners(AREA, "#ff0000", "#00ff00")
    image = painted(scene)
    assert image.pixelColor(0, 0).name() == "#ff0000"
    assert image.pixelColor(SIDE // 2, SIDE // 2).name() == "#000000"
    assert pixels_near(image, "#ff0000") < 4 * CORNER_PX**2
    assert pixels_near(image, "#00ff00", within=140) > SIDE


def test_the_image_is_shown_where_it_belongs_and_exactly(scene, items, snapshot):
    layer = CurvesLayer(CLASSIC)
    layer.set_run(TargetDrawing.of(snapshot.target), Trail())
    layer.set_view(QSize(SIDE, SIDE), 1.0, PLANE)
    items.show_layer(layer, PLANE)
    assert (colours(painted(scene)) == colours(layer.shown.image.toImage())).all()


def test_the_image_of_another_view_is_stretched_to_where_it_belongs(scene, items, snapshot):
    layer = CurvesLayer(CLASSIC)
    layer.set_run(TargetDrawing.of(snapshot.target), Trail())
    layer.set_view(QSize(SIDE, SIDE), 1.0, PLANE)
    half = DataMap.unit_square(QRectF(0, 0, SIDE / 2, SIDE / 2), AREA)
    items.show_layer(layer, half)
    image = colours(painted(scene))
    assert (image[: SIDE // 2 - 2, : SIDE // 2 - 2] > 0).any(axis=2).all()
    layer.set_view(QSize(SIDE, SIDE), 1.0, half)
    items.show_layer(layer, half)
    while layer.is_renewing:
        layer.work(1.0)
    items.show_layer(layer, half)
    beside = colours(painted(scene))[SIDE // 2 + 2 :, SIDE // 2 + 2 :]  # the ground of the new view was there already
    assert np.abs(image[SIDE // 2 + 2 :, SIDE // 2 + 2 :].astype(int) - beside).max() <= 2


def test_a_fit_too_small_to_be_found_has_a_ring_that_pulses(scene, items, snapshot):
    def seen_at(seconds):
        items.pulse(seconds)
        return colours(painted(scene)).tobytes()

    items.show_fit(replace(snapshot, parameters=0 * snapshot.parameters), PLANE, True)
    assert fit_pixels(scene) > 20
    assert len({seen_at(second) for second in (0.2, 0.6, 1.0)}) == 3
    assert seen_at(None) == seen_at(None)
    items.show_fit(snapshot, PLANE, True)
    assert seen_at(0.2) == seen_at(1.0)


def test_which_line_is_which_is_said_where_it_is_wanted(scene, words, snapshot):
    words.write(snapshot, AREA, AREA, False)
    assert not texts_on(scene) & {"target", "fit", "trail"}
    words.explains_lines = True
    words.write(snapshot, AREA.adjusted(0, 0, 400, 0), AREA.adjusted(0, 0, 400, 0), False)
    assert texts_on(scene) >= {"target", "fit", "trail"}


def texts_on(scene):
    return {item.text() for item in scene.items() if isinstance(item, QGraphicsSimpleTextItem) and item.isVisible()}
