"""What a run would come to, found by computing on: a finding holds where that bears it out, and offers what helped."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import inf, isfinite

from curvegui.core.diagnosis.finding import Diagnosis, Remedy, RunState
from curvegui.core.diagnosis.remedies import ENOUGH_LAYERS, ENOUGH_NEURONS
from curvegui.core.language.text import mark, tr
from curvegui.core.learner.caption import short_cost
from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.settings.config import TrainingConfig, is_timid

HORIZON = 5_000  # iterations: who sees no progress over so many loses patience
FEWER = 10  # times fewer for optimisers of second order: theirs do more, and take longer
STUCK = 0.9  # of the cost is left after them, or more
STUCK_END = 0.85  # between the two, it would flicker
COME_TRUE = 1.05  # times the cost that was to come
HELPED = 0.7  # times the cost that the run comes to as it is, or less
HELPED_WELL = 0.4  # nothing else is tried then
NEARLY = 1.25  # times the lowest: as good


def fewer(config: TrainingConfig) -> int:
    """How many times fewer iterations of this optimiser a forecast looks ahead for."""
    return FEWER if OPTIMIZERS[config.optimizer].solver else 1


@dataclass(frozen=True)
class Forecast:
    """Costs, each the median of several: the ``present`` cost, and the costs to come."""

    iteration: int  # from where it was computed
    present: float
    ahead: float  # as the run is, after ``distance`` more iterations
    distance: int
    tried_for: int = 0  # iterations
    as_it_is: float = inf  # after so many
    tried: Mapping[Remedy, float] = field(default_factory=dict)  # after so many, with each remedy

    def is_stuck(self, before: RunState | None) -> bool:
        """Whether the cost hardly falls; nan and inf are no progress."""
        most = STUCK if before is None or not before.section else STUCK_END
        return not self.ahead < most * self.present

    def is_old(self, iteration: int, cost: float) -> bool:
        """Whether the run has made all the iterations of the forecast, or its cost has fallen as forecast."""
        has_come_true = not self.is_stuck(None) and cost <= COME_TRUE * self.ahead
        return has_come_true or iteration > self.iteration + max(self.distance, HORIZON)

    def holds(self, iteration: int, cost: float) -> bool:
        """Whether no cost since has contradicted the forecast: ``cost`` is the median of the latest costs."""
        if iteration <= self.iteration:
            return iteration == self.iteration
        if self.is_stuck(None):
            return cost >= STUCK_END * self.present
        return iteration <= self.iteration + self.distance or cost < STUCK * self.present

    @property
    def is_enough(self) -> bool:
        """Whether a remedy has helped so well that no other need be tried."""
        return any(self._falls_to(HELPED_WELL, cost) for cost in self.tried.values())

    @property
    def helpful(self) -> list[Remedy]:
        """The remedies that helped, the best first; of about equally good remedies, the one tried first."""
        rest = {each: cost for each, cost in self.tried.items() if self._falls_to(HELPED, cost)}
        found = []
        while rest:
            least = NEARLY * min(rest.values())
            best = next(each for each, cost in rest.items() if cost <= least)
            found.append(best)
            del rest[best]
        return found

    def _falls_to(self, part: float, cost: float) -> bool:
        """Whether a cost is this part of the cost without a remedy; inf is no help where both are inf."""
        return isfinite(cost) and cost <= part * self.as_it_is


TRIED = mark("“{remedy}” was tried for {iterations:,} iterations: the cost falls to {cost}, instead of {otherwise}.")
TRIED_IN_BOUNDS = mark(
    "“{remedy}” was tried for {iterations:,} iterations: nothing overflows, and the cost comes to {cost}."
)
UNTRIED = Remedy.UNDO, Remedy.RESET, Remedy.SEE_BEST
"""What changes nothing that could be tried."""
ALL_REMEDIES = (
    Remedy.LOWER_NOISE, Remedy.LOWER_AGGRESSION, Remedy.RAISE_AGGRESSION, Remedy.LESS_DECAY,
    Remedy.BACK_TO_BEST, Remedy.BACK_TO_BEST_QUIETER, Remedy.MORE_NEURONS,
    Remedy.START_GENTLER, Remedy.START_QUIETER, Remedy.START_LESS_DECAY, Remedy.NEW_SEED,
    Remedy.FEWER_LAYERS, Remedy.TANH_NEURONS, Remedy.ADAM, Remedy.LINEAR_OUTPUTS,
)  # fmt: skip
"""In the order in which they are tried: what keeps more of the run comes first."""


def to_try(diagnosis: Diagnosis, config: TrainingConfig) -> tuple[Remedy, ...]:
    """The remedies that may help: first those of the finding, then all others."""
    left_out = {
        Remedy.FEWER_LAYERS: len(config.hidden) <= ENOUGH_LAYERS,
        Remedy.TANH_NEURONS: config.activation == "tanh",
        Remedy.LINEAR_OUTPUTS: config.output_activation == "linear",
        Remedy.ADAM: config.optimizer == "adam",
        Remedy.LESS_DECAY: config.weight_decay == 0,
        Remedy.START_LESS_DECAY: config.weight_decay == 0,
        Remedy.MORE_NEURONS: min(config.hidden) >= ENOUGH_NEURONS,
        Remedy.RAISE_AGGRESSION: not is_timid(config) and Remedy.RAISE_AGGRESSION not in diagnosis.remedies,
    }
    others = () if diagnosis.condition is RunState.OUT_OF_REACH else ALL_REMEDIES  # they do not bring it into reach
    wanted = dict.fromkeys((*diagnosis.remedies, *others))
    return tuple(each for each in wanted if not left_out.get(each))


def with_what_helped(diagnosis: Diagnosis, forecast: Forecast) -> Diagnosis:
    """The same finding with the remedies that helped, and by how much the first remedy did."""
    helpful = forecast.helpful
    others = [each for each in diagnosis.remedies if each in UNTRIED]
    if not forecast.tried:
        return diagnosis
    if not helpful:
        words = mark("Nothing that was tried for {iterations:,} iterations makes the cost much lower.")
        words = tr(words, iterations=forecast.tried_for)
        return replace(diagnosis, detail=f"{diagnosis.detail} {words}", remedies=tuple(others), was_tried=True)
    best = helpful[0]
    words, cost = TRIED if isfinite(forecast.as_it_is) else TRIED_IN_BOUNDS, short_cost(forecast.tried[best])
    values = {"remedy": tr(best.value), "iterations": forecast.tried_for, "cost": cost}
    words = tr(words, **values, otherwise=short_cost(forecast.as_it_is))
    return replace(diagnosis, detail=f"{diagnosis.detail} {words}", remedies=(*helpful[:2], *others), was_tried=True)
