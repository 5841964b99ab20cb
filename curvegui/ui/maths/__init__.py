"""The chain rule of one parameter with its present numbers; begin with ``panel.py``."""

from curvegui.ui.actions.feature import DockRecord, Feature
from curvegui.ui.canvas.refresh import NUMBERS_S

GUIDE = "The chain rule with today's numbers"

FEATURE = Feature(
    "maths",
    docks=(DockRecord("maths", "Maths", "curvegui.ui.maths.panel:MathsPanel", 0.75 * NUMBERS_S),),
    needs=("study",),
)
