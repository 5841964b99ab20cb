"""Buttons above the diagram's layers: add or remove a neuron, remove the layer, add a layer."""

from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QToolButton, QWidget

from curvegui.core.language.text import mark, tr
from curvegui.core.network.inserted_layer import NEW_LAYER, WHY_SO_MANY
from curvegui.core.settings.config import WINDOW_LAYERS, WINDOW_NEURONS
from curvegui.figure.drawing.network_layout import Layout
from curvegui.ui.look.icons import icon, icon_size
from curvegui.ui.look.layouts import named, styled
from curvegui.ui.network.part import PartActions

ICON_LINES = 0.9
EDGE_PX = 6  # around an icon
LEAST_PX = 24  # of a button's height, and of its width where there is room
SPACE_PX = 1  # under the buttons
ADD_TIP = mark("One hidden layer more, before the output.")
KINDS = {
    "plus": mark("One neuron more in layer {layer}: the curve stays as it is"),
    "minus": mark("One neuron fewer in layer {layer}: the selected one, or else the least important"),
    "remove": mark("Remove layer {layer}"),
}


class GrowthRow(QWidget):
    """A group of buttons over each hidden layer: side by side or, where the layers are close together, stacked."""

    def __init__(self, parts: PartActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("network.growth")
        self._parts = parts
        self._layout: Layout | None = None
        self._groups: list[dict[str, QToolButton]] = []
        tip = f"{tr(ADD_TIP)}\n{tr(WHY_SO_MANY, count=NEW_LAYER)}"
        self.add = styled(named(QToolButton(self), "network.add_layer", tr("Add a layer"), tip), "bare")
        self.add.setText(tr("+ layer"))
        self.add.clicked.connect(parts.add_layer)

    def show_layout(self, layout: Layout) -> None:
        """Put a group over each hidden layer; the button for a new layer goes over the output, or above the others."""
        self._layout = layout
        hidden = len(layout.sizes) - 2
        while len(self._groups) > hidden:
            for button in self._groups.pop().values():
                button.hide()
                button.deleteLater()
        while len(self._groups) < hidden:
            number = len(self._groups) + 1
            self._groups.append({kind: self._button(kind, number) for kind in KINDS})
        side = max(icon_size(self, ICON_LINES).width() + EDGE_PX, LEAST_PX)
        spacing = float(layout.columns[1] - layout.columns[0])
        piled = 3 * side > spacing - 2
        width = min(side, int(spacing) - 1) if piled else side
        add = self.add.sizeHint()
        last = float(layout.columns[-2]) + (width / 2 if piled else 1.5 * width)
        above = add.height() if layout.width - add.width() < last + 2 else 0
        self.add.setGeometry(round(layout.width - add.width()), 0, add.width(), add.height())
        for group, middle in zip(self._groups, layout.columns[1:-1].tolist(), strict=True):
            for index, button in enumerate(group.values()):
                x = middle - width / 2 if piled else middle + (index - 1.5) * width
                y = above + (index * side if piled else 0)
                icon_side = min(side, width) - EDGE_PX
                button.setIconSize(QSize(icon_side, icon_side))
                button.setGeometry(round(x), round(y), width, side)
        rows = side * (3 if piled else 1)
        self.setFixedHeight(max(above + rows, add.height()) + SPACE_PX)
        self.add.raise_()  # it comes last for Tab
        self.show_bounds()

    def show_bounds(self) -> None:
        layout = self._layout
        if layout is None:
            return
        hidden, live = layout.sizes[1:-1], self._parts.is_live
        for group, neurons in zip(self._groups, hidden, strict=True):
            group["plus"].setEnabled(live and neurons < WINDOW_NEURONS)
            group["minus"].setEnabled(live and neurons > 1)
            group["remove"].setEnabled(live and len(hidden) > 1)
        self.add.setEnabled(live and len(hidden) < WINDOW_LAYERS)

    def _button(self, kind: str, layer: int) -> QToolButton:
        words = tr(KINDS[kind], layer=layer)
        button = styled(named(QToolButton(self), f"network.{kind}.{layer}", words.partition(":")[0], words), "bare")
        button.setIcon(icon(kind, "muted", "faint"))
        parts = self._parts
        acts = {"plus": parts.add_neuron, "minus": parts.remove_neuron, "remove": parts.remove_layer}
        button.clicked.connect(partial(acts[kind], layer))
        button.show()
        return button
