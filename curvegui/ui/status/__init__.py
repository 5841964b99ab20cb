"""The status of the run in one line under the canvas, with what would help; begin with ``status.py``."""

from curvegui.ui.actions.feature import Feature

GUIDE = "When learning stops"

FEATURE = Feature("status", "curvegui.ui.status.status:Status", starts=True)
