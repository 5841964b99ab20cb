"""The target over the trail while it moves: under it, all of the trail would be painted anew with every change."""

import numpy as np
from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QGraphicsPathItem

from curvegui.core.learner.learner import Snapshot
from curvegui.figure.drawing.polyline import outline, path_of
from curvegui.ui.actions.services import Services
from curvegui.ui.canvas.run_items import CURVES, lay_over


class LiftedTarget(QObject):
    """An item that Qt paints by itself; it is seen while the target is lifted."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.canvas)
        self._services, self._canvas = services, services.canvas
        self._item = QGraphicsPathItem()
        self._is_lifted = False
        lay_over(self._canvas.scene(), CURVES - 0.7, self._item)  # behind the fit
        self._item.hide()

    def lift(self, lifted: bool) -> None:
        """Lift the target, or put it back."""
        if lifted == self._is_lifted:
            return
        self._is_lifted = lifted
        reshaping = self._services.actions["curve.reshape"]
        if lifted and reshaping.isChecked():  # it draws the target itself
            reshaping.trigger()
        if lifted:
            self._canvas.redrawn.connect(self._draw)
        else:
            self._canvas.redrawn.disconnect(self._draw)
            self._item.hide()
        self._canvas.lift_target(lifted)

    @Slot(object)
    def _draw(self, snapshot: Snapshot) -> None:
        display = self._services.display.now
        drawn = outline(self._canvas.from_plane(snapshot.target.outline)) if display.target else None
        self._item.setVisible(drawn is not None)
        if drawn is not None:
            self._item.setPen(display.look.target_pen(1.0))
            self._item.setPath(path_of(drawn[np.newaxis]))
