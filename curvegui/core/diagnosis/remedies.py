"""What a remedy does to a run: which settings it changes, and from where the run then goes on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.curve.curve import Curve
from curvegui.core.diagnosis.finding import Remedy
from curvegui.core.learner.reshaping import fitted_in
from curvegui.core.network.activations import ACTIVATIONS
from curvegui.core.settings.config import MAX_SEED, SETTINGS, TrainingConfig, is_timid, usual

ENOUGH_NEURONS = 8  # in each layer: the heart needs about 6
ENOUGH_LAYERS = 2
MILD_DECAY = 1e-5  # a heart learns with it; 0.001 pulls all weights to 0
AT_BOUNDS = 4e-3  # from the end of what an output gives: its slope is about as little, and it does not come back


class Start(Enum):
    """From where a run goes on."""

    HERE = "here"
    BEST = "the best fit"
    AGAIN = "the beginning"


@dataclass(frozen=True)
class RemedyEffect:
    """Settings to change, and the point from which the run goes on."""

    start: Start = Start.HERE
    changes: Mapping[str, Any] = field(default_factory=dict)


def effect_of(remedy: Remedy, config: TrainingConfig, fit: FloatArray | None) -> RemedyEffect | None:
    """The effect of a remedy on a run whose network draws ``fit``, shape (2, N), if known. None for a remedy without
    effect, or where its settings are impossible, such as more neurons than the optimiser can take."""
    if remedy is Remedy.FIT_CURVE:
        return _fit_in(config, fit)
    if remedy not in _EFFECTS:
        return None
    start, changes_for = _EFFECTS[remedy]
    try:
        effect = RemedyEffect(start, changes_for(config))
    except ValueError:
        return None
    return None if config.refusal(**effect.changes) else effect


def is_possible(remedy: Remedy, config: TrainingConfig) -> bool:
    """Whether a remedy can be offered to a run with these settings."""
    return remedy not in _EFFECTS or effect_of(remedy, config, None) is not None


def _fit_in(config: TrainingConfig, fit: FloatArray | None) -> RemedyEffect | None:
    """The curve fitted into the square; from the start where the network draws beyond the reach of an output."""
    if not isinstance(config.curve, Curve):  # ours fit
        return None
    start = Start.HERE
    if fit is not None:
        output = ACTIVATIONS[config.output_activation]
        room = np.minimum(fit - output.low, output.high - fit).max(axis=1).min()
        start = Start.AGAIN if room < AT_BOUNDS else Start.HERE
    return RemedyEffect(start, {"curve": fitted_in(config.curve)})


def _no_bolder(config: TrainingConfig, **changes: Any) -> dict[str, Any]:
    """Other settings, with an aggression that suits them."""
    return {**changes, "aggression": min(config.aggression, usual(replace(config, **changes)))}


def _with_less_decay(config: TrainingConfig) -> dict[str, Any]:
    return _no_bolder(config, weight_decay=min(config.weight_decay / 10, MILD_DECAY))


def _with_adam(config: TrainingConfig) -> dict[str, Any]:
    adam = replace(config, optimizer="adam")
    return {"optimizer": "adam", "aggression": usual(adam), "noise": min(config.noise, TrainingConfig.noise)}


def gentler(config: TrainingConfig) -> float:
    """A tenth of the aggression, and no more than usual."""
    return min(config.aggression / 10, usual(config))


def bolder(config: TrainingConfig) -> float:
    """The usual aggression for a far lower one; else up to twice the usual, or a little more than the present."""
    if is_timid(config):
        return usual(config)
    raised = max(min(2 * config.aggression, 2 * usual(config)), 1.2 * config.aggression)
    return min(raised, SETTINGS["aggression"].high)


def quieter(config: TrainingConfig) -> float:
    """Half of the noise, and no more than usual."""
    return min(config.noise / 2, TrainingConfig.noise)


_EFFECTS: dict[Remedy, tuple[Start, Callable[[TrainingConfig], dict[str, Any]]]] = {
    Remedy.RESET: (Start.AGAIN, lambda config: {}),
    Remedy.NEW_SEED: (Start.AGAIN, lambda config: {"seed": (config.seed + 1) % (MAX_SEED + 1)}),
    Remedy.LOWER_AGGRESSION: (Start.HERE, lambda config: {"aggression": gentler(config)}),
    Remedy.RAISE_AGGRESSION: (Start.HERE, lambda config: {"aggression": bolder(config)}),
    Remedy.LOWER_NOISE: (Start.HERE, lambda config: {"noise": quieter(config)}),
    Remedy.START_GENTLER: (Start.AGAIN, lambda config: {"aggression": gentler(config)}),
    Remedy.START_QUIETER: (Start.AGAIN, lambda config: {"noise": quieter(config)}),
    Remedy.LESS_DECAY: (Start.HERE, _with_less_decay),
    Remedy.START_LESS_DECAY: (Start.AGAIN, _with_less_decay),
    Remedy.BACK_TO_BEST: (Start.BEST, lambda config: {"aggression": gentler(config)}),
    Remedy.BACK_TO_BEST_QUIETER: (Start.BEST, lambda config: {"noise": quieter(config)}),
    Remedy.LINEAR_OUTPUTS: (Start.HERE, lambda config: _no_bolder(config, output_activation="linear")),
    Remedy.MORE_NEURONS: (
        Start.HERE,
        lambda config: {"hidden": tuple(max(neurons + 1, ENOUGH_NEURONS) for neurons in config.hidden)},
    ),
    Remedy.FEWER_LAYERS: (Start.AGAIN, lambda config: {"hidden": config.hidden[:ENOUGH_LAYERS]}),
    Remedy.ADAM: (Start.HERE, _with_adam),
    Remedy.TANH_NEURONS: (Start.AGAIN, lambda config: _no_bolder(config, activation="tanh")),
}
