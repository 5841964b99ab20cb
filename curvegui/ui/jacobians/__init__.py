"""The Jacobians of all layers as heat maps; begin with ``panel.py``."""

from curvegui.core.language.text import mark
from curvegui.ui.actions.feature import DockRecord, Feature

GUIDE = "The chain rule with today's numbers/" + mark("The Jacobians panel")

FEATURE = Feature(
    "jacobians",
    docks=(DockRecord("jacobians", "Jacobians", "curvegui.ui.jacobians.panel:JacobiansPanel"),),
    needs=("study",),
)
