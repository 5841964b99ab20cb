"""Which aggression suits a network, and which one to try next."""

from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.settings.config import SETTINGS, TrainingConfig

USUAL_HIDDEN = 0.5  # of neurons other than logistic ones, whose slope of up to 1 makes four times larger Jacobians
USUAL_UNBOUNDED = 0.1  # of outputs that no slope holds back
TIMID = 0.5  # times the usual: below, the aggression is the first thing to try


def usual(config: TrainingConfig) -> float:
    """The aggression with which such a network learns well; as it is where the optimiser knows none."""
    entry, plain = OPTIMIZERS[config.optimizer], _usual_of_descent(config)
    if entry.is_adaptive or not entry.usual:
        return entry.usual or config.aggression
    return plain / TrainingConfig.aggression * entry.usual


def _usual_of_descent(config: TrainingConfig) -> float:
    if config.output_activation in ("linear", "relu"):
        return USUAL_UNBOUNDED
    return TrainingConfig.aggression if config.activation == config.output_activation == "logistic" else USUAL_HIDDEN


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
