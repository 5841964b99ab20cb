"""The morph: the target changes into other curves while the network learns; begin with ``panel.py``."""

from curvegui.ui.actions.feature import ActionRecord, DockRecord, Feature

GUIDE = "Morph"

FEATURE = Feature(
    "morph",
    "curvegui.ui.actions.services:PanelActions",
    actions=(
        ActionRecord("curve.morph", "Curve", "&Morph into another curve",
                     "Let the curve change into others while the network learns", "show", ("morph",),
                     before="curve.fourier", separated=True, about=("panel.morph", "setting.curve")),
    ),
    docks=(DockRecord("morph", "Morph", "curvegui.ui.morph.panel:MorphPanel"),),
    needs=("study", "curves"),
)  # fmt: skip
