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
from curvegui.core.sweep.plan import SweepPlan, SweepTask
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
BY_COST = 1, Qt.SortOrder.AscendingOrder


class SweepModel(QAbstractTableModel):
    """The rows of a sweep: those with the lowest cost first, until a person chooses another order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []
        self._columns: tuple[Column, ...] = ()
        self._tasks: tuple[SweepTask, ...] = ()
        self.sorted_by = BY_COST

    def show_sweep(self, kept: KeptSweep) -> None:
        """Show the sweep of a file, instead of the sweep that was shown."""
        self.beginResetModel()
        key = self._columns[self.sorted_by[0]].key if self._columns else ""
        self._tasks, self._columns = kept.tasks, columns_of(kept.plan)
        keys = [column.key for column in self._columns]
        self.sorted_by = (keys.index(key), self.sorted_by[1]) if key in keys else BY_COST
        self.rows = self._ordered(rows_of(kept.tasks, kept.results))
        self.endResetModel()

    def add(self, results: Sequence[TaskResult]) -> None:
        """Show more results in their order; the selected row stays selected."""
        if results:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(results) - 1)
            self.rows = [*self.rows, *(Row(self._tasks[result.number], result) for result in results)]
            self.endInsertRows()
            self.sort(*self.sorted_by)

    def _ordered(self, rows: list[Row]) -> list[Row]:
        column, order = self.sorted_by
        return in_order(rows, self._columns[column], order == Qt.SortOrder.DescendingOrder)

    # What Qt asks

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if not 0 <= column < len(self._columns):
            return
        self.sorted_by = column, order
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
LEAST_PX, LEAST_ROWS = 300, 6  # of the table's width and height
CHART_MS = 100  # between two paintings of the picture, and a twentieth of a millisecond more for each run


class SweepResults(QSplitter):
    """Shows the results of a sweep; ``kept`` is the sweep as its file was when it was opened. As long as ``waits_for``
    is an address, its scheduler has sent nothing."""

    chosen = Signal()  # a person wants to have the selected run
    selection_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.kept: KeptSweep | None = None
        self.waits_for, self.failures, self._computed = "", list[Failure](), computed(())
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
        table.setMinimumSize(LEAST_PX, round(LEAST_ROWS * ROW_LINES * table.fontMetrics().height()))
        table.horizontalHeader().setHighlightSections(False)  # bold letters would widen the columns
        table.setTabKeyNavigation(False)
        for index, part in enumerate((self._chart, table)):
            self.addWidget(part)
            self.setStretchFactor(index, 1)
        self.setChildrenCollapsible(False)
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
        self.kept, self._computed = kept, computed(kept.results.values())
        self._model.show_sweep(kept)
        self._table.horizontalHeader().setSortIndicator(*self._model.sorted_by)
        self._table.resizeColumnsToContents()
        self._draw()

    def add(self, outcomes: Iterable[Outcome]) -> None:
        """Show more results, and note what failed."""
        is_first, self.waits_for, results = not self.shown, "", list[TaskResult]()
        for each in outcomes:
            if isinstance(each, Failure):
                self.failures.append(each)
            else:
                results.append(each)
        self._computed += computed(results)
        self._model.add(results)
        if is_first:
            self._table.resizeColumnsToContents()
        if not self._timer.isActive():
            self._timer.start(CHART_MS + self.shown // 20)

    def words(self, path: Path, has_fields: bool) -> str:
        """How many runs are done, in which file, and what failed; ``has_fields``: the dialog has all settings."""
        count = len(self.kept.tasks) if self.kept else 0
        done = mark("{done} of {count} runs, saved in {path}")
        words = tr(done, done=format_number(self.shown), count=format_number(count), path=path)
        if self.waits_for:
            words += "\n" + tr("Waiting for the scheduler at {address} …", address=self.waits_for)
        if self.failures:
            failed = format_number(len(self.failures))
            words += "\n" + tr("{count} failed. {failures}", count=failed, failures=self.failures[-1])
        if not has_fields and self.shown < count:
            words += f"\n{tr(ELSEWHERE)}"
        if mixture := mixture_words(self._computed):
            words += f"\n{mixture}"
        return words

    @Slot()
    def _draw(self) -> None:
        if self.kept is not None:
            self._chart.show_rows(self.kept.plan, self._model.rows)
