"""Which aggression suits a network, and which one to try next."""

from math import isinf

from curvegui.core.network.activations import ACTIVATIONS
from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.settings.config import SETTINGS, TrainingConfig

USUAL_UNBOUNDED = 0.1  # of outputs that nothing holds back
TIMID = 0.5  # times the usual: below, the aggression is the first thing to try


def usual(config: TrainingConfig) -> float:
    """The aggression with which such a network learns well; as it is where the optimiser knows none."""
    entry, plain = OPTIMIZERS[config.optimizer], _usual_of_descent(config)
    if entry.is_adaptive or not entry.usual:
        return entry.usual or config.aggression
    return plain / TrainingConfig.aggression * entry.usual


def _usual_of_descent(config: TrainingConfig) -> float:
    hidden, output = ACTIVATIONS[config.activation], ACTIVATIONS[config.output_activation]
    return USUAL_UNBOUNDED if isinf(output.high) else min(hidden.usual, output.usual)


def is_timid(config: TrainingConfig) -> bool:
    """Whether the aggression is far below the usual one."""
    return config.aggression < TIMID * usual(config)


def gentler(config: TrainingConfig) -> float:
    """A tenth, and no more than usual."""
    return min(config.aggression / 10, usual(config))


def bolder(config: TrainingConfig) -> float:
    """The usual one where that is more; else up to twice that, or a little more."""
    if is_timid(config):
        return usual(config)
    raised = max(min(2 * config.aggression, 2 * usual(config)), 1.2 * config.aggression)
    return min(raised, SETTINGS["aggression"].high)
