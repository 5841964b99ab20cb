"""The map and the relief without a window: what is painted where, and which place is at a point."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter

from curvegui.core.valley.plane import Plane, Region
from curvegui.core.valley.surface import Surface
from curvegui.ui.valley.contours import MOST_EDGES, ContourView, CostScale
from curvegui.ui.valley.relief import ReliefView

SIDE = np.linspace(-1, 1, 33)
BOWL = 0.2 + 0.3 * (SIDE[np.newaxis] ** 2 + SIDE[:, np.newaxis] ** 2)
SURFACE = Surface(Plane(np.zeros(3), np.eye(3)[:2]), Region(-4.0, 4.0, -2.0, 2.0), BOWL, False)
AREA = QRectF(40, 20, 300, 200)
SCALE = CostScale.of(BOWL)
VIEWS = [ContourView(SURFACE, SCALE, AREA), *(ReliefView(SURFACE, SCALE, AREA, turn, 55.0) for turn in (0, -30, 200))]
PLACES = np.array([[0.0, 0.0], [3.0, 1.0], [-2.5, -1.5], [1.0, -1.9]])


def painted(view):
    image = QImage(400, 240, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    view.paint(painter, 1.0)
    painter.end()
    return image


@pytest.mark.parametrize("view", VIEWS)
def test_each_place_is_found_again_where_it_is_seen_in_the_colour_of_its_cost(view, qapp):
    image = painted(view)
    for place, (x, y) in zip(PLACES, view.on_screen(PLACES).tolist(), strict=True):
        found = view.plane_point(QPointF(x, y))
        assert AREA.adjusted(-2, -2, 2, 2).contains(QPointF(x, y))
        assert found is not None and np.abs(found - place).max() < 0.35
    assert view.plane_point(QPointF(2, 2)) is None
    assert not view.hides(PLACES).any()
    assert image.pixelColor(2, 2).alpha() == 0
    low, high = (image.pixelColor(*map(round, point)) for point in view.on_screen(PLACES[:2]).tolist())
    assert low.lightness() < high.lightness()  # the valley is dark, the ridge bright


def test_what_a_ridge_is_in_front_of_is_hidden():
    ridge = np.where(np.arange(33)[:, np.newaxis] < 8, 1.0, 0.01) * np.ones((33, 33))
    surface = Surface(SURFACE.plane, SURFACE.region, ridge, False)
    relief = ReliefView(surface, CostScale.of(ridge), AREA, 0.0, 15.0)
    assert relief.hides(np.array([[0.0, -0.5], [0.0, -1.5]])).tolist() == [True, False]


@pytest.mark.parametrize(
    ("costs", "first"), [((0.0004, 0.6), 0.001), ((1e-9, 10.0), 1e-8), ((0.6, 0.61), 0.602), ((0.2, 0.2), None)]
)
def test_bands_end_at_round_costs_of_which_there_are_few(costs, first):
    scale = CostScale.of(np.array([costs, (np.inf, costs[0])]))
    assert len(scale.edges) <= MOST_EDGES
    assert all(costs[0] <= edge <= costs[1] for edge in scale.edges)
    assert scale.edges == sorted(scale.edges)
    assert len(scale.colours) == len(scale.edges) + 1
    if first is not None:
        assert any(edge == pytest.approx(first) for edge in scale.edges)
    if 10 < costs[1] / costs[0] < 1e4:
        assert len(scale.edges) >= 5
    bands = scale.bands(scale.heights(np.array(costs)))
    assert (bands[0], bands[1]) == (0, len(scale.edges))
