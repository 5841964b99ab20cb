"""Findings about the network itself: what it cannot reach, has too few neurons for, or gets no gradient for."""

from math import prod

from curvegui.core.diagnosis.evidence import BAD_COST, FITTED_COST, GOOD_COST, Evidence
from curvegui.core.diagnosis.finding import Condition, Diagnosis, Remedy
from curvegui.core.language.text import tr, tr_n
from curvegui.core.learner.caption import layers

NARROW = 2  # neurons in a layer: all that the layers after it know of t passes through them
DEEP = 3  # hidden layers, from which on an error can get lost on its way back
LOST = 0.01  # of the error at the output: a hundredth of it reaches the first layer
FOUND = 0.03  # between the two, it would flicker
STILL_GAIN = 0.1  # of the cost over the last half of the run
STILL_END = 0.2  # between the two, it would flicker


def out_of_reach(evidence: Evidence) -> Diagnosis | None:
    """A part of the curve lies where the output neurons cannot go."""
    if evidence.beyond_reach <= 0 or evidence.cost < FITTED_COST:
        return None
    return Diagnosis(
        Condition.OUT_OF_REACH,
        tr("Part of the curve is out of reach."),
        tr(
            "It goes {distance:.2g} too far: close to their limits, the output neurons learn very slowly, "
            "and they never go beyond. Fit the curve into the square, or use linear outputs, which reach any "
            "point but need a low aggression.",
            distance=evidence.beyond_reach,
        ),
        (Remedy.FIT_CURVE, Remedy.LINEAR_OUTPUTS),
    )


def vanishing(evidence: Evidence) -> Diagnosis | None:
    """The error gets lost on its way back to the first layer."""
    least = FOUND if evidence.before is Condition.VANISHING else LOST
    is_lost = len(evidence.config.hidden) >= DEEP and evidence.passed_back < least  # nan is not lost
    is_still = evidence.moves_nothing or stands_still(evidence, Condition.VANISHING)
    if not is_lost or not is_still or evidence.cost < BAD_COST:
        return None
    return Diagnosis(
        Condition.VANISHING,
        tr("The gradient vanishes on the way back."),
        tr(
            "At each of the {hidden} hidden layers, the error is multiplied by slopes and weights. Less than a "
            "hundredth of it reaches the first layer, which hardly learns. Use fewer layers, or tanh neurons, "
            "whose slopes are steeper.",
            hidden=len(evidence.config.hidden),
        ),
        (Remedy.FEWER_LAYERS, Remedy.TANH_NEURONS),
    )


def too_small(evidence: Evidence) -> Diagnosis | None:
    """The cost stands still because there are too few neurons for the curve's bends."""
    if not is_too_small(evidence) or evidence.cost < GOOD_COST or not stands_still(evidence, Condition.TOO_SMALL):
        return None
    return Diagnosis(
        Condition.TOO_SMALL,
        tr("The network is too small for this curve."),
        _too_few(layers(evidence.config.sizes), evidence.turns),
        (Remedy.MORE_NEURONS,),
    )


def is_too_small(evidence: Evidence) -> bool:
    """Whether there are too few neurons for the bends of the curve."""
    hidden = evidence.config.hidden
    return min(hidden) <= NARROW or prod(hidden) < evidence.turns


def stands_still(evidence: Evidence, finding: Condition) -> bool:
    """Whether the cost hardly falls: less has to be seen where there is a reason for it."""
    return evidence.half_gain <= (STILL_END if evidence.before is finding else STILL_GAIN)


def _too_few(sizes: str, turns: int) -> str:
    """The layers beside how often the curve turns back, if it does."""
    if not turns:
        return tr(
            "Its layers are {sizes}. As a rule of thumb, each bend needs a neuron or more. Add neurons.", sizes=sizes
        )
    return tr_n(
        "Its layers are {sizes}, and the curve turns back once in x or in y. As a rule of thumb, each bend needs a "
        "neuron or more. Add neurons.",
        "Its layers are {sizes}, and the curve turns back {n} times in x or in y. As a rule of thumb, each bend needs "
        "a neuron or more. Add neurons.",
        turns,
        sizes=sizes,
    )
