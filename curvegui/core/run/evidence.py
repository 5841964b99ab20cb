"""What can be seen of a trainer's run at a moment, for a diagnosis."""

from collections.abc import Iterator

import numpy as np

from curvegui.core.diagnosis.evidence import (
    FITTED_COST,
    GOOD_COST,
    SETTLING_ITERATIONS,
    Evidence,
    beyond_reach,
    gentler_gain,
    hidden_slope,
    largest_gap,
    passed_back,
    turns,
)
from curvegui.core.learner.keyframes import Keyframe
from curvegui.core.learner.learner import Snapshot
from curvegui.core.network.network import Network
from curvegui.core.run.trainer import Trainer

LATE_SHARES = 0.03, 0.06, 0.1, 0.15, 0.2  # of the run, ago: what holds at all of them is not due to the noise


def signs_of(trainer: Trainer) -> Evidence:
    """What a diagnosis of a run needs to know, but for what comes next."""
    now, config, target = trainer.snapshot(), trainer.config, trainer.target
    network = Network(config.sizes, now.parameters, config.activation, config.output_activation)
    return Evidence(
        config=config,
        iteration=trainer.iteration,
        costs=trainer.notes.comparable_costs(now.iteration, now.cost),
        largest_output_slope=float(np.max(trainer.engine.output_slopes())),
        largest_jacobian=float(np.max(np.abs(trainer.engine.gradient()))),
        diverged=trainer.diverged,
        beyond_reach=beyond_reach(target.curve_points, config.output_activation),
        turns=turns(target.curve_points),
        passed_back=passed_back(network, target.t, target.points),
        hidden_slope=hidden_slope(network, target.t),
        largest_weight=max(float(np.abs(layer.weights).max()) for layer in network.layers),
        largest_gap=largest_gap(network, config.curve, config.points) if now.cost < FITTED_COST else (0.0, 0.0),
        gentler_gain=_gentler_gain(trainer, now),
        last_edit=trainer.keyframes.last_edit,
    )


def _gentler_gain(trainer: Trainer, now: Snapshot) -> float:
    """See `gentler_gain`, which is long work; 0 where no finding asks for it.

    That is at the start, at a good cost, and for an optimiser that finds the length of its steps itself.
    """
    is_early = trainer.iteration - (trainer.keyframes.last_edit or 0) < SETTLING_ITERATIONS
    if is_early or now.cost < GOOD_COST or not trainer.config.uses("aggression"):
        return 0.0
    return gentler_gain(trainer.engine, trainer.config.descent, _late_frames(trainer, now))


def _late_frames(trainer: Trainer, now: Snapshot) -> Iterator[Keyframe]:
    """The run as it is, and as it was along the last fifth of it since its parameters were last edited."""
    edited = trainer.keyframes.last_edit or 0
    first = max(trainer.keyframes.first, edited)
    yield Keyframe(now.iteration, now.parameters, now.state)
    for share in LATE_SHARES:
        yield trainer.keyframe_before(max(trainer.iteration - round(share * (trainer.iteration - edited)), first))
