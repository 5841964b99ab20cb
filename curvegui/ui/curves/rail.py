"""The rail at the left: the ways to bring in a curve, and the list of curves."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from curvegui.core.curve.curve import Curve
from curvegui.core.language.text import mark, tr
from curvegui.ui.actions.actions import ICON, TEXT, Actions, chip
from curvegui.ui.curves.list import GAP_PX, CurveList, tile_side
from curvegui.ui.look.icons import icon_size
from curvegui.ui.look.layouts import filled

EDGE_PX = 10

TOOLS = {
    "curve.draw": (mark("Draw"), ICON),
    "curve.text": (mark("Text"), ICON),
    "curve.formula": (mark("Formula"), TEXT),
    "curve.import": (mark("Import curve"), ICON),
}
"""The actions at the top, with their names, and what is on their buttons."""


class CurveRail(QWidget):
    """A slim column."""

    chosen = Signal(object)  # train on this: the name of a preset, or a Curve of the user's own
    unwanted = Signal(object)  # a Curve of the user's own is to be taken off the list

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("curves")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._tools = [chip(actions[id_], tr(name), style) for id_, (name, style) in TOOLS.items()]
        self._list = CurveList()
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE_PX, EDGE_PX, 0, EDGE_PX // 2)
        column.setSpacing(GAP_PX)
        self._ways = filled(QVBoxLayout(), *self._tools, spacing=GAP_PX)
        for tool in self._tools:
            tool.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        column.addLayout(self._ways)
        column.addWidget(self._list, 1)
        self._list.chosen.connect(self.chosen)
        self._list.unwanted.connect(self.unwanted)
        self._fit()

    def show_recent(self, curves: Sequence[Curve]) -> None:
        """Show the user's own curves before the presets."""
        self._list.show_recent(curves)

    def show_present(self, curve: str | Curve) -> None:
        """Frame the curve that is trained on."""
        self._list.show_present(curve)

    def changeEvent(self, event: QEvent) -> None:
        """Make room for another font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        """Be as wide as a tile with the scroll bar beside it, or as the words of a button."""
        side = tile_side(self)
        self._list.set_side(side)
        for tool in self._tools:
            tool.setIconSize(icon_size(tool, 1.3))
        bar = self._list.verticalScrollBar().sizeHint().width()
        before, after = (bar, 0) if self.isRightToLeft() else (0, bar)  # the buttons are over the tiles
        self._ways.setContentsMargins(before, 0, after, 0)
