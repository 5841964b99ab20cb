"""The cost over a plane: the network's own cost at each place, first coarse, then finer, in a bounded time."""

import numpy as np
import pytest

from curvegui.core.learner.target import build_target
from curvegui.core.network.network import Network, initial_parameters
from curvegui.core.settings.config import TrainingConfig
from curvegui.core.valley import surface as grids
from curvegui.core.valley.plane import Plane, Region
from curvegui.core.valley.surface import SIDES, Surface, finest_side, surfaces

CONFIG = TrainingConfig(hidden=(3,), points=6, train_one_in=2)
TARGET = build_target(CONFIG)
PLANE = Plane.of_parameters(initial_parameters(CONFIG.sizes, 1), 0, 5)
REGION = Region(-1.0, 3.0, -2.0, 2.0)


def own_cost(place):
    (parameters,) = PLANE.at(np.array([place]))
    return Network(CONFIG.sizes, parameters).cost(TARGET.t[:, ::2], TARGET.points[:, ::2])


def test_each_grid_is_finer_and_has_the_network_s_own_cost_at_every_place(monkeypatch):
    monkeypatch.setattr(grids, "CHUNK_NUMBERS", 100)
    monkeypatch.setattr(grids, "SIDES", (3, 5, 9))
    chunks = []
    found = list(surfaces(CONFIG, TARGET, PLANE, REGION, lambda: chunks.append(1)))
    assert [each.costs.shape for each in found] == [(3, 3), (5, 5), (9, 9)]
    assert not any(each.is_coarse for each in found)
    assert len(chunks) > 10
    last = found[-1]
    for row, column in ((0, 0), (8, 8), (3, 6), (5, 1)):
        place = (-1 + column / 2, -2 + row / 2)
        assert last.costs[row, column] == pytest.approx(own_cost(place))
        assert last.cost_at(np.array([place]))[0] == pytest.approx(own_cost(place))
    place, cost = last.lowest
    assert cost == last.costs.min() == pytest.approx(own_cost(place))


def test_between_two_places_the_cost_is_between_theirs_and_outside_it_is_that_of_the_border():
    surface = Surface(PLANE, REGION, np.array([[0.0, 4.0], [8.0, 12.0]]), False)
    places = np.array([[1.0, 0.0], [2.0, -2.0], [99.0, 99.0], [-99.0, -99.0]])
    assert surface.cost_at(places) == pytest.approx([6.0, 3.0, 12.0, 0.0])


def test_beside_places_where_the_numbers_run_away_the_cost_is_that_of_the_place_or_infinite():
    costs = np.full((5, 5), np.inf)
    costs[2, 2] = 1.0
    surface, each = Surface(PLANE, Region(0.0, 4.0, 0.0, 4.0), costs, False), np.linspace(0, 4, 17)
    with np.errstate(all="raise"):
        assert surface.cost_at(np.array([[2.0, 2.0], [0.0, 0.0], [4.0, 4.0], [1.5, 2.0]])).tolist() == [1.0] + 3 * [
            np.inf
        ]
        found = surface.cost_at(np.stack(np.meshgrid(each, each), axis=-1).reshape(-1, 2))
    assert not np.isnan(found).any()
    assert np.isfinite(found).sum() == 1


def test_a_large_network_with_many_points_has_a_coarser_grid_which_says_so():
    assert SIDES[finest_side(TrainingConfig(), 100)] == SIDES[-1]
    large = TrainingConfig(hidden=(64,) * 8)
    assert SIDES[0] < SIDES[finest_side(large, 100)] < SIDES[-1]
    assert finest_side(large, 10_000_000) == 0
    assert not (coarse := next(surfaces(CONFIG, TARGET, PLANE, REGION))).is_coarse
    assert len(coarse.costs) == SIDES[-3]
