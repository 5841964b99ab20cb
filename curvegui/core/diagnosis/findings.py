"""What can be found of a run that is in trouble, one function each, and ``FINDINGS``, their order."""

from collections.abc import Callable
from math import erfc, prod, sqrt
from statistics import NormalDist

import numpy as np

from curvegui.core.diagnosis.evidence import (
    BAD_COST,
    CUT_OFF,
    FITTED_COST,
    GOOD_COST,
    PLATEAU_ITERATIONS,
    SETTLING_ITERATIONS,
    SMOOTHING,
    Evidence,
    smoothed,
)
from curvegui.core.diagnosis.finding import Diagnosis, Remedy, RunState
from curvegui.core.diagnosis.forecast import HORIZON, fewer
from curvegui.core.language.text import mark, tr, tr_n, within
from curvegui.core.learner.caption import layers, short_cost
from curvegui.core.network.activations import ACTIVATIONS
from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.settings.config import SETTINGS, TrainingConfig, is_timid, usual

# Where there are two limits, a finding begins at the first and ends at the second: with one, it would flicker.
TOO_NOISY = 1.0  # beyond, more than a sixth of all factors points uphill, and a trained network loses what it knew
BOLD = 2.0  # times the usual aggression: from there on, steps are too large without noise as well
NARROW = 2  # neurons in a layer: all that the layers after it know of t passes through them
DEEP = 3  # hidden layers, from which on an error can get lost on its way back
LOST, FOUND = 0.01, 0.03  # of the error at the output reaches the first layer
STILL_GAIN, STILL_END = 0.1, 0.2  # of the cost over the last half of the run
NO_WEIGHT = 1e-3  # the largest one of a network that draws a single point
FAINT = 0.25  # the same, where a decay holds it there: a network that learns has weights over 1
QUANTILES = np.array([NormalDist().inv_cdf((k + 0.5) / 200) for k in range(200)])  # of N(0, 1), which noise draws
FLAT_SLOPE = 1e-3  # a logistic slope is 0.25 at most; the output of a learning network has over 0.1
LIVE_JACOBIAN = 1e-6  # any usual aggression makes a step of it
SWING_GAIN, SWING_END = 0.5, 0.25  # of the cost that a tenth of the aggression would take away at once
PLATEAU_GAIN, PLATEAU_END = 0.01, 0.05  # of the cost over the last half of the run
WORSE, WORSE_END = 2.0, 1.5  # times the lowest cost, late in the run: noise alone does not reach 2 above BAD_COST
STANDSTILLS = frozenset({RunState.PLATEAU, RunState.TOO_SMALL, RunState.VANISHING})
SATURATED_BY = {
    "hand": mark(
        "Weights changed by hand pushed the weighted sums so far out that σ′ is {slope} at most. Every Jacobian "
        "contains σ′ as a factor, so all of them are nearly zero. {advice}"
    ),
    "noise": mark(
        "Steps with noise {noise:g}, often uphill, pushed the weighted sums so far out that σ′ is {slope} at most. "
        "Every Jacobian contains σ′ as a factor, so all of them are nearly zero. {advice}"
    ),
    "a step": mark(
        "A step that was too large pushed the weighted sums so far out that σ′ is {slope} at most. Every Jacobian "
        "contains σ′ as a factor, so all of them are nearly zero. {advice}"
    ),
    "steps": mark(
        "Steps that were too large pushed the weighted sums so far out that σ′ is {slope} at most. Every Jacobian "
        "contains σ′ as a factor, so all of them are nearly zero. {advice}"
    ),
}


def uphill_share(noise: float) -> float:
    """In which part of the iterations 1 + noise · N(0, 1) is negative."""
    return erfc(1 / (noise * sqrt(2))) / 2 if noise > 0 else 0.0


def is_too_noisy(config: TrainingConfig) -> bool:
    """Whether the noise, rather than the aggression, is what to lower first."""
    return config.uses("noise") and config.noise > TOO_NOISY and config.aggression <= BOLD * usual(config)


def first_to_lower(config: TrainingConfig) -> tuple[str, Remedy]:
    """The setting that makes the steps too large, and the remedy that lowers this setting."""
    return ("noise", Remedy.LOWER_NOISE) if is_too_noisy(config) else ("aggression", Remedy.LOWER_AGGRESSION)


def noise_words(config: TrainingConfig) -> str:
    """What this much noise does, in a sentence."""
    words = mark("With noise {noise:g}, {share} % of the factors 1 + noise · N are negative and point uphill.")
    return tr(words, noise=config.noise, share=round(100 * uphill_share(config.noise)))


def stands_still(evidence: Evidence, finding: RunState) -> bool:
    """Whether the cost hardly falls; where ``finding`` was found the last time, the cost may fall a little more."""
    return evidence.half_gain <= (STILL_END if evidence.before is finding else STILL_GAIN)


def is_too_small(evidence: Evidence) -> bool:
    """Whether there are too few neurons for the bends of the curve."""
    hidden = evidence.config.hidden
    return min(hidden) <= NARROW or prod(hidden) < evidence.turns


def non_finite(evidence: Evidence) -> Diagnosis | None:
    """The numbers overflowed, and the run was taken back."""
    if not evidence.diverged:
        return None
    config, headline = evidence.config, tr("The numbers overflowed.")
    cause, lower = first_to_lower(config)
    if not pulls_too_far(config):
        words = mark(
            "With {cause} {config:g}, the weights grew without limit. The run has gone back to iteration "
            "{iteration:,}, the last good one, and is paused there. Lower the {cause}, then press Run."
        )
        words = tr(words, cause=within(SETTINGS[cause]), config=getattr(config, cause), iteration=evidence.iteration)
        return Diagnosis(RunState.NON_FINITE, headline, words, (lower, Remedy.UNDO, Remedy.RESET))
    why = mark(
        "Each iteration takes aggression times weight decay of every weight: {aggression:g} · {decay:g} = {share:g} "
        "times the weight. That is so much that the weights grow without limit. The run has gone back to "
        "iteration {iteration:,}, the last good one, and is paused there."
    )
    aggression, decay, share = config.aggression, config.weight_decay, config.aggression * config.weight_decay
    why = tr(why, aggression=aggression, decay=decay, share=float(f"{share:.3g}"), iteration=evidence.iteration)
    if config.aggression > BOLD * usual(config):  # it would overflow without the decay, too
        words = tr("{why} Lower the weight decay and the aggression, then press Run.", why=why)
        remedies: tuple[Remedy, ...] = (Remedy.LESS_DECAY, Remedy.LOWER_AGGRESSION)
    else:
        words, remedies = tr("{why} Lower the weight decay, then press Run.", why=why), (Remedy.LESS_DECAY,)
    return Diagnosis(RunState.NON_FINITE, headline, words, (*remedies, Remedy.UNDO, Remedy.RESET))


def pulls_too_far(config: TrainingConfig) -> bool:
    """Whether the decay alone drives the weights out of bounds: each step goes so far beyond 0 that the weights grow.

    Without noise, weights grow where a step takes more than twice the weight; with momentum m, more than 2 + 2m times,
    with Nesterov's (2 + 2m) / (1 + 2m) times. With noise, weights grow where their Lyapunov exponent, the mean of ln
    |new / old|, is over 0; for noise and momentum together, that is an approximation.
    """
    if not config.uses("aggression") or OPTIMIZERS[config.optimizer].is_adaptive:
        return False
    momentum = config.momentum if config.uses("momentum") else 0.0
    taken = config.aggression * config.weight_decay / (1 + momentum)
    if config.optimizer == "nesterov":
        taken *= 1 + 2 * momentum
    left = 1 - taken * (1 + config.noise * QUANTILES)
    return bool(np.log(np.abs(left) + 1e-300).mean() > 0)


def out_of_reach(evidence: Evidence) -> Diagnosis | None:
    """A part of the curve lies where the output neurons cannot go."""
    if evidence.beyond_reach <= 0 or evidence.cost < FITTED_COST:
        return None
    words = tr(
        "It goes {distance:.2g} too far: close to their limits, the output neurons learn very slowly, "
        "and they never go beyond. Fit the curve into the square, or use linear outputs, which reach any "
        "point but need a low aggression.",
        distance=evidence.beyond_reach,
    )
    remedies = Remedy.FIT_CURVE, Remedy.LINEAR_OUTPUTS
    return Diagnosis(RunState.OUT_OF_REACH, tr("Part of the curve is out of reach."), words, remedies)


def saturated(evidence: Evidence) -> Diagnosis | None:
    """The outputs lie so far out that their slopes are nearly zero."""
    slope, config = evidence.largest_output_slope, evidence.config
    is_flat = ACTIVATIONS[config.output_activation].saturates and slope <= FLAT_SLOPE  # nan is no saturation
    if not is_flat or evidence.cost < BAD_COST:
        return None
    remedies: tuple[Remedy, ...]
    if evidence.is_fresh_from_hand or evidence.has_stood_still_since_hand:
        cause, advice, remedies = "hand", tr("Undo the change, or reset."), (Remedy.UNDO, Remedy.RESET)
    elif is_too_noisy(config):
        cause, advice = "noise", tr("Reset with lower noise.")
        remedies = (Remedy.START_QUIETER, Remedy.UNDO, Remedy.RESET)
    elif not config.uses("aggression"):
        cause, advice = "a step", tr("Undo the change, or try another seed.")
        remedies = (Remedy.UNDO, Remedy.NEW_SEED)
    else:
        cause, advice = "steps", tr("Reset with lower aggression.")
        remedies = (Remedy.START_GENTLER, Remedy.UNDO, Remedy.RESET)
    words = tr(SATURATED_BY[cause], noise=config.noise, slope=short_cost(slope), advice=advice)
    return Diagnosis(RunState.SATURATED, tr("The outputs are saturated: learning has stopped."), words, remedies)


def decayed(evidence: Evidence) -> Diagnosis | None:
    """All weights are next to 0, though the neurons would react: the network draws a single point."""
    decay, largest = evidence.config.weight_decay, evidence.largest_weight
    is_held = decay > 0 and largest <= FAINT and stands_still(evidence, RunState.DECAYED)
    if not (is_held or largest <= NO_WEIGHT) or evidence.cost < BAD_COST or evidence.hidden_slope <= CUT_OFF:
        return None
    what = tr("No weight is larger than {largest}, so the network draws a single point.", largest=short_cost(largest))
    if not decay:
        words = tr("{what} The Jacobians do not say which way to go from there. Undo the change, or reset.", what=what)
        headline = tr("All weights are next to 0: learning has stopped.")
        return Diagnosis(RunState.DECAYED, headline, words, (Remedy.UNDO, Remedy.RESET))
    words = mark(
        "{what} In each iteration, weight decay {decay:g} takes more of the weights than the Jacobians add. Reset "
        "with lower weight decay."
    )
    words = tr(words, what=what, decay=decay)
    headline = tr("Weight decay has pulled all weights to 0: learning has stopped.")
    return Diagnosis(RunState.DECAYED, headline, words, (Remedy.START_LESS_DECAY, Remedy.UNDO, Remedy.RESET))


def dead(evidence: Evidence) -> Diagnosis | None:
    """Nothing moves: the aggression, every slope of a layer, or the pull of all points together is next to nothing."""
    if not evidence.moves_nothing or evidence.cost < GOOD_COST:
        return None
    config = evidence.config
    if evidence.largest_jacobian > LIVE_JACOBIAN:
        headline = tr("Nothing moves: the aggression is {aggression:g}.", aggression=config.aggression)
        words = tr("Each step is the aggression times the Jacobians. Raise the aggression to learn.")
        return Diagnosis(RunState.DEAD, headline, words, (Remedy.RAISE_AGGRESSION,))
    if evidence.largest_output_slope <= CUT_OFF or evidence.hidden_slope <= CUT_OFF:
        return _without_slopes(config, is_output=evidence.largest_output_slope <= CUT_OFF)
    if evidence.is_cut_off:
        return None
    words = tr(
        "The pulls of all points cancel out, so {optimizer} stops here: nothing nearby is lower. There may "
        "be deeper valleys: try another seed, or add neurons.",
        optimizer=OPTIMIZERS[config.optimizer].label,
    )
    remedies = [Remedy.NEW_SEED, Remedy.MORE_NEURONS][:: -1 if is_too_small(evidence) else 1]
    return Diagnosis(RunState.PLATEAU, tr("The run is at the bottom of a valley."), words, tuple(remedies))


def _without_slopes(config: TrainingConfig, is_output: bool) -> Diagnosis:
    """All neurons of the output or of a hidden layer lie where their activation is flat."""
    advice = tr("Another seed begins elsewhere.")
    if config.uses("aggression"):
        advice = tr("Another seed begins elsewhere; with lower aggression, the first steps may not lead there.")
    if is_output:
        advice = tr("{advice} Linear outputs always react.", advice=advice)
        headline = tr("The output neurons no longer react: learning has stopped.")
    else:
        headline = tr("The hidden neurons no longer react: learning has stopped.")
    words = mark(
        "All along the curve, their weighted sums lie where the slope of {label} is zero, so the Jacobians are zero. "
        "{advice}"
    )
    activation = ACTIVATIONS[config.output_activation if is_output else config.activation]
    words = tr(words, label=activation.label, advice=advice)
    remedies = Remedy.NEW_SEED, Remedy.START_GENTLER, *([Remedy.LINEAR_OUTPUTS] if is_output else []), Remedy.UNDO
    return Diagnosis(RunState.DEAD, headline, words, remedies)


def oscillating(evidence: Evidence) -> Diagnosis | None:
    """Each step leaps over the valley, and the step after it leaps back."""
    least = SWING_END if evidence.before is RunState.OSCILLATING else SWING_GAIN
    cost = min(evidence.cost, float(np.median(evidence.costs[-SMOOTHING:, 1])))  # not one that jumps
    if evidence.span < SETTLING_ITERATIONS or cost < GOOD_COST or not evidence.gentler_gain >= least:
        return None
    why = tr(
        "With aggression {aggression:g}, each iteration jumps over the lowest cost, and the next one jumps "
        "back. With a tenth of that, the cost falls within a few iterations.",
        aggression=evidence.config.aggression,
    )
    remedies: tuple[Remedy, ...] = (Remedy.LOWER_AGGRESSION,)
    if is_too_noisy(evidence.config):  # the tenth was tried without noise
        why = tr("{config} Lower the noise first, then the aggression if needed.", config=noise_words(evidence.config))
        remedies = (Remedy.LOWER_NOISE, Remedy.LOWER_AGGRESSION)
    return Diagnosis(RunState.OSCILLATING, tr("The curve swings back and forth."), why, (*remedies, Remedy.SEE_BEST))


def worse(evidence: Evidence) -> Diagnosis | None:
    """The cost has been much lower before."""
    costs, now, config = evidence.costs, evidence.iteration, evidence.config
    smooth = smoothed(costs[:, 1])
    lowest = int(np.argmin(smooth))
    if evidence.span < PLATEAU_ITERATIONS or now - costs[lowest, 0] < evidence.span / 5:
        return None
    most = smooth[lowest] * (WORSE_END if evidence.before is RunState.WORSE else WORSE)
    late = min(evidence.late_cost(), smooth[-1])
    if late <= max(most, BAD_COST):
        return None
    why = mark("The cost is usually about {late} now; around iteration {iteration:,} it was {then}.")
    iteration = int(costs[np.argmin(costs[:, 1]), 0])
    why = tr(why, late=short_cost(late), iteration=iteration, then=short_cost(smooth[lowest]))
    (cause, lower), back = first_to_lower(config), Remedy.BACK_TO_BEST
    if lower is Remedy.LOWER_NOISE:
        why, back = f"{why} {noise_words(config)}", Remedy.BACK_TO_BEST_QUIETER
    if config.uses("noise"):
        advice = mark("{why} Return to it with lower {cause}, or lower the {cause} here.")
        why = tr(advice, why=why, cause=within(SETTINGS[cause]))
    return Diagnosis(RunState.WORSE, tr("The fit is worse than before."), why, (back, lower, Remedy.SEE_BEST))


def vanishing(evidence: Evidence) -> Diagnosis | None:
    """The error gets lost on its way back to the first layer."""
    least, hidden = FOUND if evidence.before is RunState.VANISHING else LOST, len(evidence.config.hidden)
    is_lost = hidden >= DEEP and evidence.passed_back < least  # nan is not lost
    is_still = evidence.moves_nothing or stands_still(evidence, RunState.VANISHING)
    if not is_lost or not is_still or evidence.cost < BAD_COST:
        return None
    words = tr(
        "At each of the {hidden} hidden layers, the error is multiplied by slopes and weights. Less than a "
        "hundredth of it reaches the first layer, which hardly learns. Use fewer layers, or tanh neurons, "
        "whose slopes are steeper.",
        hidden=hidden,
    )
    remedies = Remedy.FEWER_LAYERS, Remedy.TANH_NEURONS
    return Diagnosis(RunState.VANISHING, tr("The gradient vanishes on the way back."), words, remedies)


def too_small(evidence: Evidence) -> Diagnosis | None:
    """The cost stands still because there are too few neurons for the curve's bends."""
    if not is_too_small(evidence) or evidence.cost < GOOD_COST or not stands_still(evidence, RunState.TOO_SMALL):
        return None
    sizes = layers(evidence.config.sizes)
    words = tr_n(
        "Its layers are {sizes}, and the curve turns back once in x or in y. As a rule of thumb, each bend needs a "
        "neuron or more. Add neurons.",
        "Its layers are {sizes}, and the curve turns back {n} times in x or in y. As a rule of thumb, each bend needs "
        "a neuron or more. Add neurons.",
        evidence.turns,
        sizes=sizes,
    )
    if not evidence.turns:
        words = tr(
            "Its layers are {sizes}. As a rule of thumb, each bend needs a neuron or more. Add neurons.", sizes=sizes
        )
    headline = tr("The network is too small for this curve.")
    return Diagnosis(RunState.TOO_SMALL, headline, words, (Remedy.MORE_NEURONS,))


def plateau(evidence: Evidence) -> Diagnosis | None:
    """The cost stands still, without any other explanation."""
    least = PLATEAU_END if evidence.before in STANDSTILLS else PLATEAU_GAIN
    if evidence.cost < GOOD_COST or evidence.half_gain > least:
        return None
    return standing_still(evidence)


def standing_still(evidence: Evidence) -> Diagnosis:
    """The finding that the cost stands still, with remedies that are worth a try."""
    config = evidence.config
    if evidence.forecast is not None:
        horizon = HORIZON // fewer(config)
        what = tr("As it is, the cost will hardly fall in the next {horizon:,} iterations.", horizon=horizon)
    else:
        since = evidence.begins + evidence.span // 2
        what = tr("The cost has hardly changed since iteration {iteration:,}.", iteration=since)
    others = (Remedy.RAISE_AGGRESSION, Remedy.LOWER_AGGRESSION, Remedy.NEW_SEED)
    if is_too_noisy(config):
        what, others = f"{what} {noise_words(config)}", (Remedy.LOWER_NOISE, Remedy.LOWER_AGGRESSION, Remedy.NEW_SEED)
        first = Remedy.LOWER_NOISE
    elif evidence.gentler_gain >= SWING_END:
        first = Remedy.LOWER_AGGRESSION
    else:
        first = Remedy.RAISE_AGGRESSION if is_timid(config) else Remedy.NEW_SEED
    remedies = tuple(dict.fromkeys((first, *others)))
    return Diagnosis(RunState.PLATEAU, tr("The fit is on a plateau."), what, remedies)


FINDINGS: tuple[Callable[[Evidence], Diagnosis | None], ...] = (
    non_finite,
    out_of_reach,  # it would saturate the outputs too, and nothing else helps then
    saturated,
    decayed,
    dead,
    oscillating,
    worse,
    vanishing,
    too_small,
    plateau,
)
"""The most serious comes first, and what explains more before what explains less."""
