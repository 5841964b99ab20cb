"""What a run shows of itself at one iteration."""

from dataclasses import dataclass, field

from curvegui.core.arrays import FloatArray
from curvegui.core.learner.keyframes import no_state
from curvegui.core.learner.target import Target
from curvegui.core.settings.config import TrainingConfig


@dataclass(frozen=True)
class Snapshot:
    """A run at one iteration; nobody writes to its arrays again.

    Attributes
    ----------
    config : TrainingConfig
    target : Target
    iteration : int
        How many updates have been made.
    cost : float
        At the points that the network trains on.
    fit : ndarray, shape (2, N), read-only
        The curve that the network draws, at all points of the target.
    parameters : ndarray, shape (P,), read-only
    diverged : bool
        The parameters left the finite numbers and were taken back to the last good ones.
    test_cost : float or None
        The cost at the points that the network does not train on, where there are any.
    state : ndarray, read-only
        What the optimiser remembers.
    """

    config: TrainingConfig
    target: Target
    iteration: int
    cost: float
    fit: FloatArray
    parameters: FloatArray
    diverged: bool = False
    test_cost: float | None = None
    state: FloatArray = field(default_factory=no_state)
