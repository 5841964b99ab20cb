"""The results of a sweep in its dialog: the table beside the picture."""

from collections.abc import Iterable, Sequence
from math import isfinite
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractItemView, QSplitter, QTableView, QWidget

from curvegui.core.language.text import mark, tr
from curvegui.core.sweep.plan import SweepPlan
from curvegui.core.sweep.table import Column, CostChart, Row, columns_of, cost_chart, in_order, rows_of
from curvegui.core.sweep.task import TaskResult
from curvegui.figure.drawing.look import LOOKS
from curvegui.figure.picture.cost_chart import paint_chart
from curvegui.sweeps.executor import Failure, Outcome
from curvegui.sweeps.results import KeptSweep, computed, mixture_words
from curvegui.ui.look.layouts import named, wrapped
from curvegui.ui.look.painter import painter_for, write
from curvegui.ui.look.scale import BODY
from curvegui.ui.look.theme import current_theme
from curvegui.ui.widgets.numbers import format_cost, format_number

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
COST = "cost"


class SweepModel(QAbstractTableModel):
    """The rows of a sweep: those with the lowest cost first, until a person chooses another order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []
        self._columns: tuple[Column, ...] = ()
        self._kept: KeptSweep | None = None
        self._sorted_by, self._descending = COST, False

    def show_sweep(self, kept: KeptSweep) -> None:
        """Show the sweep of a file, instead of the sweep that was shown."""
        self.beginResetModel()
        self._kept, self._columns = kept, columns_of(kept.plan)
        if self._sorted_by not in {column.key for column in self._columns}:
            self._sorted_by, self._descending = COST, False
        self.rows = self._ordered(rows_of(kept.tasks, kept.results))
        self.endResetModel()

    def add(self, results: Iterable[TaskResult]) -> None:
        """Show more results in their order; the selected row stays selected."""
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
        """The column by which the rows are sorted, and the direction."""
        keys = [column.key for column in self._columns]
        order = Qt.SortOrder.DescendingOrder if self._descending else Qt.SortOrder.AscendingOrder
        return (keys.index(self._sorted_by) if self._sorted_by in keys else -1), order

    # What Qt asks

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
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
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
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
        if orientation == Qt.Orientation.Horizontal and role == Role.DisplayRole and section < len(self._columns):
            return self._columns[section].label
        return None


ELSEWHERE = mark("It varies more settings than this dialog has fields for. Continue it with curvegui sweep --resume.")


class SweepStatus:
    """The progress of the sweep in a file; as long as ``waits_for`` is an address, its scheduler has sent nothing."""

    def __init__(self, path: Path) -> None:
        self.path, self.waits_for = path, ""
        self.failures: list[Failure] = []
        self._computed = computed(())

    def open(self, kept: KeptSweep) -> None:
        """Take the results that a file has."""
        self._computed = computed(kept.results.values())

    def add(self, outcomes: list[Outcome]) -> list[TaskResult]:
        """Take outcomes that have arrived; return the results among them."""
        self.waits_for = ""
        self.failures += [each for each in outcomes if isinstance(each, Failure)]
        results = [each for each in outcomes if isinstance(each, TaskResult)]
        self._computed += computed(results)
        return results

    def words(self, count: int, there: int, has_fields: bool) -> str:
        """How many runs are done, in which file, and what failed; ``has_fields``: the dialog has all settings."""
        done = mark("{done} of {count} runs, saved in {path}")
        words = tr(done, done=format_number(there), count=format_number(count), path=self.path)
        if self.waits_for:
            words += "\n" + tr("Waiting for the scheduler at {address} …", address=self.waits_for)
        if self.failures:
            failed = format_number(len(self.failures))
            words += "\n" + tr("{count} failed. {failures}", count=failed, failures=self.failures[-1])
        if not has_fields and there < count:
            words += f"\n{tr(ELSEWHERE)}"
        if mixture := mixture_words(self._computed):
            words += f"\n{mixture}"
        return words


LEAST_CHART_PX = 250, 200  # of one panel, or of several that are hard to read
EDGE_PX = 24  # beside words
NOTHING_YET = mark("Results appear here. Double-click a row to open that run.")


class SweepChart(QWidget):
    """Shows the costs of the runs by setting, as a chart."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Cost by setting"))
        self.setMinimumSize(*LEAST_CHART_PX)
        self._chart: CostChart | None = None
        self._rows: Sequence[Row] = ()

    def show_rows(self, plan: SweepPlan, rows: Sequence[Row]) -> None:
        self._chart = cost_chart(plan, rows) if rows else None
        self._rows = rows
        self.update()

    def in_words(self) -> str:
        """How many runs the chart shows, and between which costs."""
        costs = [row.result.cost for row in self._rows if isfinite(row.result.cost)]
        if not costs:
            return tr(NOTHING_YET)
        count, low, high = format_number(len(self._rows)), format_cost(min(costs)), format_cost(max(costs))
        words = mark("{count} runs, with costs from {low} to {high}. The table has them all.")
        return tr(words, count=count, low=low, high=high)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, rect = painter_for(self), QRectF(self.rect())
        look = LOOKS[current_theme().key]
        if self._chart:
            paint_chart(painter, rect, self._chart, look, self.fontInfo().pixelSize() / BODY)
        else:
            painter.fillRect(rect, look.background.brush(rect))
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            middle = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            write(painter, rect.adjusted(EDGE_PX, 0, -EDGE_PX, 0), middle, tr(NOTHING_YET))


ROW_LINES = 1.6  # a row's height in heights of a line of text
LEAST_PX = 300  # of the table's width
CHART_MS = 100  # between two paintings of the picture, and a twentieth of a millisecond more for each run


class SweepResults(QSplitter):
    """Shows the results of a sweep; ``kept`` is the sweep as its file was when it was opened."""

    chosen = Signal()  # a person wants to have the selected run
    selection_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.kept: KeptSweep | None = None
        self._model, self._table, self._chart = SweepModel(self), QTableView(), SweepChart()
        self._timer = QTimer(self, singleShot=True)
        self._chart.setObjectName("sweep.chart")
        table = named(self._table, "sweep.table", tr("Results"))
        table.setModel(self._model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setSortingEnabled(True)
        table.setAlternatingRowColors(True)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(round(ROW_LINES * table.fontMetrics().height()))
        table.setMinimumWidth(LEAST_PX)
        table.setTabKeyNavigation(False)
        for index, part in enumerate((self._chart, table)):
            self.addWidget(part)
            self.setStretchFactor(index, 1)
        self.setChildrenCollapsible(False)
        table.hide()  # until there is a sweep
        table.doubleClicked.connect(self.chosen)
        table.selectionModel().selectionChanged.connect(self.selection_changed)
        self._model.modelReset.connect(self.selection_changed)
        self._timer.timeout.connect(self._draw)

    @property
    def shown(self) -> int:
        """How many results the table shows."""
        return len(self._model.rows)

    @property
    def selected(self) -> Row | None:
        """The run that is selected in the table; None if no run is."""
        rows = self._table.selectionModel().selectedRows()
        return self._model.rows[rows[0].row()] if rows else None

    def select_one(self) -> None:
        """Select the first run unless a run is selected, and give the table the focus."""
        if self.shown:
            if self.selected is None:
                self._table.setCurrentIndex(self._model.index(0, 0))  # in Arabic, Qt's selectRow may select none
            if self.isVisible():
                self._table.setFocus()

    def show_kept(self, kept: KeptSweep) -> None:
        """Show the sweep of a file, instead of the sweep that was shown."""
        self.kept = kept
        self._table.show()
        self._model.show_sweep(kept)
        self._table.horizontalHeader().setSortIndicator(*self._model.sorted_by)
        self._table.resizeColumnsToContents()
        self._draw()

    def add(self, results: Iterable[TaskResult]) -> None:
        """Show more results."""
        is_first = not self.shown
        self._model.add(results)
        if is_first:
            self._table.resizeColumnsToContents()
        if not self._timer.isActive():
            self._timer.start(CHART_MS + self.shown // 20)

    @Slot()
    def _draw(self) -> None:
        if self.kept is not None:
            self._chart.show_rows(self.kept.plan, self._model.rows)
