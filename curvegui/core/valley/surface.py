"""The cost at all points of a grid in a plane: coarse at first, then finer, as long as that is quick enough."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from curvegui.core.arrays import FloatArray, read_only
from curvegui.core.engine.loop import go_on
from curvegui.core.learner.target import Target
from curvegui.core.network.activations import ACTIVATIONS
from curvegui.core.network.network import parameter_count
from curvegui.core.settings.config import TrainingConfig
from curvegui.core.valley.plane import Plane, Region

SIDES = 5, 9, 17, 33, 65, 129  # of the grids: each has the places of the one before
STAGES = 3  # grids that are computed one after the other
MOST_WORK = 1.5e8  # activations for a grid: some seconds
PRODUCTS = 300  # that take as long as an activation
CHUNK_NUMBERS = 60_000  # of the largest layer of the networks that are computed together: they stay in a nearer cache


@dataclass(frozen=True, eq=False)
class Surface:
    """The cost over a region of a plane; inf where the numbers run away."""

    plane: Plane
    region: Region
    costs: FloatArray  # shape (n, n), read-only: a row from left to right, the lowest first
    is_coarse: bool  # a finer grid would take too long

    def cost_at(self, places: FloatArray) -> FloatArray:
        """The cost at positions, shape (K, 2), between those of the grid; beyond the border, that at the border."""
        return between(self.costs, self.region.parts(places).clip(0, 1))

    @property
    def lowest(self) -> tuple[FloatArray, float]:
        """The position, shape (2,), with the lowest cost, and that cost."""
        row, column = np.unravel_index(np.argmin(self.costs), self.costs.shape)
        parts = np.array([[column, row]]) / (len(self.costs) - 1)
        return self.region.places(parts)[0], float(self.costs[row, column])


def between(values: FloatArray, parts: FloatArray) -> FloatArray:
    """Values, shape (K,), between those of a grid, shape (n, n), at parts of the grid from 0 to 1, shape (K, 2)."""
    last = len(values) - 1
    x, y = parts.T * last
    left, below = (np.minimum(part.astype(np.intp), last - 1) for part in (x, y))
    across, up, corner, flat = x - left, y - below, below * (last + 1) + left, values.ravel()
    lower, upper = (_mixed(flat[at], flat[at + 1], across) for at in (corner, corner + last + 1))
    return _mixed(lower, upper, up)


def _mixed(first: FloatArray, second: FloatArray, share: FloatArray) -> FloatArray:
    """The mean of two arrays with ``share`` of the second; a share of 0 counts as 0 even where a value is infinite."""
    parts = ((first, 1 - share), (second, share))
    left, right = (np.multiply(each, of, out=np.zeros_like(of), where=of != 0) for each, of in parts)
    return left + right


def surfaces(
    config: TrainingConfig, target: Target, plane: Plane, region: Region, before_each: Callable[[], object] = go_on
) -> Iterator[Surface]:
    """The cost of a config's networks at the points that they train on, on finer and finer grids. ``before_each`` is
    called before every chunk, and may wait or raise."""
    finest, costs = finest_side(config, int(target.trained.sum())), np.empty((0, 0))
    for side in SIDES[max(finest - STAGES + 1, 0) : finest + 1]:
        parts = np.linspace(0, 1, side)
        grid = np.stack(np.meshgrid(parts, parts), axis=-1)
        is_new = np.ones((side, side), np.bool_)
        finer = np.empty((side, side))
        if costs.size:
            is_new[::2, ::2], finer[::2, ::2] = False, costs
        finer[is_new] = _costs(config, target, plane, region.places(grid[is_new]), before_each)
        costs = finer
        yield Surface(plane, region, read_only(costs), finest < len(SIDES) - 1)


def finest_side(config: TrainingConfig, points: int) -> int:
    """The index in ``SIDES`` of the finest grid that does not take too long."""
    each = points * (sum(config.sizes[1:]) + parameter_count(config.sizes) / PRODUCTS)
    return max(sum(side**2 * each <= MOST_WORK for side in SIDES) - 1, 0)


def _costs(
    config: TrainingConfig, target: Target, plane: Plane, places: FloatArray, before_each: Callable[[], object]
) -> FloatArray:
    t, points = target.t[:, target.trained], target.points[:, target.trained]
    largest = max(plane.origin.size, t.size * max(config.sizes))
    together, found = max(1, CHUNK_NUMBERS // largest), []
    for start in range(0, len(places), together):
        before_each()
        parameters = plane.at(places[start : start + together])
        with np.errstate(all="ignore"):
            errors = np.ascontiguousarray(_drawn(config, parameters, t)) - points
            costs: FloatArray = np.square(errors).sum(axis=1).mean(axis=1)
            # A saturated neuron would hide numbers that ran away
            costs[~np.isfinite(np.square(parameters).sum(axis=1)) | ~np.isfinite(costs)] = np.inf
        found.append(costs)
    return np.concatenate(found)


def _drawn(config: TrainingConfig, parameters: FloatArray, t: FloatArray) -> FloatArray:
    """The curves, shape (K, 2, N), that a config's networks draw at t, (1, N), with parameters (K, P)."""
    names, a, start = [config.activation] * len(config.hidden) + [config.output_activation], t, 0
    for (before, after), name in zip(pairwise(config.sizes), names, strict=True):
        stop = start + after * (before + 1)
        block = parameters[:, start:stop].reshape(-1, after, before + 1)
        a = ACTIVATIONS[name](block[:, :, :-1] @ a + block[:, :, -1:])
        start = stop
    return a
