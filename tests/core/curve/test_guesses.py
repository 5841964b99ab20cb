"""Shapes to expect of a fit, and how near a fit comes to what was expected."""

import numpy as np
import pytest

from curvegui.core.curve.guesses import SHAPES, mean_gap, shapes_like
from curvegui.core.learner.target import build_target
from curvegui.core.settings.config import TrainingConfig

LINE = np.array([[0.2, 0.8], [0.5, 0.5]])


def test_the_gap_is_the_distance_of_lines_side_by_side_whatever_their_points_and_directions():
    dense = np.stack([np.linspace(0.8, 0.2, 77) ** 1.0, np.full(77, 0.6)])
    assert mean_gap(LINE, dense) == pytest.approx(0.1)
    assert mean_gap(dense, LINE) == pytest.approx(0.1)
    assert mean_gap(LINE, LINE) == 0


def test_a_point_on_a_line_is_not_near_all_of_it():
    point = np.array([[0.5, 0.5], [0.5, 0.5]])
    assert mean_gap(LINE, point) == pytest.approx(0.15, abs=0.01)
    assert mean_gap(point, point) == 0


def test_the_shapes_are_where_the_target_is_and_differ():
    points = build_target(TrainingConfig()).curve_points
    shapes = shapes_like(points)
    assert tuple(shapes) == SHAPES
    for name, shape in shapes.items():
        assert (shape.min(axis=1) >= points.min(axis=1) - 1e-9).all(), name
        assert (shape.max(axis=1) <= points.max(axis=1) + 1e-9).all(), name
    gaps = [mean_gap(one, other) for place, one in enumerate(shapes.values()) for other in [*shapes.values()][:place]]
    assert min(gaps) > 0.04
