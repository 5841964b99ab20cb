"""The table of a race: each network's cost after some numbers of iterations, and the time of an iteration."""

from collections.abc import Iterable

import numpy as np
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableWidget, QTableWidgetItem, QWidget

from curvegui.core.arrays import FloatArray
from curvegui.core.ensemble.ensemble import MILESTONES, WallSnapshot
from curvegui.core.ensemble.plan import Value, WallPlan, is_lost
from curvegui.core.language.text import mark, tr
from curvegui.ui.compare.words import DIVERGED, left_out_words, short_value, value_words
from curvegui.ui.look.layouts import named, wrapped
from curvegui.ui.widgets.number_box import ENTER
from curvegui.ui.widgets.numbers import format_cost, format_number

FAIR = {
    "optimizer": mark(
        "All have the same curve, layers, seed and noise, and each has its usual aggression; some optimisers use "
        "neither noise nor aggression. One iteration is not the same work for each: see the last column. "
        "★ marks the lowest cost."
    ),
    "activation": mark(
        "All have the same curve, layers, seed, noise and optimiser, and each has its usual aggression. "
        "★ marks the lowest cost."
    ),
}  # by the setting that differs in a race
PACE = mark("Time of one\niteration")
PACE_TIP = mark("How long one iteration keeps the processor busy, on average so far")
ACCESSIBLE, TIP = Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole


class RaceTable(QTableWidget):
    """Is filled at each milestone of a race; a star marks the lowest cost. Enter chooses a row, as a double click does,
    and does not press the dialog's button."""

    pointed = Signal(int)  # the keys are at a network
    chosen = Signal(int)  # a network is to be the run

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "wall.race", tr("Costs on the way and at the end"))
        self._plan, self._values, self._items = WallPlan(), tuple[Value, ...](), list[list[QTableWidgetItem]]()
        self._columns: list[int] = []  # iterations after which costs are compared; a last one has the pace
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setSizeAdjustPolicy(QAbstractItemView.SizeAdjustPolicy.AdjustToContents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.currentCellChanged.connect(self._point)
        self.cellDoubleClicked.connect(self.chosen)

    def show_wall(self, plan: WallPlan, values: tuple[Value, ...]) -> None:
        self._plan, self._values = plan, values
        if not plan.is_race:
            return
        self._columns = [each for each in MILESTONES if each < plan.iterations] + [plan.iterations]
        self._items = [[QTableWidgetItem("…") for _ in range(len(self._columns) + 1)] for _ in values]
        self.setRowCount(len(values))
        self.setColumnCount(len(self._columns) + 1)
        self.setVerticalHeaderLabels([short_value(plan.varied, value) for value in values])
        after = [tr("After {iterations}\niterations", iterations=format_number(each)) for each in self._columns]
        self.setHorizontalHeaderLabels([*after, tr(PACE)])
        self.model().setHeaderData(len(after), Qt.Orientation.Horizontal, wrapped(tr(PACE_TIP)), TIP)
        for row, items in enumerate(self._items):
            for column, item in enumerate(items):
                item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                self.setItem(row, column, item)
        self._give_room()

    def _give_room(self) -> None:
        """Make all columns as wide as the widest needs, and wider where the table is."""
        header = self.horizontalHeader()
        needed = (max(self.sizeHintForColumn(each), header.sectionSizeHint(each)) for each in range(header.count()))
        header.setMinimumSectionSize(max(needed))

    @Slot(object)
    def put_in_order(self, members: Iterable[int]) -> None:
        """Put the rows in the order of the networks in the picture, but not while the pointer is over the table."""
        header = self.verticalHeader()
        if self._plan.is_race and not self.underMouse():
            for position, member in enumerate(members):
                header.moveSection(header.visualIndex(int(member)), position)

    def show_snapshot(self, snapshot: WallSnapshot) -> str:
        """Show a snapshot; return in words which network leads, if a milestone has been reached."""
        if not self._plan.is_race:
            return ""
        for row, seconds in enumerate(snapshot.iteration_seconds.tolist()):
            pace = format_number(float(f"{1000 * seconds:.2g}")) if seconds > 0 else ""
            self._write(row, len(self._columns), tr("{duration} ms", duration=pace) if pace else "…")
        costs = dict(snapshot.milestones) | {snapshot.iteration: snapshot.costs}
        words = ""
        for column, iterations in enumerate(self._columns):
            if iterations in costs and self._items[0][column].text() == "…":
                words = self._fill(column, costs[iterations])
        self._give_room()
        return words

    def _fill(self, column: int, costs: FloatArray) -> str:
        winner, iterations = int(np.argmin(costs)), format_number(self._columns[column])
        for row, cost in enumerate(costs.tolist()):
            self._write(row, column, tr(DIVERGED) if is_lost(cost) else format_cost(cost), row == winner)
        if is_lost(costs[winner]):
            return tr("After {iterations} iterations, all diverged.", iterations=iterations)
        leader = value_words(self._plan.varied, self._values[winner])
        values = {"iterations": iterations, "name": leader, "cost": format_cost(float(costs[winner]))}
        return tr("After {iterations} iterations, {name} leads with a cost of {cost}.", **values)

    def _write(self, row: int, column: int, words: str, wins: bool = False) -> None:
        item = self._items[row][column]
        item.setText(f"★ {words}" if wins else words)
        item.setData(ACCESSIBLE, tr("{cost}, the lowest", cost=words) if wins else words)
        font = item.font()
        font.setBold(wins)
        item.setFont(font)

    @Slot(int)
    def _point(self, row: int) -> None:
        if row >= 0:
            self.pointed.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and self.currentRow() >= 0:
            self.chosen.emit(self.currentRow())
        else:
            super().keyPressEvent(event)


def fair_words(plan: WallPlan) -> str:
    """What is fair in a race, and which choices are left out; empty for a plan that is no race."""
    return f"{tr(FAIR[plan.varied])} {left_out_words(plan)}".rstrip() if plan.is_race else ""
