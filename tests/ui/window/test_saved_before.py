"""The window looks as an older version left it; its panels stand as a new user finds them."""

import shutil

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget

from curvegui.ui.actions.view import FIRST, VIEWS
from tests.saved_before.as_before import FILES

CHECKED = {"view.axes": True, "view.trail": False, "view.target": True, "theme.dark": True, "look.dark": True}


def test_its_looks_are_as_they_were_and_its_panels_those_of_the_first_view(open_window, tmp_path):
    path = shutil.copy(FILES / "preferences.json", tmp_path / "kept.json")
    window = open_window(size=None, preferences=tmp_path / path).window
    actions = {name: window.findChild(QAction, f"action.{name}") for name in CHECKED}
    assert {name: action.isChecked() for name, action in actions.items()} == CHECKED
    docks = {dock.objectName() for dock in window.findChildren(QDockWidget) if dock.isVisible()}
    assert docks == {f"dock.{name}" for place in VIEWS[FIRST].panels for name in place}
