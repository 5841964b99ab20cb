"""The error along t, under the canvas; begin with ``plot.py``."""

from curvegui.ui.actions.feature import Feature

GUIDE = "Errors and contributions"

FEATURE = Feature("errors", "curvegui.ui.errors.plot:ErrorPlot", switches=("errors",), needs=("tools",))
