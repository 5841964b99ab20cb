"""What is wrong with a run, if anything, in words, and what would help; else how fast its cost falls."""

from dataclasses import replace

from curvegui.core.diagnosis.evidence import EDGE, FITTED_COST, GOOD_COST, SETTLING_ITERATIONS, Evidence, smoothed
from curvegui.core.diagnosis.finding import Diagnosis, Remedy, RunState
from curvegui.core.diagnosis.findings import FINDINGS, standing_still
from curvegui.core.diagnosis.forecast import Forecast, with_what_helped
from curvegui.core.diagnosis.remedies import is_possible
from curvegui.core.language.text import mark, tr, tr_n
from curvegui.core.learner.caption import short_cost

OUTSIDE = 2 * EDGE  # a curve that goes so far beyond its bounds is not only hard to reach
WELL = 0.7  # of the cost is gone over the last half of the run
STEADY = 0.2  # of the cost over the last half of the run
WELL_SO_FAR, LEARNED_WELL = mark("Going well so far."), mark("Learned well.")
MISSING = 0.05  # of the square, from the curve to the fit: at such a place, a tip or a corner is not there
THROWN = 2.0  # times the lowest median: the cost has not halved, whatever it did before
SETTING_OF = {
    **dict.fromkeys(
        (Remedy.LOWER_AGGRESSION, Remedy.RAISE_AGGRESSION, Remedy.START_GENTLER, Remedy.BACK_TO_BEST), "aggression"
    ),
    **dict.fromkeys((Remedy.BACK_TO_BEST_QUIETER, Remedy.LOWER_NOISE, Remedy.START_QUIETER), "noise"),
}
"""The settings that some remedies change."""
BORNE_OUT_BY = {
    RunState.OSCILLATING: {Remedy.LOWER_AGGRESSION, Remedy.LOWER_NOISE, Remedy.BACK_TO_BEST, Remedy.START_GENTLER},
    RunState.VANISHING: {Remedy.FEWER_LAYERS, Remedy.TANH_NEURONS},
    RunState.TOO_SMALL: {Remedy.MORE_NEURONS},
}
"""The causes that are named only if one of these helps most, or if nothing has been tried yet."""


def diagnose(evidence: Evidence) -> Diagnosis:
    """The first finding about a run, with the remedies that are possible and change a setting of its optimiser. With a
    forecast, only a stuck run is in trouble, and a cause is named if its remedy has helped."""
    found = next(filter(None, (finding(evidence) for finding in FINDINGS)), None)
    forecast, config = evidence.forecast, evidence.config
    if forecast is not None and not evidence.diverged and evidence.span >= evidence.patience:
        found = _confirmed(found, evidence, forecast)
    found = found or progress(evidence)
    if forecast is not None and found.is_trouble:
        found = with_what_helped(found, forecast)
    known = (each for each in found.remedies if config.uses(SETTING_OF.get(each, "")))
    return replace(found, remedies=tuple(each for each in known if is_possible(each, config)))


def is_in_doubt(evidence: Evidence) -> bool:
    """Whether looking ahead is worth the time: the cost has not fallen much lately, or there is a finding."""
    is_slow = evidence.span >= evidence.patience and not evidence.half_gain > WELL
    return evidence.cost >= GOOD_COST and (is_slow or diagnose(evidence).is_trouble)


def _confirmed(found: Diagnosis | None, evidence: Evidence, forecast: Forecast) -> Diagnosis:
    """The finding that is left when a forecast of the run is known."""
    if found is not None and found.condition is RunState.OUT_OF_REACH and evidence.beyond_reach > OUTSIDE:
        return found  # however the cost falls: it stays far from 0
    if min(evidence.cost, forecast.present, forecast.ahead) < GOOD_COST:
        return progress(evidence)
    if not forecast.is_stuck(evidence.before):
        is_worse = found is not None and found.condition is RunState.WORSE  # it makes up for it, but may do better
        return replace(progress(evidence), remedies=found.remedies if found and is_worse else ())
    needed = BORNE_OUT_BY.get(found.condition) if found and not evidence.is_cut_off else None
    is_borne_out = not (needed and forecast.tried) or bool(needed.intersection(forecast.helpful[:1]))
    return found if found and is_borne_out else standing_still(evidence)


def progress(evidence: Evidence) -> Diagnosis:
    """How fast the cost falls: how many iterations ago the cost was twice as high."""
    cost, span = evidence.cost, evidence.span
    if evidence.is_fresh_from_hand:
        words = mark(
            "A weight or a bias was changed at iteration {iteration:,}. Wait {count} iterations to see the effect."
        )
        words = tr(words, iteration=evidence.begins, count=SETTLING_ITERATIONS)
        return Diagnosis(RunState.STARTING, tr("The network was changed by hand."), words)
    smooth = smoothed(evidence.costs[:, 1])
    best = float(smooth.min())
    if span >= SETTLING_ITERATIONS and cost > max(THROWN * best, FITTED_COST):
        words = mark("The cost was {best}; steps uphill have made it {cost}.")
        words = tr(words, best=short_cost(best), cost=short_cost(cost))
        is_noisy = evidence.config.uses("noise") and evidence.config.noise > 0
        headline = tr("The fit was thrown back by noise.") if is_noisy else tr("The fit was thrown back.")
        return Diagnosis(RunState.SLOW, headline, tr("{words} Learning usually makes up for that.", words=words))
    higher = evidence.costs[(smooth >= 2 * smooth[-1]) & (smooth > smooth[-1]), 0]  # of two zeros, none is
    halving = evidence.iteration - int(higher[-1]) if len(higher) else span
    if cost < GOOD_COST and halving > span / 2:
        return _good_fit(evidence, halving if len(higher) else 0)
    if halving > span / 2 and evidence.half_gain < 1:
        return _unhurried(evidence)
    if len(higher) == 0:  # the run is young, or its target is, which a morph changes time and again
        words, at_rest, since = tr("The cost has not halved yet."), tr("Just started."), int(evidence.costs[0, 0])
        if since - evidence.begins >= SETTLING_ITERATIONS:
            words = tr("The cost has not halved since iteration {iteration:,}.", iteration=since)
            at_rest = tr("Too early to tell.")
        return Diagnosis(RunState.STARTING, tr("Searching…"), words, at_rest=at_rest)
    words = tr_n(
        "The cost has halved in the last iteration.",
        "The cost has halved in the last {n:,} iterations.",
        max(halving, 1),
    )
    return Diagnosis(RunState.LEARNING, tr("Learning well."), words, at_rest=tr(WELL_SO_FAR), finished=tr(LEARNED_WELL))


def _unhurried(evidence: Evidence) -> Diagnosis:
    """The words on a run whose cost has not halved for a long time, but falls, or will."""
    gain, since, forecast = evidence.half_gain, evidence.begins + evidence.span // 2, evidence.forecast
    words = mark("The cost has fallen by {percent} % since iteration {iteration:,}.")
    if gain <= 0:
        words = mark("The cost is no lower than at iteration {iteration:,}.")
    fell = tr(words, percent=round(100 * gain), iteration=since)
    if forecast is not None and not forecast.is_stuck(evidence.before):
        words = mark("{fell} As it is, {distance:,} more iterations take it from {present} to about {ahead}.")
        present, ahead = short_cost(forecast.present), short_cost(forecast.ahead)
        fell = tr(words, fell=fell, distance=forecast.distance, present=present, ahead=ahead)
    if gain > STEADY:
        return Diagnosis(RunState.LEARNING, tr("Learning."), fell, at_rest=tr(WELL_SO_FAR), finished=tr(LEARNED_WELL))
    return Diagnosis(
        RunState.SLOW, tr("Learning slowly."), fell, at_rest=tr("Slow so far."), finished=tr("Learned slowly.")
    )


def _good_fit(evidence: Evidence, halving: int) -> Diagnosis:
    """The words on a low cost, whose last halving took ``halving`` iterations (0: none); parts of the curve may be
    missing."""
    cost, (gap, t) = evidence.cost, evidence.largest_gap
    if cost >= FITTED_COST:
        words = tr("The cost is {cost}.", cost=short_cost(cost))
        if halving:
            words = tr_n(
                "The cost last halved over {n:,} iteration; it is now {cost}.",
                "The cost last halved over {n:,} iterations; it is now {cost}.",
                halving,
                cost=short_cost(cost),
            )
        return Diagnosis(RunState.SLOW, tr("Nearly there, but learning has slowed down."), words)
    if gap <= MISSING:
        words = mark("The cost is {cost}: every part of the curve is there. From here on, it falls slowly.")
        return Diagnosis(RunState.LEARNING, tr("Very good fit."), tr(words, cost=short_cost(cost)))
    words = mark(
        "The cost is {cost}, a mean over the training points. But at t = {t:.2f}, the fit is {gap:.2g} away from the "
        "curve. Where there are no points nearby, use more."
    )
    words = tr(words, cost=short_cost(cost), t=t, gap=gap)
    return Diagnosis(RunState.SLOW, tr("A part of the curve is still missing."), words)
