"""The curve to train on: chosen in the list at the left, dropped or pasted; begin with ``actions.py``."""

from curvegui.ui.actions.feature import ActionRecord, Feature

GUIDE = "Any curve"

FEATURE = Feature(
    "curves",
    "curvegui.ui.curves.actions:CurveActions",
    starts=True,
    needs=("documents",),
    actions=(
        ActionRecord("curve.text", "Curve", "&Text…", "Train on the outline of a word", "ask_text", keys=("T",),
                     icon="text", about=("setting.curve",)),
        ActionRecord("curve.formula", "Curve", "&Formula…", "Train on a curve given by two formulas in t",
                     "ask_formula", short="f(t)", about=("setting.curve",)),
        ActionRecord("curve.import", "Curve", "&Import curve…",
                     "Train on a drawing (SVG), a table of points or a picture", "ask_file",
                     keys=("Ctrl+I",), icon="import", about=("setting.curve", "action.open")),
        ActionRecord("curve.save_points", "/&Curve", "&Save points…",
                     "Save the points of the current curve as CSV or as an SVG path", "save_points"),
    ),
)  # fmt: skip
