"""The target: the training points that lie along the curve to learn, and those it is tested on."""

from dataclasses import dataclass

import numpy as np

from curvegui.core.arrays import FloatArray, read_only
from curvegui.core.curve.curve import BoolArray, Curve, spaced
from curvegui.core.network.noise import data_normals
from curvegui.core.presets.presets import PRESETS
from curvegui.core.settings.config import TrainingConfig


@dataclass(frozen=True, eq=False)
class Target:
    """The points along a curve, N of them."""

    name: str  # what people call the curve
    t: FloatArray  # shape (1, N): how far along the curve each point is, the input of the network
    points: FloatArray  # shape (2, N): (x, y) of each point in the unit square, what the network should answer
    curve_points: FloatArray  # shape (2, N): the same on the curve itself, from which noise may have moved them
    closed: bool  # whether the curve goes on from its last point to its first
    jumps: BoolArray  # shape (N,): whether the line from a point to the next only joins two parts
    curve: str | Curve = ""  # a preset's name or a person's own curve; empty where the points are of no curve
    train_one_in: int = 1  # it trains on one point in so many, beginning with the first, and is tested on the rest

    @property
    def trained(self) -> BoolArray:
        """Which points the network trains on, shape (N,)."""
        found: BoolArray = np.arange(self.t.size) % self.train_one_in == 0
        return found

    @property
    def outline(self) -> FloatArray:
        """The curve without noise, back to its first point where the curve is closed; shape (2, n)."""
        return np.column_stack([self.curve_points, self.curve_points[:, :1]]) if self.closed else self.curve_points

    @property
    def is_noisy(self) -> bool:
        return not np.array_equal(self.points, self.curve_points)

    @property
    def has_test(self) -> bool:
        """Whether there are points that the network does not train on."""
        return self.train_one_in > 1 and self.t.size > 1


def training_data(points: int = 100, curve: str = "heart") -> tuple[FloatArray, FloatArray]:
    """Training points of a preset, evenly spaced in t: t, shape (1, N), and the points, shape (2, N). For closed
    curves, t is 0, 1/N, 2/N, ... (N - 1)/N; for open curves, t goes from 0 to 1."""
    preset = PRESETS[curve]
    t = spaced(points, preset.closed)
    return t[np.newaxis, :], preset(t)


def is_closed(curve: str | Curve) -> bool:
    """Whether a curve goes on from its end to its start; a preset is given by its name."""
    return curve.closed if isinstance(curve, Curve) else PRESETS[curve].closed


def points_at(curve: str | Curve, t: FloatArray) -> FloatArray:
    """The points of a curve, shape (2, n), at fractions of its length, shape (n,)."""
    return curve.at(t) if isinstance(curve, Curve) else PRESETS[curve](t)


def build_target(config: TrainingConfig) -> Target:
    """The target that a config asks for."""
    curve, closed = config.curve, is_closed(config.curve)
    t = spaced(config.points, closed)
    jumps = curve.jumps_at(t) if isinstance(curve, Curve) else np.zeros(config.points, np.bool_)
    points = curve_points = read_only(points_at(curve, t))
    if config.data_noise:
        points = read_only(curve_points + config.data_noise * data_normals(config.seed, curve_points.shape))
    return Target(
        config.curve_name,
        read_only(t[np.newaxis, :]),
        points,
        curve_points,
        closed,
        read_only(jumps),
        config.curve,
        config.train_one_in,
    )
