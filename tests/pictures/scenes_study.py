"""The exercise, the favourites, the wall of seeds and sweeps."""

from collections.abc import Sequence
from functools import partial

from looking import Lost
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QSpinBox, QWidget
from scene import Scene, opening
from visitor import Visitor

Key = Qt.Key


def exercise(visitor: Visitor) -> None:
    """The exercise: without a file, the question, the verdicts, a file that is no Python, and a new one."""
    dock = visitor.dock_alone("exercise")
    visitor.see("empty", dock)
    visitor.while_open(lambda: visitor.drop(visitor.home / "Documents/jacobians.py"), partial(_consent, visitor))
    visitor.wait("there are verdicts", lambda: visitor.find("exercise.again").isEnabled())
    visitor.see("verdicts", dock)


def _consent(visitor: Visitor, question: QWidget) -> None:
    visitor.see("question", question)
    visitor.click(visitor.find("once", inside=question))


def puzzle(visitor: Visitor) -> None:
    """A function put together: to read, with a line missing, and empty; lines that were checked, and a hint."""

    def act(dialog: QWidget) -> None:
        visitor.see("to-read", dialog)
        visitor.click("puzzle.next")
        visitor.see("one-missing", dialog)
        visitor.click("puzzle.next")
        visitor.click("puzzle.next")
        lines = visitor.find("puzzle.lines")
        visitor.press(lines, Key.Key_Return, Key.Key_Return)
        visitor.click("puzzle.check")
        visitor.see("checked", dialog)
        visitor.click("puzzle.hint")
        visitor.see("hint", dialog)

    visitor.while_chosen("exercise.puzzle", act)


def favourites(visitor: Visitor) -> None:
    """The favourites: none, some, a search, a deletion, a new name, their menu, two compared, and a contact sheet."""
    dock = visitor.dock_alone("favourites")
    visitor.see("none", dock)
    for name in ("learnt", "small", "star"):
        visitor.open(name)
        visitor.choose("favourite.keep")
        visitor.wait_for_message("Saved to favourites")
        visitor.hush()
    visitor.see("some", dock)
    _more(visitor, "menu-of-one")
    _select(visitor, (0, 1))
    visitor.see("two", dock)
    _more(visitor, "menu-of-two")
    _more(visitor, "compared", "compare")
    _more(visitor, "sheet", "sheet")
    visitor.fill("favourites.search", "nothing like it")
    visitor.see("not-found", dock)
    visitor.find_a(QLineEdit, "favourites.search").clear()
    _select(visitor, (2,))
    visitor.press(_list(visitor), Key.Key_F2)
    visitor.see("naming", dock)
    visitor.press(visitor.find("favourites.name"), Key.Key_Escape)
    visitor.wait("the name is left", lambda: not visitor.all_of(QWidget, "favourites.name"))
    visitor.press(_list(visitor), Key.Key_Delete)
    visitor.wait_for_end("favourites.said", "Deleted", dock)
    visitor.see("deleted", dock)


def _list(visitor: Visitor) -> QAbstractItemView:
    return visitor.find_a(QAbstractItemView, "favourites.list")


def _select(visitor: Visitor, rows: Sequence[int]) -> None:
    view = _list(visitor)
    view.selectionModel().clearSelection()
    for row in rows:
        index = view.model().index(row, 0)
        view.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)
        view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
    visitor.rest()


def _more(visitor: Visitor, name: str, deed: str = "") -> None:
    """Take a picture of the favourites' menu, or of the dialog that one of its lines opens."""

    def act(menu: QWidget) -> None:
        if not deed:
            visitor.see(name, menu)
            return
        line = next((each for each in menu.actions() if each.objectName() == f"favourites.do.{deed}"), None)
        if line is None:
            raise Lost(f"The menu has no line {deed}")
        visitor.while_open(line.trigger, lambda dialog: _see_both(visitor, name, dialog))

    visitor.while_open(lambda: visitor.click("favourites.more"), act)
    visitor.come_back()


def _see_both(visitor: Visitor, name: str, dialog: QWidget) -> None:
    visitor.see(name, dialog)
    for beside in visitor.all_of(QWidget, "compare.beside", dialog):
        visitor.click(beside)
        visitor.see(f"{name}-beside", dialog)


def wall(visitor: Visitor) -> None:
    """A wall of seeds, and one of aggressions, at their ends."""

    def act(dialog: QWidget) -> None:
        visitor.click("wall.pause")
        visitor.fill("wall.count", "6")
        visitor.fill("wall.iterations", "200")
        visitor.click("wall.begin")
        visitor.wait_for_end("wall.spread", "6 networks at iteration 200", dialog)
        visitor.see("seeds", dialog)
        visitor.press(visitor.find("wall.grid"), Key.Key_Right, Key.Key_Right)
        visitor.see("one-of-them", dialog)
        visitor.click("wall.by_cost")
        visitor.see("by-cost", dialog)
        visitor.pick("wall.varied", "Aggression")
        visitor.fill("wall.count", "0")
        visitor.see("refused", dialog)

    visitor.while_chosen("wall.open", act)


def sweep(visitor: Visitor) -> None:
    """A sweep: what is asked for, what is wrong with it, another place, and the results."""

    def act(dialog: QWidget) -> None:
        visitor.see("asked", dialog)
        visitor.fill("sweep.values_2", "0, much")
        visitor.see("wrong", dialog)
        visitor.fill("sweep.values_2", "0, 1")
        visitor.fill("sweep.values_1", "1, 7")
        for name, value in (("iterations", 200), ("seeds", 1)):
            visitor.find_a(QSpinBox, f"sweep.{name}").setValue(value)
        visitor.click("sweep.begin")
        visitor.wait_for_end("sweep.words", "4 of 4 runs", dialog)
        visitor.wait("the sweep has ended", lambda: visitor.find("sweep.open").isEnabled())
        visitor.see("results", dialog)

    visitor.while_chosen("run.sweep", act)


STUDY = (
    Scene("exercise", exercise),
    Scene("puzzle", puzzle),
    Scene("favourites", favourites),
    Scene("wall", wall),
    Scene("sweep", sweep, opening("star")),
)
