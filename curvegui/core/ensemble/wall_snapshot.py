"""The state of a wall of networks: frozen values for whoever shows it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Self

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray, read_only
from curvegui.core.engine.arithmetic import USUAL, Arithmetic
from curvegui.core.ensemble.ensemble import Ensemble
from curvegui.core.learner.recording import LARGEST_FLOAT32

FIT_POINTS = 150  # of a curve: on a small canvas, more cannot be told apart
MOST_ROWS = 120


@dataclass(frozen=True, eq=False)
class WallSnapshot:
    """All networks of a wall at one iteration, its arrays read-only. Iterations are counted from where they began."""

    iteration: int
    costs: FloatArray  # shape (K,); inf where the numbers ran away
    fits: NDArray[np.float32]  # shape (K, 2, n), n at most ``FIT_POINTS``; may not be finite where the numbers ran away
    iterations: NDArray[np.int64]  # shape (m,)
    history: FloatArray  # shape (m, K): the costs at those iterations, from the start to now
    arithmetic: Arithmetic = USUAL
    milestones: Mapping[int, FloatArray] = field(default_factory=dict)  # costs, shape (K,), at those of ``MILESTONES``
    paces: FloatArray = field(default_factory=partial(np.empty, 0))  # seconds an iteration of each computes, shape (K,)

    @classmethod
    def of(cls, ensemble: Ensemble) -> Self:
        """The present state of an ensemble."""
        now = ensemble.snapshot()
        iterations, history = ensemble.cost_history(MOST_ROWS)
        fits = np.clip(thinned(now.fits), -LARGEST_FLOAT32, LARGEST_FLOAT32).astype(np.float32)
        arrays = now.costs, read_only(fits), read_only(iterations - ensemble.first), read_only(history)
        more = ensemble.arithmetic, ensemble.milestones, read_only(ensemble.paces)
        return cls(now.iteration - ensemble.first, *arrays, *more)


def thinned(curves: FloatArray, most: int = FIT_POINTS) -> FloatArray:
    """Curves, shape (..., N), with at most ``most`` of their points, the last one among them."""
    count = curves.shape[-1]
    return curves if count <= most else curves[..., np.linspace(0, count - 1, most).astype(np.intp)]
