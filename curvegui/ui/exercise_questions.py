"""What is asked before a learner's code runs, in honest words."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from curvegui.ui.question import LEAVE, Choice, Question, Role


def ask_to_run(parent: QWidget, path: Path, allow: Callable[[bool], object]) -> Question:
    """Ask whether the code in a file may run, now, or whenever it is saved; returns the question, at once.

    Parameters
    ----------
    parent : QWidget
    path : Path
    allow : callable
        Called with whether what is saved later may run too.
    """
    more = (
        f"{path}\n\nIt runs in a process of its own, with limits on time, memory and output: that protects the app, "
        "not the computer. The code can do whatever you can. Run it only if you know where it comes from."
    )
    question = Question(
        parent,
        "exercise.consent",
        f"Run the code in “{path.name}”?",
        more,
        Choice("follow", Role.AcceptRole, "Run, and after each &save"),
        Choice("once", Role.AcceptRole, "Run &once"),
        LEAVE,
    )
    question.ask(follow=partial(allow, True), once=partial(allow, False))
    return question
