"""The docks of panels: one that cannot be loaded says so; of many points, they show what the pool has computed."""

import sys
import threading

from PySide6.QtWidgets import QLabel

from curvegui.core.inspection import inspected_snapshot as inspected_module
from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot
from curvegui.core.network.network import Network
from curvegui.core.network.parts import Parameter
from curvegui.ui.actions.feature import DockRecord, Feature
from curvegui.ui.maths import panel as maths
from curvegui.ui.widgets.numbers import exact_number
from curvegui.ui.window.features import FEATURES

CODE = """
from PySide6.QtWidgets import QLabel

class Panel(QLabel):
    def __init__(self, study):
        super().__init__("here at last")

    def show_inspected(self, inspected):
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
    docks, bar = person.window.services.docks, person.window.toast
    docks.show("late")
    person.wait_until(lambda: "“Late” could not be loaded: the disk is gone." in bar.words)
    docks["late"].hide()
    person.learn(3)  # while which it is seen that it is out of sight
    module.write_text(CODE)
    docks.show("late")
    person.wait_until(lambda: "here at last" in [each.text() for each in docks["late"].findChildren(QLabel)])


def test_what_takes_long_of_many_points_is_computed_in_the_background(open_window, monkeypatch):
    computed, jacobians, chain_rule = [], Network.jacobians, maths.chain_rule

    def noted(compute):
        return lambda *wanted: computed.append(threading.get_ident()) or compute(*wanted)

    monkeypatch.setattr(Network, "jacobians", noted(jacobians))
    monkeypatch.setattr(maths, "chain_rule", noted(chain_rule))
    person = open_window(points=2 * inspected_module.LARGE // 72)
    person.wait_for_first_picture()
    person.window.services.docks.show("maths")
    person.wait_until(lambda: person.shows("maths.equation") and person.find("maths.equation").boxes)
    person.learn(3)
    weight, newest = Parameter(3, 1, 2), InspectedSnapshot(person.session.snapshot)
    person.window.features["study"].inspection.look_at_point(None)
    person.window.features["study"].inspection.select(weight)
    threads = set(computed)
    tip = exact_number(chain_rule(newest, weight).product)
    person.wait_until(lambda: person.find("maths.equation").boxes[0].lines[0].number == tip)
    assert threads and threading.get_ident() not in threads
