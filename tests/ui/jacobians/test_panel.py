"""The dock of the Jacobians: every entry can be read and selected, and the noise factors are those of the run."""

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot
from curvegui.core.network.parts import Neuron, Parameter
from curvegui.ui.jacobians.maps import HeatMaps
from curvegui.ui.jacobians.panel import factor_words
from curvegui.ui.jacobians.words import DIGITS
from curvegui.ui.look.theme import LIGHT
from curvegui.ui.widgets.numbers import scientific
from tests.ui.person import Key, picture, pixels_near


@pytest.fixture
def reader(visit):
    """Someone who looks at the Jacobians of a run that is paused at iteration 500."""
    return open_dock(visit())


def open_dock(person, iteration=500):
    person.wait_for_first_picture()
    person.window.services.docks["settings"].hide()
    person.window.services.docks["jacobians"].show()
    if iteration:
        person.learn(iteration)
    person.wait_until(lambda: person.shows("jacobians.maps"))
    person.wait_until(lambda: f"iteration {iteration + 1:,}." in person.read("jacobians.count"))
    return person


def inspected(person):
    return InspectedSnapshot(person.session.snapshot)


def maps(person) -> HeatMaps:
    return person.find("jacobians.maps", HeatMaps)


def cell(person, parameter):
    return maps(person).area(parameter)


@pytest.mark.slow
def test_it_follows_the_run_its_factors_below_zero_its_optimiser_and_its_network(reader):
    reader.session.edit(optimizer="lbfgs")
    reader.wait_until(lambda: "L-BFGS" in reader.read("jacobians.count"))
    assert reader.find("jacobians.factors").in_words().count(factor_words("J_W1", 1.0)[5:]) == 6
    assert not reader.find("jacobians.compare").isEnabled()
    reader.choose("edit.undo")
    reader.wait_until(lambda: "of the six factors point" in reader.read("jacobians.count"))
    assert reader.find("jacobians.compare").isEnabled()

    reader.window.features["study"].inspection.select(Parameter(1, 0, 0))
    before = reader.read("jacobians.entry")
    reader.learn(1)
    reader.wait_until(lambda: reader.read("jacobians.entry") != before)
    value = inspected(reader).jacobians[0][0][0, 0]
    reader.wait_until(lambda: scientific(abs(value), DIGITS) in reader.read("jacobians.entry"))

    for _ in range(40):
        if (inspected(reader).noise_factors < 0).any():
            break
        reader.learn(1)
    assert (inspected(reader).noise_factors < 0).any()
    bars = reader.find("jacobians.factors")
    reader.wait_until(lambda: "uphill" in bars.in_words())
    assert pixels_near(picture(bars), LIGHT.warning, within=40) > 20

    reader.window.features["study"].inspection.select(Parameter(2, 6, 5))
    reader.session.edit(hidden=(4,))
    reader.wait_until(lambda: len(maps(reader).layers) == 2)
    assert reader.window.features["study"].inspection.selected is None
    assert reader.find("jacobians.factors").in_words().count("J_") == 4


@pytest.mark.slow
def test_every_entry_can_be_pointed_at_walked_to_and_selected_and_the_factors_are_those_of_the_next_iteration(
    reader, monkeypatch
):
    factors = inspected(reader).noise_factors
    told = reader.find("jacobians.factors").in_words()
    names = ["J_W1", "J_W2", "J_W3", "J_b1", "J_b2", "J_b3"]
    assert told == ", ".join(map(factor_words, names, factors.tolist()))
    uphill = ["None", "One", "Two", "Three", "Four", "Five", "Six"][int((factors < 0).sum())]
    assert reader.read("jacobians.count").startswith(f"{uphill} of the six factors point")
    assert "15.9 %" in reader.read("jacobians.theory")

    said = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: said.append(event.message()))
    reader.tab_to("jacobians.maps")
    reader.press(Key.Key_Right, Key.Key_Right, Key.Key_Right, Key.Key_Down)
    assert reader.window.features["study"].inspection.selected == Parameter(2, 1, 0)
    assert said[-1] == reader.read("jacobians.entry")
    assert said[-1].startswith("J_W2, row 2, column 1: ")
    reader.press(Key.Key_Escape)
    assert reader.window.features["study"].inspection.selected is None
    assert reader.read("jacobians.entry").startswith("Point at an entry")

    reader.window.features["study"].inspection.select(Neuron(2, 3))
    assert reader.read("jacobians.entry") == "Row 4 of layer 2 belongs to the selected neuron."

    for parameter in (Parameter(2, 3, 4), Parameter(3, 1), Parameter(1, 5, 0)):
        reader.point_at(maps(reader), cell(reader, parameter).center())
        weights, biases = inspected(reader).jacobians[parameter.layer - 1]
        value = biases[parameter.row, 0] if parameter.is_bias else weights[parameter.row, parameter.column]
        column = "" if parameter.is_bias else f", column {parameter.column + 1}"
        words = f"J_{parameter.matrix}, row {parameter.row + 1}{column}: {scientific(value, DIGITS)}"
        assert reader.read("jacobians.entry") == words

    QTest.mouseClick(maps(reader), Qt.MouseButton.LeftButton, pos=cell(reader, Parameter(2, 3, 4)).center())
    assert reader.window.features["study"].inspection.selected == Parameter(2, 3, 4)
    reader.window.features["study"].inspection.select(None)
    reader.tab_to("jacobians.small")
    reader.point_at(maps(reader), maps(reader).rect().bottomRight())
    pictures = [picture(maps(reader))]
    for part in (Parameter(1, 2), Neuron(2, 3)):
        reader.window.features["study"].inspection.select(part)
        pictures.append(picture(maps(reader)))
    for name in ("jacobians.small", "jacobians.common"):
        box = reader.tab_to(name)
        reader.press(Key.Key_Space)
        pictures.append(picture(maps(reader)))
        assert box.isChecked() == (name == "jacobians.common")
    assert all(before != after for before, after in pairwise(pictures))


def test_numbers_that_ran_away_are_painted_all_the_same(qtbot):
    made = HeatMaps()
    qtbot.addWidget(made)
    made.show_jacobians([(np.full((2, 1), np.nan), np.full((2, 1), np.inf))])
    made.show()
    assert not picture(made).isNull()
