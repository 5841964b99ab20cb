"""How to go down: what an engine needs to know of the optimiser and its settings, the noise and the batch."""

from dataclasses import dataclass

from curvegui.core.arrays import FloatArray
from curvegui.core.optimizers.schedules import rate_factors

WHOLE = 0  # no mini-batch: all points in every iteration


@dataclass(frozen=True)
class Descent:
    """A way to go down.

    Attributes
    ----------
    learning_rate : float
    noise : float
        Each Jacobian is multiplied by 1 + noise * N(0, 1), for those optimisers that take one gradient an iteration.
    seed : int
        Of the noise, and of the mini-batches.
    optimizer : str
        A name in ``OPTIMIZERS``.
    momentum : float
        How much of the last iteration's direction goes on; from 0 to less than 1.
    memory : float
        How much of the gradient's mean square is kept in an iteration; from 0 to less than 1.
    schedule : str
        A name in ``SCHEDULES``.
    schedule_over : int
        Iterations from the schedule's beginning to its end; then it begins anew.
    batch : int
        How many points an iteration takes; ``WHOLE`` for all.
    """

    learning_rate: float
    noise: float = 0.0
    seed: int = 0
    optimizer: str = "descent"
    momentum: float = 0.9
    memory: float = 0.99
    schedule: str = "constant"
    schedule_over: int = 50_000
    batch: int = WHOLE

    def rate_factors(self, first: int, count: int) -> FloatArray | None:
        """What the learning rate is multiplied by in some iterations, shape (count,), or None where it stays."""
        if self.schedule == "constant":
            return None
        return rate_factors(self.schedule, self.schedule_over, first, count)
