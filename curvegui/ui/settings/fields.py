"""Editors of single settings, which show a value, report what a person enters, and explain a refusal."""

from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from curvegui.core.language.text import mark, tr
from curvegui.core.settings.config import SETTINGS
from curvegui.core.settings.setting import POSITIONS, Setting
from curvegui.ui.look.layouts import named, styled, wrapped
from curvegui.ui.widgets.bubble import Bubble
from curvegui.ui.widgets.number_box import NumberBox
from curvegui.ui.widgets.scrolled import ScrolledComboBox, ScrolledSlider

LONG = 12  # letters: a field with a longer choice has a row to itself
UNUSED = mark("The optimiser finds the length of its steps itself, and knows no noise.")


class Field(QWidget):
    """The label and the editor of the setting ``name``, and a bubble that says why a value was refused."""

    entered = Signal(str, object)  # the setting's name, and the value that a person has chosen, not yet checked
    done = Signal()  # Enter was pressed with nothing wrong: the keys may have their other meanings again

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self._is_used, self._is_offered = name, True, True
        self.editor: QWidget = self
        self.setting: Setting = SETTINGS[name]
        label, letter = self.setting.label, self.setting.letter
        label = label.replace(letter, f"&{letter}", 1) if letter else label
        self.label = styled(QLabel(label, self, wordWrap=True), "muted")
        self._error = Bubble(self, f"error.{name}")
        self.rows = QGridLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setHorizontalSpacing(10)
        self.rows.setVerticalSpacing(3)
        self._tip = f"{self.setting.whole_tip} {tr(self.setting.effect.value)}"
        self.setToolTip(wrapped(self._tip))

    def _introduce(self, editor: QWidget) -> None:
        """Add an editor, with a name for scripts and for screen readers."""
        self.editor = named(editor, f"editor.{self.name}", self.setting.label)
        editor.setAccessibleDescription(self.setting.whole_tip)
        self.label.setBuddy(editor)
        self.rows.addWidget(self.label, 0, 0)
        self.rows.addWidget(editor, 0, 1)
        self.rows.setColumnStretch(0, 1)

    @property
    def error(self) -> str:
        """Why the value that was entered is refused, as it stands below the editor; empty if no value was refused."""
        return "" if self._error.isHidden() else self._error.text()

    def show_value(self, value: Any) -> None:
        raise NotImplementedError

    def show_use(self, is_used: bool) -> None:
        """Be visible only while the setting has an effect."""
        if is_used != self._is_used:  # shown before it has a parent, it would be a window
            self._is_used = is_used
            self.setVisible(is_used and self._is_offered)

    def show_offer(self, is_offered: bool) -> None:
        """Be visible only while the window offers the setting: a lesson can hide it."""
        if is_offered != self._is_offered:
            self._is_offered = is_offered
            self.setVisible(is_offered and self._is_used)

    def show_error(self, reason: str) -> None:
        """Explain why a value was refused, until another value is entered."""
        self._error.say(reason, self.editor)

    @Slot()
    def clear_error(self) -> None:
        self._error.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc remove the reason of a refusal, once Esc has taken back all that was typed."""
        if event.key() == Qt.Key.Key_Escape and self.error:
            self.clear_error()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _finish(self) -> None:
        if not self.error:
            self.done.emit()


class NumberField(Field):
    """A number to type, beside its label."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.box = NumberBox(self.setting, self.setting.whole, self.setting.words, self)
        self.box.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._introduce(self.box)
        self.box.entered.connect(self._enter)
        self.box.mistyped.connect(self._refuse)
        self.box.done.connect(self._finish)
        self.box.textEdited.connect(self.clear_error)
        self.box.reached.connect(self.clear_error)

    def show_value(self, value: Any) -> None:
        self.box.show_value(value)

    @Slot(float)
    def _enter(self, value: float) -> None:
        whole = self.setting.whole and value == int(value)
        self.entered.emit(self.name, int(value) if whole else value)

    @Slot(str)
    def _refuse(self, reason: str) -> None:
        words, allowed = mark("{label}: {reason}. It takes {allowed}."), self.setting.allowed()
        self.show_error(tr(words, label=self.setting.label, reason=reason, allowed=allowed))


class SliderField(NumberField):
    """A number to type or to set with a slider."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        assert self.setting.slider is not None
        self._scale = self.setting.slider
        self.slider = named(ScrolledSlider(self), f"slider.{self.name}", self.setting.label)
        self.slider.setRange(0, POSITIONS)
        self.slider.setPageStep(POSITIONS // 20)
        self.slider.setSingleStep(POSITIONS // 100)
        self.slider.setMinimumWidth(120)
        self.slider.valueChanged.connect(self._slide)
        self.rows.addWidget(self.slider, 1, 0, 1, 2)

    def show_value(self, value: Any) -> None:
        super().show_value(value)
        if self._scale.value(self.slider.value()) != value:  # while it is dragged, it is there already
            with QSignalBlocker(self.slider):
                self.slider.setValue(self._scale.position(value))
        self.slider.setAccessibleDescription(self.box.text())  # its own value is a position, from 0 to 1000

    def show_use(self, is_used: bool) -> None:
        """Stay visible, and say so if the setting has no effect."""
        self.setEnabled(is_used)
        self.setToolTip(wrapped(self._tip if is_used else f"{tr(UNUSED)} {self._tip}"))

    @Slot(int)
    def _slide(self, position: int) -> None:
        self._enter(self._scale.value(position))


class ChoiceField(Field):
    """A list to choose the value from."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.box = ScrolledComboBox(self)
        for key, label in self.setting.choices():
            self.box.addItem(label, key)
        self.is_long = max(len(label) for _, label in self.setting.choices()) > LONG
        self._introduce(self.box)
        self.box.activated.connect(self._choose)

    def show_value(self, value: Any) -> None:
        self.box.setCurrentIndex(self.box.findData(value))

    @Slot(int)
    def _choose(self, index: int) -> None:
        self.entered.emit(self.name, self.box.itemData(index))


def field_for(name: str, parent: QWidget | None = None) -> Field:
    """The editor that fits a setting."""
    setting = SETTINGS[name]
    if setting.choices():
        return ChoiceField(name, parent)
    return (SliderField if setting.slider else NumberField)(name, parent)
