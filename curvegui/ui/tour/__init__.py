"""The guided tour, and lessons that teachers have written; begin with ``actions.py``."""

from curvegui.ui.actions.feature import ActionRecord, Feature

GUIDE = "The guided tour"
FIRST = "first-steps.md"  # the app's own tour
MENU, FOLDER = "Learn/L&essons", "lessons"  # of the lessons at hand, and of those in the person's data

WELCOME = Feature("welcome", "curvegui.ui.tour.welcome:Welcome", starts=True)

FEATURE = Feature(
    "tour",
    "curvegui.ui.tour.actions:TourActions",
    needs=("favourites", "share", "tools"),
    actions=(
        ActionRecord("help.tour", "Learn", "Guided &tour",
                     "What you see and how it learns, step by step; resumes where you left it", "start",
                     before="exercise.new", about=("lessons",)),
        ActionRecord("help.leave_class", "Learn", "Leave class &mode…",
                     "Leave the lesson and show everything again", "ask_to_leave",
                     before="exercise.new", about=("class mode",)),
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
