"""A learner's own Jacobians: their file, the verdicts, and training with them; begin with ``panel.py``."""

from curvegui.ui.actions.feature import ActionRecord, DockRecord, Feature

GUIDE = "Your own Jacobians"

FEATURE = Feature(
    "exercise",
    "curvegui.ui.exercise.files:ExerciseFiles",
    needs=("study",),
    actions=(
        ActionRecord("exercise.new", "Learn", "&New exercise…",
                     "Write the missing Jacobians yourself, in a Python file that has everything else", "new",
                     separated=True, about=("panel.exercise",)),
        ActionRecord("exercise.open", "Learn", "&Open an exercise…",
                     "Check a Python file or a Jupyter notebook of your own, and train with it", "choose",
                     about=("panel.exercise",)),
    ),
    docks=(DockRecord("exercise", "Exercise", "curvegui.ui.exercise.panel:ExercisePanel"),),
)  # fmt: skip
