"""A letter of a formula as something to turn: its value in a box, and a slider between the ends of its range."""

from dataclasses import replace
from math import log10

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from curvegui.core.curve.typed import LARGEST, Parameter
from curvegui.core.language.text import mark, tr, unstopped
from curvegui.core.settings.setting import POSITIONS, LinearScale, Setting
from curvegui.ui.dialogs.save_dialog import message_label
from curvegui.ui.look.layouts import filled
from curvegui.ui.look.tips import named
from curvegui.ui.widgets.number_box import NumberBox, even_steps
from curvegui.ui.widgets.scrolled import ScrolledSlider

STEPS = 100  # of the arrow keys, from one end of the range to the other
ENDS = {"low": mark("Smallest value of {name}"), "high": mark("Largest value of {name}")}


class ParameterRow(QWidget):
    """One parameter. ``changed`` says that it has another value or range; ``is_dragged`` that there will be more."""

    changed = Signal()

    def __init__(self, parameter: Parameter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parameter, name = parameter, parameter.name
        self._slider, self._error = ScrolledSlider(), message_label()
        self._boxes = {part: self._box(part) for part in ("value", *ENDS)}
        self._slider.setRange(0, POSITIONS)
        self._slider.setSingleStep(POSITIONS // STEPS)
        self._slider.setPageStep(POSITIONS // 10)
        self._slider.setObjectName(f"formula.{name}.slider")
        self._slider.setAccessibleName(tr("Value of {name}", name=name))
        self._slider.valueChanged.connect(self._slide)
        self._error.setProperty("error", True)
        label = QLabel(f"<i>{name}</i> =")
        label.setBuddy(self._boxes["value"])
        rows = QGridLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setVerticalSpacing(2)
        top = filled(QHBoxLayout(), label, self._boxes["value"], 1, edges=None, spacing=8)
        rows.addLayout(top, 0, 0, 1, 3)
        for column, widget in enumerate((self._boxes["low"], self._slider, self._boxes["high"])):
            rows.addWidget(widget, 1, column)
        rows.addWidget(self._error, 2, 0, 1, 3)
        rows.setColumnStretch(1, 1)
        self.show_parameter(parameter)

    def _box(self, part: str) -> NumberBox:
        name = tr(ENDS.get(part, mark("Value of {name}")), name=self.parameter.name)
        setting = Setting(name, name, low=-LARGEST, high=LARGEST, window_high=LARGEST)
        box = named(NumberBox(setting, False, step=self._stepped), f"formula.{self.parameter.name}.{part}", name)
        box.setToolTip(name)
        box.entered.connect(getattr(self, f"_set_{part}"))
        box.mistyped.connect(self._refuse)
        for seen in (box.textEdited, box.reached):
            seen.connect(self._forgive)
        return box

    def _stepped(self, value: float, count: int) -> float:
        return even_steps(_round_step(self.parameter))(value, count)

    @property
    def is_wrong(self) -> bool:
        """Whether something was typed here that cannot be used."""
        return self._error.isVisibleTo(self)

    @property
    def is_dragged(self) -> bool:
        """Whether the slider is held."""
        return self._slider.isSliderDown()

    def show_parameter(self, parameter: Parameter) -> None:
        """Show a value and a range."""
        self.parameter = parameter
        for part, box in self._boxes.items():
            box.show_value(getattr(parameter, part))
        if self._scale.value(self._slider.value()) != parameter.value:  # while it is dragged, it is there already
            with QSignalBlocker(self._slider):
                self._slider.setValue(self._scale.position(parameter.value))
        self._slider.setAccessibleDescription(self._boxes["value"].text())

    @property
    def _scale(self) -> LinearScale:
        width = self.parameter.high - self.parameter.low
        return LinearScale(self.parameter.low, self.parameter.high, 2 - round(log10(width)))

    def _change(self, **parts: float) -> None:
        try:
            changed = replace(self.parameter, **parts)  # type: ignore[arg-type]
        except ValueError as error:
            self._refuse(str(error))
            self.show_parameter(self.parameter)
            return
        self._error.hide()
        self.show_parameter(changed)
        self.changed.emit()

    @Slot(int)
    def _slide(self, position: int) -> None:
        self._change(value=self._scale.value(position))

    @Slot(float)
    def _set_value(self, value: float) -> None:
        """Take a number; one outside the range widens it."""
        self._change(value=value, low=min(value, self.parameter.low), high=max(value, self.parameter.high))

    @Slot(float)
    def _set_low(self, low: float) -> None:
        self._change(low=low, value=max(low, self.parameter.value))

    @Slot(float)
    def _set_high(self, high: float) -> None:
        self._change(high=high, value=min(high, self.parameter.value))

    @Slot(str)
    def _refuse(self, reason: str) -> None:
        self._error.setText(tr("{words}.", words=unstopped(reason)))
        self._error.show()
        self.changed.emit()

    @Slot()
    def _forgive(self) -> None:
        if self.is_wrong:
            self._error.hide()
            self.changed.emit()


def _round_step(parameter: Parameter) -> float:
    """About a hundredth of the range: a power of ten."""
    return 10.0 ** (round(log10(parameter.high - parameter.low)) - 2)
