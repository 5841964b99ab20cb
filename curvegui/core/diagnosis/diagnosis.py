"""What is wrong with a run, if anything, in words, and what would help: all findings in their order."""

from collections.abc import Callable
from dataclasses import replace

from curvegui.core.diagnosis.evidence import GOOD_COST, Evidence
from curvegui.core.diagnosis.finding import SECTIONS, Condition, Diagnosis, Remedy
from curvegui.core.diagnosis.network import out_of_reach, too_small, vanishing
from curvegui.core.diagnosis.progress import oscillating, plateau, progress, worse
from curvegui.core.diagnosis.stopped import dead, non_finite, saturated

__all__ = ["GOOD_COST", "SECTIONS", "Condition", "Diagnosis", "Evidence", "Remedy", "diagnose"]


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
    dead,
    oscillating,
    worse,
    vanishing,
    too_small,
    plateau,
)
"""The most serious comes first, and what explains more before what explains less."""


def diagnose(evidence: Evidence) -> Diagnosis:
    """Say how a run is doing; the first finding wins. Remedies that its optimiser has no setting for are left out."""
    for finding in FINDINGS:
        diagnosis = finding(evidence)
        if diagnosis:
            known = tuple(each for each in diagnosis.remedies if evidence.config.uses(SETTING_OF.get(each, "")))
            return replace(diagnosis, remedies=known)
    return progress(evidence)
