"""The panel with every setting and its editor; begin with ``form.py``."""

from curvegui.ui.actions.feature import DockRecord, Feature

GUIDE = "Settings"

FEATURE = Feature(
    "settings", "curvegui.ui.settings.panel:Settings", starts=True, docks=(DockRecord("settings", "Settings"),)
)
