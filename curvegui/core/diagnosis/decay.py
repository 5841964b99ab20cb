"""Findings about a weight decay that is too strong: it pulls all weights to 0, or beyond 0 and out of bounds."""

from statistics import NormalDist

import numpy as np

from curvegui.core.diagnosis.evidence import BAD_COST, CUT_OFF, Evidence
from curvegui.core.diagnosis.finding import Condition, Diagnosis, Remedy
from curvegui.core.diagnosis.network import stands_still
from curvegui.core.diagnosis.step_size import BOLD
from curvegui.core.language.text import tr
from curvegui.core.learner.caption import short_cost
from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.settings.config import TrainingConfig
from curvegui.core.settings.usual_aggression import usual

NO_WEIGHT = 1e-3  # the largest one of a network that draws a single point
FAINT = 0.25  # the same, where a decay holds it there: a network that learns has weights over 1
QUANTILES = np.array([NormalDist().inv_cdf((k + 0.5) / 200) for k in range(200)])  # of N(0, 1), which noise draws


def decayed(evidence: Evidence) -> Diagnosis | None:
    """All weights are next to 0, though the neurons would react: the network draws a single point."""
    decay, largest = evidence.config.weight_decay, evidence.largest_weight
    is_held = decay > 0 and largest <= FAINT and stands_still(evidence, Condition.DECAYED)
    if not (is_held or largest <= NO_WEIGHT) or evidence.cost < BAD_COST or evidence.hidden_slope <= CUT_OFF:
        return None
    what = tr("No weight is larger than {largest}, so the network draws a single point.", largest=short_cost(largest))
    if not decay:
        words = tr("{what} The Jacobians do not say which way to go from there. Undo the change, or reset.", what=what)
        headline = tr("All weights are next to 0: learning has stopped.")
        return Diagnosis(Condition.DECAYED, headline, words, (Remedy.UNDO, Remedy.RESET))
    return Diagnosis(
        Condition.DECAYED,
        tr("Weight decay has pulled all weights to 0: learning has stopped."),
        tr(
            "{what} In each iteration, weight decay {decay:g} takes more of the weights than the Jacobians add. Reset "
            "with lower weight decay.",
            what=what,
            decay=decay,
        ),
        (Remedy.START_LESS_DECAY, Remedy.UNDO, Remedy.RESET),
    )


def pulls_too_far(config: TrainingConfig) -> bool:
    """Whether the decay alone drives the weights out of bounds: each step goes so far beyond 0 that they grow.

    Without noise, they do where a step takes more than twice the weight; with momentum m, more than 2 + 2m times, with
    Nesterov's (2 + 2m) / (1 + 2m) times. With noise, the mean of ln |new / old|, their Lyapunov exponent, tells: they
    grow where it is over 0. For noise and momentum together, that is an approximation.
    """
    if not config.uses("aggression") or OPTIMIZERS[config.optimizer].is_adaptive:
        return False
    momentum = config.momentum if config.uses("momentum") else 0.0
    taken = config.aggression * config.weight_decay / (1 + momentum)
    if config.optimizer == "nesterov":
        taken *= 1 + 2 * momentum
    left = 1 - taken * (1 + config.noise * QUANTILES)
    return bool(np.log(np.abs(left) + 1e-300).mean() > 0)


def overflow_by_decay(evidence: Evidence) -> Diagnosis:
    """The numbers overflowed because of the decay, and the run was taken back."""
    config = evidence.config
    why = tr(
        "Each iteration takes aggression times weight decay of every weight: {aggression:g} · {decay:g} = {share:g} "
        "times the weight. That is so much that the weights grow without limit. The run has gone back to "
        "iteration {iteration:,}, the last good one, and is paused there.",
        aggression=config.aggression,
        decay=config.weight_decay,
        share=float(f"{config.aggression * config.weight_decay:.3g}"),
        iteration=evidence.iteration,
    )
    advice, lower = tr("{why} Lower the weight decay, then press Run.", why=why), [Remedy.LESS_DECAY]
    if config.aggression > BOLD * usual(config):  # it would overflow without the decay, too
        advice = tr("{why} Lower the weight decay and the aggression, then press Run.", why=why)
        lower.append(Remedy.LOWER_AGGRESSION)
    remedies = *lower, Remedy.UNDO, Remedy.RESET
    return Diagnosis(Condition.NON_FINITE, tr("The numbers overflowed."), advice, remedies)
