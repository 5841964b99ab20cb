"""Sweeps: many runs with other settings, carried out beside the run. Read `dialog` first."""

from curvegui.ui.actions.feature import ActionRecord, Feature

GUIDE = "Many settings at once"

FEATURE = Feature(
    "sweep",
    "curvegui.ui.sweep.dialog:SweepActions",
    needs=("documents",),
    actions=(
        ActionRecord("run.sweep", "Run", "&Sweep…", "Try many settings at once, on all cores, and open the best run",
                     "open_dialog", about=("action.sweep",)),
    ),
)  # fmt: skip
