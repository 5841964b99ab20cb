"""What can be chosen about a wall: what goes along it, from where to where, how many, how long; and its buttons."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLabel, QPushButton, QRadioButton, QVBoxLayout, QWidget

from curvegui.core.ensemble.plan import COUNT, LENGTH, VARIED, WallPlan, usual_ranges
from curvegui.core.language.text import lowered, mark, tr
from curvegui.core.learner.learner import Snapshot
from curvegui.core.settings.config import SETTINGS
from curvegui.session.run.delivery import Phase
from curvegui.ui.look.layouts import FlowLayout, named, side_by_side, styled, wrapped
from curvegui.ui.widgets.number_box import NumberBox
from curvegui.ui.widgets.numbers import format_number
from curvegui.ui.widgets.scrolled import ScrolledComboBox

ENDS = mark("From"), mark("To")


class WallForm(QWidget):
    """Editors of a plan. The usual ranges depend on the ``optimizer``.

    With a snapshot of a run that was ``shown``, all networks can begin there where a number but the seed is varied.
    """

    refused = Signal(str)  # what was entered cannot be used; the reason
    accepted = Signal()
    chosen = Signal(str)  # the setting that is to go along the wall

    def __init__(
        self,
        plan: WallPlan,
        optimizer: str = "descent",
        shown: Snapshot | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._shown = shown
        self._from_here, self._from_start = QRadioButton(), QRadioButton(tr("From the s&tart"))
        self._count, self._length = NumberBox(COUNT, whole=True), NumberBox(LENGTH, whole=True)
        self._varied = ScrolledComboBox()
        self._numbers: dict[NumberBox, float] = {self._count: plan.count, self._length: plan.iterations}
        self._ends: dict[str, tuple[NumberBox, NumberBox]] = {}
        self._rows: dict[str, QWidget] = {}
        self._fill(plan, usual_ranges(optimizer))
        self._lay_out()
        for box in self._numbers:
            box.entered.connect(self._take_number)
            box.mistyped.connect(self.refused)
        self._varied.currentIndexChanged.connect(self._choose)
        self._show_range()

    def _fill(self, plan: WallPlan, ranges: dict[str, tuple[float, float]]) -> None:
        for name in sorted(VARIED, key=lambda each: each != "seed"):
            self._varied.addItem(SETTINGS[name].label, name)
        self._varied.setCurrentIndex(self._varied.findData(plan.varied))
        self._varied.setObjectName("wall.varied")
        self._varied.setAccessibleName(tr("Vary"))
        for name, usual in ranges.items():
            setting, chosen = SETTINGS[name], (plan.low, plan.high) if name == plan.varied else usual
            self._ends[name] = NumberBox(setting, whole=False), NumberBox(setting, whole=False)
            for box, end, value in zip(self._ends[name], ENDS, chosen, strict=True):
                box.setObjectName(f"wall.{name}.{end.lower()}")
                box.setAccessibleName(f"{setting.label} {lowered(tr(end))}")
                self._numbers[box] = value
        for box, name, words in ((self._count, "count", COUNT), (self._length, "iterations", LENGTH)):
            box.setObjectName(f"wall.{name}")
            box.setAccessibleName(words.label)
            box.setToolTip(wrapped(words.tip))
        for box, value in self._numbers.items():
            box.show_value(value)
        if self._shown is not None:
            self._from_here.setText(
                tr("From &here, iteration {iteration}", iteration=format_number(self._shown.iteration))
            )
            self._from_here.setChecked(True)
        self._from_here.setObjectName("wall.from_here")
        self._from_start.setObjectName("wall.from_start")

    def _lay_out(self) -> None:
        flow = FlowLayout(14, self)
        flow.addWidget(_named(tr("&Vary"), self._varied))
        for name, boxes in self._ends.items():
            parts = [_named(tr(end), box) for end, box in zip(ENDS, boxes, strict=True)]
            self._rows[name] = side_by_side(*parts)
            flow.addWidget(self._rows[name])
        self._counted = _named(tr("&Networks"), self._count)
        flow.addWidget(self._counted)
        flow.addWidget(_named(tr("&Iterations"), self._length))
        self._beginnings = side_by_side(self._from_here, self._from_start, spacing=14)
        flow.addWidget(self._beginnings)

    @Slot()
    def _choose(self) -> None:
        self._show_range()
        self.chosen.emit(self._varied.currentData())

    def _show_range(self) -> None:
        """Offer a range where a number goes along the wall; choices are all there, and begin alike at their start."""
        varied = self._varied.currentData()
        for name, row in self._rows.items():
            row.setVisible(name == varied)
        self._counted.setVisible(varied == "seed" or varied in self._rows)
        self._beginnings.setVisible(self._shown is not None and varied in self._rows)

    @Slot(float)
    def _take_number(self, value: float) -> None:
        """Take a number for whichever box it was typed into, if it is allowed there."""
        box = next(each for each in self._numbers if each is self.sender())
        setting = {self._count: COUNT, self._length: LENGTH}.get(box)
        try:
            if setting is not None:
                value = setting.check_number(value, whole=True)
            else:
                name = next(name for name, ends in self._ends.items() if box in ends)
                value = SETTINGS[name].check_number(value, whole=False)
        except ValueError as error:
            self.refused.emit(str(error))
        else:
            self._numbers[box] = value
            self.accepted.emit()
        box.show_value(self._numbers[box])

    def plan(self) -> WallPlan:
        """What is chosen. Raises ``ValueError``, a sentence for people, if it does not fit together."""
        varied = str(self._varied.currentData())
        low, high = (self._numbers[box] for box in self._ends[varied]) if varied in self._ends else (0.0, 0.0)
        return WallPlan(int(self._numbers[self._count]), int(self._numbers[self._length]), varied, low, high)

    @property
    def start(self) -> Snapshot | None:
        """Where all networks are to begin; each begins where its seed does if there is none."""
        is_wanted = self._from_here.isChecked() and self._varied.currentData() in self._rows
        return self._shown if is_wanted else None


def _named(words: str, editor: QWidget) -> QWidget:
    label = styled(QLabel(words), "muted")
    label.setBuddy(editor)
    return side_by_side(label, editor)


class WallButtons(QWidget):
    """Says what is to be done."""

    begun = Signal()
    paused = Signal()
    taken_over = Signal()
    liked = Signal()
    closed = Signal()
    ordered = Signal(bool)  # whether the networks are to be in the order of their costs

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._begin = _button("begin", tr("&Restart"), tr("Start again with the current settings of the run"))
        self._pause = _button(
            "pause", tr("&Pause"), tr("Pause all networks, or continue; at the end, for as many iterations again")
        )
        take_over = _button(
            "adopt",
            tr("&Use this network"),
            tr("Continue with the marked network; Undo returns to the current run (Enter)"),
        )
        keep = _button(
            "keep", tr("Save to &favourites"), tr("Save the marked network, with its run, as a favourite (F)")
        )
        close = _button("close", tr("Close"), tr("Close the wall"))
        as_they_are, by_cost = QRadioButton(tr("Original &order")), QRadioButton(tr("By &cost"))
        as_they_are.setObjectName("wall.as_they_are")
        as_they_are.setChecked(True)
        by_cost.setObjectName("wall.by_cost")
        by_cost.setToolTip(
            wrapped(tr("Lowest cost first, sorted again every two seconds, but not while you point at it"))
        )
        self._begin.setDefault(True)
        self._begin.clicked.connect(self.begun)
        self._pause.clicked.connect(self.paused)
        take_over.clicked.connect(self.taken_over)
        keep.clicked.connect(self.liked)
        close.clicked.connect(self.closed)
        by_cost.toggled.connect(self.ordered)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(
            side_by_side(self._begin, self._pause, take_over, keep, close, side_by_side(as_they_are, by_cost))
        )  # fmt: skip

    def show_phase(self, phase: Phase) -> None:
        self._pause.setText(tr("&Pause") if phase is Phase.LEARNING else tr("&Continue"))
        self._pause.setEnabled(phase is not Phase.FAILED)


def _button(name: str, words: str, tip: str) -> QPushButton:
    return named(QPushButton(words, autoDefault=False), f"wall.{name}", tip=tip)
