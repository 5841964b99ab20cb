"""The results of a sweep as a table: its columns, its cells, and the order of its rows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from curvegui.core.language.text import localised, tr, tr_in
from curvegui.core.learner.caption import short_cost
from curvegui.core.settings.config import SETTINGS
from curvegui.core.sweep.axis import shown_value
from curvegui.core.sweep.plan import SweepPlan, SweepTask
from curvegui.core.sweep.task import TaskResult


@dataclass(frozen=True)
class Row:
    """A run and its result."""

    task: SweepTask
    result: TaskResult


@dataclass(frozen=True)
class Column:
    """One column: what programs and what people call it, and its cells."""

    key: str
    label: str
    value: Callable[[Row], Any]  # of a row; None where it has none
    shown: Callable[[Any], str]  # that value as people read it
    is_cost: bool = False  # runs whose numbers ran away come last in it
    order: Sequence[Any] = ()  # in which the values are sorted, where that is not their own

    def text(self, row: Row) -> str:
        """What people read in a row."""
        value = self.value(row)
        return "" if value is None else self.shown(value)

    def rank(self) -> Callable[[Row], Any]:
        """By what rows that have a value here are sorted."""
        if not self.order:
            return self.value
        places = {value: place for place, value in enumerate(self.order)}
        return lambda row: places[self.value(row)]


def columns_of(plan: SweepPlan) -> tuple[Column, ...]:
    """The columns of a sweep's table: the cost, what is varied, and more results."""
    varied = dict.fromkeys([*(axis.setting for axis in plan.axes), "seed"])
    has_test = plan.base.train_one_in > 1 or "train_one_in" in varied
    more = [
        Column("best_cost", tr("Best"), lambda row: row.result.best_cost, short_cost, is_cost=True),
        Column("best_iteration", tr("at iteration"), lambda row: row.result.best_iteration, _whole),
        *(
            [Column("test_cost", tr("Test cost"), lambda row: row.result.test_cost, short_cost, True)]
            if has_test
            else []
        ),
    ]
    return (
        Column("number", tr_in("column", "Run"), lambda row: row.task.number + 1, str),
        Column("cost", tr("Cost"), lambda row: row.result.cost, short_cost, is_cost=True),
        *map(_column, varied),
        *more,
        Column("made_iterations", tr("Iterations"), lambda row: row.result.iterations, _whole),
        Column("diverged", tr("Diverged"), lambda row: row.result.diverged, lambda has: tr("yes") if has else ""),
        Column("cpu_seconds", tr("CPU s"), lambda row: row.result.cpu_seconds, _seconds),
    )


def rows_of(tasks: Iterable[SweepTask], results: Mapping[int, TaskResult]) -> list[Row]:
    """The runs that have results, in the sweep's order."""
    return [Row(task, results[task.number]) for task in tasks if task.number in results]


def in_order(rows: Iterable[Row], column: Column, descending: bool = False) -> list[Row]:
    """Rows by what they have in a column; those that have nothing there, and costs that ran away, come last."""
    ranks: dict[int, list[Row]] = {0: [], 1: [], 2: []}
    for row in rows:
        ranks[2 if column.value(row) is None else int(column.is_cost and row.result.diverged)].append(row)
    good, diverged = (sorted(ranks[rank], key=column.rank(), reverse=descending) for rank in (0, 1))
    return [*good, *diverged, *ranks[2]]


def _column(name: str) -> Column:
    """The column of a setting that is varied."""
    order = [key for key, _ in SETTINGS[name].choices()]
    return Column(name, SETTINGS[name].label, _setting(name), partial(shown_value, name), order=order)


def _setting(name: str) -> Callable[[Row], Any]:
    return lambda row: getattr(row.task.config, name)


def _whole(number: int) -> str:
    return localised(f"{number:,}")


def _seconds(seconds: float) -> str:
    return localised(f"{seconds:.2f}")
