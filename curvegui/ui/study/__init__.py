"""The panels in which the mathematics is alive, whatever is in them. Read study.py first."""

from curvegui.ui.actions.feature import Feature

FEATURE = Feature("study", "curvegui.ui.study.study:Study", starts=True)
