"""Findings about how the cost goes: it swings, it has got worse, it stands still, or it falls."""

import numpy as np

from curvegui.core.diagnosis.evidence import (
    BAD_COST,
    FITTED_COST,
    GOOD_COST,
    PLATEAU_ITERATIONS,
    SETTLING_ITERATIONS,
    SMOOTHING,
    Evidence,
    smoothed,
)
from curvegui.core.diagnosis.finding import Condition, Diagnosis, Remedy
from curvegui.core.diagnosis.outlook import HORIZON, fewer
from curvegui.core.diagnosis.step_size import first_to_lower, is_too_noisy, noise_words
from curvegui.core.language.text import mark, tr, tr_n, within
from curvegui.core.learner.caption import short_cost
from curvegui.core.settings.config import SETTINGS
from curvegui.core.settings.usual_aggression import is_timid

SWING_GAIN = 0.5  # a tenth of the aggression would halve the cost at once
SWING_END = 0.25  # between the two, it would flicker
PLATEAU_GAIN = 0.01  # less than 1 % better over the last half of the run
PLATEAU_END = 0.05  # 5 % better: between the two, noise would have the finding flicker
STANDSTILLS = frozenset({Condition.PLATEAU, Condition.TOO_SMALL, Condition.VANISHING})
STEADY = 0.2  # of the cost over the last half of the run
WORSE = 2.0  # times the lowest cost, over the last tenth of the run: noise alone does not reach it above BAD_COST
WORSE_END = 1.5  # between the two, it would flicker
WELL_SO_FAR, LEARNED_WELL = mark("Going well so far."), mark("Learned well.")
MISSING = 0.05  # of the square, from the curve to the fit: at such a place, a tip or a corner is not there
THROWN = 2.0  # times the lowest median: the cost has not halved, whatever it did before


def oscillating(evidence: Evidence) -> Diagnosis | None:
    """Each step leaps over the valley, and the next one back."""
    least = SWING_END if evidence.before is Condition.OSCILLATING else SWING_GAIN
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
    return Diagnosis(Condition.OSCILLATING, tr("The curve swings back and forth."), why, (*remedies, Remedy.SEE_BEST))


def worse(evidence: Evidence) -> Diagnosis | None:
    """The cost has been much lower before."""
    costs, now = evidence.costs, evidence.iteration
    smooth = smoothed(costs[:, 1])
    lowest = int(np.argmin(smooth))
    if evidence.span < PLATEAU_ITERATIONS or now - costs[lowest, 0] < evidence.span / 5:
        return None
    most = smooth[lowest] * (WORSE_END if evidence.before is Condition.WORSE else WORSE)
    late = min(evidence.late_cost(), smooth[-1])
    if late <= max(most, BAD_COST):
        return None
    why = tr(
        "The cost is usually about {late} now; around iteration {iteration:,} it was {then}.",
        late=short_cost(late),
        iteration=int(costs[np.argmin(costs[:, 1]), 0]),
        then=short_cost(smooth[lowest]),
    )
    cause, lower = first_to_lower(evidence.config)
    back = Remedy.BACK_TO_BEST
    if lower is Remedy.LOWER_NOISE:
        why, back = f"{why} {noise_words(evidence.config)}", Remedy.BACK_TO_BEST_QUIETER
    return Diagnosis(
        Condition.WORSE,
        tr("The fit is worse than before."),
        tr("{why} Return to it with lower {cause}, or lower the {cause} here.", why=why, cause=within(SETTINGS[cause]))
        if evidence.config.uses("noise")
        else why,
        (back, lower, Remedy.SEE_BEST),
    )


def plateau(evidence: Evidence) -> Diagnosis | None:
    """The cost stands still, and nothing else explains it."""
    least = PLATEAU_END if evidence.before in STANDSTILLS else PLATEAU_GAIN
    if evidence.cost < GOOD_COST or evidence.half_gain > least:
        return None
    return standing_still(evidence)


def standing_still(evidence: Evidence) -> Diagnosis:
    """That the cost stands still, and what is worth a try."""
    if evidence.outlook is not None:
        what = tr(
            "As it is, the cost will hardly fall in the next {horizon:,} iterations.",
            horizon=HORIZON // fewer(evidence.config),
        )
    else:
        what = tr(
            "The cost has hardly changed since iteration {iteration:,}.", iteration=evidence.begins + evidence.span // 2
        )
    if is_too_noisy(evidence.config):
        words = f"{what} {noise_words(evidence.config)}"
        quieter = (Remedy.LOWER_NOISE, Remedy.LOWER_AGGRESSION, Remedy.NEW_SEED)
        return Diagnosis(Condition.PLATEAU, tr("The fit is on a plateau."), words, quieter)
    first = Remedy.RAISE_AGGRESSION if is_timid(evidence.config) else Remedy.NEW_SEED
    first = Remedy.LOWER_AGGRESSION if evidence.gentler_gain >= SWING_END else first
    others = (Remedy.RAISE_AGGRESSION, Remedy.LOWER_AGGRESSION, Remedy.NEW_SEED)
    remedies = (first, *(remedy for remedy in others if remedy is not first))
    return Diagnosis(Condition.PLATEAU, tr("The fit is on a plateau."), what, remedies)


def progress(evidence: Evidence) -> Diagnosis:
    """How fast the cost falls: how many iterations ago it was twice as high."""
    if evidence.is_fresh_from_hand:
        return Diagnosis(
            Condition.STARTING,
            tr("The network was changed by hand."),
            tr(
                "A weight or a bias was changed at iteration {iteration:,}. Wait {count} iterations to see the effect.",
                iteration=evidence.begins,
                count=SETTLING_ITERATIONS,
            ),
        )
    smooth = smoothed(evidence.costs[:, 1])
    best = float(smooth.min())
    if evidence.span >= SETTLING_ITERATIONS and evidence.cost > max(THROWN * best, FITTED_COST):
        words = tr(
            "The cost was {best}; steps uphill have made it {cost}.",
            best=short_cost(best),
            cost=short_cost(evidence.cost),
        )
        is_noisy = evidence.config.uses("noise") and evidence.config.noise > 0
        headline = tr("The fit was thrown back by noise.") if is_noisy else tr("The fit was thrown back.")
        return Diagnosis(Condition.SLOW, headline, tr("{words} Learning usually makes up for that.", words=words))
    higher = evidence.costs[(smooth >= 2 * smooth[-1]) & (smooth > smooth[-1]), 0]  # of two zeros, none is
    span = evidence.iteration - int(higher[-1]) if len(higher) else evidence.span
    if evidence.cost < GOOD_COST and span > evidence.span / 2:
        return _slow_progress(evidence, span if len(higher) else None)
    if span > evidence.span / 2 and evidence.half_gain < 1:
        return _unhurried(evidence)
    if len(higher) == 0:
        return _searching(evidence)
    words = tr_n(
        "The cost has halved in the last iteration.", "The cost has halved in the last {n:,} iterations.", max(span, 1)
    )
    return Diagnosis(
        Condition.LEARNING, tr("Learning well."), words, at_rest=tr(WELL_SO_FAR), finished=tr(LEARNED_WELL)
    )


def _searching(evidence: Evidence) -> Diagnosis:
    """About a run of which little is known: it is young, or its target is, which a morph changes time and again."""
    since = int(evidence.costs[0, 0])
    words, at_rest = tr("The cost has not halved yet."), tr("Just started.")
    if since - evidence.begins >= SETTLING_ITERATIONS:
        words = tr("The cost has not halved since iteration {iteration:,}.", iteration=since)
        at_rest = tr("Too early to tell.")
    return Diagnosis(Condition.STARTING, tr("Searching…"), words, at_rest=at_rest)


def _unhurried(evidence: Evidence) -> Diagnosis:
    """About a run whose cost has not halved for a long time, but falls, or will."""
    gain, since = evidence.half_gain, evidence.begins + evidence.span // 2
    words = (
        mark("The cost has fallen by {percent} % since iteration {iteration:,}.")
        if gain > 0
        else mark("The cost is no lower than at iteration {iteration:,}.")
    )
    fell = tr(words, percent=round(100 * gain), iteration=since)
    outlook = evidence.outlook
    if outlook is not None and not outlook.is_stuck(evidence.before):
        fell = tr(
            "{fell} As it is, {distance:,} more iterations take it from {present} to about {ahead}.",
            fell=fell,
            distance=outlook.distance,
            present=short_cost(outlook.present),
            ahead=short_cost(outlook.ahead),
        )
    if gain > STEADY:
        return Diagnosis(Condition.LEARNING, tr("Learning."), fell, at_rest=tr(WELL_SO_FAR), finished=tr(LEARNED_WELL))
    return Diagnosis(
        Condition.SLOW, tr("Learning slowly."), fell, at_rest=tr("Slow so far."), finished=tr("Learned slowly.")
    )


def _slow_progress(evidence: Evidence, span: int | None) -> Diagnosis:
    """About a good fit, whose last halving took ``span`` iterations; None where it has not halved."""
    cost = evidence.cost
    if cost < FITTED_COST:
        return _fitted(cost, *evidence.largest_gap)
    words = tr("The cost is {cost}.", cost=short_cost(cost))
    if span:
        words = tr_n(
            "The cost last halved over {n:,} iteration; it is now {cost}.",
            "The cost last halved over {n:,} iterations; it is now {cost}.",
            span,
            cost=short_cost(cost),
        )
    return Diagnosis(Condition.SLOW, tr("Nearly there, but learning has slowed down."), words)


def _fitted(cost: float, gap: float, t: float) -> Diagnosis:
    """About a fit with a very low cost, which is a mean over the points: a part of the curve may still be missing."""
    if gap <= MISSING:
        words = tr(
            "The cost is {cost}: every part of the curve is there. From here on, it falls slowly.",
            cost=short_cost(cost),
        )
        return Diagnosis(Condition.LEARNING, tr("Very good fit."), words)
    words = tr(
        "The cost is {cost}, a mean over the training points. But at t = {t:.2f}, the fit is {gap:.2g} away from the "
        "curve. Where there are no points nearby, use more.",
        cost=short_cost(cost),
        t=t,
        gap=gap,
    )
    return Diagnosis(Condition.SLOW, tr("A part of the curve is still missing."), words)
