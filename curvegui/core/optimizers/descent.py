"""How to go down: what an engine needs to know of the optimiser and its settings, the noise and the batch."""

from dataclasses import dataclass

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import tr
from curvegui.core.optimizers.schedules import rate_factors

WHOLE = 0  # no mini-batch: all points in every iteration


@dataclass(frozen=True)
class Descent:
    """A way to go down."""

    learning_rate: float
    noise: float = 0.0  # each Jacobian times 1 + noise * N(0, 1), where an optimiser takes one gradient an iteration
    seed: int = 0  # of the noise, and of the mini-batches
    optimizer: str = "descent"  # a name in ``OPTIMIZERS``
    momentum: float = 0.9  # how much of the last iteration's direction goes on; from 0 to less than 1
    memory: float = 0.99  # how much of the gradient's mean square is kept in an iteration; from 0 to less than 1
    schedule: str = "constant"  # a name in ``SCHEDULES``
    schedule_over: int = 50_000  # iterations from the schedule's beginning to its end; then it begins anew
    batch: int = WHOLE  # how many points an iteration takes
    weight_decay: float = 0.0  # λ: λ / 2 · the sum of all squared weights is added to the cost; the biases are free

    @property
    def step_formula(self) -> str:
        """What an iteration of plain descent takes off a weight, as people read it."""
        slope = tr("(J + weight decay · w)") if self.weight_decay else "J"
        return tr("aggression · (1 + noise · N) · {slope}", slope=slope)

    def rate_factors(self, first: int, count: int) -> FloatArray | None:
        """What the learning rate is multiplied by in some iterations, shape (count,), or None where it stays."""
        if self.schedule == "constant":
            return None
        return rate_factors(self.schedule, self.schedule_over, first, count)
