"""Findings about runs that have come to a dead end: going on is of no use."""

from curvegui.core.diagnosis.decay import overflow_by_decay, pulls_too_far
from curvegui.core.diagnosis.evidence import BAD_COST, CUT_OFF, GOOD_COST, Evidence
from curvegui.core.diagnosis.finding import Condition, Diagnosis, Remedy
from curvegui.core.diagnosis.network import is_too_small
from curvegui.core.diagnosis.step_size import first_to_lower, is_too_noisy
from curvegui.core.language.text import mark, tr, within
from curvegui.core.learner.caption import short_cost
from curvegui.core.network.activations import ACTIVATIONS
from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.settings.config import SETTINGS

FLAT_SLOPE = 1e-3  # a logistic slope is 0.25 at most; the output of a learning network has over 0.1
BY_HAND = mark(
    "Weights changed by hand pushed the weighted sums so far out that σ′ is {slope} at most. Every Jacobian contains "
    "σ′ as a factor, so all of them are nearly zero. {advice}"
)
NOISY = mark(
    "Steps with noise {noise:g}, often uphill, pushed the weighted sums so far out that σ′ is {slope} at most. Every "
    "Jacobian contains σ′ as a factor, so all of them are nearly zero. {advice}"
)
ONE_TOO_LARGE = mark(
    "A step that was too large pushed the weighted sums so far out that σ′ is {slope} at most. Every Jacobian contains "
    "σ′ as a factor, so all of them are nearly zero. {advice}"
)
TOO_LARGE = mark(
    "Steps that were too large pushed the weighted sums so far out that σ′ is {slope} at most. Every Jacobian contains "
    "σ′ as a factor, so all of them are nearly zero. {advice}"
)
LIVE_JACOBIAN = 1e-6  # any usual aggression makes a step of it


def non_finite(evidence: Evidence) -> Diagnosis | None:
    """The numbers overflowed, and the run was taken back."""
    if not evidence.diverged:
        return None
    if pulls_too_far(evidence.config):
        return overflow_by_decay(evidence)
    cause, lower = first_to_lower(evidence.config)
    return Diagnosis(
        Condition.NON_FINITE,
        tr("The numbers overflowed."),
        tr(
            "With {cause} {config:g}, the weights grew without limit. The run has gone back to iteration "
            "{iteration:,}, the last good one, and is paused there. Lower the {cause}, then press Run.",
            cause=within(SETTINGS[cause]),
            config=getattr(evidence.config, cause),
            iteration=evidence.iteration,
        ),
        (lower, Remedy.UNDO, Remedy.RESET),
    )


def saturated(evidence: Evidence) -> Diagnosis | None:
    """The outputs lie so far out that their slopes are nearly zero."""
    slope = evidence.largest_output_slope
    is_flat = ACTIVATIONS[evidence.config.output_activation].saturates and slope <= FLAT_SLOPE  # nan is no saturation
    if not is_flat or evidence.cost < BAD_COST:
        return None
    words, advice, remedies = _cause_of_saturation(evidence)
    return Diagnosis(
        Condition.SATURATED,
        tr("The outputs are saturated: learning has stopped."),
        tr(words, noise=evidence.config.noise, slope=short_cost(slope), advice=advice),
        remedies,
    )


def _cause_of_saturation(evidence: Evidence) -> tuple[str, str, tuple[Remedy, ...]]:
    """What caused it, what to do about it, and the buttons for that."""
    if evidence.is_fresh_from_hand or evidence.has_stood_still_since_hand:
        return BY_HAND, tr("Undo the change, or reset."), (Remedy.UNDO, Remedy.RESET)
    if is_too_noisy(evidence.config):
        return NOISY, tr("Reset with lower noise."), (Remedy.START_QUIETER, Remedy.UNDO, Remedy.RESET)
    if not evidence.config.uses("aggression"):
        return (ONE_TOO_LARGE, tr("Undo the change, or try another seed."), (Remedy.UNDO, Remedy.NEW_SEED))
    return (TOO_LARGE, tr("Reset with lower aggression."), (Remedy.START_GENTLER, Remedy.UNDO, Remedy.RESET))


def dead(evidence: Evidence) -> Diagnosis | None:
    """Nothing moves: the aggression, every slope of a layer, or the pull of all points together is next to nothing.

    Where slopes let the error through and still nothing of it comes to the first layer, it has got lost on the way.
    """
    if not evidence.moves_nothing or evidence.cost < GOOD_COST:
        return None
    if evidence.largest_jacobian > LIVE_JACOBIAN:
        aggression = evidence.config.aggression
        return Diagnosis(
            Condition.DEAD,
            tr("Nothing moves: the aggression is {aggression:g}.", aggression=aggression),
            tr("Each step is the aggression times the Jacobians. Raise the aggression to learn."),
            (Remedy.RAISE_AGGRESSION,),
        )
    if evidence.largest_output_slope <= CUT_OFF:
        return _without_slopes(evidence, is_output=True)
    if evidence.hidden_slope <= CUT_OFF:
        return _without_slopes(evidence, is_output=False)
    return None if evidence.is_cut_off else _at_the_bottom(evidence)


def _without_slopes(evidence: Evidence, is_output: bool) -> Diagnosis:
    """All neurons of the output or of a hidden layer lie where their activation is flat."""
    name = evidence.config.output_activation if is_output else evidence.config.activation
    advice = tr("Another seed begins elsewhere.")
    if evidence.config.uses("aggression"):
        advice = tr("Another seed begins elsewhere; with lower aggression, the first steps may not lead there.")
    if is_output:
        advice = tr("{advice} Linear outputs always react.", advice=advice)
    remedies = Remedy.NEW_SEED, Remedy.START_GENTLER, *([Remedy.LINEAR_OUTPUTS] if is_output else []), Remedy.UNDO
    return Diagnosis(
        Condition.DEAD,
        tr("The output neurons no longer react: learning has stopped.")
        if is_output
        else tr("The hidden neurons no longer react: learning has stopped."),
        tr(
            "All along the curve, their weighted sums lie where the slope of {label} is zero, so the Jacobians "
            "are zero. {advice}",
            label=ACTIVATIONS[name].label,
            advice=advice,
        ),
        remedies,
    )


def _at_the_bottom(evidence: Evidence) -> Diagnosis:
    """The run has come to where the pulls of all points cancel out: a minimum, if not the lowest."""
    remedies = (
        (Remedy.MORE_NEURONS, Remedy.NEW_SEED) if is_too_small(evidence) else (Remedy.NEW_SEED, Remedy.MORE_NEURONS)
    )
    optimizer = OPTIMIZERS[evidence.config.optimizer].label
    return Diagnosis(
        Condition.PLATEAU,
        tr("The run is at the bottom of a valley."),
        tr(
            "The pulls of all points cancel out, so {optimizer} stops here: nothing nearby is lower. There may "
            "be deeper valleys: try another seed, or add neurons.",
            optimizer=optimizer,
        ),
        remedies,
    )
