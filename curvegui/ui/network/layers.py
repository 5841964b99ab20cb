"""The hidden layers over their columns of the diagram: a stepper for each, and between them buttons for a new one."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Slot
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QMenu, QToolButton, QWidget

from curvegui.core.language.text import mark, tr
from curvegui.core.network.inserted_layer import NEW_LAYER, WHY_SO_MANY
from curvegui.core.settings.config import SETTINGS, WINDOW_LAYERS, WINDOW_NEURONS
from curvegui.figure.drawing.network_layout import Layout
from curvegui.ui.look.icons import icon, icon_size
from curvegui.ui.look.layouts import filled, named, styled
from curvegui.ui.look.theme import follow_theme
from curvegui.ui.network.part import PartActions
from curvegui.ui.widgets.bubble import Bubble
from curvegui.ui.widgets.number_box import NumberBox
from curvegui.ui.widgets.numbers import format_number

ICON_LINES = 0.9
GAP_PX = 2  # between two controls
LEAST_PX = 24  # of a box: a finger finds it
AROUND_PX = 6  # a number, within its box
MORE = mark("One neuron more in layer {layer}: the curve stays as it is")
FEWER = mark("One neuron fewer in layer {layer}: the selected one, or else the least important")
REMOVE = mark("Remove layer {layer}")
ADD = mark("Add a layer before layer {layer}")
ADD_LAST = mark("Add a layer before the output")
STEPS = {"+": 1, "-": -1, "−": -1}
Direction = QBoxLayout.Direction


class LayerNumber(NumberBox):
    """The number of neurons of a layer; the keys + and − step, too."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() in STEPS and not self.is_typed:
            self.step_by(STEPS[event.text()])
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """As wide for one digit as for two, so that nothing moves."""
        widest = max("00", self.text(), key=len)
        width = max(self.fontMetrics().horizontalAdvance(widest) + AROUND_PX, LEAST_PX)
        return QSize(width, super().sizeHint().height())


class LayerStepper(QFrame):
    """The neurons of the hidden layer ``layer``, from 1: − 6 +. The last one and the menu remove the layer."""

    def __init__(self, layer: int, parts: PartActions, parent: QWidget) -> None:
        super().__init__(parent)
        styled(self, "layer")
        self._layer, self._parts, self._is_last, self._shown = layer, parts, False, (0, 0, False)
        setting = replace(SETTINGS["hidden"], label=tr("Layer {layer}", layer=layer), logarithmic=False)
        name = tr("Neurons of layer {layer}", layer=layer)
        self.box = named(LayerNumber(setting, whole=True), f"editor.hidden.{layer - 1}", name, name)
        self.box.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.box.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)  # so that the stepper's menu opens
        self.fewer = _button(f"layer.{layer - 1}.minus", "minus", self._take_one)
        self.more = _button(f"layer.{layer - 1}.plus", "plus", partial(parts.add_neuron, layer))
        _name(self.more, tr(MORE, layer=layer))
        self._row = filled(QBoxLayout(Direction.LeftToRight, self), self.fewer, self.box, self.more, spacing=0)

    def show_layer(self, neurons: int, layers: int, live: bool) -> None:
        """Show how many neurons the layer has; the only layer of a network cannot be removed. Nothing is shown anew
        that is shown already: somebody may be typing."""
        if (neurons, layers, live) == self._shown:
            return
        self._shown = neurons, layers, live
        self.box.show_value(neurons)
        self.box.setEnabled(live)
        self._is_last = neurons == 1 and layers > 1
        self.fewer.setIcon(icon("remove" if self._is_last else "minus", "muted", "faint"))
        _name(self.fewer, tr(REMOVE if self._is_last else FEWER, layer=self._layer))
        self.fewer.setEnabled(live and (neurons > 1 or layers > 1))
        self.more.setEnabled(live and neurons < WINDOW_NEURONS)

    def _take_one(self) -> None:
        (self._parts.remove_layer if self._is_last else self._parts.remove_neuron)(self._layer)

    def stand(self, piled: bool) -> QSize:
        """Put the parts side by side, or one above the other; return the size that they need."""
        self._row.setDirection(Direction.BottomToTop if piled else Direction.LeftToRight)
        return self.sizeHint()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = named(QMenu(self), "layer.menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        remove = menu.addAction(tr(REMOVE, layer=self._layer), partial(self._parts.remove_layer, self._layer))
        remove.setEnabled(self.box.isEnabled() and len(self._parts.session.config.hidden) > 1)
        menu.popup(event.globalPos())


class LayersRow(QWidget):
    """A stepper over each hidden layer; where they are close together, in rows of their own, or piled up."""

    def __init__(self, parts: PartActions, leave: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "editor.hidden", SETTINGS["hidden"].label)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # as the diagram, from t to x and y
        self._parts, self._leave = parts, leave
        self._sizes: tuple[int, ...] = ()
        self._columns: list[float] = []  # where the layers are in the diagram, from the input to the output
        self.steppers: list[LayerStepper] = []
        self.adds: list[QToolButton] = []
        self._bubble = Bubble(self, "error.hidden")
        self._add_add()
        parts.session.config_changed.connect(self._bubble.hide)
        follow_theme(self._arrange)

    def show_layout(self, layout: Layout) -> None:
        """Stand over the columns of a diagram."""
        self._columns = layout.columns.tolist()
        self.show_sizes(layout.sizes)

    def show_sizes(self, sizes: tuple[int, ...], drawn: bool = True) -> None:
        """Show the layers of a network, over its columns if it is ``drawn``."""
        self._sizes, self._columns = sizes, self._columns if drawn else []
        while len(self.steppers) > len(sizes) - 2:
            for gone in (self.steppers.pop(), self.adds.pop()):
                gone.hide()
                gone.deleteLater()
        while len(self.steppers) < len(sizes) - 2:
            self._add_stepper(len(self.steppers) + 1)
        for number, each in enumerate(self.adds, start=1):
            words = tr(ADD, layer=number) if number < len(self.adds) else tr(ADD_LAST)
            named(each, each.objectName(), words, f"{words}\n{tr(WHY_SO_MANY, count=NEW_LAYER)}")
        self.show_bounds()
        self._arrange()

    def show_bounds(self) -> None:
        """Show the numbers of the run, or of its past, and what can be done with them."""
        live, run = self._parts.is_live, self._parts.session.config.sizes
        shown = run if live and len(run) == len(self._sizes) else self._sizes  # the diagram follows soon
        for stepper, neurons in zip(self.steppers, shown[1:-1], strict=True):
            stepper.show_layer(neurons, len(shown) - 2, live)
        for each in self.adds:
            each.setEnabled(live and len(shown) - 2 < WINDOW_LAYERS)

    def _add_stepper(self, layer: int) -> None:
        stepper = LayerStepper(layer, self._parts, self)
        stepper.box.entered.connect(partial(self._resize, layer))
        stepper.box.mistyped.connect(partial(self._refuse, layer))
        stepper.box.done.connect(self._finish)
        for quiet in (stepper.box.textEdited, stepper.box.reached):
            quiet.connect(self._bubble.hide)
        stepper.show()
        self.steppers.append(stepper)
        self._add_add()

    def _add_add(self) -> None:
        layer = len(self.adds) + 1
        self.adds.append(_button(f"layer.add.{layer}", "plus", partial(self._parts.add_layer, layer), self))
        styled(self.adds[-1], "add").show()

    def _resize(self, layer: int, neurons: float) -> None:
        hidden = self._parts.session.config.hidden
        if layer > len(hidden):
            return  # the diagram has not followed yet
        if neurons == 0 and len(hidden) > 1:
            self._parts.remove_layer(layer)
        elif not 1 <= neurons <= max(WINDOW_NEURONS, hidden[layer - 1]) or neurons != int(neurons):
            self._refuse(layer, tr("{neurons} is not possible", neurons=format_number(neurons)))
        elif neurons != hidden[layer - 1]:
            self._parts.resize_layer(layer, int(neurons))

    def _refuse(self, layer: int, reason: str) -> None:
        words = mark("{label}: {reason}. A layer takes a whole number from 1 to {most}.")
        sentence = tr(words, label=SETTINGS["hidden"].label, reason=reason, most=WINDOW_NEURONS)
        self._bubble.say(sentence, self.steppers[layer - 1].box)

    @Slot()
    def _finish(self) -> None:
        if not self._bubble.isVisible():
            self._leave()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._columns:
            self._arrange()

    @Slot()
    def _arrange(self) -> None:
        """Put the steppers over their columns, and the buttons for new layers between these."""
        if not self.steppers:
            return
        sizes = [each.stand(piled=False) for each in self.steppers]
        add = self.adds[0].sizeHint().expandedTo(QSize(LEAST_PX, LEAST_PX))
        spacing = self._columns[1] - self._columns[0] if self._columns else 0.0
        widest = max(size.width() for size in sizes)
        in_line = spacing >= widest + add.width() + 2 * GAP_PX
        if spacing < widest + GAP_PX:
            piled = [each.stand(piled=True) for each in self.steppers]
            if spacing < max(size.width() for size in piled):
                self._flow([each.stand(piled=False) for each in self.steppers], add)
                return
            sizes = piled
        high = max(size.height() for size in sizes)
        top, middle = (0, (high - add.height()) // 2) if in_line else (add.height(), 0)
        for stepper, size, x in zip(self.steppers, sizes, self._columns[1:-1], strict=True):
            stepper.setGeometry(round(x - size.width() / 2), top, size.width(), size.height())
        for each, before, after in zip(self.adds, self._columns[:-1], self._columns[1:], strict=True):
            each.setGeometry(round((before + after - add.width()) / 2), middle, add.width(), add.height())
        self.setFixedHeight(top + high)

    def _flow(self, sizes: list[QSize], add: QSize) -> None:
        """Put all one after the other, in as many rows as needed: there are too many for the columns."""
        x, y, high = 0, 0, max(size.height() for size in sizes)
        for index, each in enumerate(self.adds):
            parts: list[tuple[QWidget, QSize]] = [(each, add)]
            parts += [(self.steppers[index], sizes[index])] if index < len(sizes) else []
            wide = sum(size.width() + GAP_PX for _, size in parts)
            if x and x + wide > self.width():
                x, y = 0, y + high + GAP_PX
            for part, size in parts:
                part.setGeometry(QRect(x, y + (high - size.height()) // 2, size.width(), size.height()))
                x += size.width() + GAP_PX
        self.setFixedHeight(y + high)


def _button(name: str, drawing: str, act: Callable[[], object], parent: QWidget | None = None) -> QToolButton:
    button = styled(named(QToolButton(parent), name), "bare")
    button.setIcon(icon(drawing, "muted", "faint"))
    button.setIconSize(icon_size(button, ICON_LINES))
    button.clicked.connect(act)
    return button


def _name(button: QToolButton, words: str) -> None:
    named(button, button.objectName(), words.partition(":")[0], words)
