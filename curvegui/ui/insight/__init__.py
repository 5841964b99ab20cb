"""Explanations drawn over the fit: errors, pulls, the curve without a part; begin with ``insight.py``."""

from curvegui.ui.actions.feature import Feature

GUIDE = "Errors and contributions"

FEATURE = Feature("insight", "curvegui.ui.insight.insight:Insight", starts=True)
