"""The dock of the network in the real window."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from curvegui.core.network.parts import Neuron, Parameter, incoming
from curvegui.ui.network.words import shown
from tests.ui.person import Key, picture


@pytest.fixture
def study(window):
    return window.features["study"]


@pytest.fixture
def panel(person, window, study):
    """The panel, opened from the menu, showing the run."""
    person.choose("view.understand")
    panel = study.panel("network")
    person.wait_until(lambda: panel.isVisible() and panel.diagram.layout_ is not None)
    return panel


@pytest.mark.slow
def test_the_diagram_is_live_and_shows_the_moment_that_is_looked_back_to_or_the_last_one(person, panel, study, session):
    study.inspection.select(Parameter(1, 0))
    at_first = panel.sums.words.text()
    person.learn(300)
    person.wait_until(lambda: panel.sums.words.text() != at_first)
    session.time.look_back(0)
    person.wait_until(lambda: panel.sums.words.text() == at_first)
    assert not panel.layers.adds[0].isEnabled()
    session.time.go_to_now()
    person.wait_until(lambda: panel.sums.words.text() != at_first)
    assert panel.layers.adds[0].isEnabled()

    study.inspection.select(Parameter(2, 2, 4))
    seen = picture(panel.diagram)
    person.learn(200)
    person.wait_until(lambda: shown(value(session, Parameter(2, 2, 4))) in panel.sums.words.text())
    assert picture(panel.diagram) != seen


def test_its_keys_are_its_own_only_while_it_has_the_focus(person, panel, study, session, window):
    panel.diagram.setFocus(Qt.FocusReason.TabFocusReason)
    person.press(Key.Key_Down, Key.Key_M)
    assert study.inspection.muted == {Neuron(1, 0)}
    window.canvas.setFocus()
    person.press(Key.Key_M)
    assert study.inspection.muted == {Neuron(1, 0)}
    assert not session.phase.is_learning
    panel.diagram.setFocus(Qt.FocusReason.TabFocusReason)
    person.press(Key.Key_Space)
    assert session.phase.is_learning
    session.pause()


@pytest.mark.slow
def test_a_value_that_is_typed_or_dragged_is_one_change_and_what_is_frozen_stays(person, panel, study, session):
    weight = Parameter(2, 2, 4)
    before = value(session, weight)
    study.inspection.select(weight)
    person.enter("network.value", "1.5")
    person.wait_until(lambda: value(session, weight) == 1.5)
    person.wait_until(lambda: "= <b style" in panel.sums.words.text() and "1.50" in panel.sums.words.text())
    person.choose("edit.undo")
    person.wait_until(lambda: value(session, weight) == before)

    bias = Parameter(3, 1)
    before = value(session, bias)
    view, start = panel.diagram.viewport(), panel.diagram.layout_.middle(bias).toPoint()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    for up in (30, 60):
        QTest.mouseMove(view, start - QPoint(0, up))
        person.wait_until(lambda: abs(value(session, bias) - panel.diagram.drag._value) < 1e-9)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=start - QPoint(0, 60))
    assert value(session, bias) > before
    person.choose("edit.undo")
    person.wait_until(lambda: value(session, bias) == before)

    neuron = Neuron(1, 2)
    study.inspection.select(neuron)
    person.click("network.freeze")
    before = session.snapshot.parameters.copy()
    person.learn(100)
    changed = np.flatnonzero(session.snapshot.parameters != before)
    places = {each.index_in((1, 6, 7, 2)) for each in incoming(neuron, (1, 6, 7, 2))}
    assert set(changed.tolist()) == set(range(before.size)) - places


def value(session, parameter):
    snapshot = session.snapshot
    if snapshot is None:  # on its way
        return np.nan
    return snapshot.parameters[parameter.index_in(snapshot.config.sizes)]
