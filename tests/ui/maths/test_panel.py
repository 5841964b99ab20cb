"""The maths panel in the window: what is picked, what is shown, and stepping through one iteration."""

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QDockWidget

from curvegui.core.inspection.chain_rule import chain_rule
from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot
from curvegui.core.network.parts import Parameter
from curvegui.session.run.delivery import Phase
from curvegui.session.study.inspection import Pass, Stage
from curvegui.ui.look.layouts import line_px
from curvegui.ui.look.theme import current_theme
from curvegui.ui.study.weight_colours import weight_colour
from curvegui.ui.widgets.numbers import exact_number
from tests.ui.person import Key, picture, pixels_near

FLOATING = pytest.mark.qt_log_ignore(r"This plugin does not support raise\(\)", extend=True)  # offscreen
USUAL_LINE_PX = 14


def opened(person):
    """Someone who has opened the panel."""
    dock = person.window.findChild(QDockWidget, "dock.maths")
    person.window.findChild(QDockWidget, "dock.settings").hide()  # so that there is room
    dock.show()
    dock.raise_()
    person.wait_until(lambda: person.shows("maths.equation") and boxes(person))
    return person


@pytest.fixture
def reader(person):
    return opened(person)


def boxes(person, name="maths.equation"):
    return person.find(name).boxes


def shown_rule(person, parameter, point=None):
    return chain_rule(InspectedSnapshot(person.session.snapshot), parameter, point)


def typed(number):
    return float(number.replace("−", "-"))


def inspection(person):
    return person.window.features["study"].inspection


@pytest.mark.slow
def test_what_is_picked_here_or_in_the_network_is_shown_with_its_labels_point_and_words(reader):
    assert reader.find("maths.matrix").currentText() == "W3"
    point = inspection(reader).point
    assert point is not None and reader.find("maths.point").currentText().startswith(f"{point + 1} of ")
    assert boxes(reader)[0].lines[0].number == exact_number(shown_rule(reader, Parameter(3, 0, 0), point).product)
    assert not reader.shows("maths.means")

    inspection(reader).look_at_point(35)
    reader.tab_to("maths.point")
    reader.press(Key.Key_Down)
    assert inspection(reader).point == 36
    product = shown_rule(reader, Parameter(3, 0, 0), 36).product
    assert boxes(reader)[0].lines[0].number == exact_number(product)
    reader.press(Key.Key_Home)
    assert inspection(reader).point is None and reader.find("maths.point").currentText() == "Average"
    assert "do not multiply" in reader.read("maths.means")
    product = shown_rule(reader, Parameter(3, 0, 0)).product
    assert boxes(reader)[0].lines[0].number == exact_number(product)
    reader.press(Key.Key_End)
    assert inspection(reader).point == reader.session.snapshot.target.t.size - 1

    reader.tab_to("maths.row")
    reader.press(Key.Key_Up)
    assert inspection(reader).selected == Parameter(3, 1, 0)
    reader.tab_to("maths.matrix")
    reader.press(Key.Key_Up)
    assert inspection(reader).selected == Parameter(2, 1, 0)
    reader.tab_to("maths.column")
    reader.press(Key.Key_Up)
    assert inspection(reader).selected == Parameter(2, 1, 1)

    inspection(reader).look_at_point(35)
    inspection(reader).select(Parameter(2, 3, 4))
    texts = [reader.find(name).text() for name in ("maths.row", "maths.column")]
    assert [reader.find("maths.matrix").currentText(), *texts] == ["W2", "4 of 7", "5 of 6"]
    assert boxes(reader)[0].lines[0].number == exact_number(
        shown_rule(reader, Parameter(2, 3, 4), inspection(reader).point).product
    )
    inspection(reader).select(Parameter(1, 5))
    assert reader.find("maths.matrix").currentText() == "b1" and not reader.shows("maths.column")

    inspection(reader).select(Parameter(2, 3, 4))
    snapshot = reader.session.snapshot
    weight = float(snapshot.parameters[Parameter(2, 3, 4).index_in(snapshot.config.sizes)])
    scale = reader.window.features["study"].scale_for(snapshot.parameters)
    edge = weight_colour(weight, scale, current_theme()).name()
    assert boxes(reader)[0].edge == boxes(reader, "maths.update")[1].edge == edge
    assert pixels_near(picture(reader.find("maths.equation")), edge, 12) > 200

    inspection(reader).select(Parameter(3, 0, 0))
    QLocale.setDefault(QLocale(QLocale.Language.German))
    inspection(reader).look_at_point(0)
    words = reader.find("maths.equation").in_words()
    product = shown_rule(reader, Parameter(3, 0, 0), 0).product
    assert f"The product is {exact_number(product)} by the chain rule" in words and "," in exact_number(product)
    assert "bias" not in reader.find("maths.update").in_words()
    assert all(reader.find(name).accessibleName() for name in ("maths.point", "maths.matrix", "maths.on"))


@pytest.mark.slow
def test_stepping_lights_up_each_stage_in_turn_and_the_iteration_made_gives_the_weight_that_was_announced(reader):
    inspection(reader).light(Stage(Pass.UPDATE, 0))
    assert all(box.is_lit for box in boxes(reader, "maths.update"))
    inspection(reader).light(None)
    stages = []
    reader.tab_to("maths.on")
    for _ in range(8):
        reader.press(Key.Key_Space)
        stages.append(inspection(reader).stage)
    forward = [Stage(Pass.FORWARD, layer) for layer in (1, 2, 3, 4)]
    assert stages == [*forward, *[Stage(Pass.BACKWARD, layer) for layer in (3, 2, 1)], Stage(Pass.UPDATE, 0)]
    assert "Update" in reader.read("maths.stage")
    reader.press(Key.Key_Left)
    assert inspection(reader).stage == Stage(Pass.BACKWARD, 1)
    reader.press(Key.Key_Home)
    assert inspection(reader).stage == Stage(Pass.FORWARD, 1)
    reader.press(Key.Key_Right)
    assert inspection(reader).stage == Stage(Pass.FORWARD, 2)
    reader.press(Key.Key_Escape)
    assert inspection(reader).stage is None
    assert reader.session.phase is Phase.PAUSED

    reader.tab_to("maths.on")
    reader.press(Key.Key_Space)
    before = reader.session.snapshot
    reader.choose("run.step_1")
    reader.wait_until(lambda: reader.session.snapshot.iteration == before.iteration + 1)
    assert inspection(reader).stage == Stage(Pass.FORWARD, 1)
    reader.choose("run.reset")
    reader.wait_until(lambda: inspection(reader).stage is None)

    inspection(reader).select(Parameter(1, 2, 0))
    inspection(reader).light(Stage(Pass.UPDATE, 0))
    for _ in range(3):
        snapshot = reader.session.snapshot
        weight = float(snapshot.parameters[Parameter(1, 2, 0).index_in(snapshot.config.sizes)])
        reader.wait_until(  # the panel shows the snapshot of now, not that before the reset
            lambda now=weight: abs(typed(boxes(reader, "maths.update")[1].lines[0].number) - now) < 1e-5
        )
        announced, before = boxes(reader, "maths.update")[0].lines[0].number, reader.session.snapshot.iteration
        reader.click("maths.make")
        reader.reach(before + 1)
        reader.wait_until(lambda seen=announced: boxes(reader, "maths.update")[1].lines[0].number == seen)
        assert reader.session.snapshot.iteration == before + 1

    inspection(reader).light(Stage(Pass.UPDATE, 0))
    assert not reader.shows("maths.pause") and reader.find("maths.make").isEnabled()
    reader.session.run()
    assert not reader.shows("maths.make")
    reader.click("maths.pause")
    assert reader.session.phase is Phase.PAUSED
    assert not reader.shows("maths.pause") and reader.find("maths.make").isEnabled()


def times_usual(person):
    """How many times larger than usual its letters are: so much larger a window has room for as much."""
    return max(line_px(person.window) / USUAL_LINE_PX, 1)


def test_what_a_step_lights_up_comes_into_sight_and_in_a_low_or_narrow_panel_too(newcomer):
    reader = opened(newcomer)
    area, steps = reader.find("maths.area"), reader.find("maths.on")
    assert not area.isAncestorOf(steps)
    reader.window.resize(700, 400)
    reader.wait_until(lambda: area.isAncestorOf(steps))
    reader.window.resize(1180, 830)
    reader.wait_until(lambda: not area.isAncestorOf(steps))

    inspection(reader).select(Parameter(1, 2, 0))
    view, bar = reader.find("maths.equation"), reader.find("maths.area").verticalScrollBar()
    reader.wait_until(
        lambda: bar.maximum() > 0 and view.height() == view.heightForWidth(view.width())
    )  # once the long equation has been laid out
    for stage in (Stage(Pass.BACKWARD, 1), Stage(Pass.FORWARD, 4)):
        inspection(reader).light(stage)
        number = next(index for index, box in enumerate(view.boxes) if box.is_lit)
        reader.wait_until(lambda at=number: view.visibleRegion().contains(view.rects()[at].center().toPoint()))
        assert not reader.find("maths.on").visibleRegion().isEmpty()

    inspection(reader).light(None)
    inspection(reader).select(Parameter(1, 2, 0))
    view, area = reader.find("maths.update"), reader.find("maths.area")
    reader.wait_until(lambda: area.verticalScrollBar().maximum() > 0 and area.viewport().height() > view.height())
    for each in (reader.find("maths.equation"), view):  # once the long equation has been laid out
        reader.wait_until(lambda each=each: each.height() == each.heightForWidth(each.width()))
    inspection(reader).light(Stage(Pass.UPDATE, 0))
    for place in view.rects():
        box = place.toAlignedRect()
        reader.wait_until(lambda box=box: view.visibleRegion().boundingRect().contains(box))
    assert not reader.find("maths.on").visibleRegion().isEmpty()

    inspection(reader).select(Parameter(3, 0, 0))
    dock = reader.window.findChild(QDockWidget, "dock.maths")
    reader.window.resizeDocks([dock], [100], Qt.Orientation.Horizontal)
    page, area = reader.find("maths.area").widget(), reader.find("maths.area")
    reader.wait_until(lambda: dock.width() < 380 and page.width() == area.viewport().width())
    for name in ("matrix", "row", "column", "point", "first", "on"):
        box = reader.find(f"maths.{name}")
        assert box.mapTo(reader.find("maths"), box.rect().topRight()).x() < reader.find("maths").width()


def test_other_layers_are_other_equations_and_what_is_selected_stays_where_it_still_exists(reader):
    inspection(reader).select(Parameter(2, 1, 3))
    reader.session.reset(hidden=(4,))
    reader.wait_until(lambda: reader.find("maths.matrix").count() == 4)
    assert inspection(reader).selected == Parameter(2, 1, 3)
    assert reader.find("maths.matrix").currentText() == "W2" and len(boxes(reader)) == 4
    reader.session.reset(hidden=(2,))
    reader.wait_until(lambda: inspection(reader).selected is None)


def test_where_the_network_is_not_beside_it_a_link_leads_to_the_view_with_both(person):
    docks = person.window.services.docks
    docks.show("maths")
    person.wait_until(lambda: person.shows("maths.network"))
    person.click("maths.network")
    person.wait_until(lambda: docks.is_seen("network") and docks.is_seen("maths"))
    assert person.window.services.views.now.id == "understand"
    assert not person.shows("maths.network")
    for name, first in {"network": "network.diagram", "maths": "maths.matrix"}.items():
        person.wait_until(lambda name=name: docks.first_in(docks[name]))  # once it is filled
        assert docks.first_in(docks[name]).objectName() == first
    person.choose("view.play")
    person.wait_until(lambda: person.shows("maths.network"))


def test_the_view_understand_shows_the_whole_network_and_a_whole_chain_without_scrolling(open_window):
    person = open_window(size=(1280, 800))
    times = times_usual(person)
    person.window.resize(round(1280 * times), round(800 * times))
    person.choose("view.understand")
    person.wait_until(lambda: person.shows("network.diagram") and person.shows("maths.equation") and boxes(person))
    view = person.find("maths.equation")
    network = [person.find(f"network.{part}") for part in ("diagram", "legend")]

    def network_is_whole():
        return all(each.visibleRegion().boundingRect() == each.rect() for each in network)

    for parameter in (Parameter(1, 2, 0), Parameter(1, 2), Parameter(2, 3, 4), Parameter(3, 1, 6)):
        inspection(person).select(parameter)
        person.wait_until(lambda: view.height() >= view.heightForWidth(view.width()))
        person.wait_until(lambda: view.visibleRegion().boundingRect().contains(view.rect()))
        assert network_is_whole()
    inspection(person).select(Parameter(2, 3, 4))
    person.wait_until(lambda: person.find("maths.area").verticalScrollBar().maximum() == 0)  # the update is seen, too
    person.window.resize(round(1366 * times), round(690 * times))  # a low screen, without the window's frame
    person.wait_until(network_is_whole)
    person.wait_until(lambda: view.visibleRegion().boundingRect().contains(view.rect()))
    assert person.find("maths.controls").visibleRegion().boundingRect() == person.find("maths.controls").rect()
    person.click("maths.on")
    assert inspection(person).stage
    person.choose("view.play")  # where there are no steps to leave it with
    assert inspection(person).stage is None
