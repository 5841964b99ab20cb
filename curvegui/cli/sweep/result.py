"""How a sweep is told: its progress line, then a table for people, JSON or CSV for programs, and pictures."""

import csv
import io
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from curvegui.cli.progress import SparseLine
from curvegui.cli.result import engine_facts
from curvegui.core.engine.arithmetic import USUAL
from curvegui.core.language.text import mark, tr
from curvegui.core.learner.caption import short_cost
from curvegui.core.settings.as_json import plain_value
from curvegui.core.sweep.plan import SweepPlan, value_text
from curvegui.core.sweep.table import Column, Row, columns_of
from curvegui.core.sweep.task import TaskResult
from curvegui.figure.formats import ending_of
from curvegui.files.disk.atomic import write_bytes
from curvegui.files.disk.progress_line import duration
from curvegui.sweeps.executor import Failure


@dataclass(frozen=True)
class SweepResult:
    """A sweep and its results."""

    plan: SweepPlan
    path: Path  # where the results are kept
    rows: Sequence[Row]  # sorted
    failures: Sequence[Failure]
    interrupted: bool  # a signal ended it before its last run

    def as_text(self, top: int | None = None) -> str:
        """The first rows as a table, all of them where ``top`` is not given."""
        columns = [column for column in columns_of(self.plan) if column.key != "diverged" or self._has_diverged]
        table = [[column.label for column in columns]]
        table += [[column.text(row) for column in columns] for row in self.rows[:top]]
        widths = [max(map(len, cells)) for cells in zip(*table, strict=True)]
        lines = ["  ".join(map(str.rjust, cells, widths)).rstrip() for cells in table]
        left = len(self.rows) - len(self.rows[:top])
        return "\n".join([*lines, *([tr("and {count:,} more", count=left)] if left else [])])

    @property
    def _has_diverged(self) -> bool:
        return any(row.result.diverged for row in self.rows)

    def as_json(self) -> str:
        """One JSON object (RFC 8259) on one line, of ASCII alone. The parameters are in the file."""
        columns = columns_of(self.plan)
        facts = {
            "file": str(self.path),
            "plan": self.plan.as_values(),
            "runs": [
                {column.key: plain_value(column.value(row)) for column in columns} | engine_facts(row.result.arithmetic)
                for row in self.rows
            ],
            "failed": [{"run": each.task.number + 1, "reason": each.reason} for each in self.failures],
            "interrupted": self.interrupted,
        }
        return json.dumps(facts, allow_nan=False)

    def as_csv(self) -> str:
        """A line of names, and one for each run."""
        columns = columns_of(self.plan)
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow([*(column.key for column in columns), *engine_facts(USUAL)])
        for row in self.rows:
            computed = engine_facts(row.result.arithmetic)
            writer.writerow([*(_cell(column, row) for column in columns), *computed.values()])
        return text.getvalue().rstrip("\n")


def _cell(column: Column, row: Row) -> Any:
    value = column.value(row)
    return value_text(value) if isinstance(value, tuple | float) else value


class SweepProgress:
    """Shows how many runs have ended, which cost is the lowest, and how long it still takes.

    ``results`` were there before; the other options are those of `SparseLine`.
    """

    def __init__(
        self,
        count: int,
        results: list[TaskResult],
        quiet: bool = False,
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._count, self._clock, self._start = count, clock, clock()
        self._before = self._ended = len(results)
        self._best = min((result.cost for result in results if not result.diverged), default=None)
        self._line = SparseLine(count, self._ended, quiet, stream, clock)

    def update(self, outcome: object) -> None:
        """One more run has ended."""
        self._ended += 1
        if isinstance(outcome, TaskResult) and not outcome.diverged:
            self._best = outcome.cost if self._best is None else min(self._best, outcome.cost)
        left = self._seconds / max(1, self._ended - self._before) * (self._count - self._ended)
        self._line.show(self._ended, lambda: tr("{text}, {left} left", text=self._text(), left=duration(left)))

    def finish(self) -> None:
        """Show what was reached in the end."""
        self._line.finish(f"{self._text()}, {duration(self._seconds)}")

    @property
    def _seconds(self) -> float:
        return self._clock() - self._start

    def _text(self) -> str:
        if self._best is None:
            return tr("{ended:,} of {count:,} runs", ended=self._ended, count=self._count)
        best, words = short_cost(self._best), mark("{ended:,} of {count:,} runs, lowest cost {best}")
        return tr(words, ended=self._ended, count=self._count, best=best)


def save_pictures(
    plan: SweepPlan, rows: Sequence[Row], *, top: int | None, picture: Path | None, plot: Path | None, look: str
) -> tuple[str, ...]:
    """Save the pictures that have a path; only the first rows get a curve. Returns a sentence for each that failed."""
    orders: list[tuple[Path, Callable[[], bytes]]] = []
    if picture is not None:
        orders.append((picture, lambda: _curves(rows[:top], look, ending_of(picture))))
    if plot is not None:
        orders.append((plot, lambda: _costs(plan, rows, look, ending_of(plot))))
    return tuple(words for path, paint in orders if (words := _saved(path, paint)))


def _saved(path: Path, paint: Callable[[], bytes]) -> str:
    try:
        write_bytes(path, paint())
    except OSError as error:
        return str(error)
    except (ValueError, MemoryError) as error:
        return tr("“{name}” could not be saved. {error}", name=path.name, error=error)
    return ""


def _curves(rows: Sequence[Row], look: str, form: str) -> bytes:
    from curvegui.figure.drawing.look import LOOKS
    from curvegui.figure.picture.contact_sheet import sweep_sheet

    sheet = sweep_sheet(rows, LOOKS[look], form)
    for _ in sheet:
        pass
    return sheet.encode()


def _costs(plan: SweepPlan, rows: Sequence[Row], look: str, form: str) -> bytes:
    from curvegui.core.sweep.table import cost_chart
    from curvegui.figure.drawing.look import LOOKS
    from curvegui.figure.picture.cost_chart import CostPicture

    if not rows:
        raise ValueError(tr("There is no run to draw."))
    painting = CostPicture(cost_chart(plan, rows), LOOKS[look], form)
    for _ in painting:
        pass
    return painting.encode()
