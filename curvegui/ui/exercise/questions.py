"""What is asked before a learner's code runs, in honest words."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from curvegui.ui.dialogs.question import LEAVE, Choice, Question, Role

NAME = "exercise.consent"


def ask_to_run(parent: QWidget, path: Path, allow: Callable[[bool], object], decline: Callable[[], object]) -> None:
    """Ask whether the code in a file may run, now, or whenever it is saved; returns at once.

    Parameters
    ----------
    parent : QWidget
    path : Path
    allow : callable
        Called with whether what is saved later may run too.
    decline : callable
        Called where it may not run.
    """
    more = (
        f"{path}\n\nIt runs in a process of its own, with limits on time, memory and output: that protects the app, "
        "not the computer. The code can do whatever you can. Run it only if you know where it comes from."
    )
    question = Question(
        parent,
        NAME,
        f"Run the code in “{path.name}”?",
        more,
        LEAVE,  # the first is what Enter does: nothing runs unless somebody has chosen that it may
        Choice("follow", Role.AcceptRole, "Run, and after each &save"),
        Choice("once", Role.AcceptRole, "Run &once"),
    )
    question.ask(follow=partial(allow, True), once=partial(allow, False), cancel=decline)


def take_back(parent: QWidget) -> None:
    """Close the question, where one is open."""
    for question in parent.findChildren(Question, NAME):
        question.close()
