"""What is wrong with a run, if anything, in words, and what would help: all findings in their order."""

from collections.abc import Callable
from dataclasses import replace

from curvegui.core.diagnosis.decay import decayed
from curvegui.core.diagnosis.evidence import GOOD_COST, Evidence
from curvegui.core.diagnosis.finding import SECTIONS, Condition, Diagnosis, Remedy
from curvegui.core.diagnosis.network import out_of_reach, too_small, vanishing
from curvegui.core.diagnosis.outlook import Outlook, with_what_helped
from curvegui.core.diagnosis.progress import oscillating, plateau, progress, standing_still, worse
from curvegui.core.diagnosis.stopped import dead, non_finite, saturated
from curvegui.core.diagnosis.treatment import is_possible
from curvegui.core.diagnosis.vital_signs import EDGE

__all__ = ["GOOD_COST", "SECTIONS", "Condition", "Diagnosis", "Evidence", "Remedy", "diagnose"]

OUTSIDE = 2 * EDGE  # a curve that goes so far beyond its bounds is not only hard to reach
WELL = 0.7  # of the cost is gone over the last half of the run
SETTING_OF = {
    Remedy.LOWER_AGGRESSION: "aggression",
    Remedy.RAISE_AGGRESSION: "aggression",
    Remedy.START_GENTLER: "aggression",
    Remedy.BACK_TO_BEST: "aggression",
    Remedy.BACK_TO_BEST_QUIETER: "noise",
    Remedy.LOWER_NOISE: "noise",
    Remedy.START_QUIETER: "noise",
}
"""The settings that some remedies change."""

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


BORNE_OUT_BY = {
    Condition.OSCILLATING: {Remedy.LOWER_AGGRESSION, Remedy.LOWER_NOISE, Remedy.BACK_TO_BEST, Remedy.START_GENTLER},
    Condition.VANISHING: {Remedy.FEWER_LAYERS, Remedy.TANH_NEURONS},
    Condition.TOO_SMALL: {Remedy.MORE_NEURONS},
}
"""The causes that are named only if one of these helps most, or if nothing has been tried yet."""


def diagnose(evidence: Evidence) -> Diagnosis:
    """Say how a run is doing; the first finding wins.

    Where it is known what comes next, a run is in trouble if it is stuck, and a cause is named if what is against it
    has helped. Remedies that its optimiser has no setting for, or that cannot be, are left out.
    """
    found = next(filter(None, (finding(evidence) for finding in FINDINGS)), None)
    outlook = evidence.outlook
    if outlook is not None and not evidence.diverged and evidence.span >= evidence.patience:
        found = _foreseen(found, evidence, outlook)
    found = found or progress(evidence)
    if outlook is not None and found.is_trouble:
        found = with_what_helped(found, outlook)
    config = evidence.config
    known = (each for each in found.remedies if config.uses(SETTING_OF.get(each, "")))
    return replace(found, remedies=tuple(each for each in known if is_possible(each, config)))


def is_in_doubt(evidence: Evidence) -> bool:
    """Whether it is worth while to look ahead: the cost has not fallen much lately, or something has been found."""
    is_slow = evidence.span >= evidence.patience and not evidence.half_gain > WELL
    return evidence.cost >= GOOD_COST and (is_slow or diagnose(evidence).is_trouble)


def _foreseen(found: Diagnosis | None, evidence: Evidence, outlook: Outlook) -> Diagnosis:
    """What holds of a finding when it is known what comes next."""
    if found is not None and found.condition is Condition.OUT_OF_REACH and evidence.beyond_reach > OUTSIDE:
        return found  # however the cost falls: it stays far from 0
    if min(evidence.cost, outlook.present, outlook.ahead) < GOOD_COST:
        return progress(evidence)
    if not outlook.is_stuck(evidence.before):
        is_worse = found is not None and found.condition is Condition.WORSE  # it makes up for it, but may do better
        return replace(progress(evidence), remedies=found.remedies if found and is_worse else ())
    needed = BORNE_OUT_BY.get(found.condition) if found and not evidence.is_cut_off else None
    is_borne_out = not (needed and outlook.tried) or bool(needed.intersection(outlook.helpful[:1]))
    return found if found and is_borne_out else standing_still(evidence)
