"""Put it together: a Jacobian from its shuffled lines and from some that do not belong; begin with ``dialog.py``."""

from curvegui.ui.actions.feature import ActionRecord, Feature

GUIDE = "Put it together"

FEATURE = Feature(
    "puzzle",
    "curvegui.ui.puzzle.actions:PuzzleActions",
    needs=("exercise",),
    actions=(
        ActionRecord("exercise.puzzle", "Learn", "&Put it together…",
                     "Put the Jacobians together from shuffled lines, without typing", "show",
                     about=("panel.exercise",)),
    ),
)  # fmt: skip
