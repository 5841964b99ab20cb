"""How a sweep is reported: a table for people, JSON or comma-separated values for programs."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict, astuple, dataclass, fields
from pathlib import Path
from typing import Any

from curvegui.core.engine.arithmetic import Arithmetic
from curvegui.core.settings.as_json import plain_value
from curvegui.core.sweep.axis import value_text
from curvegui.core.sweep.plan import SweepPlan
from curvegui.core.sweep.table import Column, Row, columns_of
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
        return "\n".join([*lines, *([f"and {left:,} more"] if left else [])])

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
                {column.key: plain_value(column.value(row)) for column in columns} | asdict(row.result.arithmetic)
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
        writer.writerow([*(column.key for column in columns), *(field.name for field in fields(Arithmetic))])
        for row in self.rows:
            writer.writerow([*(_cell(column, row) for column in columns), *astuple(row.result.arithmetic)])
        return text.getvalue().rstrip("\n")


def _cell(column: Column, row: Row) -> Any:
    value = column.value(row)
    return value_text(value) if isinstance(value, tuple | float) else value
