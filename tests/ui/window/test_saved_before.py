"""The window stands and looks as an older version left it."""

import shutil

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget

from tests.saved_before.as_before import FILES

OPEN = {"dock.knobs", "dock.favourites"}
CHECKED = {"view.axes": True, "view.trail": False, "view.target": True, "theme.dark": True, "look.dark": True}


def test_its_panels_and_its_looks_are_as_they_were(open_window, tmp_path):
    path = shutil.copy(FILES / "preferences.json", tmp_path / "kept.json")
    window = open_window(size=None, preferences=tmp_path / path).window
    docks = window.findChildren(QDockWidget)
    assert {dock.objectName() for dock in docks if dock.isVisible()} == OPEN
    actions = {name: window.findChild(QAction, f"action.{name}") for name in CHECKED}
    assert {name: action.isChecked() for name, action in actions.items()} == CHECKED
