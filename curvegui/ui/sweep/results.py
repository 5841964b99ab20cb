"""The results of a sweep in its dialog: the table beside the picture."""

from collections.abc import Iterable, Sequence
from math import isfinite

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractItemView, QSizePolicy, QSplitter, QTableView, QWidget

from curvegui.core.language.text import mark, tr
from curvegui.core.sweep.plan import SweepPlan
from curvegui.core.sweep.table import CostChart, Row, cost_chart
from curvegui.core.sweep.task import TaskResult
from curvegui.figure.drawing.look import LOOKS
from curvegui.figure.picture.cost_chart import paint_chart
from curvegui.sweeps.results import KeptSweep
from curvegui.ui.look.painter import painter_for, write
from curvegui.ui.look.theme import current_theme
from curvegui.ui.sweep.model import SweepModel
from curvegui.ui.widgets.numbers import format_cost, format_number

LEAST_CHART_PX = 250, 200  # of one panel, or of several that are hard to read
USUAL_PX = 420, 360
EDGE_PX = 24  # beside words
NOTHING_YET = mark("Results appear here. Double-click a row to open that run.")


class SweepChart(QWidget):
    """Shows the chart of the rows that there are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Cost by setting"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._chart: CostChart | None = None
        self._rows: Sequence[Row] = ()

    def show_rows(self, plan: SweepPlan, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self._chart = cost_chart(plan, rows) if rows else None
        self._rows = rows
        self.update()

    def in_words(self) -> str:
        """How many runs it shows, and between which costs."""
        costs = [row.result.cost for row in self._rows if isfinite(row.result.cost)]
        if not costs:
            return tr(NOTHING_YET)
        low, high = format_cost(min(costs)), format_cost(max(costs))
        return tr(
            "{count} runs, with costs from {low} to {high}. The table has them all.",
            count=format_number(len(self._rows)),
            low=low,
            high=high,
        )

    def minimumSizeHint(self) -> QSize:
        """So large that a panel can be read."""
        return QSize(*LEAST_CHART_PX)

    def sizeHint(self) -> QSize:
        """Room for several panels."""
        return QSize(*USUAL_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it, or say what will be here."""
        painter, rect = painter_for(self), QRectF(self.rect())
        look = LOOKS[current_theme().key]
        if self._chart:
            paint_chart(painter, rect, self._chart, look, 1.0)
        else:
            painter.fillRect(rect, look.background_brush(rect))
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            middle = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            write(painter, rect.adjusted(EDGE_PX, 0, -EDGE_PX, 0), middle, tr(NOTHING_YET))


ROW_LINES = 1.6  # a row's height in heights of a line of text
LEAST_PX = 300  # of the table's width
CHART_MS = 100  # between two paintings of the picture, and a twentieth of a millisecond more for each run


class SweepResults(QSplitter):
    """Shows what a sweep has brought; ``kept`` is what its file had when it was opened."""

    chosen = Signal(object)  # Row: a person wants to have this run
    selection_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.kept: KeptSweep | None = None
        self._model, self._table, self._chart = SweepModel(self), QTableView(), SweepChart()
        self._timer = QTimer(self, singleShot=True)
        self._prepare()
        self.addWidget(self._table)
        self.addWidget(self._chart)
        self.setChildrenCollapsible(False)
        for place in range(2):
            self.setStretchFactor(place, 1)
        self._table.doubleClicked.connect(self._choose)
        self._table.selectionModel().selectionChanged.connect(self.selection_changed)
        self._model.modelReset.connect(self.selection_changed)
        self._timer.timeout.connect(self._draw)

    def _prepare(self) -> None:
        table = self._table
        table.setObjectName("sweep.table")
        self._chart.setObjectName("sweep.chart")
        table.setModel(self._model)
        table.setAccessibleName(tr("Results"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setSortingEnabled(True)
        table.setAlternatingRowColors(True)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(round(ROW_LINES * table.fontMetrics().height()))
        table.setMinimumWidth(LEAST_PX)
        table.setTabKeyNavigation(False)

    @property
    def shown(self) -> int:
        """How many results are shown."""
        return len(self._model.rows)

    @property
    def selected(self) -> Row | None:
        """The run that is selected, if one is."""
        rows = self._table.selectionModel().selectedRows()
        return self._model.rows[rows[0].row()] if rows else None

    def select_one(self) -> None:
        """Select the first run, unless one is selected, and let the keys go there."""
        if self.shown:
            if self.selected is None:
                self._table.selectRow(0)
            self._table.setFocus()

    def show_kept(self, kept: KeptSweep) -> None:
        """Show what a file keeps, in place of what was shown."""
        self.kept = kept
        self._model.show_sweep(kept)
        self._table.horizontalHeader().setSortIndicator(*self._model.sorted_by)
        self._table.resizeColumnsToContents()
        self._draw()

    def add(self, results: Iterable[TaskResult]) -> None:
        """Show some more."""
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

    @Slot(QModelIndex)
    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self._model.rows[index.row()])
