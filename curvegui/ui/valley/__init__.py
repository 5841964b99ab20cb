"""The valley: the cost over two directions, with the run's path and a ball that rolls; begin with ``panel.py``."""

from curvegui.ui.actions.feature import DockRecord, Feature
from curvegui.ui.canvas.refresh import PICTURE_S

GUIDE = "The valley"

FEATURE = Feature(
    "valley",
    docks=(DockRecord("valley", "Valley", "curvegui.ui.valley.panel:ValleyPanel", PICTURE_S),),
    needs=("study",),
)
