"""Challenges: a curve to meet by hand, and the smallest network. Read actions.py first."""

from curvegui.ui.actions.feature import ActionRecord, Feature

GUIDE = "Challenges"

FEATURE = Feature(
    "challenges",
    "curvegui.ui.challenges.actions:ChallengeActions",
    needs=("documents",),
    actions=(
        ActionRecord("help.challenges", "Learn", "C&hallenges…",
                     "Set the weights of a small network by hand, and look for the smallest network that draws a curve",
                     "show", before="exercise.new", about=("lessons",)),
    ),
)  # fmt: skip
