"""The menu of the favourites: what can be done with those that are selected."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from curvegui.core.language.text import mark, tr
from curvegui.files.favourites.favourite import Favourite


@dataclass(frozen=True)
class Entry:
    """One line of the menu."""

    id: str
    text: str
    keys: str  # only shown: the list itself serves them
    fits: Callable[[Sequence[Favourite]], bool]  # whether it can be done with what is selected
    separated: bool = False  # a line goes before it


def _one(selected: Sequence[Favourite]) -> bool:
    return len(selected) == 1 and selected[0].summary is not None


def _two(selected: Sequence[Favourite]) -> bool:
    return len(selected) == 2 and all(each.summary for each in selected)


ENTRIES = (
    Entry("load", mark("&Open"), "Return", _one),
    Entry("rename", mark("&Rename"), "F2", _one),
    Entry("delete", mark("&Delete"), "Del", bool),
    Entry("undo", mark("&Undo"), "", lambda _: True),
    Entry("compare", mark("&Compare selected"), "", _two, separated=True),
    Entry("behind", mark("Compare &with current run"), "", _one),
    Entry("sheet", mark("Contact &sheet…"), "", lambda _: True),
    Entry("folder", mark("Show in &folder"), "", lambda _: True, separated=True),
)


def favourites_menu(
    deeds: Mapping[str, Callable[[], object]], selected: Sequence[Favourite], undo: str, parent: QWidget
) -> QMenu:
    """The menu for a selection; it goes when it is closed.

    ``deeds`` says what each entry does, by id. ``undo`` is what would be undone, such as "delete “heart”", or empty.
    """
    menu = QMenu(parent)
    menu.setObjectName("favourites.menu")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for entry in ENTRIES:
        if entry.separated:
            menu.addSeparator()
        action = menu.addAction(tr(entry.text))
        action.setObjectName(f"favourites.do.{entry.id}")
        action.setEnabled(entry.fits(selected))
        action.triggered.connect(deeds[entry.id])
        if entry.keys:
            action.setShortcut(QKeySequence(entry.keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        if entry.id == "undo":
            action.setText(tr("&Undo {undo}", undo=undo) if undo else tr("&Undo"))
            action.setEnabled(bool(undo))
    return menu
