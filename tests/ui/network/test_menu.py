"""The right button, and the menu key, offer on a part of the network what the keys and the buttons do there."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent

from curvegui.core.network.parts import Neuron, Parameter
from tests.ui.person import choose_in, menu_at

pytestmark = pytest.mark.qt_log_ignore(
    r"This plugin does not support (raise\(\)|grabbing the keyboard)", extend=True
)  # offscreen
NEURON, WEIGHT = Neuron(1, 2), Parameter(1, 0, 0)  # which crosses no other one


def entries(menu):
    return [each.text().replace("&", "").partition("\t")[0] for each in menu.actions()]


@pytest.mark.slow
def test_what_is_chosen_is_done_to_what_the_pointer_is_at(person):
    person.choose("view.understand")
    study, inspection = person.window.features["study"], person.window.services.inspection
    panel = study.panel("network")
    person.wait_until(lambda: panel.isVisible() and panel.diagram.layout_ is not None)
    view = panel.diagram.viewport()

    def menu_of(part):
        return menu_at(view, panel.diagram.layout_.middle(part).toPoint())

    choose_in(menu_of(NEURON), "Mute")
    assert (inspection.selected, inspection.muted) == (NEURON, {NEURON})
    menu = menu_of(NEURON)
    assert next(each for each in menu.actions() if "Mute" in each.text()).isChecked()
    assert "Set value…" not in entries(menu)
    choose_in(menu, "Unmute all")
    assert not inspection.muted
    choose_in(menu_of(WEIGHT), "Freeze")
    assert person.session.config.frozen == (WEIGHT.index_in(person.session.config.sizes),)
    choose_in(menu_of(WEIGHT), "Set value")
    assert person.focus == "network.value"
    choose_in(menu_of(WEIGHT), "Show in the math")
    person.wait_until(lambda: study.is_seen("maths"))
    inspection.select(NEURON)
    choose_in(menu_at(panel.diagram, QPoint(1, 1), QContextMenuEvent.Reason.Keyboard), "Remove this neuron")
    person.wait_until(lambda: person.session.config.hidden == (5, 7))
    empty = menu_at(view, QPoint(1, 1))
    assert entries(empty) and all("picture" in each or "Network" in each for each in entries(empty) if each)
    empty.close()
