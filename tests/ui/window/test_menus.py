"""The menus of the window in each language: no two entries of one are led to by the same letter."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QMenu, QWidget

from curvegui.core.network.parts import Neuron, Parameter
from curvegui.files.disk.languages import VARIABLE, available
from curvegui.session.run.delivery import Phase
from curvegui.ui.actions.actions import letter_of
from curvegui.ui.compare.dialog import ComparisonDialog
from curvegui.ui.favourites.actions import ENTRIES, favourites_menu
from curvegui.ui.look.language import speak_in_window
from tests.ui.menus import sharing
from tests.ui.person import menu_at

pytestmark = [
    pytest.mark.slow,
    pytest.mark.usefixtures("english_again"),
    pytest.mark.qt_log_ignore(
        r"This plugin does not support (raise\(\)|grabbing the keyboard)", extend=True
    ),  # offscreen
]


def shared_now(window):
    """The texts that share a letter, in the menus of a window and of its buttons as they are opened now."""
    menus = window.findChildren(QMenu)
    for menu in menus:
        menu.aboutToShow.emit()
    return [texts for menu in (window.menuBar(), *menus) for texts in sharing(menu)]


def shared_with_the_menu_key(window, names):
    """Those of the menus that the menu key opens on all parts that have one, and on the window's frame."""
    shared, opened = sharing(window.createPopupMenu()), set()
    for widget in window.findChildren(QWidget):
        if widget.contextMenuPolicy() is Qt.ContextMenuPolicy.CustomContextMenu:
            menu = menu_at(widget, widget.rect().center(), QContextMenuEvent.Reason.Keyboard)
            if menu is not None:
                opened.add(menu.objectName())
                shared += sharing(menu)
                menu.close()
    assert opened == names
    return shared


def shared_on_a_part(person, part):
    """Those of the menu of a part of the network."""
    diagram = person.window.features["study"].panel("network").diagram
    person.wait_until(lambda: diagram.isVisible() and diagram.layout_ is not None)
    menu = menu_at(diagram.viewport(), diagram.layout_.middle(part).toPoint())
    texts = sharing(menu)
    menu.close()
    return texts


@pytest.mark.parametrize("code", available())
def test_in_one_menu_no_two_entries_share_a_letter(code, open_window, monkeypatch):
    monkeypatch.setenv(VARIABLE, code)
    speak_in_window("system")
    person = open_window(study=True)
    person.wait_for_first_picture()
    window, session = person.window, person.session
    assert all(letter_of(entry.text()) for entry in window.menuBar().actions())
    shared = shared_now(window)
    session.edit(aggression=3.0)
    session.edit(noise=2.0)
    session.undo()  # Undo and Redo say what
    for phase in Phase:
        window.features["timeline"].transport.show_phase(phase)
        shared += shared_now(window)
    for record in window.features["study"].records:
        window.features["study"].panel(record.name)
    shared += shared_with_the_menu_key(window, {"context.menu", "curves.menu", "dock.menu", "panel.menu"})
    person.choose("view.understand")
    for part in (Neuron(1, 2), Parameter(1, 2), Parameter(3, 1, 6)):
        shared += shared_on_a_part(person, part)
    person.choose("wall.open")
    (wall,) = window.findChildren(ComparisonDialog)
    menu = menu_at(wall.shown.grid, QPoint(1, 1), QContextMenuEvent.Reason.Keyboard)
    shared += sharing(menu)
    menu.close()
    wall.close()
    nobody = QWidget(window)
    for undo in ("", "x"):
        shared += sharing(favourites_menu(dict.fromkeys(ENTRIES, print), [], undo, nobody))
    assert shared == []


def test_the_menus_are_short(person):
    """At first sight at most nine entries in each, 52 in all, and 90 with the submenus."""

    def entries(menu):
        return [each for each in menu.actions() if each.isVisible() and not each.isSeparator()]

    menus = [title.menu() for title in person.window.menuBar().actions()]
    assert [menu.title() for menu in menus if len(entries(menu)) > 9] == []
    first = [entry for menu in menus for entry in entries(menu)]
    assert len(first) <= 52
    assert len(first) + sum(len(entries(entry.menu())) for entry in first if entry.menu()) <= 90
