"""A new target grows out of the one before: only the line that is drawn, as the network learns the new one at once."""

from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsScene

from curvegui.core.curve.curve import Curve
from curvegui.figure.drawing.data_map import DataMap
from curvegui.figure.drawing.look import Look
from curvegui.figure.drawing.target_drawing import curve_drawing
from curvegui.ui.canvas.run_items import CURVES, lay_over, show_outline
from curvegui.ui.look import motion

if TYPE_CHECKING:  # loaded with the first curve that grows
    from curvegui.core.learner.morphing import Morph

PLACES = 240  # of the line on its way


class TargetGrowth:
    """The line from one curve to the next, for a fifth of a second. Curves in parts do not grow."""

    def __init__(self, scene: QGraphicsScene) -> None:
        self._morph: Morph | None = None
        self._item, self._began = QGraphicsPathItem(), 0.0
        self._item.hide()
        lay_over(scene, CURVES, self._item)

    def begin(self, before: str | Curve, after: str | Curve) -> None:
        from curvegui.core.learner.morphing import Morph

        self.end()
        if motion.GLIDE_MS and not any(curve_drawing(curve).jumps.any() for curve in (before, after)):
            self._morph, self._began = Morph((before, after)), perf_counter()

    def end(self) -> None:
        self._morph = None
        self._item.hide()

    def go_on(self, plane: DataMap, look: Look) -> bool:
        """Show the line as it is by now; whether it is still on its way."""
        share = 1000 * (perf_counter() - self._began) / max(motion.GLIDE_MS, 1)
        if self._morph is None or share >= 1:
            self.end()
            return False
        curve = replace(self._morph, position=1 - (1 - share) ** 3).curve(PLACES)
        self._item.setPen(look.target.pen(1.0))
        show_outline(self._item, plane.map(curve_drawing(curve).line))
        return True
