"""Files from outside: a second start, or the system, hands a file to the open window. Read listener.py first."""

from curvegui.ui.actions.feature import Feature

GUIDE = "Projects"

FEATURE = Feature("second_start", "curvegui.ui.second_start.listener:Listener", starts=True, needs=("documents",))
