"""The dock of the network in the real window."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget

from curvegui.core.anatomy import Neuron, Parameter
from curvegui.core.config import TrainingConfig
from curvegui.ui.network_words import shown
from tests.ui.person import Key, picture


@pytest.fixture(autouse=True)
def frozen(monkeypatch):
    """The field of which parameters do not learn, also before it is there."""
    monkeypatch.setattr(TrainingConfig, "frozen", (), raising=False)


@pytest.fixture
def study(window):
    return window.study


@pytest.fixture
def panel(person, window, study):
    """The panel, opened from the menu, showing the run."""
    window.findChild(QAction, "action.dock.network").trigger()
    window.findChild(QDockWidget, "dock.network").raise_()
    panel = study.panel("network")
    person.wait_until(lambda: panel.isVisible() and panel.diagram.layout_ is not None)
    return panel


def test_the_diagram_is_live_while_the_network_learns(person, panel, study):
    study.inspection.select(Neuron(1, 0))
    written, seen = panel.sum.text(), picture(panel.diagram)
    person.learn(200)
    person.wait_until(lambda: panel.sum.text() != written)
    assert picture(panel.diagram) != seen


def test_it_shows_the_last_moment_once_the_run_rests(person, panel, study, session):
    study.inspection.select(Parameter(2, 2, 4))
    person.learn(200)
    block = slice(12 + 2 * 7 + 4, None)
    person.wait_until(lambda: shown(session.snapshot.parameters[block][0]) in panel.sum.text())


def test_it_shows_the_moment_that_is_looked_back_to(person, panel, study, session):
    study.inspection.select(Parameter(1, 0))
    at_first = panel.sum.text()
    person.learn(300)
    person.wait_until(lambda: panel.sum.text() != at_first)
    session.time.look_back(0)
    person.wait_until(lambda: panel.sum.text() == at_first)
    assert not panel.growth.add.isEnabled()
    session.time.go_to_now()
    person.wait_until(lambda: panel.sum.text() != at_first)
    assert panel.growth.add.isEnabled()


def test_it_follows_other_layers_and_lets_go_of_what_they_do_not_have(person, panel, study, session):
    study.inspection.select(Neuron(2, 6))
    session.edit(hidden=(4, 3, 2))
    person.wait_until(lambda: panel.diagram.layout_.sizes == (1, 4, 3, 2, 2))
    assert study.inspection.selected is None


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


def test_the_wheel_over_the_diagram_changes_nothing(person, panel, study):
    place = panel.diagram.layout_.middle(Parameter(3, 0)).toPoint()
    before = panel.sum.text()
    person.point_at(panel.diagram.viewport(), QPoint(place))
    assert panel.sum.text() == before
    assert study.inspection.selected is None
    assert panel.diagram.verticalScrollBar().maximum() == 0


def takes_size(window, size):
    """Whether the window can be as small as that; it cannot before its first layout has been let go."""
    window.resize(*size)
    return window.size().toTuple() == size


@pytest.mark.parametrize("size", [(700, 520), (1180, 830)])
def test_the_panel_fits_the_window(open_window, size):
    person = open_window()
    person.wait_for_first_picture()
    window = person.window
    window.findChild(QAction, "action.dock.network").trigger()
    panel = window.study.panel("network")
    person.wait_until(panel.isVisible)
    person.wait_until(lambda: takes_size(window, size))
    assert panel.horizontalScrollBar().maximum() == 0
