"""The choices about a wall: the setting along it, from where to where, the number of networks, and how long."""

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLabel, QRadioButton, QWidget

from curvegui.core.ensemble.plan import COUNT, LENGTH, VARIED, WallPlan, usual_ranges
from curvegui.core.language.text import lowered, mark, tr
from curvegui.core.learner.learner import Snapshot
from curvegui.core.settings.config import SETTINGS
from curvegui.core.settings.setting import Setting
from curvegui.ui.look.layouts import FlowLayout, named, side_by_side, styled
from curvegui.ui.widgets.number_box import NumberBox
from curvegui.ui.widgets.numbers import format_number
from curvegui.ui.widgets.scrolled import ScrolledComboBox

ENDS = mark("From"), mark("To")


class WallForm(QWidget):
    """Editors of a plan, with the ``optimizer``'s usual ranges. Networks can begin at a snapshot that was ``shown``."""

    refused = Signal(str)  # what was entered cannot be used; the reason
    accepted = Signal()
    chosen = Signal(str)  # the setting that is to go along the wall

    def __init__(
        self, plan: WallPlan, optimizer: str = "descent", shown: Snapshot | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._shown, self._numbers = shown, dict[str, float]()
        self._varied = named(ScrolledComboBox(), "wall.varied", tr("Vary"))
        for name in sorted(VARIED, key=lambda each: each != "seed"):
            self._varied.addItem(SETTINGS[name].label, name)
        self._varied.setCurrentIndex(self._varied.findData(plan.varied))
        flow = FlowLayout(14, self)
        flow.addWidget(_named(tr("&Vary"), self._varied))
        self._rows: dict[str, QWidget] = {}
        for name, usual in usual_ranges(optimizer).items():
            setting, values = SETTINGS[name], (plan.low, plan.high) if name == plan.varied else usual
            ends = {end: f"{setting.label} {lowered(tr(end))}" for end in ENDS}
            boxes = [
                _named(tr(end), self._box(f"{name}.{end.lower()}", setting, value, words))
                for (end, words), value in zip(ends.items(), values, strict=True)
            ]
            self._rows[name] = side_by_side(*boxes)
            flow.addWidget(self._rows[name])
        count = self._box("count", COUNT, plan.count, COUNT.label, COUNT.tip)
        self._counted = _named(tr("&Networks"), count)
        flow.addWidget(self._counted)
        length = self._box("iterations", LENGTH, plan.iterations, LENGTH.label, LENGTH.tip)
        flow.addWidget(_named(tr("&Iterations"), length))
        self._from_here = named(QRadioButton(), "wall.from_here")
        if shown is not None:
            self._from_here.setText(tr("From &here, iteration {iteration}", iteration=format_number(shown.iteration)))
            self._from_here.setChecked(True)
        from_start = named(QRadioButton(tr("From the s&tart")), "wall.from_start")
        self._beginnings = side_by_side(self._from_here, from_start, spacing=14)
        flow.addWidget(self._beginnings)
        self._varied.currentIndexChanged.connect(self._show_range)
        self._varied.currentIndexChanged.connect(lambda: self.chosen.emit(self._varied.currentData()))
        self._show_range()

    def _box(self, name: str, setting: Setting, value: float, words: str, tip: str = "") -> NumberBox:
        """A box for a number of the plan; boxes with a tip take whole numbers."""
        box = named(NumberBox(setting, whole=bool(tip)), f"wall.{name}", words, tip)
        box.show_value(value)
        self._numbers[name] = value
        box.entered.connect(partial(self._take_number, box, name, setting))
        box.mistyped.connect(self.refused)
        return box

    @Slot()
    def _show_range(self) -> None:
        """Show the range of a setting that is a number; of a setting with choices, all choices vary."""
        varied = self._varied.currentData()
        for name, row in self._rows.items():
            row.setVisible(name == varied)
        self._counted.setVisible(varied == "seed" or varied in self._rows)
        self._beginnings.setVisible(self._shown is not None and varied in self._rows)

    def _take_number(self, box: NumberBox, name: str, setting: Setting, value: float) -> None:
        """Take a number that was typed into a box, if it is allowed in a plan."""
        try:
            self._numbers[name] = setting.check_number(value, whole=name in {"count", "iterations"})
        except ValueError as error:
            self.refused.emit(str(error))
        else:
            self.accepted.emit()
        box.show_value(self._numbers[name])

    def plan(self) -> WallPlan:
        """The plan in the fields; raises ``ValueError``, a sentence for people, if its parts do not fit together."""
        varied, numbers = str(self._varied.currentData()), self._numbers
        low, high = (numbers[f"{varied}.{end.lower()}"] if varied in self._rows else 0.0 for end in ENDS)
        return WallPlan(int(numbers["count"]), int(numbers["iterations"]), varied, low, high)

    @property
    def start(self) -> Snapshot | None:
        """The snapshot at which all networks begin; None if each begins from its seed."""
        is_wanted = self._from_here.isChecked() and self._varied.currentData() in self._rows
        return self._shown if is_wanted else None


def _named(words: str, editor: QWidget) -> QWidget:
    label = styled(QLabel(words), "muted")
    label.setBuddy(editor)
    return side_by_side(label, editor)
