"""What the buttons of a diagnosis do."""

from dataclasses import replace
from functools import partial

import numpy as np

from curvegui.core.curve.curve import Curve
from curvegui.core.diagnosis.finding import Remedy
from curvegui.core.diagnosis.step_size import quieter
from curvegui.core.learner.reshaping import fitted_in
from curvegui.core.network.activations import ACTIVATIONS
from curvegui.core.settings.config import TrainingConfig
from curvegui.core.settings.usual_aggression import bolder, gentler, usual
from curvegui.session.run.session import Session

ENOUGH_NEURONS = 8  # in each layer: the heart needs about 6
ENOUGH_LAYERS = 2
AT_BOUNDS = 4e-3  # from the end of what an output gives: its slope is about as little, and it does not come back


def mend(session: Session, remedy: Remedy) -> None:
    """Do what a diagnosis offers; Undo takes back what it changes."""
    config = session.config
    match remedy:
        case Remedy.UNDO:
            session.undo_cause()
        case Remedy.RESET:
            session.reset()
        case Remedy.NEW_SEED:
            session.reset_with_seed(config.seed + 1)
        case Remedy.LOWER_AGGRESSION:
            session.edit(aggression=gentler(config))
        case Remedy.RAISE_AGGRESSION:
            session.edit(aggression=bolder(config))
        case Remedy.LOWER_NOISE:
            session.edit(noise=quieter(config))
        case Remedy.START_GENTLER:
            session.reset(remedy.value, aggression=gentler(config))
        case Remedy.START_QUIETER:
            session.reset(remedy.value, noise=quieter(config))
        case Remedy.BACK_TO_BEST:
            session.go_on_from(session.best, remedy.value, aggression=gentler(config))
        case Remedy.BACK_TO_BEST_QUIETER:
            session.go_on_from(session.best, remedy.value, noise=quieter(config))
        case Remedy.SEE_BEST:
            session.time.look_back(session.best)
        case _:
            _mend_network(session, remedy, config)


def _mend_network(session: Session, remedy: Remedy, config: TrainingConfig) -> None:
    """Change the network, or the curve that it learns."""
    match remedy:
        case Remedy.FIT_CURVE:
            if isinstance(config.curve, Curve):  # ours fit
                change = partial(session.reset, remedy.value) if _is_at_its_bounds(session) else session.edit
                change(curve=fitted_in(config.curve))
        case Remedy.LINEAR_OUTPUTS:
            linear = replace(config, output_activation="linear")
            session.edit(output_activation="linear", aggression=min(config.aggression, usual(linear)))
        case Remedy.MORE_NEURONS:
            session.edit(hidden=tuple(max(neurons + 1, ENOUGH_NEURONS) for neurons in config.hidden))
        case Remedy.FEWER_LAYERS:
            session.reset(remedy.value, hidden=config.hidden[:ENOUGH_LAYERS])
        case Remedy.TANH_NEURONS:
            tanh = replace(config, activation="tanh")
            session.reset(remedy.value, activation="tanh", aggression=min(config.aggression, usual(tanh)))


def _is_at_its_bounds(session: Session) -> bool:
    """Whether an output, x or y, has been drawn to where it can go no further, all along the curve."""
    if session.snapshot is None:
        return False
    output, fit = ACTIVATIONS[session.config.output_activation], session.snapshot.fit
    return bool(np.minimum(fit - output.low, output.high - fit).max(axis=1).min() < AT_BOUNDS)
