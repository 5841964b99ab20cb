"""What explains the app: the guide, the keys, what it is, tours and lessons."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QListWidget, QPushButton, QWidget
from scene import LEARNT, Scene
from visitor import Visitor

CHAPTERS = 0, 2, 5, 9  # of the guide


def guide(visitor: Visitor) -> None:
    """The guide at some of its chapters, the keys, and what the app is."""

    def act(dialog: QWidget) -> None:
        chapters = visitor.find_a(QListWidget, "guide.chapters")
        for row in CHAPTERS:
            chapters.setCurrentRow(row)
            visitor.see(f"chapter-{row + 1:02}", dialog)

    visitor.while_chosen("help.guide", act)
    visitor.see_dialog("keys", "help.keys")
    visitor.see_dialog("about", "help.about")
    visitor.see_dialog("preferences", "app.preferences")


def tour(visitor: Visitor) -> None:
    """Every step of the tour, and the list of them."""
    for name in ("maths", "jacobians", "network"):
        visitor.dock(name)  # it is filled then, and what a step shows has its size
    visitor.choose("help.tour")
    following = visitor.find_a(QPushButton, "tour.next")
    steps = visitor.find_a(QPushButton, "tour.steps").menu()
    for number in range(1, len(steps.actions()) + 1):
        visitor.reset_view()
        visitor.see(f"step-{number:02}")
        if number < len(steps.actions()):
            visitor.click(following)
            visitor.hush()
    visitor.see_menu("steps", steps)
    visitor.while_open(partial(visitor.click, following), partial(visitor.see, "restore"))
    visitor.come_back()
    visitor.reset_view()
    visitor.see("finished")


def experiments(visitor: Visitor) -> None:
    """The page of experiments."""
    visitor.see_dialog("page", "help.experiments")


def lesson(visitor: Visitor) -> None:
    """A lesson of one's own, and one with mistakes."""
    documents = visitor.home / "Documents"
    visitor.while_chosen("help.lesson", partial(visitor.name_file, path=documents / "lesson.md"))
    visitor.find("tour.next")
    visitor.reset_view()
    visitor.see("lesson")
    visitor.while_open(partial(visitor.click, "tour.leave"), partial(visitor.see, "leave"))
    visitor.come_back()
    visitor.hush()
    visitor.while_chosen("help.lesson", partial(_name_broken, visitor, documents / "no-lesson.md"))


def _name_broken(visitor: Visitor, path: Path, chooser: QWidget) -> None:
    visitor.while_open(lambda: visitor.name_file(chooser, path), partial(visitor.see, "mistakes"))


HELP = (
    Scene("guide", guide),
    Scene("tour", tour, LEARNT),
    Scene("lesson", lesson),
    Scene("experiments", experiments),
)
