"""The speed of a run: five steps as one control, and a box for any other number."""

from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from curvegui.core.language.text import mark, tr, tr_n
from curvegui.core.settings.config import FULL_SPEED
from curvegui.ui.look.layouts import filled, named, styled
from curvegui.ui.look.scale import BETWEEN_PX
from curvegui.ui.settings.fields import NumberField
from curvegui.ui.widgets.number_box import ENTER
from curvegui.ui.widgets.numbers import format_number

SPEEDS = (1.0, 10.0, 100.0, 2_000.0, FULL_SPEED)
UNIT, THOUSAND = mark("iterations a second"), 1_000
TIP = mark("Iterations a second. Press the chosen step again to type another number.")


class SpeedField(NumberField):
    """A button for each of `SPEEDS`, one of them checked. The number box is shown only for another speed, or while a
    person types: after the chosen button is pressed again, or a digit. Where it is narrow, there is only the box."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("speed", parent)
        letter = self.setting.letter
        self.label.setText(tr(UNIT).replace(letter, f"&{letter}", 1))
        self._is_narrow = False
        self.steps, self._group = named(QWidget(self), "speed.steps", self.setting.label), QButtonGroup(self)
        self.steps.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # from slow to fast, in every language
        self._buttons = {speed: self._button(speed) for speed in SPEEDS}
        filled(QHBoxLayout(self.steps), *self._buttons.values(), edges=(2, 2, 2, 2), spacing=0)
        row = filled(QHBoxLayout(), self.box, (self.label, 1), self.steps, spacing=BETWEEN_PX)
        self.rows.addLayout(row, 0, 0)
        self.rows.addWidget(self._error, 1, 0)
        self.label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.box.installEventFilter(self)

    def _button(self, speed: float) -> QToolButton:
        rate = tr_n("{n:,} iteration a second", "{n:,} iterations a second", int(speed))
        short = format_number(speed) if speed < THOUSAND else f"{format_number(speed / THOUSAND)}k"
        button = QToolButton()
        button.setText(self.setting.words.get(speed, short))
        button.setCheckable(True)
        styled(named(button, f"speed.{speed:.0f}", rate if speed else tr("As fast as possible"), tr(TIP)), "segment")
        button.clicked.connect(partial(self._choose, speed))
        self._group.addButton(button)
        return button

    def show_value(self, value: Any) -> None:
        super().show_value(value)
        self._group.setExclusive(False)  # so that none may be checked
        for speed, button in self._buttons.items():
            button.setChecked(speed == value)
        self._group.setExclusive(True)
        stop = self._buttons.get(value, self._buttons[SPEEDS[0]])  # where Tab stops; the arrow keys go on from there
        for button in self._buttons.values():
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus if button is stop else Qt.FocusPolicy.NoFocus)
        self.label.setBuddy(self._buttons.get(value, self.box))
        self._settle()

    def be_narrow(self, is_narrow: bool) -> None:
        self._is_narrow = is_narrow
        self.steps.setVisible(not is_narrow)
        self._settle()

    def minimumSizeHint(self) -> QSize:
        """Room for the steps, and for the box while it is shown: where it is narrow, the label is left out."""
        parts = [part.minimumSizeHint().width() for part in (self.box, self.steps) if not part.isHidden()]
        return QSize(sum(parts) + BETWEEN_PX * (len(parts) - 1), super().minimumSizeHint().height())

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            beside = self.label.minimumSizeHint().width() + BETWEEN_PX
            self.label.setVisible(self.width() >= self.minimumSizeHint().width() + beside)
        return super().event(event)

    def _settle(self) -> None:
        """Show the box only while it is needed."""
        is_needed = self.box.value not in SPEEDS or self.box.hasFocus() or self.box.is_typed
        self.box.setVisible(is_needed or self._is_narrow)

    def _choose(self, speed: float) -> None:
        if speed == self.box.value:
            self._type()
        else:
            self._enter(speed)

    def _type(self, digit: str = "") -> None:
        self.box.show()
        self.box.setFocus()
        if digit:
            self.box.insert(digit)  # in place of the number, which is selected

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let a digit or Enter on one of the steps open the box, and Escape in the box close it."""
        chosen, is_on_step = self._buttons.get(self.box.value), any(each.hasFocus() for each in self._group.buttons())
        if event.key() == Qt.Key.Key_Escape and self.box.hasFocus() and chosen and not self.error:
            chosen.setFocus()
        elif is_on_step and (event.text().isdigit() or event.key() in ENTER):
            self._type(event.text().strip())
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self._settle()
        return False
