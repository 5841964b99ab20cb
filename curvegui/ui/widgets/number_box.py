"""A box in which a number is typed, or changed in steps with the arrow keys."""

import re
from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from curvegui.core.settings.setting import Setting
from curvegui.ui.widgets.numbers import format_number, parse_number

MOST_CHARACTERS = 40
USUAL = "100,000"
PADDING_PX = 26
EVEN_STEPS = 100  # from 0 to the largest value in the window
BEGUN = re.compile(r"[\d\W_]*(?:(?<=\d|[.,])e[+\-−]?\d*)?")  # a number, as far as it has been typed
COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
ENTER = Qt.Key.Key_Return, Qt.Key.Key_Enter
STEPS_OF_KEYS: dict[int, int] = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 10, Qt.Key.Key_PageDown: -10}

StepFunction = Callable[[float, int], float]
"""From a value and a number of steps, up or down, to the next value."""


def even_steps(step: float) -> StepFunction:
    return lambda value, count: round(round(value / step + count) * step, 9)


def growing_steps(least: float) -> StepFunction:
    """Steps of a value's first or second digit, at least ``least``: 7 to 7.1, 70 to 71, 50,000 to 51,000."""

    def stepped(value: float, count: int) -> float:
        for _ in range(abs(count)):
            exponent = int(f"{max(abs(value), 1e-3):e}".split("e")[1])
            is_below = count < 0 and abs(value) == 10.0**exponent  # 10 is followed by 9.9
            size = max(10.0 ** (exponent - is_below - 1), least)
            value = round(value / size + (1 if count > 0 else -1)) * size
        return float(f"{value:.6g}")

    return stepped


class NumberBox(QLineEdit):
    """A box for a number to type, or to change in steps with the arrow keys. The arrow keys keep to the bounds of
    ``setting``; it is for the owner of the box to refuse a typed number beyond them. If ``whole``, the box shows only
    whole numbers. ``words`` are values that are shown, and typed, as a word; for the arrow keys they are above all
    numbers. ``step`` returns the next value for an arrow key; by default it follows from the setting."""

    entered = Signal(float)  # the number that a person has chosen; it may be the same as before
    mistyped = Signal(str)  # why the typed text is not a number
    done = Signal()  # Enter was pressed, after a typed number has been emitted
    reached = Signal()  # the box has got the focus: an error shown before has been seen

    def __init__(
        self,
        setting: Setting,
        whole: bool,
        words: dict[float, str] | None = None,
        parent: QWidget | None = None,
        step: StepFunction | None = None,
    ) -> None:
        super().__init__(parent)
        self._setting, self._whole = setting, whole
        self._words = words or {}
        self._value = setting.low
        self._step = step or (
            growing_steps(float(whole))
            if setting.logarithmic
            else even_steps(1.0 if whole else setting.window_high / EVEN_STEPS)
        )
        self.setMaxLength(MOST_CHARACTERS)
        self.editingFinished.connect(self._take_text)

    @property
    def value(self) -> float:
        return self._value

    def show_value(self, value: float) -> None:
        before = self.sizeHint()
        self._value = value
        self.setText(self._shown(value))
        self.setCursorPosition(0)
        if self.sizeHint() != before:
            self.updateGeometry()

    def _shown(self, value: float) -> str:
        return self._words.get(value) or (format_number(value) if self._setting.grouped else f"{value:.0f}")

    def step_by(self, count: int) -> None:
        value = round(self._stepped(count)) if self._whole else self._stepped(count)
        if value != self._value:
            self.entered.emit(value)
            self.selectAll()

    def _stepped(self, count: int) -> float:
        low, high = self._setting.low, max(self._setting.window_high, self._value)
        if self._value in self._words:
            return self._setting.window_high if count < 0 else self._value
        value = min(max(self._step(self._value, count), low), high)
        return self._value if value in self._words else value

    @Slot()
    def _take_text(self) -> bool:
        """Report a typed number, and show the present value again; return False if the text is not a number."""
        if not self.is_typed:
            return True
        text, unit = self.text().strip(), self._setting.unit
        self.show_value(self._value)
        named = (value for value, word in self._words.items() if text.casefold() == word.casefold())
        try:
            value = next(named, None)
            value = parse_number(text.removesuffix(unit)) if value is None else value
        except ValueError as error:
            self.mistyped.emit(str(error))
            return False
        self.entered.emit(value)
        return True

    @property
    def is_typed(self) -> bool:
        return self.text().strip() != self._shown(self._value)

    def _takes(self, event: QKeyEvent) -> bool:
        """Whether a key may be typed: of letters, only those of a power of ten, a unit, or one of the words."""
        sign = event.text()
        if not sign.isalpha() or event.modifiers() & COMMANDS:
            return True
        before = self.text()[: self.selectionStart() if self.hasSelectedText() else self.cursorPosition()]
        number = BEGUN.match(begun := (before + sign).strip().casefold())
        rest = begun[number.end() :] if number else begun
        units = [self._setting.unit.lstrip("/")] if number and number[0] else []
        return any(each.casefold().startswith(rest) for each in [*units, *self._words.values()])

    def event(self, event: QEvent) -> bool:
        """Leave some keys to the window: letters that make no number, Ctrl+E, and unless something is typed, also
        Undo, Redo and Space."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            keys = QKeySequence.StandardKey
            is_undo = event.matches(keys.Undo) or event.matches(keys.Redo)
            is_letter_for_end = event.matches(keys.MoveToEndOfLine) and event.key() != Qt.Key.Key_End  # Ctrl+E, on X11
            is_space = event.key() == Qt.Key.Key_Space
            is_left = is_letter_for_end or not self._takes(event)
            if is_left or ((is_undo or is_space) and not self.is_typed):
                event.ignore()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow and Page keys change the number; Esc discards a typed text; without one, Esc is left to the dialog."""
        steps = STEPS_OF_KEYS.get(event.key())
        if steps:
            if self._take_text():
                self.step_by(steps)
        elif (event.key() == Qt.Key.Key_Escape and not self.is_typed) or not self._takes(event):
            event.ignore()
        elif event.key() == Qt.Key.Key_Escape:
            self.show_value(self._value)
            self.entered.emit(self._value)
            self.selectAll()
        else:
            super().keyPressEvent(event)
            if event.key() in ENTER:
                self.done.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Change the number only with the focus: scrolling a page must not change anything on it."""
        if self.hasFocus() and event.angleDelta().y():
            self.step_by(1 if event.angleDelta().y() > 0 else -1)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()
        self.reached.emit()

    def sizeHint(self) -> QSize:
        """Room for most numbers, equal in all boxes, so that boxes line up; more room for a longer number."""
        widest = max(map(self.fontMetrics().horizontalAdvance, (USUAL, self._shown(self._value))))
        return QSize(widest + PADDING_PX, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """As much room as `sizeHint`: a number that is cut off is a wrong number."""
        return self.sizeHint()
