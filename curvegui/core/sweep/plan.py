"""A sweep: which settings are tried, in a fixed order, each with a number that stays."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any

import numpy as np

from curvegui.core.language.text import english, in_row, localised, mark, tr, within
from curvegui.core.settings.as_json import config_of, plain_config
from curvegui.core.settings.config import MAX_SEED, SETTINGS, TrainingConfig, checked_value, why_unused

NOT_VARIED = {name: why for name, setting in SETTINGS.items() if (why := english(setting, "why_not_varied"))}
MOST_VALUES = 10_000  # of a setting
DIGITS = 6  # of a number that was drawn
FEWEST_DIGITS = 3  # of one of several that were computed, if that tells them apart: a run has what its row shows


@dataclass(frozen=True)
class Span:
    """Where the values of a setting are drawn from; both ends may be drawn."""

    low: float
    high: float
    logarithmic: bool | None = None  # evenly by factors, or else by steps; None leaves it to the setting


@dataclass(frozen=True)
class Axis:
    """A setting and its values, each once, or its span; raises ``ValueError``, a sentence, for forbidden values."""

    setting: str
    values: tuple[Any, ...] = ()
    span: Span | None = None

    def __post_init__(self) -> None:
        check_setting(self.setting)
        label = SETTINGS[self.setting].label
        values = (self.span.low, self.span.high) if self.span else self.values
        if not values:
            raise ValueError(tr("{label}: there are no values.", label=label))
        if self.setting == "curve" and not all(isinstance(value, str) for value in values):
            raise ValueError(tr("Curve: only the curves that come with the app can be varied, by their names."))
        checked = tuple(dict.fromkeys(checked_value(self.setting, value) for value in values))
        if not self.span:
            object.__setattr__(self, "values", checked)
        elif isinstance(checked[0], str | tuple) or self.span.low > self.span.high:
            raise ValueError(tr("{label}: a range goes from a number to a larger one.", label=label))
        if self.span and self.span.logarithmic and self.span.low <= 0:
            raise ValueError(tr("{label}: a log scale cannot begin at 0.", label=label))

    def listed(self) -> tuple[Any, ...]:
        """All values, for a grid; raises ``ValueError``, which says what to write, where a span has too many."""
        if not self.span:
            return self.values
        low, high, label = self.span.low, self.span.high, SETTINGS[self.setting].label
        if not SETTINGS[self.setting].whole or self.span.logarithmic:
            words = mark(
                "{label}: how many values? {low}..{high}*7 is seven on a log scale, {low}..{high}+7 in equal steps."
            )
            raise ValueError(tr(words, label=label, low=value_text(low), high=value_text(high)))
        if high - low >= MOST_VALUES:
            raise ValueError(tr("{label}: at most {most:,} values.", label=label, most=MOST_VALUES))
        return tuple(range(int(low), int(high) + 1))

    def drawn(self, fraction: float) -> Any:
        """The value at a random number from [0, 1)."""
        if not self.span:
            return self.values[int(fraction * len(self.values))]
        low, high, setting = self.span.low, self.span.high, SETTINGS[self.setting]
        logarithmic = self.span.logarithmic
        if logarithmic is None:
            logarithmic = setting.logarithmic and low > 0
        if setting.whole and not logarithmic:
            return int(low) + int(fraction * (high - low + 1))
        value = low * (high / low) ** fraction if logarithmic else low + (high - low) * fraction
        return rounded(value, setting.whole, low, high)

    @property
    def text(self) -> str:
        """The axis as a text that `parsed_axis` reads, exact to the last digit."""
        if self.span:
            sign = {True: "*", False: "+", None: ""}[self.span.logarithmic]
            return f"{self.setting}={value_text(self.span.low)}..{value_text(self.span.high)}{sign}"
        return f"{self.setting}={','.join(map(value_text, self.values))}"


def check_setting(name: str) -> None:
    """Raise ``ValueError`` for a setting that cannot be varied."""
    if name in NOT_VARIED:
        reason = tr(NOT_VARIED[name])
        raise ValueError(tr("{label} cannot be varied: {reason}.", label=SETTINGS[name].label, reason=reason))
    if name not in SETTINGS:
        possible = ", ".join(each for each in SETTINGS if each not in NOT_VARIED)
        raise ValueError(tr("There is no setting “{name}”. There are: {possible}.", name=name, possible=possible))


def spread(name: str, low: float, high: float, count: int, logarithmic: bool) -> tuple[float, ...]:
    """So many values from ``low`` to ``high``; fewer where whole numbers would repeat."""
    numbers = (np.geomspace(low, high, count) if logarithmic else np.linspace(low, high, count)).tolist()
    whole, values = SETTINGS[name].whole, list[float]()
    for digits in range(FEWEST_DIGITS, DIGITS + 1):
        values = [rounded(number, whole, low, high, digits) for number in numbers]
        if len(set(values)) == len(numbers):
            break
    ends = [high] if count > 1 else []
    return tuple(dict.fromkeys([low, *values[1:-1], *ends]))


def rounded(number: float, whole: bool, low: float, high: float, digits: int = DIGITS) -> float:
    """A computed number, in digits that can be read, and within its bounds."""
    short = round(number) if whole else float(f"{number:.{digits}g}")
    return min(max(short, low), high)


def value_text(value: Any) -> str:
    """A value in the text of an axis: ``"7"``, ``"0.25"``, ``"6-7"``, ``"tanh"``."""
    if isinstance(value, tuple):
        return "-".join(map(str, value))
    if isinstance(value, float) and value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return value if isinstance(value, str) else repr(value)


def shown_value(name: str, value: Any) -> str:
    """A setting's value as people read it: the label of one of its choices, or a number in the language's signs."""
    return dict(SETTINGS[name].choices()).get(value) or localised(value_text(value))


def point_name(changes: Mapping[str, Any]) -> str:
    """The name of a point of a sweep: ``"aggression 7, optimiser Adam, seed 5"``."""
    return in_row([f"{within(SETTINGS[name])} {shown_value(name, value)}" for name, value in changes.items()])


UNSIGNED = r"\d+(?:\.\d+)?(?:[eE][+-]?\d+)?"
NUMBER = re.compile(UNSIGNED, re.ASCII)
RANGE = re.compile(rf"({UNSIGNED})\.\.({UNSIGNED})(?:([*x+])(\d{{1,9}})?)?", re.ASCII)
LAYERS = re.compile(r"\d{1,9}(-\d{1,9})*", re.ASCII)
EXAMPLE = mark("Write it as in noise=0,1,3 or aggression=0.1..100*7.")
MANY_NUMBERS = mark("for seven values, write 0.1..100*7 (log scale) or 0..3+7 (equal steps)")


def parsed_axis(text: str) -> Axis:
    """The axis in a text; raises ``ValueError``, a sentence, for other texts."""
    name, equals, values = (part.strip() for part in text.partition("="))
    name = name.replace("-", "_")
    if not equals or not name:
        words_ = mark("“{text}” does not say which setting takes which values. {example}")
        raise ValueError(tr(words_, text=text, example=tr(EXAMPLE)))
    check_setting(name)
    if ".." in values:
        return _ranged(name, values)
    words = values.split(";" if ";" in values else ",")
    if ";" in values and is_number(name):  # with semicolons between the values, a comma is the decimal sign
        words = [word.replace(",", ".") for word in words]
    return Axis(name, tuple(_value(name, word.strip()) for word in words))


def is_number(name: str) -> bool:
    """Whether the values of a setting are numbers, and neither layers nor choices."""
    return name != "hidden" and not SETTINGS[name].choices()


def _ranged(name: str, text: str) -> Axis:
    label = SETTINGS[name].label
    if not is_number(name):
        raise ValueError(tr("{label}: there are no ranges of these. List them, with commas between.", label=label))
    found = RANGE.fullmatch(text)
    if not found:
        raise ValueError(tr("{label}: “{text}” is not a range; {hint}.", label=label, text=text, hint=tr(MANY_NUMBERS)))
    low, high = (_number(name, found[group]) for group in (1, 2))
    logarithmic = None if found[3] is None else found[3] != "+"
    bounds = Axis(name, span=Span(low, high, logarithmic))  # which refuses what is not possible
    if found[4] is None:
        return bounds
    count = int(found[4])
    if not 1 <= count <= MOST_VALUES:
        raise ValueError(tr("{label}: from 1 to {most:,} values.", label=label, most=MOST_VALUES))
    return Axis(name, spread(name, low, high, count, bool(logarithmic)))


def _value(name: str, word: str) -> Any:
    if name == "hidden":
        if not LAYERS.fullmatch(word):
            words = mark("{label}: “{word}” is not layers; two of 6 and 7 neurons are written 6-7.")
            raise ValueError(tr(words, label=SETTINGS[name].label, word=word))
        return tuple(map(int, word.split("-")))
    if SETTINGS[name].choices():
        return word
    if not NUMBER.fullmatch(word):
        words = mark("{label}: “{word}” is not a number; {hint}.")
        raise ValueError(tr(words, label=SETTINGS[name].label, word=word, hint=tr(MANY_NUMBERS)))
    return _number(name, word)


def _number(name: str, word: str) -> float:
    number = float(word)
    return int(number) if SETTINGS[name].whole and number < float("inf") and number == int(number) else number


MOST_RUNS = 100_000
TOGETHER = frozenset({"hidden", "optimizer", "points", "train_one_in"})  # whether they fit depends on others


@dataclass(frozen=True)
class SweepTask:
    """One run of a sweep."""

    number: int  # its position in the sweep, from 0: the same whenever the sweep is carried out
    changes: Mapping[str, Any]  # what the sweep sets, the seed among it, by the settings' names
    config: TrainingConfig

    @property
    def name(self) -> str:
        """The task as people read it: ``"optimiser Adam, seed 5"``."""
        return point_name(self.changes)

    @property
    def key(self) -> str:
        """The task's name in files, whatever the language: ``"optimiser adam, seed 5"``."""
        words = {name: english(SETTINGS[name], "label").lower() for name in self.changes}
        return ", ".join(f"{words[name]} {value_text(value)}" for name, value in self.changes.items())


@dataclass(frozen=True)
class SweepPlan:
    """The common settings of all runs, and the varied ones; raises ``ValueError``, a sentence, for impossible plans."""

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
            words = mark("Seed: with {seeds:,} seeds it is at most {most:,}.")
            raise ValueError(tr(words, seeds=self.seeds, most=MAX_SEED - self.seeds + 1))
        if self.sample is not None:
            _check_count(mark("From 1 to {most:,} points are possible."), self.sample)
            SETTINGS["seed"].check_number(self.sample_seed, whole=True)
        if self.count > MOST_RUNS:
            words = mark("This sweep has {count:,} runs; at most {most:,} are possible.")
            raise ValueError(tr(words, count=self.count, most=MOST_RUNS))
        if "curve" in names:  # a curve of a person's own gives way to those that are tried
            object.__setattr__(self, "base", self.base.changed(curve=TrainingConfig().curve))
        for axis in self.axes:
            for value in axis.values if axis.setting in TOGETHER else ():
                self.base.changed(**{axis.setting: value})  # refuses layers that would not fit
        ways = self.ways()
        for axis in self.axes:  # one that has no effect in any run: all its points would be the same
            if trouble := why_unused(axis.setting, ways):
                raise ValueError(trouble)

    def ways(self) -> list[TrainingConfig]:
        """The base with each of the optimisers and schedules to try."""
        tried = {axis.setting: axis.values for axis in self.axes if axis.setting in {"optimizer", "schedule"}}
        return [self.base.changed(**dict(zip(tried, way, strict=True))) for way in product(*tried.values())]

    @property
    def points(self) -> int:
        """How many points there are, each with ``seeds`` runs."""
        return prod(len(axis.listed()) for axis in self.axes) if self.sample is None else self.sample

    @property
    def count(self) -> int:
        return self.points * self.seeds

    def tasks(self) -> Iterator[SweepTask]:
        number = 0
        grid = product(*(axis.listed() for axis in self.axes)) if self.sample is None else self._drawn(self.sample)
        for values in grid:
            point = {axis.setting: value for axis, value in zip(self.axes, values, strict=True)}
            for offset in range(self.seeds):
                changes = {**point, "seed": point.get("seed", self.base.seed + offset)}
                yield SweepTask(number, changes, self.base.changed(**changes))
                number += 1

    def _drawn(self, count: int) -> Iterator[tuple[Any, ...]]:
        """Random points; each point is the same whatever their number."""
        generator = np.random.Generator(np.random.Philox(key=np.array([self.sample_seed, 0], np.uint64)))
        for _ in range(count):
            fractions = generator.random(len(self.axes)).tolist()
            yield tuple(axis.drawn(fraction) for axis, fraction in zip(self.axes, fractions, strict=True))

    def as_values(self) -> dict[str, Any]:
        return {
            "base": plain_config(self.base),
            "vary": [axis.text for axis in self.axes],
            "seeds": self.seeds,
            "sample": self.sample,
            "sample_seed": self.sample_seed,
        }


def plan_of(values: Mapping[str, Any]) -> SweepPlan:
    """The plan that `SweepPlan.as_values` described; raises ``ValueError`` for other values."""
    base, vary = values.get("base"), values.get("vary")
    counts = [values.get(name) for name in ("seeds", "sample", "sample_seed")]
    has_vary = isinstance(vary, list) and all(isinstance(text, str) for text in vary)
    has_counts = all(type(count) is int or (count is None and index == 1) for index, count in enumerate(counts))
    if not (isinstance(base, dict) and isinstance(vary, list) and has_vary and has_counts):
        raise ValueError(tr("This is not the plan of a sweep."))
    seeds, sample, sample_seed = counts
    return SweepPlan(config_of(base), tuple(map(parsed_axis, vary)), seeds or 0, sample, sample_seed or 0)


def _check_count(words: str, count: int) -> None:
    if not 1 <= count <= MOST_RUNS:
        raise ValueError(tr(words, most=MOST_RUNS))
