"""Whether the noise or the aggression makes the steps too large, and which of the two to lower."""

from math import erfc, sqrt

from curvegui.core.diagnosis.finding import Remedy
from curvegui.core.language.text import tr
from curvegui.core.settings.config import TrainingConfig
from curvegui.core.settings.usual_aggression import usual

TOO_NOISY = 1.0  # beyond, more than a sixth of all factors points uphill, and a trained network loses what it knew
BOLD = 2.0  # times the usual aggression: from there on, steps are too large without noise as well


def uphill_share(noise: float) -> float:
    """In which part of the iterations 1 + noise · N(0, 1) is negative."""
    return erfc(1 / (noise * sqrt(2))) / 2 if noise > 0 else 0.0


def is_too_noisy(config: TrainingConfig) -> bool:
    """Whether the noise, rather than the aggression, is what to lower first."""
    return config.uses("noise") and config.noise > TOO_NOISY and config.aggression <= BOLD * usual(config)


def first_to_lower(config: TrainingConfig) -> tuple[str, Remedy]:
    """The setting that makes the steps too large, and the button that lowers it."""
    return ("noise", Remedy.LOWER_NOISE) if is_too_noisy(config) else ("aggression", Remedy.LOWER_AGGRESSION)


def quieter(config: TrainingConfig) -> float:
    """Half of the noise, and no more than usual."""
    return min(config.noise / 2, TrainingConfig.noise)


def noise_words(config: TrainingConfig) -> str:
    """What so much noise does, in a sentence."""
    share = round(100 * uphill_share(config.noise))
    return tr(
        "With noise {noise:g}, {share} % of the factors 1 + noise · N are negative and point uphill.",
        noise=config.noise,
        share=share,
    )
