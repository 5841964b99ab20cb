"""Editors of single settings, which show a value, report what a person enters, and explain a refusal."""

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QMetaObject, QObject, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QEnterEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from curvegui.core.language.text import mark, tr
from curvegui.core.network.inserted_layer import NEW_LAYER, WHY_SO_MANY
from curvegui.core.network.network import INPUTS, OUTPUTS
from curvegui.core.settings.config import SETTINGS, WINDOW_LAYERS, WINDOW_NEURONS
from curvegui.core.settings.setting import POSITIONS, Setting
from curvegui.ui.look.icons import icon, icon_size
from curvegui.ui.look.layouts import FlowLayout, filled, named, styled, wrapped
from curvegui.ui.look.theme import follow_theme
from curvegui.ui.widgets.number_box import NumberBox
from curvegui.ui.widgets.numbers import format_number
from curvegui.ui.widgets.scrolled import ScrolledComboBox, ScrolledSlider
from curvegui.ui.widgets.spoken import announce

LONG = 12  # letters: a field with a longer choice has a row to itself
UNUSED = mark("The optimiser finds the length of its steps itself, and knows no noise.")


class Field(QWidget):
    """The label and the editor of the setting ``name``, and below them the reason why a value was refused."""

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
        self._error = styled(named(QLabel(self, wordWrap=True), f"error.{name}"), "error")
        policy = self._error.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)  # so that a reason does not move the editors
        self._error.setSizePolicy(policy)
        self._error.setTextFormat(Qt.TextFormat.PlainText)  # it quotes what was typed
        self._error.hide()
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
        self.rows.addWidget(self._error, 1, 0, 1, 2)
        self.rows.setColumnStretch(0, 1)

    @property
    def error(self) -> str:
        """The reason that is shown; empty if no value was refused."""
        return self._error.text() if self._error.isVisibleTo(self) else ""

    def show_value(self, value: Any) -> None:
        raise NotImplementedError

    def show_use(self, is_used: bool) -> None:
        """Be visible only while the setting has an effect."""
        if is_used != self._is_used:  # shown before it has a parent, it would be a window
            self._is_used = is_used
            self.setVisible(is_used and self._is_offered)

    def show_offer(self, is_offered: bool) -> None:
        """Be visible only while the window offers the setting."""
        if is_offered != self._is_offered:
            self._is_offered = is_offered
            self.setVisible(is_offered and self._is_used)

    def show_error(self, reason: str) -> None:
        """Explain why a value was refused, until another value is entered."""
        self._error.setText(reason)
        self._error.show()
        self._error.setAccessibleName(reason)
        announce(self, reason)

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
        self.rows.addWidget(self.slider, 2, 0, 1, 2)

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


ICON_LINES = 0.95
BOX_PADDING_PX = 12


class LayerBox(QFrame):
    """A hidden layer, ``index`` from 0: its neurons, with buttons for fewer, for more, and to remove the layer."""

    resized = Signal(int, float)  # the layer's index, and how many neurons it should have
    mistyped = Signal(str)
    removed = Signal(int)  # the layer, from 1

    def __init__(self, index: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._index = index
        styled(self, "layer")
        setting = replace(SETTINGS["hidden"], label=tr("Layer {layer}", layer=index + 1), logarithmic=False)
        words = tr("Neurons of layer {layer}", layer=index + 1)
        self.box = named(NumberBox(setting, whole=True), f"editor.hidden.{index}", words)
        self.box.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.box.entered.connect(partial(self.resized.emit, index))
        self.box.mistyped.connect(self.mistyped)
        fewer, more = mark("One neuron fewer in layer {layer}"), mark("One neuron more in layer {layer}")
        self.fewer = self._button("minus", fewer, partial(self._add, -1))
        self.more = self._button("plus", more, partial(self._add, 1))
        self.away = self._button("remove", mark("Remove layer {layer}"), partial(self.removed.emit, index + 1))
        policy = self.away.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.away.setSizePolicy(policy)
        self.away.hide()
        parts = self.fewer, self.box, self.more, self.away
        filled(QHBoxLayout(self), *parts, edges=(4, 3, 4, 3), spacing=0)
        for part in parts:
            part.installEventFilter(self)
        follow_theme(self._fit)  # and the font

    def _button(self, drawing: str, text: str, slot: Any) -> QToolButton:
        words = tr(text, layer=self._index + 1)
        button = styled(named(QToolButton(), f"layer.{self._index}.{drawing}", words, words), "bare")
        button.setIcon(icon(drawing, "muted", "faint"))
        button.setIconSize(icon_size(button, ICON_LINES))
        button.clicked.connect(slot)
        return button

    def show_layer(self, neurons: int, alone: bool) -> None:
        """Show how many neurons the layer has; the only layer of a network cannot be removed."""
        self.box.show_value(neurons)
        self._fit()
        self.fewer.setEnabled(neurons > 1)
        self.more.setEnabled(neurons < WINDOW_NEURONS)
        self.away.setEnabled(not alone)

    @Slot()
    def _fit(self) -> None:
        widest = max("000", self.box.text(), key=len)
        self.box.setFixedWidth(self.box.fontMetrics().horizontalAdvance(widest) + BOX_PADDING_PX)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.away.show()

    def leaveEvent(self, event: QEvent) -> None:
        """Hide the button that removes the layer, unless the keyboard's focus is here."""
        super().leaveEvent(event)
        self._be_calm()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Offer to remove the layer while the keyboard's focus is in its box."""
        if event.type() == QEvent.Type.FocusIn:
            self.away.show()
        elif event.type() == QEvent.Type.FocusOut:
            QMetaObject.invokeMethod(self, "_be_calm", Qt.ConnectionType.QueuedConnection)
        return False

    @Slot()
    def _be_calm(self) -> None:
        focus = self.window().focusWidget()
        self.away.setVisible(self.underMouse() or (focus is not None and self.isAncestorOf(focus)))

    def _add(self, neurons: int) -> None:
        self.resized.emit(self._index, self.box.value + neurons)


class LayersField(Field):
    """The editor of the setting ``hidden``: a box for each layer, and a button that adds a layer."""

    removed = Signal(int)  # the layer, from 1, that a person wants to remove

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("hidden", parent)
        self._hidden: tuple[int, ...] = ()
        self.boxes: list[LayerBox] = []
        self._row = named(QWidget(), "editor.hidden", self.setting.label)
        self._row.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # as the diagram, from t to x and y
        self._flow = FlowLayout(7, self._row)
        self._row.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        tip = tr("Add a hidden layer before the output; the drawn curve stays as it is.")
        tip = f"{tip}\n{tr(WHY_SO_MANY, count=NEW_LAYER)}"
        self.add = named(QPushButton(tr("+ layer")), "layer.add", tr("Add a layer"), tip)
        self.add.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.add.clicked.connect(self._add)
        self._ends = QLabel(f"{INPUTS}"), QLabel(f"{OUTPUTS}")
        self._ends[0].setToolTip(tr("One input: t, how far along the curve"))
        self._ends[1].setToolTip(tr("Two outputs: x and y"))
        self._arrows: list[QLabel] = []
        if self.isRightToLeft():  # there, the words of a line begin where the network ends
            self.label.setContentsMargins(0, self.fontMetrics().height() // 2, 0, 0)  # as low as what the boxes say
            self.rows.addWidget(self.label, 0, 0, Qt.AlignmentFlag.AlignTop)
        self.rows.addWidget(self._row, 0, 1)
        self.rows.addWidget(self._error, 1, 1)
        self.rows.setColumnStretch(1, 1)
        self.rows.setVerticalSpacing(8)
        follow_theme(self._draw_arrows)

    @Slot()
    def _draw_arrows(self) -> None:
        for arrow in self._arrows:
            arrow.setPixmap(icon("arrow", "muted").pixmap(icon_size(self, ICON_LINES)))

    def show_value(self, value: Any) -> None:
        if len(value) != len(self.boxes):
            self._rebuild(len(value))
        self._hidden = tuple(value)
        for box, neurons in zip(self.boxes, value, strict=True):
            box.show_layer(neurons, alone=len(value) == 1)
        self.add.setEnabled(len(value) < WINDOW_LAYERS)

    def _rebuild(self, count: int) -> None:
        """Change the number of boxes; boxes that remain keep the focus."""
        while len(self.boxes) > count:
            box = self.boxes.pop()
            box.hide()
            box.deleteLater()
        while len(self.boxes) < count:
            box = LayerBox(len(self.boxes))
            box.resized.connect(self._resize)
            box.removed.connect(self.removed)
            box.mistyped.connect(self._refuse)
            box.box.done.connect(self._finish)
            self.boxes.append(box)
        self._flow.clear()
        for arrow in self._arrows:
            arrow.deleteLater()
        self._arrows = [styled(QLabel(), "leads") for _ in range(count + 1)]
        self._draw_arrows()
        if not self.isRightToLeft():
            self._flow.addWidget(self.label)
        self._flow.addWidget(self._ends[0])
        for arrow, widget in zip(self._arrows, [*self.boxes, self._ends[1]], strict=True):
            self._flow.addWidget(arrow)
            self._flow.addWidget(widget)
            widget.show()
        self._flow.addWidget(self.add)
        self.add.raise_()  # it comes last for Tab
        self._row.updateGeometry()

    @Slot(int, float)
    def _resize(self, index: int, neurons: float) -> None:
        if not 1 <= neurons <= max(WINDOW_NEURONS, self._hidden[index]) or neurons != int(neurons):
            self._refuse(tr("{neurons} is not possible", neurons=format_number(neurons)))
            return
        self.entered.emit(self.name, (*self._hidden[:index], int(neurons), *self._hidden[index + 1 :]))

    @Slot()
    def _add(self) -> None:
        self.entered.emit(self.name, (*self._hidden, NEW_LAYER))

    @Slot(str)
    def _refuse(self, reason: str) -> None:
        self.show_value(self._hidden)
        words = mark("{label}: {reason}. A layer takes a whole number from 1 to {most}.")
        self.show_error(tr(words, label=self.setting.label, reason=reason, most=WINDOW_NEURONS))
