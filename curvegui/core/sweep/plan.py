"""A sweep: which settings are tried, in a fixed order, each with a number that stays."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any

import numpy as np

from curvegui.core.curve.curve import Curve
from curvegui.core.language.text import mark, tr
from curvegui.core.settings.as_json import config_of, plain_config
from curvegui.core.settings.config import SETTINGS, TrainingConfig, why_unused
from curvegui.core.settings.run_settings import MAX_SEED
from curvegui.core.sweep.axis import Axis, parsed_axis, point_key, point_name

MOST_RUNS = 100_000
MOST_CURVE_POINTS = 50_000  # of a person's own curve: it is sent along with every run
TOGETHER = frozenset({"hidden", "optimizer", "points", "train_one_in"})  # whether they fit depends on others
NOT_A_PLAN = mark("This is not the plan of a sweep.")


@dataclass(frozen=True)
class SweepTask:
    """One run of a sweep."""

    number: int  # its place in the sweep, from 0: the same whenever the sweep is carried out
    changes: Mapping[str, Any]  # what the sweep sets, the seed among it, by the settings' names
    config: TrainingConfig

    @property
    def name(self) -> str:
        """How people read it: ``"optimiser Adam, seed 5"``."""
        return point_name(self.changes)

    @property
    def key(self) -> str:
        """How files name it, which stays the same when words in the window change."""
        return point_key(self.changes)


@dataclass(frozen=True)
class SweepPlan:
    """What a sweep tries: the settings of all runs, and the axes of those that are varied.

    Raises ``ValueError`` if that is not possible: a sentence for people.
    """

    base: TrainingConfig
    axes: tuple[Axis, ...] = ()  # in a grid, the last one changes fastest
    seeds: int = 1  # runs a point, with the seed of ``base`` and those after it
    sample: int | None = None  # the number of points, drawn at random; None for all of them, a grid
    sample_seed: int = 0

    def __post_init__(self) -> None:
        names = [axis.setting for axis in self.axes]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(tr("{label}: it is varied twice.", label=SETTINGS[name].label))
        _check_count(mark("From 1 to {most:,} seeds are possible."), self.seeds)
        if "seed" in names and self.seeds > 1:
            raise ValueError(tr("Seed: either it is varied, or each point has several; not both."))
        if self.base.seed + self.seeds - 1 > MAX_SEED:
            raise ValueError(
                tr(
                    "Seed: with {seeds:,} seeds it is at most {most:,}.",
                    seeds=self.seeds,
                    most=MAX_SEED - self.seeds + 1,
                )
            )
        if self.sample is not None:
            _check_count(mark("From 1 to {most:,} points are possible."), self.sample)
            SETTINGS["seed"].check_number(self.sample_seed, whole=True)
        if self.count > MOST_RUNS:
            raise ValueError(
                tr("This sweep has {count:,} runs; at most {most:,} are possible.", count=self.count, most=MOST_RUNS)
            )
        object.__setattr__(self, "base", _with_short_curve(self.base, names))
        for axis in self.axes:
            for value in axis.values if axis.setting in TOGETHER else ():
                self.base.changed(**{axis.setting: value})  # refuses layers that would not fit
        self._check_uses()

    def _check_uses(self) -> None:
        """Refuse a setting that has no effect in any run: all its points would be the same."""
        ways = self.ways()
        for axis in self.axes:
            trouble = why_unused(axis.setting, ways)
            if trouble:
                raise ValueError(trouble)

    def ways(self) -> list[TrainingConfig]:
        """The base with each optimiser and schedule that is tried."""
        tried = {axis.setting: axis.values for axis in self.axes if axis.setting in {"optimizer", "schedule"}}
        return [self.base.changed(**dict(zip(tried, way, strict=True))) for way in product(*tried.values())]

    @property
    def points(self) -> int:
        """How many points there are, each with ``seeds`` runs."""
        return prod(len(axis.listed()) for axis in self.axes) if self.sample is None else self.sample

    @property
    def count(self) -> int:
        """How many runs there are."""
        return self.points * self.seeds

    def tasks(self) -> Iterator[SweepTask]:
        """All runs, in order."""
        number = 0
        for values in self._grid() if self.sample is None else self._drawn():
            point = {axis.setting: value for axis, value in zip(self.axes, values, strict=True)}
            for offset in range(self.seeds):
                changes = {**point, "seed": point.get("seed", self.base.seed + offset)}
                yield SweepTask(number, changes, self.base.changed(**changes))
                number += 1

    def _grid(self) -> Iterator[tuple[Any, ...]]:
        return product(*(axis.listed() for axis in self.axes))

    def _drawn(self) -> Iterator[tuple[Any, ...]]:
        """Random points; each one is the same whatever their number."""
        key = np.array([self.sample_seed, 0], np.uint64)
        generator = np.random.Generator(np.random.Philox(key=key))
        for _ in range(self.sample or 0):
            fractions = generator.random(len(self.axes)).tolist()
            yield tuple(axis.drawn(fraction) for axis, fraction in zip(self.axes, fractions, strict=True))

    def as_values(self) -> dict[str, Any]:
        """The plan as numbers, texts and lists, for a file."""
        return {
            "base": plain_config(self.base),
            "vary": [axis.text for axis in self.axes],
            "seeds": self.seeds,
            "sample": self.sample,
            "sample_seed": self.sample_seed,
        }


def plan_of(values: Mapping[str, Any]) -> SweepPlan:
    """The plan that `SweepPlan.as_values` described; raises ``ValueError`` if it is none."""
    base, vary = values.get("base"), values.get("vary")
    counts = [values.get(name) for name in ("seeds", "sample", "sample_seed")]
    if not isinstance(base, dict) or not isinstance(vary, list) or not all(isinstance(text, str) for text in vary):
        raise ValueError(tr(NOT_A_PLAN))
    if not all(type(count) is int or (count is None and place == 1) for place, count in enumerate(counts)):
        raise ValueError(tr(NOT_A_PLAN))
    seeds, sample, sample_seed = counts
    return SweepPlan(config_of(base), tuple(map(parsed_axis, vary)), seeds or 0, sample, sample_seed or 0)


def _check_count(words: str, count: int) -> None:
    if not 1 <= count <= MOST_RUNS:
        raise ValueError(tr(words, most=MOST_RUNS))


def _with_short_curve(base: TrainingConfig, varied: list[str]) -> TrainingConfig:
    """The settings, with the same training points, of an own curve that is short enough to be sent along."""
    curve = base.curve
    if "curve" in varied or not isinstance(curve, Curve) or curve.t.size <= MOST_CURVE_POINTS:
        return base.changed(curve=TrainingConfig().curve) if "curve" in varied else base
    if "points" in varied or base.points > MOST_CURVE_POINTS:
        raise ValueError(
            tr(
                "Curve: this one has {count:,} points, too many to learn it with {most:,} or more, "
                "or with different numbers of them.",
                count=curve.t.size,
                most=MOST_CURVE_POINTS,
            )
        )
    return base.changed(curve=curve.sampled(base.points))
