"""What a diagnosis needs to know of a run: what is seen of it now, and, on engines of its own, what it comes to."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import replace
from math import inf, isfinite, nan

import numpy as np

from curvegui.core.diagnosis.diagnosis import diagnose, is_in_doubt
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
from curvegui.core.diagnosis.finding import Remedy
from curvegui.core.diagnosis.forecast import HORIZON, Forecast, fewer, to_try
from curvegui.core.diagnosis.remedies import Start, effect_of
from curvegui.core.engine.backend import Backend
from curvegui.core.learner.learner import Learner, Snapshot
from curvegui.core.learner.recording import Keyframe, cost_stride
from curvegui.core.network.network import Network, initial_parameters
from curvegui.core.run.operations import operated, operations_between
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig

LATE_SHARES = 0.03, 0.06, 0.1, 0.15, 0.2  # of the run, ago: what holds at all of them is not due to the noise


def signs_of(trainer: Trainer) -> Evidence:
    """The evidence for a diagnosis of the run so far, without a forecast."""
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
    """See `gentler_gain`, which is long work; 0 where no finding needs the gain: at the start, or at a good cost."""
    edited = trainer.keyframes.last_edit or 0
    lasted, first = trainer.iteration - edited, max(trainer.keyframes.first, edited)
    if lasted < SETTLING_ITERATIONS or now.cost < GOOD_COST or not trainer.config.uses("aggression"):
        return 0.0
    ago = [max(trainer.iteration - round(share * lasted), first) for share in LATE_SHARES]
    frames = [Keyframe(now.iteration, now.parameters, now.state), *map(trainer.keyframe_before, ago)]
    return gentler_gain(trainer.engine, trainer.config.descent, frames)


STAGES = 1_000, 2_000, HORIZON  # iterations; what may help is tried for the second, and if nothing does, for the third
FLAT = 1e-6  # by which part of it a cost changes at most that does not move; noise may move it later
MOST_LONG = 3  # of the remedies
MOST_WORK = 200_000  # parameters times points: larger networks would take minutes
SLICE_WORK = 300_000  # at a time
SAMPLED, SAMPLE_EVERY = 0.2, 20  # of the iterations, at the end: noise makes single costs jump
FEWEST_COSTS = 10  # as many tell what the cost is at present


class Continuation:
    """A run that is computed on from a keyframe, with the same settings or with others."""

    def __init__(self, config: TrainingConfig, start: Keyframe, backend: Backend) -> None:
        self._config, self._start, self._made = config, start, 0
        self._engine = Learner(config, backend).engine
        self._engine.parameters, self._engine.state = start.parameters, start.state
        work = start.parameters.size * config.points * fewer(config)
        self._at_once = max(SLICE_WORK // work, 1)

    def cost_after(self, count: int) -> Generator[None, None, float]:
        """Go on to so many iterations: the median cost along the last of them, infinite where numbers overflow."""
        costs, first, every = list[float](), (1 - SAMPLED) * count, min(SAMPLE_EVERY, max(count // 20, 1))
        while self._made < count:
            several = min(self._at_once, every - self._made % every, count - self._made)
            self._engine.descend(self._start.iteration + self._made, several, self._config.descent)
            self._made += several
            if self._made > first and self._made % every == 0:
                costs.append(self._engine.evaluate()[1])
            yield None
        cost = float(np.median(costs)) if self._engine.is_finite() else inf
        return cost if isfinite(cost) else inf


def evidence_of(trainer: Trainer) -> Evidence:
    """The evidence for a diagnosis of a run, with the forecast: work of a second or two."""
    evidence = signs_of(trainer)
    known = [each for each in look_ahead(trainer, evidence) if each is not None]
    return replace(evidence, forecast=known[-1]) if known else evidence


def look_ahead(trainer: Trainer, evidence: Evidence) -> Iterator[Forecast | None]:
    """The forecast of a run: first as the run is, then, if it gets stuck, with remedies; None between slices of work.
    No forecast at all for a network that is too large, or a run that is well."""
    if is_in_doubt(evidence) and trainer.parameters.size * trainer.config.points <= MOST_WORK:
        yield from LookAhead(trainer, evidence).forecasts()


class LookAhead:
    """Forecasts of a run from its present iteration, on engines of their own: the trainer may go on meanwhile."""

    def __init__(self, trainer: Trainer, evidence: Evidence) -> None:
        now, self._trainer, self._evidence = trainer.snapshot(), trainer, evidence
        self._config, self._fit = trainer.config, now.fit
        self._here = Keyframe(now.iteration, now.parameters, now.state)
        best = trainer.best[0]
        self._best = trainer.keyframe_before(best) if best < now.iteration else self._here
        self._fewer = fewer(self._config)
        lately = max(round(SAMPLED * HORIZON), FEWEST_COSTS * cost_stride(now.iteration))  # as long as what comes
        self._cost = evidence.late_cost(max(trainer.changes.latest, now.iteration - lately))

    def forecasts(self) -> Iterator[Forecast | None]:
        """See `look_ahead`."""
        as_it_is = Continuation(self._config, self._here, self._trainer.backend)
        costs, before = dict[int, float](), nan
        for count in (each // self._fewer for each in STAGES):
            costs[count] = now = yield from as_it_is.cost_after(count)
            if now < self._cost / 2 or abs(now - before) <= FLAT * before:
                break
            before = now
        forecast = Forecast(self._here.iteration, self._cost, costs[count], count)
        yield forecast
        found = diagnose(replace(self._evidence, forecast=forecast))
        if found.is_trouble:
            yield from self._tried(forecast, costs, to_try(found, self._config))

    def _tried(
        self, forecast: Forecast, costs: Mapping[int, float], remedies: Sequence[Remedy]
    ) -> Iterator[Forecast | None]:
        """The forecast with remedies: all for a while, then the best for longer; ``costs`` are without a remedy."""
        continuations = {each: begun for each in remedies if (begun := self._continuation(each)) is not None}
        for count in (each // self._fewer for each in STAGES[1:]):
            tried = dict[Remedy, float]()
            for remedy, continuation in continuations.items():
                tried[remedy] = yield from continuation.cost_after(count)
                as_it_is = costs.get(count, forecast.ahead)  # the last one, where it stays as it is
                forecast = replace(forecast, tried_for=count, as_it_is=as_it_is, tried=dict(tried))
                if forecast.is_enough:
                    break
            if forecast.helpful:
                break
            continuations = {each: continuations[each] for each in sorted(tried, key=tried.__getitem__)[:MOST_LONG]}
        yield forecast

    def _continuation(self, remedy: Remedy) -> Continuation | None:
        """The run as it goes on after a remedy; None for a remedy that does not change the run."""
        config, effect = self._config, effect_of(remedy, self._config, self._fit)
        if effect is None:
            return None
        changed = config.changed(**effect.changes)
        if not any(changed.uses(name) and getattr(changed, name) != getattr(config, name) for name in effect.changes):
            return None
        start = self._best if effect.start is Start.BEST else self._here
        if effect.start is Start.AGAIN:
            start = Keyframe(0, initial_parameters(changed.sizes, changed.seed))
        elif changed.hidden != config.hidden:
            operations, now = operations_between(config.hidden, changed.hidden), start.iteration
            start = Keyframe(now, operated(config, operations, start.parameters, now, self._trainer.target.t))
        return Continuation(changed, start, self._trainer.backend)
