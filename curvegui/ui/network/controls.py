"""The controls of the selected part: mute, solo, freeze, and a weight's value, to type or to drag."""

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot
from curvegui.core.language.text import mark, tr
from curvegui.core.network.parts import Parameter, Part
from curvegui.core.settings.setting import Setting
from curvegui.session.run.network_edits import LARGEST_WEIGHT
from curvegui.session.run.session import Session
from curvegui.ui.look.layouts import filled, named, side_by_side, styled
from curvegui.ui.network.part import PartActions
from curvegui.ui.network.words import entry_of, name_of, value_of
from curvegui.ui.widgets.number_box import NumberBox, even_steps

SHORTEST_MS = 33  # between two changes of the weight
SCALE_PX = 120.0  # from 0 to the end of the scale
FINE = 0.1  # of that, with Shift
REST = 1e-12


class WeightDrag(QObject):
    """Sets one parameter while it is dragged; a whole drag is one change, which Undo takes back."""

    moved = Signal(float)  # the present value
    refused = Signal(str)  # the reason why the run does not take it; the drag has ended

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.parameter: Parameter | None = None  # what is dragged
        self.scale = 1.0  # the weight at the ends of the diagram's scale: it sets how far a drag goes
        self._start = self._value = self._sent = 0.0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._send)

    def begin(self, parameter: Parameter, value: float) -> None:
        self.parameter = parameter
        self._start = self._value = self._sent = value
        self._session.history.hold()
        self._timer.start(SHORTEST_MS)

    def move(self, up_px: float, fine: bool) -> None:
        if self.parameter is not None:
            self._value = float(f"{self._start + up_px / SCALE_PX * self.scale * (FINE if fine else 1.0):.4g}")
            self.moved.emit(self._value)

    def finish(self) -> None:
        self._send()
        if self.parameter is not None:  # it may have been refused
            self.let_go()

    def cancel(self) -> bool:
        """Set the weight back to its value before the drag; return whether a weight was dragged."""
        if self.parameter is None:
            return False
        self._value = self._start
        self.finish()
        return True

    def let_go(self) -> None:
        self._timer.stop()
        self.parameter = None
        self._session.history.release()

    @Slot()
    def _send(self) -> None:
        if self.parameter is not None and abs(self._value - self._sent) > REST:
            self._sent = self._value
            try:
                self._session.set_parameters({self.parameter: self._value})
            except ValueError as error:
                self.let_go()
                self.refused.emit(str(error))


STEP = 0.1  # by one arrow key
GAP_PX = 4
ONLY_SEEN = mark("The run does not change, so Undo leaves this: Unmute all ends it")
VALUE = Setting("Value", "The weight's value", low=-LARGEST_WEIGHT, high=LARGEST_WEIGHT)


class PartControls(QWidget):
    """The buttons for the selected part, and its value; ``beside`` is a widget at the right of the value."""

    left = Signal()  # a person has set a value with Enter, or left it with Esc

    def __init__(self, parts: PartActions, drag: WeightDrag, beside: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("network.controls")
        self._parts, self._drag = parts, drag
        self._inspected: InspectedSnapshot | None = None
        self._refused = False
        note = tr(ONLY_SEEN)
        without = tr("Draw the curve without it (M). {note}", note=note)
        alone = tr("Draw the curve with it alone of its layer (S). {note}", note=note)
        still = tr("Keep it as it is while the others learn (K)")
        self.mute = self._button("mute", tr("Mute"), without, parts.toggle_mute)
        self.solo = self._button("solo", tr("Solo"), alone, parts.toggle_solo)
        self.freeze = self._button("freeze", tr("Freeze"), still, parts.toggle_freeze)
        end = tr("End Mute and Solo: draw the curve with everything again")
        self.unmute_all = self._button("unmute_all", tr("Unmute all"), end, parts.inspection.unmute_all)
        self.unmute_all.setCheckable(False)
        self._buttons = self.mute, self.solo, self.freeze, self.unmute_all
        self._name, self._value = QLabel(), QWidget()
        self.box = named(NumberBox(VALUE, whole=False, step=even_steps(STEP)), "network.value")
        filled(QHBoxLayout(self._value), self._name, self.box, spacing=GAP_PX)  # both stay together in a wrapped row
        beside.setMinimumHeight(self.box.sizeHint().height())  # so that both are on one line
        value = side_by_side(self._value, beside, spacing=2 * GAP_PX, stretch=True)
        filled(QVBoxLayout(self), value, side_by_side(*self._buttons, spacing=GAP_PX), 1, spacing=GAP_PX)
        for part in (self._value, beside, *self._buttons):
            reserve_space(part, True)  # so that the diagram does not jump when it appears
        self.box.entered.connect(self._set)
        self.box.mistyped.connect(self._refuse)
        self.box.done.connect(self._leave)
        drag.moved.connect(self.box.show_value)

    def _button(self, name: str, text: str, tip: str, slot: object) -> QToolButton:
        button = styled(named(QToolButton(), f"network.{name}", text, tip), "chip", "low")
        button.setText(text)
        button.setCheckable(True)
        button.clicked.connect(slot)
        return button

    def show_part(self, inspected: InspectedSnapshot | None, selected: Part | None, muted: bool, soloed: bool) -> None:
        part = self._parts.part
        if inspected is not None and part is not None and not part.is_in(inspected.sizes):
            part = None
        self._inspected = inspected
        name = "" if inspected is None or part is None else name_of(part, inspected.sizes)
        states = {self.mute: muted, self.solo: soloed, self.freeze: self._parts.is_frozen}
        for button, state in states.items():
            button.setVisible(part is not None)
            button.setChecked(state)
            button.setAccessibleName(f"{button.text()} {name}".strip())
        self.freeze.setEnabled(self._parts.is_live)
        is_value = isinstance(part, Parameter) and inspected is not None
        reserve_space(self._value, part is None)  # beside a neuron's controls is a plot: they are narrow
        self._value.setVisible(is_value)
        self._value.setEnabled(self._parts.is_live)
        if isinstance(part, Parameter) and inspected is not None and is_value:
            self._name.setText(f"{entry_of(part)} =")
            self.box.setAccessibleName(tr("Value of {name}", name=name))
            if not self.box.hasFocus() and self._drag.parameter is None:
                self.box.show_value(value_of(part, inspected))

    def take_value(self) -> None:
        if self.box.isVisible() and self.box.isEnabled():
            self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(float)
    def _set(self, value: float) -> None:
        self._refused = False
        if abs(value) > LARGEST_WEIGHT:
            self._refuse(tr("too large"))
        elif value != self.box.value:
            self._parts.set_value(value)
            self.box.show_value(value)

    @Slot()
    def _leave(self) -> None:
        if not self._refused:
            self.left.emit()
        self._refused = False

    @Slot(str)
    def _refuse(self, reason: str) -> None:
        self._refused = True
        self._parts.refuse_value(reason, LARGEST_WEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the row."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def reserve_space(widget: QWidget, keeps: bool) -> None:
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(keeps)
    widget.setSizePolicy(policy)
