"""How it stands with a learner's file, in a sentence or two."""

from curvegui.exercise.verdict import Grade, Report
from curvegui.session.exercise_desk import ExerciseDesk

EMPTY = (
    "Write the four missing Jacobians yourself. A new exercise is a Python file with everything else in it; "
    "save it in any editor, and what is right and what is not is seen here at once. "
    "A file or a Jupyter notebook of your own from the course does as well."
)
COUNTED = {Grade.RIGHT: "right", Grade.WRONG: "wrong", Grade.MISSING: "to write"}


def standing(desk: ExerciseDesk) -> str:
    """What is known of the file, or how to begin where there is none."""
    if desk.path is None:
        return EMPTY
    name = desk.path.name
    if desk.problem:
        return desk.problem
    if desk.is_busy:
        return f"{name}: being checked…"
    if desk.file is not None and not desk.is_allowed:
        return f"{name} has not run yet: it runs only if you say so."
    if desk.report is None:
        return f"{name}: being read…"
    return f"{name}: {_counted(desk.report)} {_next(desk)}".rstrip()


def _counted(report: Report) -> str:
    if report.all_right:
        return "all six Jacobians are right."
    grades = [verdict.grade for verdict in report.functions.values()]
    return ", ".join(f"{grades.count(grade)} {word}" for grade, word in COUNTED.items() if grade in grades) + "."


def _next(desk: ExerciseDesk) -> str:
    if desk.report is not None and desk.report.all_right:
        return ""
    return "Save it, and it is checked again." if desk.follows else "Save it, and you are asked whether it may run."
