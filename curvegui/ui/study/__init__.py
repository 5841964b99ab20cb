"""What all panels about the mathematics of the network share. Read study.py first."""

from curvegui.ui.actions.feature import Feature

FEATURE = Feature("study", "curvegui.ui.study.study:Study", starts=True)
