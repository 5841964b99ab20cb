"""Settings with which a network can draw a curve: enough neurons for its corners, and an optimiser that gets there."""

from typing import Any

import numpy as np

from curvegui.core.curve.curve import Curve, enough_points
from curvegui.core.elementary import arctan2, hypot
from curvegui.core.settings.config import TrainingConfig, usual

FEWEST, MOST = 8, 24  # neurons in each of two layers
BESIDE, BY_CORNER, BY_JUMP = 4.0, 0.2, 1.2  # neurons, found by trial with words: of short ones they fit much better
SHORTEST = 1e-9  # of a line that has a direction


def corners(curve: Curve) -> float:
    """How many right angles a curve turns by in all, to either side, while the pen is down."""
    step, jumps = np.diff(curve.points, axis=1), curve.jumps[:-1]
    drawn = ~jumps & (hypot(*step) > SHORTEST)
    turns, is_lifted = np.diff(arctan2(step[1], step[0])[drawn]), np.diff(np.cumsum(jumps)[drawn]) > 0
    return float(np.abs((turns + np.pi) % (2 * np.pi) - np.pi)[~is_lifted].sum() / (np.pi / 2))


def jump_count(curve: Curve) -> int:
    """How many stretches of a curve were not drawn."""
    begins = np.diff(np.append(False, curve.jumps).astype(np.int8)) > 0
    return int(np.count_nonzero(begins))


def fitting_settings(config: TrainingConfig, curve: Curve) -> dict[str, Any]:
    """The settings to change for a curve, by name; empty where the present network is large enough."""
    wanted = BESIDE + BY_CORNER * corners(curve) + BY_JUMP * jump_count(curve)
    neurons = round(min(max(wanted, FEWEST), MOST))
    if sum(config.hidden) >= 2 * neurons or wanted <= FEWEST:
        return {}
    changes = {"hidden": (neurons, neurons), "optimizer": "adam", "noise": 0.0}
    points = enough_points(curve, config.points)
    fitted = config.changed(**changes, points=points)
    return {**changes, "points": points, "aggression": usual(fitted)}
