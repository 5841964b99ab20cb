"""The docks of panels: one whose code cannot be loaded says so, and is tried again when it is next seen."""

import sys

from PySide6.QtWidgets import QLabel

from curvegui.ui.actions.feature import DockRecord, Feature
from curvegui.ui.window.features import FEATURES

CODE = """
from PySide6.QtWidgets import QLabel

class Panel(QLabel):
    def __init__(self, study):
        super().__init__("here at last")

    def show_portrait(self, portrait):
        pass
"""
LATE = Feature("late", docks=(DockRecord("late", "Late", "late_panel:Panel"),))


def test_a_panel_that_could_not_be_loaded_says_so_and_is_tried_again(open_window, tmp_path, monkeypatch):
    module = tmp_path / "late_panel.py"
    module.write_text("raise ImportError('the disk is gone')")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    person = open_window(table=(*FEATURES, LATE))
    person.wait_for_first_picture()
    docks, bar = person.window.services.docks, person.window.statusBar()
    docks.show("late")
    person.wait_until(lambda: "“Late” could not be loaded: the disk is gone." in bar.currentMessage())
    docks["late"].hide()
    person.learn(3)  # while which it is seen that it is out of sight
    module.write_text(CODE)
    docks.show("late")
    person.wait_until(lambda: "here at last" in [each.text() for each in docks["late"].findChildren(QLabel)])
