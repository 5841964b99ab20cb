"""The same run with several amounts of noise, from the same start: what the noise does, and nothing else.

All use the same random numbers, each scaled by its own noise, and the same settings otherwise.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import isfinite

import numpy as np

from curvegui.core.arrays import FloatArray, read_only
from curvegui.core.learner.learner import Learner
from curvegui.core.learner.recording import thin_points
from curvegui.core.network.network import initial_parameters
from curvegui.core.run.trainer import COST_LIMIT
from curvegui.core.settings.config import TrainingConfig

PIECES = 200  # of a comparison: each is one point of the cost curves


@dataclass(frozen=True, eq=False)
class NoiseSnapshot:
    """How one of the runs stands.

    Attributes
    ----------
    noise : float
    fit : ndarray, shape (2, n), read-only
        The curve that it draws.
    costs : ndarray, shape (m, 2), read-only
        (iterations made, cost) rows, from the start on.
    is_lost : bool
        Its numbers ran away: it stands at the last good ones and goes no further.
    """

    noise: float
    fit: FloatArray
    costs: FloatArray
    is_lost: bool = False

    @property
    def cost(self) -> float:
        """The last cost."""
        return float(self.costs[-1, 1])


@dataclass(frozen=True, eq=False)
class ComparisonSnapshot:
    """How all runs stand after as many iterations.

    Attributes
    ----------
    made, goal : int
        Iterations since the start, and when it ends.
    runs : tuple of NoiseSnapshot
    """

    made: int
    goal: int
    runs: tuple[NoiseSnapshot, ...]


class _NoisyRun:
    """One of the runs."""

    def __init__(self, config: TrainingConfig, parameters: FloatArray, first: int) -> None:
        self._config, self._first = config, first
        self._learner = Learner(config)
        self._learner.engine.parameters = parameters
        start = self._learner.evaluate()
        self._limit = COST_LIMIT * max(1.0, start.cost)
        self._fit, self._costs, self._made, self._is_lost = start.fit, [(0.0, start.cost)], 0, False

    def advance(self, count: int) -> None:
        if self._is_lost:
            return
        self._learner.engine.descend(self._first + self._made, count, self._config.descent)
        self._made += count
        now = self._learner.evaluate()
        self._is_lost = not (isfinite(now.cost) and now.cost <= self._limit)
        if not self._is_lost:
            self._fit = now.fit
            self._costs.append((float(self._made), now.cost))

    def moment(self) -> NoiseSnapshot:
        fit: FloatArray = thin_points(self._fit).astype(np.float64)
        return NoiseSnapshot(self._config.noise, read_only(fit), read_only(np.array(self._costs)), self._is_lost)


def compare(
    config: TrainingConfig,
    noises: Sequence[float],
    iterations: int,
    parameters: FloatArray | None = None,
    first: int = 0,
) -> Iterator[ComparisonSnapshot | None]:
    """Let the same network learn with several amounts of noise.

    Parameters
    ----------
    config : TrainingConfig
        The settings, but for the noise.
    noises : sequence of float
    iterations : int
        How many each of them makes.
    parameters : ndarray, shape (P,), optional
        Where all begin; where the seed begins if it is not given.
    first : int
        The number of the first iteration, which decides about the random numbers.

    Yields
    ------
    ComparisonSnapshot or None
        How all stand, from the start to the end; None in between, where a piece of work has been done.

    Raises
    ------
    ValueError
        If a noise is not allowed: a sentence for people.
    """
    start = initial_parameters(config.sizes, config.seed) if parameters is None else parameters
    runs = [_NoisyRun(replace(config, noise=noise), start, first) for noise in noises]
    made = 0
    yield ComparisonSnapshot(0, iterations, tuple(run.moment() for run in runs))
    while made < iterations:
        count = min(max(1, iterations // PIECES), iterations - made)
        for run in runs:
            run.advance(count)
            yield None
        made += count
        yield ComparisonSnapshot(made, iterations, tuple(run.moment() for run in runs))
