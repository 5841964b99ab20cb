"""The page "Smallest network": the rules, the switch, and the person's best list for each curve."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QDateTime, QLocale, QModelIndex, Qt, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from curvegui.core.challenges.smallest import GOAL, LEAST_POINTS, RULES, SmallNetwork, curve_key, ranked
from curvegui.core.language.text import in_own_order, mark, tr
from curvegui.core.network.activations import ACTIVATIONS
from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.presets.names import titled
from curvegui.session.run.session import Session
from curvegui.session.stored.smallest import SmallestNetworks
from curvegui.ui.look.layouts import filled, named, styled
from curvegui.ui.widgets.form import CheckBox
from curvegui.ui.widgets.numbers import format_number
from curvegui.ui.widgets.scrolled import ScrolledComboBox

COLUMNS = mark("Parameters"), mark("Layers"), mark("Iterations"), mark("Optimiser"), mark("Neurons"), mark("Date")
LEAST_LINES = 8  # the height of the list at least
SWITCH = mark("Note runs that reach {goal:g}")
UNTIL = mark("It stays on when you close this window, until you end CurveGUI.")
EMPTY = mark("No run with this curve yet. Tick the box above, then train until the cost is {goal:g}.")


def words_of(run: SmallNetwork) -> tuple[str, ...]:
    day = QDateTime.fromString(run.date, Qt.DateFormat.ISODate).toLocalTime()
    optimizer = _label(OPTIMIZERS, run.optimizer)
    neurons = [_label(ACTIVATIONS, each) for each in (run.activation, run.output_activation)]
    return (
        format_number(run.parameters),
        in_own_order("–".join(map(str, (1, *run.layers, 2)))),
        format_number(run.iterations),
        tr("{optimizer}, by hand", optimizer=optimizer) if run.by_hand else optimizer,
        neurons[0] if neurons[0] == neurons[1] else " → ".join(neurons),
        QLocale().toString(day.date(), QLocale.FormatType.ShortFormat) if day.isValid() else run.date,
    )


def _label(known: Mapping[str, Any], name: str) -> str:
    """The label of an optimiser or an activation; a name from another version of the app stays as it is."""
    return str(known[name].label) if name in known else name


class SmallestPage(QWidget):
    """Lists the smallest networks of a curve; a double click, Enter or the button opens a run."""

    def __init__(self, smallest: SmallestNetworks, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._smallest, self._session = smallest, session
        self._listed: list[SmallNetwork] = []
        self._switch = named(CheckBox(tr(SWITCH, goal=GOAL)), "smallest.on", "", tr(UNTIL))
        self._switch.setChecked(smallest.is_on)
        self._curves = named(ScrolledComboBox(), "smallest.curve", tr("List of the curve"))
        self._table = table = named(QTableWidget(0, len(COLUMNS)), "smallest.table", tr("Your smallest networks"))
        table.setHorizontalHeaderLabels([tr(each) for each in COLUMNS])
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.verticalHeader().hide()
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setStretchLastSection(True)
        table.setTabKeyNavigation(False)
        table.setMinimumHeight(LEAST_LINES * table.fontMetrics().height())
        self._note = named(QLabel(wordWrap=True), "smallest.note")
        problem = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)  # it quotes names of files
        self._problem = styled(named(problem, "smallest.problem"), "error")
        self._problem.hide()
        self._open = named(QPushButton(tr("&Open this run"), autoDefault=False), "smallest.open")
        curve = QLabel(tr("Cur&ve"))
        curve.setBuddy(self._curves)
        row = filled(QHBoxLayout(), curve, (self._curves, 1), self._open)
        rules = QLabel(tr(RULES, goal=GOAL, least=LEAST_POINTS), wordWrap=True)
        until = styled(QLabel(tr(UNTIL), wordWrap=True), "muted")
        parts = rules, self._switch, until, row, (self._table, 1), self._note, self._problem
        filled(QVBoxLayout(self), *parts, edges=None)
        self._switch.toggled.connect(smallest.follow)
        self._curves.activated.connect(self._fill)
        self._open.clicked.connect(self._load)
        self._table.activated.connect(self._load)
        smallest.changed.connect(self._show)
        smallest.failed.connect(self._complain)
        session.config_changed.connect(self._show)
        self._show()
        smallest.read()

    @Slot()
    def _show(self) -> None:
        present, config = curve_key(self._session.config), self._session.config
        titles = {present: config.curve_title} | {run.curve: titled(run.title) for run in self._smallest.runs}
        if [self._curves.itemData(index) for index in range(self._curves.count())] != list(titles):
            self._curves.clear()
            for key, title in titles.items():
                self._curves.addItem(title, key)
        self._fill()

    @Slot()
    def _fill(self) -> None:
        self._listed = ranked(self._smallest.runs, self._curves.currentData())
        self._table.setRowCount(len(self._listed))
        for row, run in enumerate(self._listed):
            for column, words in enumerate(words_of(run)):
                self._table.setItem(row, column, QTableWidgetItem(words))
        self._table.resizeColumnsToContents()
        if self._listed and not self._table.selectedItems():
            self._table.selectRow(0)
        self._open.setEnabled(bool(self._listed))
        self._note.setText("" if self._listed else tr(EMPTY, goal=GOAL))

    @Slot(str)
    def _complain(self, problem: str) -> None:
        self._problem.setText(problem)
        self._problem.show()

    @Slot()
    @Slot(QModelIndex)
    def _load(self, _: object = None) -> None:
        self._problem.hide()
        row = self._table.currentRow()
        if 0 <= row < len(self._listed):
            self._smallest.load(self._listed[row])
