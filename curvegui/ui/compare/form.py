"""The choices about a wall: from where to where its setting goes, the number of networks, and how long they learn."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QRadioButton, QWidget

from curvegui.core.ensemble.plan import COUNT, LENGTH, WallPlan
from curvegui.core.language.text import lowered, mark, tr
from curvegui.core.learner.learner import Snapshot
from curvegui.core.settings.config import SETTINGS
from curvegui.core.settings.setting import Setting
from curvegui.ui.look.layouts import named, side_by_side
from curvegui.ui.widgets.form import Form
from curvegui.ui.widgets.number_box import NumberBox
from curvegui.ui.widgets.numbers import format_number

ENDS = mark("From"), mark("To")


class WallForm(QWidget):
    """Editors of a plan. Where it varies a number, networks can begin at a snapshot that was ``shown``."""

    refused = Signal(str)  # what was entered cannot be used; the reason
    accepted = Signal()
    entered = Signal()  # Enter was pressed in a box

    def __init__(self, plan: WallPlan, shown: Snapshot | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._varied, self._numbers = plan.varied, dict[str, float]()
        self._form = Form(self)
        setting, has_ends = SETTINGS[plan.varied], plan.low < plan.high
        if has_ends:
            for end, value in zip(ENDS, (plan.low, plan.high), strict=True):
                self._add(end.lower(), tr(end), setting, value, f"{setting.label} {lowered(tr(end))}")
        if not plan.is_race:
            self._add("count", tr("&Networks"), COUNT, plan.count)
        self._add("iterations", tr("&Iterations"), LENGTH, plan.iterations)
        self._shown = shown if has_ends else None
        self._from_start = named(QRadioButton(tr("From the s&tart"), self), "wall.from_start")
        self._from_start.setVisible(self._shown is not None)
        if self._shown is not None:
            at = format_number(self._shown.iteration)
            from_here = named(QRadioButton(tr("From &here, iteration {iteration}", iteration=at)), "wall.from_here")
            from_here.setChecked(True)
            self._form.addRow(side_by_side(from_here, self._from_start))

    def _add(self, name: str, label: str, setting: Setting, value: float, words: str = "") -> None:
        """Add a box for a number of the plan."""
        is_end = bool(words)
        tip = "" if is_end else setting.tip
        box = named(NumberBox(setting, whole=not is_end), f"wall.{name}", words or setting.label, tip)
        box.show_value(value)
        self._numbers[name] = value
        box.entered.connect(partial(self._take_number, box, name, setting))
        box.mistyped.connect(self.refused)
        box.done.connect(self.entered)
        self._form.add(label, box)

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
        low, high = (self._numbers.get(end.lower(), 0.0) for end in ENDS)
        count = int(self._numbers.get("count", COUNT.low))
        return WallPlan(count, int(self._numbers["iterations"]), self._varied, low, high)

    @property
    def start(self) -> Snapshot | None:
        """The snapshot at which all networks begin; None if each begins from its seed."""
        return None if self._from_start.isChecked() else self._shown
