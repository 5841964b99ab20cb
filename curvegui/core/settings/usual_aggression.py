"""Which aggression suits a network, and which one to try next."""

from curvegui.core.settings.config import SETTINGS, TrainingConfig
from curvegui.core.settings.usual_rates import usual_rate

TIMID = 0.5  # times the usual: below, the aggression is the first thing to try


def usual(config: TrainingConfig) -> float:
    """The aggression with which such a network learns well; as it is where the optimiser knows none."""
    return usual_rate(config.optimizer, config.activation, config.output_activation) or config.aggression


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
