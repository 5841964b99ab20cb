"""The network and what a person can do to it: select, mute, freeze, set, grow; begin with ``panel.py``."""

from curvegui.ui.actions.feature import DockRecord, Feature
from curvegui.ui.canvas.refresh import PICTURE_S

GUIDE = "The network"

FEATURE = Feature(
    "network",
    docks=(DockRecord("network", "Network", "curvegui.ui.network.panel:NetworkPanel", PICTURE_S),),
    needs=("study",),
)
