"""The hidden layers as a row of boxes, 1 -> [- 6 +] -> [- 7 +] -> 2, to resize, add and remove."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QMetaObject, QObject, Qt, Signal, Slot
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from curvegui.core.language.text import tr
from curvegui.core.network.inserted_layer import NEW_LAYER, WHY_SO_MANY
from curvegui.core.network.network import INPUTS, OUTPUTS
from curvegui.core.settings.config import SETTINGS, WINDOW_LAYERS, WINDOW_NEURONS
from curvegui.ui.look.icons import icon, icon_size
from curvegui.ui.look.layouts import FlowLayout
from curvegui.ui.look.theme import follow_theme
from curvegui.ui.look.tips import named, styled, wrapped
from curvegui.ui.settings.fields import Field
from curvegui.ui.widgets.number_box import NumberBox
from curvegui.ui.widgets.numbers import format_number

ICON_LINES = 0.95
BOX_PADDING_PX = 12


class LayerBox(QFrame):
    """One hidden layer: fewer neurons, how many, more; and to whoever is there, remove. ``index`` counts from 0."""

    resized = Signal(int, float)  # the layer's index, and how many neurons it should have
    mistyped = Signal(str)
    removed = Signal(int)  # the layer's index

    def __init__(self, index: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._index = index
        self.setProperty("layer", True)
        name = tr("Layer {layer}", layer=index + 1)
        self.box = NumberBox(replace(SETTINGS["hidden"], label=name, logarithmic=False), whole=True)
        self.box.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.box.setObjectName(f"editor.hidden.{index}")
        self.box.setAccessibleName(tr("Neurons of layer {layer}", layer=index + 1))
        self.box.entered.connect(self._enter)
        self.box.mistyped.connect(self.mistyped)
        self.fewer = self._button("minus", tr("One neuron fewer in layer {layer}", layer=index + 1), self._shrink)
        self.more = self._button("plus", tr("One neuron more in layer {layer}", layer=index + 1), self._grow)
        self.away = self._button("remove", tr("Remove layer {layer}", layer=index + 1), self._remove)
        policy = self.away.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.away.setSizePolicy(policy)
        self.away.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 3, 4, 3)
        row.setSpacing(0)
        for part in (self.fewer, self.box, self.more, self.away):
            row.addWidget(part)
            part.installEventFilter(self)
        follow_theme(self._fit)  # and the font

    def _button(self, drawing: str, text: str, slot: Any) -> QToolButton:
        button = styled(named(QToolButton(), f"layer.{self._index}.{drawing}", text, text), "bare")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setIcon(icon(drawing, "muted", "faint"))
        button.setIconSize(icon_size(button, ICON_LINES))
        button.clicked.connect(slot)
        return button

    def show_layer(self, neurons: int, alone: bool) -> None:
        """Show how many neurons the layer has; an only layer cannot be removed."""
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
        """Offer to remove the layer."""
        super().enterEvent(event)
        self.away.show()

    def leaveEvent(self, event: QEvent) -> None:
        """Offer it no longer, unless the keys are here."""
        super().leaveEvent(event)
        self._be_calm()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Do the same for the keyboard."""
        if event.type() == QEvent.Type.FocusIn:
            self.away.show()
        elif event.type() == QEvent.Type.FocusOut:
            QMetaObject.invokeMethod(self, "_be_calm", Qt.ConnectionType.QueuedConnection)
        return False

    @Slot()
    def _be_calm(self) -> None:
        focus = self.window().focusWidget()
        self.away.setVisible(self.underMouse() or (focus is not None and self.isAncestorOf(focus)))

    @Slot(float)
    def _enter(self, neurons: float) -> None:
        self.resized.emit(self._index, neurons)

    @Slot()
    def _shrink(self) -> None:
        self.resized.emit(self._index, self.box.value - 1)

    @Slot()
    def _grow(self) -> None:
        self.resized.emit(self._index, self.box.value + 1)

    @Slot()
    def _remove(self) -> None:
        self.removed.emit(self._index)


class LayersField(Field):
    """The editor of ``hidden``: a box for each layer, and a button for another one."""

    removed = Signal(int)  # the layer, from 1, that a person wants to remove

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("hidden", parent)
        self._hidden: tuple[int, ...] = ()
        self.boxes: list[LayerBox] = []
        self._row = named(QWidget(), "editor.hidden", self.setting.label)
        self._row.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # as the diagram, from t to x and y
        self._flow = FlowLayout(7, self._row)
        self._row.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.add = named(QPushButton(tr("+ layer")), "layer.add", tr("Add a layer"))
        self.add.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.add.setToolTip(
            wrapped(
                tr("Add a hidden layer before the output; the drawn curve stays as it is.")
                + f"\n{tr(WHY_SO_MANY, count=NEW_LAYER)}"
            )
        )
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
        """Show the layers in force."""
        if len(value) != len(self.boxes):
            self._rebuild(len(value))
        self._hidden = tuple(value)
        for box, neurons in zip(self.boxes, value, strict=True):
            box.show_layer(neurons, alone=len(value) == 1)
        self.add.setEnabled(len(value) < WINDOW_LAYERS)

    def _rebuild(self, count: int) -> None:
        """Change the number of boxes; those that remain keep the focus."""
        while len(self.boxes) > count:
            box = self.boxes.pop()
            box.hide()
            box.deleteLater()
        while len(self.boxes) < count:
            box = LayerBox(len(self.boxes))
            box.resized.connect(self._resize)
            box.removed.connect(self._remove)
            box.mistyped.connect(self._refuse)
            box.box.done.connect(self._finish)
            self.boxes.append(box)
        self._flow.clear()
        for arrow in self._arrows:
            arrow.deleteLater()
        self._arrows = [QLabel() for _ in range(count + 1)]
        self._draw_arrows()
        if not self.isRightToLeft():
            self._flow.addWidget(self.label)
        self._flow.addWidget(self._ends[0])
        for arrow, widget in zip(self._arrows, [*self.boxes, self._ends[1]], strict=True):
            arrow.setProperty("leads", True)
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

    @Slot(int)
    def _remove(self, index: int) -> None:
        self.removed.emit(index + 1)

    @Slot()
    def _add(self) -> None:
        self.entered.emit(self.name, (*self._hidden, NEW_LAYER))

    @Slot(str)
    def _refuse(self, reason: str) -> None:
        self.show_value(self._hidden)
        self.show_error(
            tr(
                "{label}: {reason}. A layer takes a whole number from 1 to {most}.",
                label=self.setting.label,
                reason=reason,
                most=WINDOW_NEURONS,
            )
        )
