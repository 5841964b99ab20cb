"""A wall of networks: which settings each one has, which network leads, and how far they lie apart.

A wall varies the seed, one setting from a low value to a high one, or all choices of a setting: a race.
"""

from dataclasses import dataclass, replace
from math import isfinite
from typing import Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import mark, tr
from curvegui.core.network.network import parameter_count
from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.settings.config import MAX_PARAMETERS, MAX_SEED, SETTINGS, TrainingConfig, usual
from curvegui.core.settings.setting import Setting

Value: TypeAlias = float | str
"""What a network has of the setting along the wall: a number, or the name of a choice."""
FEWEST, MOST = 4, 64
MOST_ITERATIONS = 1_000_000
NONE_TO_VARY = mark(
    "{label}: {optimizer} has none, so all would be the same. Choose another optimiser, or let the "
    "seed go along the wall."
)
MOST_POINTS = 2_000_000  # of all networks together: each snapshot computes them all
VARIED = tuple(name for name, setting in SETTINGS.items() if setting.one_each and setting.has_editor)
"""The settings that may go along a wall."""
COUNT = Setting("Networks", "How many networks learn side by side.", low=FEWEST, high=MOST, window_high=MOST)
LENGTH = Setting(
    "Iterations", "How many iterations each network makes.", low=1, high=MOST_ITERATIONS, window_high=MOST_ITERATIONS,
    logarithmic=True,
)  # fmt: skip


def usual_ranges(optimizer: str = "descent") -> dict[str, tuple[float, float]]:
    """The usual lowest and highest value of each setting but the seed, with this optimiser."""
    return {name: setting.to_try(optimizer) for name, setting in SETTINGS.items() if setting.to_try}


@dataclass(frozen=True)
class WallPlan:
    """What changes along a wall; raises ``ValueError`` if something is not allowed: a sentence for people."""

    count: int = 16  # networks, K; as many as a setting has choices
    iterations: int = 10_000  # of each
    varied: str = "seed"  # one of ``VARIED``
    low: float = 0.0  # a number's first and last value; not used for the seed, which begins at the run's own
    high: float = 0.0
    left_out: tuple[tuple[str, str], ...] = ()  # choices that cannot race, and why not: see ``fitted``

    def __post_init__(self) -> None:
        object.__setattr__(self, "count", int(COUNT.check_number(self.count, whole=True)))
        object.__setattr__(self, "iterations", int(LENGTH.check_number(self.iterations, whole=True)))
        if self.varied not in VARIED:
            raise ValueError(tr("Vary: choose one of {varied}.", varied=", ".join(VARIED)))
        if self.is_race:
            object.__setattr__(self, "count", len(self._choices))
        elif self.varied != "seed":
            setting = SETTINGS[self.varied]
            for end in (self.low, self.high):
                setting.check_number(end, whole=False)
            if self.low >= self.high:
                raise ValueError(tr("{label}: “from” must be lower than “to”.", label=setting.label))
            if self.is_logarithmic and self.low <= 0:
                words = tr("{label}: it is spaced on a log scale, so it must start above 0.", label=setting.label)
                raise ValueError(words)

    @property
    def _choices(self) -> tuple[str, ...]:
        out = dict(self.left_out)
        return tuple(name for name, _ in SETTINGS[self.varied].choices() if name not in out)

    def fitted(self, config: TrainingConfig) -> Self:
        """The plan without the choices that a network cannot have, such as an optimiser for smaller networks."""
        out = list[tuple[str, str]]()
        for choice in self._choices:
            try:
                raced = config.changed(**{self.varied: choice})
                raced.changed(aggression=usual(raced))
            except ValueError as error:
                out.append((choice, str(error)))
        return replace(self, left_out=(*self.left_out, *out))

    @property
    def is_race(self) -> bool:
        """Whether each network has another choice of the setting; all begin alike, and the lowest cost wins."""
        return bool(self._choices)

    @property
    def is_logarithmic(self) -> bool:
        """Whether the setting grows by the same factor from network to network, and not by the same amount."""
        return SETTINGS[self.varied].logarithmic

    def values(self, config: TrainingConfig) -> tuple[Value, ...]:
        """The setting's value for each network; a seed that would be too large begins anew at 0."""
        if self.is_race:
            return self._choices
        if self.varied == "seed":
            return tuple((config.seed + index) % (MAX_SEED + 1) for index in range(self.count))
        space = np.geomspace if self.is_logarithmic else np.linspace
        exact = space(self.low, self.high, self.count)
        short = tuple(float(f"{value:.3g}") for value in exact)  # as people would type them
        return short if len(set(short)) == self.count else tuple(exact.tolist())

    def configs(self, config: TrainingConfig) -> tuple[TrainingConfig, ...]:
        """The settings of each network; raises ``ValueError`` if they would be too large together, or all the same."""
        if not config.uses(self.varied):
            setting, optimizer = SETTINGS[self.varied], OPTIMIZERS[config.optimizer]
            raise ValueError(tr(NONE_TO_VARY, label=setting.label, optimizer=optimizer.label))
        if self.count * parameter_count(config.sizes) > MAX_PARAMETERS:
            words = tr("Networks: {count} such large ones are too many; use fewer or smaller layers.", count=self.count)
            raise ValueError(words)
        if self.count * config.points > MOST_POINTS:
            numbers = {"points": config.points, "count": self.count}
            raise ValueError(tr("Points: {points:,} are too many for {count} networks.", **numbers))
        made = [config.changed(**{self.varied: value}) for value in self.values(config)]
        return tuple(each.changed(aggression=usual(each)) if self.is_race else each for each in made)


def order(costs: FloatArray) -> NDArray[np.intp]:
    """The networks from the lowest to the highest cost; those whose numbers ran away last, equal costs as they were."""
    return np.argsort(costs, kind="stable")


def ranks(costs: FloatArray) -> NDArray[np.intp]:
    found = np.empty(len(costs), np.intp)
    found[order(costs)] = np.arange(1, len(costs) + 1)
    return found


@dataclass(frozen=True)
class Spread:
    """How far the costs of a wall lie apart."""

    best: int  # the networks with the lowest and the highest cost, of those that did not run away; -1 for none
    worst: int
    median: float  # of the costs of all networks; inf where most of them ran away
    lost: int  # how many ran away


def spread(costs: FloatArray) -> Spread:
    """How far costs lie apart, shape (K,); inf is the cost of a network whose numbers ran away."""
    finite = order(costs)[: int(np.isfinite(costs).sum())]
    ends = (int(finite[0]), int(finite[-1])) if finite.size else (-1, -1)
    return Spread(*ends, median=float(np.median(costs)), lost=len(costs) - finite.size)


def is_lost(cost: float) -> bool:
    """Whether a network with this cost has numbers that ran away."""
    return not isfinite(cost)
