"""What a remedy does to a run: which settings it changes, and from where the run then goes on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.curve.curve import Curve
from curvegui.core.diagnosis.finding import Remedy
from curvegui.core.diagnosis.step_size import quieter
from curvegui.core.learner.reshaping import fitted_in
from curvegui.core.network.activations import ACTIVATIONS
from curvegui.core.settings.config import TrainingConfig
from curvegui.core.settings.run_settings import MAX_SEED
from curvegui.core.settings.usual_aggression import bolder, gentler, usual

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
class Treatment:
    """Settings to change, and a place to go on from."""

    start: Start = Start.HERE
    changes: Mapping[str, Any] = field(default_factory=dict)


def treatment(remedy: Remedy, config: TrainingConfig, fit: FloatArray | None) -> Treatment | None:
    """What a remedy does to a run with these settings, whose network draws ``fit``, shape (2, N), where it is known.

    None for one that changes nothing: what can only be looked at, or undone, or is as it would be; and for one that
    asks for what cannot be, such as more neurons than the optimiser takes with so many points.
    """
    if remedy is Remedy.FIT_CURVE:
        return _fit_in(config, fit)
    made = _TREATMENTS.get(remedy)
    try:
        found = made(config) if made else None
    except ValueError:
        return None
    return None if found is None or config.refusal(**found.changes) else found


def is_possible(remedy: Remedy, config: TrainingConfig) -> bool:
    """Whether a remedy can be offered to a run with these settings."""
    return remedy not in _TREATMENTS or treatment(remedy, config, None) is not None


def _fit_in(config: TrainingConfig, fit: FloatArray | None) -> Treatment | None:
    """The curve, fitted into the square; from the start where an output has been drawn to where it goes no further."""
    if not isinstance(config.curve, Curve):  # ours fit
        return None
    if fit is None:
        return _here(curve=fitted_in(config.curve))
    output = ACTIVATIONS[config.output_activation]
    is_at_bounds = np.minimum(fit - output.low, output.high - fit).max(axis=1).min() < AT_BOUNDS
    return (_again if is_at_bounds else _here)(curve=fitted_in(config.curve))


def _here(**changes: Any) -> Treatment:
    return Treatment(Start.HERE, changes)


def _again(**changes: Any) -> Treatment:
    return Treatment(Start.AGAIN, changes)


def _best(**changes: Any) -> Treatment:
    return Treatment(Start.BEST, changes)


def _no_bolder(config: TrainingConfig, **changes: Any) -> dict[str, Any]:
    """Other settings, with an aggression that suits them."""
    return {**changes, "aggression": min(config.aggression, usual(replace(config, **changes)))}


def _less_decay(config: TrainingConfig) -> float:
    return min(config.weight_decay / 10, MILD_DECAY)


def _next_seed(config: TrainingConfig) -> int:
    return (config.seed + 1) % (MAX_SEED + 1)


def _with_adam(config: TrainingConfig) -> dict[str, Any]:
    adam = replace(config, optimizer="adam")
    return {"optimizer": "adam", "aggression": usual(adam), "noise": min(config.noise, TrainingConfig.noise)}


def _enough(config: TrainingConfig) -> tuple[int, ...]:
    return tuple(max(neurons + 1, ENOUGH_NEURONS) for neurons in config.hidden)


_TREATMENTS: dict[Remedy, Callable[[TrainingConfig], Treatment]] = {
    Remedy.RESET: lambda config: _again(),
    Remedy.NEW_SEED: lambda config: _again(seed=_next_seed(config)),
    Remedy.LOWER_AGGRESSION: lambda config: _here(aggression=gentler(config)),
    Remedy.RAISE_AGGRESSION: lambda config: _here(aggression=bolder(config)),
    Remedy.LOWER_NOISE: lambda config: _here(noise=quieter(config)),
    Remedy.START_GENTLER: lambda config: _again(aggression=gentler(config)),
    Remedy.START_QUIETER: lambda config: _again(noise=quieter(config)),
    Remedy.LESS_DECAY: lambda config: _here(**_no_bolder(config, weight_decay=_less_decay(config))),
    Remedy.START_LESS_DECAY: lambda config: _again(**_no_bolder(config, weight_decay=_less_decay(config))),
    Remedy.BACK_TO_BEST: lambda config: _best(aggression=gentler(config)),
    Remedy.BACK_TO_BEST_QUIETER: lambda config: _best(noise=quieter(config)),
    Remedy.LINEAR_OUTPUTS: lambda config: _here(**_no_bolder(config, output_activation="linear")),
    Remedy.MORE_NEURONS: lambda config: _here(hidden=_enough(config)),
    Remedy.FEWER_LAYERS: lambda config: _again(hidden=config.hidden[:ENOUGH_LAYERS]),
    Remedy.ADAM: lambda config: _here(**_with_adam(config)),
    Remedy.TANH_NEURONS: lambda config: _again(**_no_bolder(config, activation="tanh")),
}
