"""Where the curve is pulled, point by point, and where an iteration really takes it."""

from dataclasses import dataclass

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.inspection.portrait import Portrait
from curvegui.core.network.network import Network


@dataclass(frozen=True, eq=False)
class Pulls:
    """Arrows at the points that the network trains on.

    The cost pulls each point straight to its place, by -dC/da. But all points share the same weights: what an
    iteration does to one of them is what it does to all, so the curve moves another way.

    Attributes
    ----------
    points : ndarray, shape (2, N)
        The curve's points: a.
    residuals : ndarray, shape (2, N)
        From the curve to the training points: y - a.
    gradient : ndarray, shape (2, N)
        dC/da = 2 (a - y) / N.
    moves : ndarray, shape (2, N)
        How the curve's points move in an iteration without noise, which changes no frozen parameter.
    """

    points: FloatArray
    residuals: FloatArray
    gradient: FloatArray
    moves: FloatArray


def pulls(portrait: Portrait) -> Pulls:
    """The arrows of a run at one iteration; not finite where the run is not."""
    config = portrait.snapshot.config
    a = portrait.passed[-1][1]
    with np.errstate(all="ignore"):  # a diverged run is diagnosed, not warned about
        residuals = portrait.points - a
        steps = config.aggression * portrait.gradient
        steps[list(config.frozen)] = 0.0
        moved = portrait.snapshot.parameters - steps
        after = Network(portrait.sizes, moved, config.activation, config.output_activation)
        return Pulls(a, residuals, -2 * residuals / portrait.t.size, after.draw(portrait.t) - a)
