"""What lies over the curves, recorded in parts: it looks as on the scene, in any size, and no part is long."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QGraphicsPathItem,
    QGraphicsPixmapItem,
    QGraphicsRectItem,
    QGraphicsScene,
    QGraphicsSimpleTextItem,
)

from curvegui.figure.drawing import figure as layers
from curvegui.figure.drawing.data_map import DataMap
from curvegui.figure.drawing.figure import CanvasView, Figure, FigureOptions, paint_figure
from curvegui.figure.drawing.look import CLASSIC
from curvegui.figure.drawing.polyline import path_of
from curvegui.ui.canvas.canvas import recorded
from tests.ui.person import colours

SIDE = 200
AREA = QRectF(0, 0, SIDE, SIDE)
NOTHING = FigureOptions(trail=False, target=False, fit=False)


def stroked(curves, colour, width, dashes=(), filled=False):
    item, pen = QGraphicsPathItem(path_of(curves)), QPen(QColor(colour), width)
    if dashes:
        pen.setDashPattern(dashes)
    item.setPen(pen)
    if filled:
        item.setBrush(QColor("orange"))
    return item


@pytest.fixture
def scene(qapp):
    """Many lines, dashes of one line and of several, a translucent line, a shape, words, a picture, and one hidden."""
    made, turn = QGraphicsScene(AREA), np.linspace(0, 2 * np.pi, 400)
    circle = np.stack([np.cos(turn), np.sin(turn)])
    rays = np.stack([100 + 20 * circle[:, ::10], 100 + 90 * circle[:, ::10]], axis=-1).transpose(1, 0, 2)
    picture = QPixmap(40, 40)
    picture.fill("teal")
    items = [
        QGraphicsRectItem(30, 30, 150, 150),
        QGraphicsPixmapItem(picture),
        stroked(rays, "green", 1.0),
        stroked(rays[:5] + 4, "blue", 1.5, (4.0, 2.0)),
        stroked((100 + 60 * circle)[np.newaxis], QColor(255, 255, 255, 230), 2.0, (3.0, 2.0, 1.0, 2.0)),
        stroked((100 + 40 * circle * [[1.0], [0.3]])[np.newaxis], QColor(255, 0, 0, 120), 5.0),
        stroked((150 + 20 * circle)[np.newaxis], "black", 1.0, filled=True),
        QGraphicsSimpleTextItem("so it is"),
        stroked((100 + 80 * circle)[np.newaxis], "red", 9.0),
    ]
    items[0].setBrush(QColor(255, 255, 0, 80))
    items[1].setPos(20.5, 140.0)
    items[7].setPos(60, 90)
    items[-1].hide()
    for height, item in enumerate(items):
        item.setZValue(-height if height == 1 else height)  # not in the order in which they were added
        made.addItem(item)
    yield made
    made.clear()


def seen(scale, paint):
    """What is painted, as numbers, and in how many pieces."""
    image = QImage(round(SIDE * scale), round(SIDE * scale), QImage.Format.Format_RGB32)
    image.fill(CLASSIC.background.stops[0][1])
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pieces = paint(painter)
    painter.end()
    return colours(image).astype(int), pieces


@pytest.mark.parametrize("scale", [1.0, 1.37, 4.0])
def test_it_looks_as_on_the_scene_and_is_painted_in_many_pieces(scene, scale, monkeypatch):
    line = np.array([[0.1, 0.9], [0.5, 0.5]])
    view = CanvasView(DataMap.unit_square(AREA), CLASSIC, NOTHING, tuple(recorded(scene)))
    figure = Figure(line, np.empty((0, 2, 2), np.float32), view=view)

    def whole(painter):
        area = QRectF(0, 0, SIDE * scale, SIDE * scale)
        painter.fillRect(area, CLASSIC.background.brush(area))
        scene.render(painter, area, AREA)

    def parts(painter):
        return len(list(paint_figure(painter, QRectF(0, 0, SIDE * scale, SIDE * scale), figure, CLASSIC, NOTHING)))

    expected, _ = seen(scale, whole)
    for most in (layers.BAND_PIXELS, 3_000):
        monkeypatch.setattr(layers, "BAND_PIXELS", most)
        found, pieces = seen(scale, parts)
        off = np.abs(found - expected).max(axis=-1)
        assert np.count_nonzero(off > 40) < 20 * scale
        assert off.mean() < 0.2
    assert pieces > 8 + SIDE**2 * scale**2 / 3_000  # and bands
