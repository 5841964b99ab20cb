"""Moments of walls to show, without a wall."""

import numpy as np

from curvegui.core.ensemble.ensemble import WallSnapshot
from curvegui.core.ensemble.plan import WallPlan
from curvegui.core.learner.target import build_target
from curvegui.core.settings.config import TrainingConfig
from curvegui.figure.drawing.target_drawing import TargetDrawing

BASE = TrainingConfig(points=20, seed=7)
AGGRESSION = WallPlan(count=4, iterations=1_000, varied="aggression", low=0.1, high=100)
TARGET = TargetDrawing.of(build_target(BASE))


def snapshot(costs, iteration=1_000, fits=None):
    """All networks draw a circle around the middle, unless told otherwise; their costs came from 1."""
    costs = np.array(costs, np.float64)
    turn = np.linspace(0, 2 * np.pi, 60)
    circle = 0.5 + 0.3 * np.stack([np.cos(turn), np.sin(turn)])
    iterations = np.array([0, iteration // 10, iteration // 2, iteration])
    history = np.stack([np.ones_like(costs), np.minimum(costs * 4, 1.0), costs * 2, costs])
    history[1:, ~np.isfinite(costs)] = np.inf
    drawn = np.repeat(circle[np.newaxis], len(costs), axis=0) if fits is None else fits
    return WallSnapshot(iteration, costs, drawn.astype(np.float32), iterations, history)
