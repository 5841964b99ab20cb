"""A sweep as its dialog knows it: the results as Qt's table wants them, sorted, and how far the sweep is, in words."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from curvegui.core.language.text import mark, tr
from curvegui.core.sweep.table import Column, Row, columns_of, in_order, rows_of
from curvegui.core.sweep.task import TaskResult
from curvegui.sweeps.executor import Failure, Outcome
from curvegui.sweeps.results import KeptSweep, computed, mixture_words
from curvegui.ui.look.tips import wrapped
from curvegui.ui.widgets.numbers import format_cost, format_number

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
COST = "cost"


class SweepModel(QAbstractTableModel):
    """Rows of a sweep as they are shown: those with the lowest cost first, until somebody wants another order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []
        self._columns: tuple[Column, ...] = ()
        self._kept: KeptSweep | None = None
        self._sorted_by, self._descending = COST, False

    def show_sweep(self, kept: KeptSweep) -> None:
        """Show what a file keeps, in place of what was shown."""
        self.beginResetModel()
        self._kept, self._columns = kept, columns_of(kept.plan)
        if self._sorted_by not in {column.key for column in self._columns}:
            self._sorted_by, self._descending = COST, False
        self.rows = self._ordered(rows_of(kept.tasks, kept.results))
        self.endResetModel()

    def add(self, results: Iterable[TaskResult]) -> None:
        """Show some more, where they belong; what is selected stays so."""
        assert self._kept is not None
        more = [Row(self._kept.tasks[result.number], result) for result in results]
        if more:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(more) - 1)
            self.rows = [*self.rows, *more]
            self.endInsertRows()
            self.sort(*self.sorted_by)

    def _ordered(self, rows: list[Row]) -> list[Row]:
        column = next(each for each in self._columns if each.key == self._sorted_by)
        return in_order(rows, column, self._descending)

    @property
    def sorted_by(self) -> tuple[int, Qt.SortOrder]:
        """The column that the rows are sorted by, and how."""
        keys = [column.key for column in self._columns]
        order = Qt.SortOrder.DescendingOrder if self._descending else Qt.SortOrder.AscendingOrder
        return (keys.index(self._sorted_by) if self._sorted_by in keys else -1), order

    # What Qt asks

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Show the rows in another order."""
        if not 0 <= column < len(self._columns):
            return
        self._sorted_by, self._descending = self._columns[column].key, order == Qt.SortOrder.DescendingOrder
        self.layoutAboutToBeChanged.emit()
        before, rows = self.persistentIndexList(), self.rows
        self.rows = self._ordered(rows)
        places = {id(row): place for place, row in enumerate(self.rows)}
        after = [self.index(places[id(rows[each.row()])], each.column()) for each in before]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def rowCount(self, parent: Index | None = None) -> int:
        """How many results there are."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """What is varied, and what came of it."""
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """What is shown of one."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row, column = self.rows[index.row()], self._columns[index.column()]
        if role == Role.DisplayRole:
            value = column.value(row)
            return format_cost(value) if column.is_cost and value is not None else column.text(row)
        if role == Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Role.ToolTipRole:
            return wrapped(tr("{name}: double-click to open it as a run", name=row.task.name))
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """The columns' names."""
        if orientation == Qt.Orientation.Horizontal and role == Role.DisplayRole and section < len(self._columns):
            return self._columns[section].label
        return None


ELSEWHERE = mark("It varies more settings than this dialog has fields for. Continue it with curvegui sweep --resume.")


class SweepProgress:
    """What is known of the sweep in a file; as long as ``waits_for`` is an address, its scheduler has sent nothing."""

    def __init__(self, path: Path) -> None:
        self.path, self.waits_for = path, ""
        self.failures: list[Failure] = []
        self._computed = computed(())

    def begin(self) -> None:
        """Something else is under way."""
        self.failures = []

    def open(self, kept: KeptSweep) -> None:
        """Take what a file has."""
        self._computed = computed(kept.results.values())

    def add(self, outcomes: list[Outcome]) -> list[TaskResult]:
        """Take what has arrived; return the results among it."""
        self.waits_for = ""
        self.failures += [each for each in outcomes if isinstance(each, Failure)]
        results = [each for each in outcomes if isinstance(each, TaskResult)]
        self._computed += computed(results)
        return results

    def words(self, count: int, there: int, has_fields: bool) -> str:
        """How many of the runs are there, where, and what is to be known of them.

        ``has_fields`` says whether the fields show what is varied.
        """
        words = tr(
            "{done} of {count} runs, saved in {path}",
            done=format_number(there),
            count=format_number(count),
            path=self.path,
        )
        if self.waits_for:
            words += "\n" + tr("Waiting for the scheduler at {address} …", address=self.waits_for)
        if self.failures:
            words += "\n" + tr(
                "{count} failed. {failures}", count=format_number(len(self.failures)), failures=self.failures[-1]
            )
        if not has_fields and there < count:
            words += f"\n{tr(ELSEWHERE)}"
        if mixture := mixture_words(self._computed):
            words += f"\n{mixture}"
        return words
