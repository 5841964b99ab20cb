"""What a run shows of itself at one iteration."""

from dataclasses import dataclass

from curvegui.core.arrays import FloatArray
from curvegui.core.config import TrainingConfig
from curvegui.core.curve import Curve


@dataclass(frozen=True)
class Snapshot:
    """A run at one iteration; nobody writes to its arrays again.

    Attributes
    ----------
    config : TrainingConfig
    target : Curve
    iteration : int
        How many updates have been made.
    cost : float
    fit : ndarray, shape (2, N), read-only
        The curve that the network draws.
    parameters : ndarray, shape (P,), read-only
    diverged : bool
        The parameters left the finite numbers and were taken back to the last good ones.
    """

    config: TrainingConfig
    target: Curve
    iteration: int
    cost: float
    fit: FloatArray
    parameters: FloatArray
    diverged: bool = False
