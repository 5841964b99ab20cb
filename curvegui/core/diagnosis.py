"""What is wrong with a run, if anything, in words, and what would mend it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

import numpy as np

from curvegui.core.activations import ACTIVATIONS
from curvegui.core.arrays import FloatArray
from curvegui.core.config import TrainingConfig, memory_gigabytes
from curvegui.core.network import parameter_count

CONFIRM_PARAMETERS = 1_000_000  # beyond it, one iteration takes a noticeable part of a second

GOOD_COST = 1e-3  # the curve is recognisable: no message about a plateau below it
LEARNT_COST = 2e-4  # every part of the curve is there: before, the heart lacks its tip
BAD_COST = 1e-2  # the curve is not there yet
FLAT_SLOPE = 1e-3  # a logistic slope is 0.25 at most; the output of a learning network has over 0.1
DEAD_STEP = 1e-9  # a parameter that moves so little would need a million iterations to show it
LIVE_JACOBIAN = 1e-6  # any usual aggression makes a step of it
SMOOTHING = 15  # recorded costs
PLATEAU_ITERATIONS = 2_000  # the heart's own first plateau ends before
PLATEAU_GAIN = 0.01  # less than 1 % better over the last half of the run
PLATEAU_END = 0.05  # 5 % better: between the two, noise would have the finding flicker
WORSE = 2.0  # times the lowest cost, over the last tenth of the run: noise alone does not reach it above BAD_COST
WORSE_END = 1.5  # between the two, it would flicker


class Condition(Enum):
    """How a run is doing."""

    STARTING = "starting"
    LEARNING = "learning"
    SLOW = "slow"
    PLATEAU = "plateau"
    WORSE = "worse"
    SATURATED = "saturated"
    DEAD = "dead"
    NON_FINITE = "non-finite"


class Remedy(Enum):
    """What a person can do about it, with the words on its button."""

    UNDO = "Undo the change"
    RESET = "Reset"
    NEW_SEED = "Another seed"
    LOWER_AGGRESSION = "Lower aggression"
    RAISE_AGGRESSION = "Raise aggression"
    START_GENTLER = "Reset with less aggression"
    SEE_BEST = "Look at its best"


@dataclass(frozen=True)
class Evidence:
    """What a diagnosis is made from.

    Attributes
    ----------
    config : TrainingConfig
    iteration : int
    costs : ndarray, shape (m, 2)
        (iteration, cost) rows of the present target, ascending; the last is of the run as it stands.
    largest_output_slope : float
        The largest σ′ of the output neurons over all points.
    largest_jacobian : float
        The largest entry, in size, of all Jacobians.
    diverged : bool
        The parameters left the finite numbers and the run was taken back.
    before : Condition or None
        What was found the last time.
    """

    config: TrainingConfig
    iteration: int
    costs: FloatArray
    largest_output_slope: float
    largest_jacobian: float
    diverged: bool
    before: Condition | None = None

    @property
    def cost(self) -> float:
        """The present cost."""
        return float(self.costs[-1, 1])


@dataclass(frozen=True)
class Diagnosis:
    """A finding in words.

    Attributes
    ----------
    condition : Condition
    headline : str
        One short sentence.
    detail : str
        Why, and what would help.
    remedies : tuple of Remedy
    """

    condition: Condition
    headline: str
    detail: str
    remedies: tuple[Remedy, ...] = ()

    @property
    def is_dead_end(self) -> bool:
        """Whether going on from here is of no use."""
        return self.condition in (Condition.SATURATED, Condition.DEAD, Condition.NON_FINITE)

    @property
    def is_trouble(self) -> bool:
        """Whether learning has stopped and a person should do something."""
        return self.condition not in (Condition.STARTING, Condition.LEARNING, Condition.SLOW)


def diagnose(evidence: Evidence) -> Diagnosis:
    """Say how a run is doing; the most serious finding wins."""
    for finding in FINDINGS:
        diagnosis = finding(evidence)
        if diagnosis:
            return diagnosis
    return _progress(evidence)


def _non_finite(evidence: Evidence) -> Diagnosis | None:
    if not evidence.diverged:
        return None
    return Diagnosis(
        Condition.NON_FINITE,
        "The numbers ran away.",
        f"With aggression {evidence.config.aggression:g} the weights grew beyond all bounds. The run was taken back "
        f"to iteration {evidence.iteration:,}, the last good one, and waits there. Lower the aggression and run again.",
        (Remedy.LOWER_AGGRESSION, Remedy.UNDO, Remedy.RESET),
    )


def _saturated(evidence: Evidence) -> Diagnosis | None:
    output = ACTIVATIONS[evidence.config.output_activation]
    bounded = np.isfinite(output.high) and evidence.config.output_activation != "sine"
    slope = evidence.largest_output_slope
    if not bounded or not slope <= FLAT_SLOPE or evidence.cost < BAD_COST:  # nan is no saturation
        return None
    return Diagnosis(
        Condition.SATURATED,
        "Learning has stopped: the output neurons are saturated.",
        "Too large steps pushed the weighted sums so far out that "
        f"σ′ is {f'{slope:.0e}' if slope else 0} at most. Every Jacobian contains it as a factor, so all are "
        "nearly zero. Lower the aggression and start again.",
        (Remedy.UNDO, Remedy.START_GENTLER, Remedy.RESET),
    )


def _dead(evidence: Evidence) -> Diagnosis | None:
    aggression, jacobian = evidence.config.aggression, evidence.largest_jacobian
    if not aggression * jacobian <= DEAD_STEP or evidence.cost < GOOD_COST:  # nan is no standstill
        return None
    if jacobian > LIVE_JACOBIAN:
        return Diagnosis(
            Condition.DEAD,
            f"Nothing moves: the aggression is {aggression:g}.",
            "Each iteration moves by the aggression times the Jacobians. Raise it to learn.",
            (Remedy.RAISE_AGGRESSION,),
        )
    return Diagnosis(
        Condition.DEAD,
        "Learning has stopped: the hidden neurons no longer react.",
        "Their slopes are zero all along the curve, so no Jacobian reaches the weights. "
        "Start again, with less aggression or from another seed.",
        (Remedy.UNDO, Remedy.START_GENTLER, Remedy.NEW_SEED),
    )


def _worse(evidence: Evidence) -> Diagnosis | None:
    costs, now = evidence.costs, evidence.iteration
    smooth = _smoothed(costs[:, 1])
    lowest = int(np.argmin(smooth))
    if now < PLATEAU_ITERATIONS or now - costs[lowest, 0] < now / 5:
        return None
    after = _median_cost(costs, 0.9 * now, now)
    most = smooth[lowest] * (WORSE_END if evidence.before is Condition.WORSE else WORSE)
    if min(after, smooth[-1]) <= max(most, BAD_COST):
        return None
    iteration, cost = costs[int(np.argmin(costs[:, 1]))]
    return Diagnosis(
        Condition.WORSE,
        "Worse than before.",
        f"The cost is {evidence.cost:.2g}; at iteration {int(iteration):,} it was {cost:.2g}. "
        "Lower the aggression, or look at its best and go on from there.",
        (Remedy.LOWER_AGGRESSION, Remedy.SEE_BEST),
    )


def _plateau(evidence: Evidence) -> Diagnosis | None:
    now = evidence.iteration
    if now < PLATEAU_ITERATIONS or evidence.cost < GOOD_COST:
        return None
    before = _median_cost(evidence.costs, 0.45 * now, 0.55 * now)
    after = _median_cost(evidence.costs, 0.9 * now, now)
    if after < before * (1 - (PLATEAU_END if evidence.before is Condition.PLATEAU else PLATEAU_GAIN)):
        return None
    return Diagnosis(
        Condition.PLATEAU,
        "On a plateau.",
        f"The cost has hardly changed since iteration {now // 2:,}. It may still fall: wait, "
        "try another aggression, or start from another seed.",
        (Remedy.RAISE_AGGRESSION, Remedy.LOWER_AGGRESSION, Remedy.NEW_SEED),
    )


FINDINGS: tuple[Callable[[Evidence], Diagnosis | None], ...] = (_non_finite, _saturated, _dead, _worse, _plateau)


def _median_cost(costs: FloatArray, low: float, high: float) -> float:
    inside = (costs[:, 0] >= low) & (costs[:, 0] <= high)
    return float(np.median(costs[inside, 1])) if inside.any() else np.inf


def _progress(evidence: Evidence) -> Diagnosis:
    """How fast the cost falls: since when it has halved."""
    smooth = _smoothed(evidence.costs[:, 1])
    higher = evidence.costs[smooth >= 2 * smooth[-1], 0]
    span = evidence.iteration - int(higher[-1]) if len(higher) else evidence.iteration
    if evidence.cost < GOOD_COST and span > evidence.iteration / 2:
        return _slow_progress(evidence.cost, span if len(higher) else None)
    if len(higher) == 0:
        return Diagnosis(Condition.STARTING, "Finding its way.", "The cost has not halved yet.")
    return Diagnosis(
        Condition.LEARNING, "Learning well.", f"The cost has halved in the last {max(span, 1):,} iterations."
    )


def _slow_progress(cost: float, span: int | None) -> Diagnosis:
    """Of a good fit, whose last halving took so many iterations; None where it has not halved."""
    if cost < LEARNT_COST:
        words = f"The cost is {cost:.2g}: the curve is there. From here on, it gets better slowly."
        return Diagnosis(Condition.LEARNING, "Well learnt.", words)
    halving = f", and halving it took the last {span:,} iterations" if span else ""
    return Diagnosis(Condition.SLOW, "Learning slowly.", f"The cost is {cost:.2g}{halving}.")


def _smoothed(costs: FloatArray) -> FloatArray:
    """The median of each cost and those recorded just before it: noise makes single ones jump."""
    padded = np.concatenate([np.full(SMOOTHING - 1, costs[0]), costs])
    medians: FloatArray = np.median(np.lib.stride_tricks.sliding_window_view(padded, SMOOTHING), axis=1)
    return medians


def size_concern(config: TrainingConfig) -> str | None:
    """A question to ask before a network this large is built, or None where there is no reason to ask."""
    count = parameter_count(config.sizes)
    if count <= CONFIRM_PARAMETERS:
        return None
    return (
        f"This network has {count:,} weights and biases: it takes about {memory_gigabytes(count):,.1f} GB of memory, "
        "and each iteration takes long."
    )
