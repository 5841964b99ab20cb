"""A Fourier series beside the network: its circles on the canvas, errors compared; begin with ``panel.py``."""

from curvegui.ui.actions.feature import ActionRecord, DockRecord, Feature

GUIDE = "Circles or neurons"

FEATURE = Feature(
    "fourier",
    "curvegui.ui.actions.services:PanelActions",
    actions=(
        ActionRecord("curve.fourier", "/&Curve", "Fourier series &beside the network",
                     "Draw the same curve with circles that turn, and compare it with the network", "show",
                     ("fourier",), separated=True, before="curve.save_points", about=("panel.fourier",)),
    ),
    docks=(DockRecord("fourier", "Fourier", "curvegui.ui.fourier.panel:FourierPanel"),),
    needs=("study",),
)  # fmt: skip
