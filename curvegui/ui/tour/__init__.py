"""The guided tour, and lessons that a teacher has written; begin with ``actions.py``."""

from curvegui.ui.actions.feature import ActionRecord, Feature

GUIDE = "The guided tour"

WELCOME = Feature("welcome", "curvegui.ui.tour.welcome:Welcome", starts=True)

FEATURE = Feature(
    "tour",
    "curvegui.ui.tour.actions:TourActions",
    needs=("favourites", "pictures"),
    actions=(
        ActionRecord("help.tour", "Help", "Guided &tour",
                     "What you see and how it learns, step by step; resumes where you left it", "start"),
        ActionRecord("help.lesson", "Help", "Open a l&esson…", "Open a tour that a teacher has written", "ask"),
    ),
)  # fmt: skip
