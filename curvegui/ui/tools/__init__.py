"""The tools on the canvas: draw a curve, reshape it, ask what draws a part; begin with ``tools.py``."""

from curvegui.ui.actions.feature import ActionRecord, Feature

GUIDE = "Any curve"

FEATURE = Feature(
    "tools",
    "curvegui.ui.tools.tools:CurveTools",
    needs=("curves",),
    actions=(
        ActionRecord("curve.draw", "Curve", "&Draw", "Draw a curve on the canvas; training on it starts at once",
                     "draw", keys=("D",), icon="pencil", checkable=True, before="curve.text", about=("setting.curve",)),
        ActionRecord("curve.reshape", "Curve", "&Reshape by hand",
                     "Drag the curve on the canvas while the network learns", "reshape",
                     keys=("H",), icon="reshape", short="Reshape", checkable=True, separated=True,
                     before="curve.save_points", about=("setting.curve",)),
        ActionRecord("inspect.brush", "Curve", "Show &neurons for part of the curve",
                     "Select a part of the fit to see which neurons draw it", "ask_neurons",
                     keys=("W",), checkable=True, before="curve.save_points"),
    ),
)  # fmt: skip
