"""The guided tour, and lessons that teachers have written; begin with ``actions.py``."""

from curvegui.core.language.text import mark
from curvegui.ui.actions.feature import ActionRecord, Feature

GUIDE = "The guided tour"
FIRST = "first-steps.md"  # the app's own tour
MENU, FOLDER = "Learn/L&essons", "lessons"  # of the lessons at hand, and of those in the person's data

EXPERIMENTS = {
    "saturated": mark("Fourteen times as bold"),
    "vanishing-gradient": mark("Six hidden layers"),
    "learnt-by-heart": mark("One point in ten"),
    "only-luck": mark("Sixteen seeds"),
    "too-small": mark("Two neurons and a flower"),
    "noise-helps": mark("Steps that are a little too large"),
    "grow-without-forgetting": mark("More neurons later"),
    "race-of-optimisers": mark("Seven optimisers"),
}
"""The titles of the experiments, which are lessons of one question, by the names of their files."""

WELCOME = Feature("welcome", "curvegui.ui.tour.welcome:Welcome", starts=True)

FEATURE = Feature(
    "tour",
    "curvegui.ui.tour.actions:TourActions",
    needs=("favourites", "share", "tools", "compare"),
    actions=(
        ActionRecord("help.tour", "Learn", "Guided &tour",
                     "What you see and how it learns, step by step; resumes where you left it", "start",
                     before="exercise.new", about=("lessons",)),
        ActionRecord("help.leave_class", "Learn", "Leave class &mode…",
                     "Leave the lesson and show everything again", "ask_to_leave",
                     before="exercise.new", about=("class mode",)),
        *(ActionRecord(f"experiment.{name}", "Learn/E&xperiments", title,
                       mark("A question, what to try, and the answer"), "experiment", (name,),
                       before="exercise.new", about=("lessons",), initial=True)
          for name, title in EXPERIMENTS.items()),
    ),
)  # fmt: skip

LESSONS = Feature(
    "lessons",
    "curvegui.ui.tour.lessons:Lessons",
    starts=True,
    needs=("tour",),
    actions=(
        ActionRecord("help.lesson", MENU, "&Open a lesson…", "Open a tour that a teacher has written", "ask",
                     before="exercise.new", about=("lessons",)),
        ActionRecord("help.lesson_folder", "/L&essons", "Show the &folder of lessons",
                     "Lessons in this folder are listed here", "show_folder",
                     before="exercise.new", about=("lessons",)),
    ),
)  # fmt: skip
