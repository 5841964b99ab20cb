"""The results of a sweep as a table: its columns, its cells, and the order of its rows."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray
from curvegui.core.curve.curve import BoolArray
from curvegui.core.language.text import localised, tr, tr_in
from curvegui.core.learner.caption import short_cost
from curvegui.core.round_numbers import multiples, power_labels, round_up
from curvegui.core.settings.config import SETTINGS
from curvegui.core.sweep.plan import SweepPlan, SweepTask, is_number, shown_value
from curvegui.core.sweep.task import TaskResult


@dataclass(frozen=True)
class Row:
    """A run and its result."""

    task: SweepTask
    result: TaskResult


@dataclass(frozen=True)
class Column:
    """One column: its name for programs, its name for people, and its cells."""

    key: str
    label: str
    value: Callable[[Row], Any]  # of a row; None where it has none
    shown: Callable[[Any], str]  # that value as people read it
    is_cost: bool = False  # runs whose numbers ran away come last in it
    order: Sequence[Any] = ()  # in which the values are sorted, where that is not their own

    def text(self, row: Row) -> str:
        """The text of a row in this column."""
        value = self.value(row)
        return "" if value is None else self.shown(value)

    def rank(self) -> Callable[[Row], Any]:
        """The key by which rows with a value in this column are sorted."""
        if not self.order:
            return self.value
        return lambda row: self.order.index(self.value(row))


def columns_of(plan: SweepPlan) -> tuple[Column, ...]:
    """The columns of a sweep's table: the cost, the varied settings, and more results."""
    varied = dict.fromkeys([*(axis.setting for axis in plan.axes), "seed"])
    has_test = plan.base.train_one_in > 1 or "train_one_in" in varied
    test_cost = Column("test_cost", tr("Test cost"), lambda row: row.result.test_cost, short_cost, True)
    return (
        Column("number", tr_in("column", "Run"), lambda row: row.task.number + 1, str),
        Column("cost", tr("Cost"), lambda row: row.result.cost, short_cost, is_cost=True),
        *map(_column, varied),
        Column("best_cost", tr("Best"), lambda row: row.result.best_cost, short_cost, is_cost=True),
        Column("best_iteration", tr("at iteration"), lambda row: row.result.best_iteration, _whole),
        *([test_cost] if has_test else []),
        Column("made_iterations", tr("Iterations"), lambda row: row.result.iterations, _whole),
        Column("diverged", tr("Diverged"), lambda row: row.result.diverged, lambda has: tr("yes") if has else ""),
        Column("cpu_seconds", tr("CPU s"), lambda row: row.result.cpu_seconds, lambda s: localised(f"{s:.2f}")),
    )


def rows_of(tasks: Iterable[SweepTask], results: Mapping[int, TaskResult]) -> list[Row]:
    """The runs that have results, in the sweep's order."""
    return [Row(task, results[task.number]) for task in tasks if task.number in results]


def in_order(rows: Iterable[Row], column: Column, descending: bool = False) -> list[Row]:
    """Rows by their values in a column; rows without a value, and costs that ran away, come last."""
    groups: list[list[Row]] = [[], [], []]
    for row in rows:
        groups[2 if column.value(row) is None else int(column.is_cost and row.result.diverged)].append(row)
    good, diverged = (sorted(group, key=column.rank(), reverse=descending) for group in groups[:2])
    return [*good, *diverged, *groups[2]]


def _column(name: str) -> Column:
    order = [key for key, _ in SETTINGS[name].choices()]
    shown = partial(shown_value, name)
    return Column(name, SETTINGS[name].label, lambda row: getattr(row.task.config, name), shown, order=order)


def _whole(number: int) -> str:
    return localised(f"{number:,}")


EDGE = 0.06  # of a panel, kept free on both sides
MOST_NAMED = 8  # values that are all named below a panel
FEW = 5  # steps from one round number to the next, at most, where there are many values
LOWEST = 1e-16  # costs below are drawn there
THREE_DIGITS, PLAIN = 100, 1e6  # from the one to the other, numbers have no decimals and no power of ten
TENFOLD = 10  # from the smallest to the largest value of a setting: less needs no logarithm


@dataclass(frozen=True, eq=False)
class CostPanel:
    """The runs by one setting; the arrays have shape (n,), one value a run."""

    label: str
    positions: FloatArray  # from left to right, from 0 to 1
    decades: FloatArray  # the decimal logarithm of each run's cost
    diverged: BoolArray
    ticks: tuple[tuple[float, str], ...]  # positions, and the values there
    medians: FloatArray  # shape (k, 2): (position, decade) of the middle cost at each value, if values repeat
    has_names: bool = False  # the values are no numbers, so each one needs its tick


@dataclass(frozen=True, eq=False)
class CostChart:
    """At least one panel, with one scale of cost: the decades at its bottom and at its top."""

    panels: tuple[CostPanel, ...]
    low: int
    high: int


def cost_chart(plan: SweepPlan, rows: Sequence[Row]) -> CostChart:
    """The chart of runs, one panel for each varied setting, or a panel for the seed where none is varied."""
    names = [axis.setting for axis in plan.axes] or ["seed"]
    decades = np.log10([max(row.result.cost, LOWEST) for row in rows])
    diverged = np.array([row.result.diverged for row in rows], np.bool_)
    sane = np.zeros(1) if diverged.all() else decades[~diverged]
    low, high = math.floor(sane.min()), math.ceil(sane.max())
    panels = []
    for name in names:
        values, has_names = [getattr(row.task.config, name) for row in rows], not is_number(name)
        positions, ticks = _names(name, values) if has_names else _numbers(name, values)
        medians = _medians(positions, decades, diverged)
        panels.append(CostPanel(SETTINGS[name].label, positions, decades, diverged, ticks, medians, has_names))
    return CostChart(tuple(panels), low, max(high, low + 1))


def _names(name: str, values: list[Any]) -> tuple[FloatArray, tuple[tuple[float, str], ...]]:
    """The positions of values that are no numbers, side by side; choices in the order of their list."""
    order = [key for key, _ in SETTINGS[name].choices()] or sorted(set(values))
    known = {value: index for index, value in enumerate(each for each in order if each in set(values))}
    ticks = tuple(((index + 0.5) / len(known), shown_value(name, value)) for value, index in known.items())
    return np.array([(known[value] + 0.5) / len(known) for value in values]), ticks


def _numbers(name: str, values: list[float]) -> tuple[FloatArray, tuple[tuple[float, str], ...]]:
    distinct = sorted(set(values))
    low, high = (distinct[0], distinct[-1]) if distinct else (0.0, 0.0)
    logarithmic = SETTINGS[name].logarithmic and low > 0 and high / low >= TENFOLD
    start, stop = (math.log(low), math.log(high)) if logarithmic else (low, high)

    def position(value: float) -> float:
        along = (math.log(value) if logarithmic else value) - start
        return EDGE + (1 - 2 * EDGE) * along / (stop - start) if stop > start else 0.5

    if len(distinct) <= MOST_NAMED:
        named = distinct
    elif logarithmic:
        named = [10.0**power for power in range(math.ceil(math.log10(low)), math.floor(math.log10(high)) + 1)]
    else:
        named = multiples(round_up((high - low) / FEW), low, high)
    ticks = tuple((position(value), _number(name, value)) for value in named)
    return np.array([position(value) for value in values]), ticks


def decade_texts(powers: Sequence[int]) -> list[str]:
    """Costs beside their lines, as in the cost plot of the window: 0.1 and 0.01, or 1e-2 and 1e-5."""
    return power_labels(powers, lambda cost: localised(f"{cost:,g}"))


def _number(name: str, value: float) -> str:
    """A number in three digits at least; only very small and large numbers have a power of ten."""
    if not THREE_DIGITS <= value < PLAIN:
        return localised(f"{value:.3g}")
    return localised(f"{value:,.0f}" if SETTINGS[name].grouped else f"{value:.0f}")


def _medians(positions: FloatArray, decades: FloatArray, diverged: BoolArray) -> FloatArray:
    where: NDArray[np.float64] = np.unique(positions[~diverged])
    if not 1 < where.size <= np.count_nonzero(~diverged) / 2:
        return np.empty((0, 2))
    middles = [float(np.median(decades[(positions == each) & ~diverged])) for each in where]
    return np.column_stack([where, middles])
