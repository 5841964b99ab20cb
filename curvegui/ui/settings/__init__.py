"""The panel with every setting and its editor, and the status card; begin with ``form.py``."""

from curvegui.ui.actions.feature import DockRecord, Feature

FEATURE = Feature(
    "settings",
    "curvegui.ui.settings.dock:SettingsDock",
    starts=True,
    docks=(DockRecord("knobs", "Knobs"),),
)
