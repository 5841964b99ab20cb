"""Experiments: runs that show one thing each, with a question to answer first. Read ``actions.py`` first."""

from curvegui.ui.actions.feature import ActionRecord, Feature

GUIDE = "Experiments"

FEATURE = Feature(
    "experiments",
    "curvegui.ui.experiments.actions:ExperimentActions",
    needs=("documents", "tour"),
    actions=(
        ActionRecord("help.experiments", "Learn", "E&xperiments…",
                     "Eight runs that show one thing each: guess first, then look", "show", before="exercise.new",
                     about=("lessons",)),
    ),
)  # fmt: skip
