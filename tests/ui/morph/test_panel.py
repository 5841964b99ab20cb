"""The morph in the window: its keyframes, played, dragged, and kept in the file."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from curvegui.core.learner.morphing import Morph
from curvegui.ui.morph.panel import LiftedTarget
from tests.ui.person import Key

pytestmark = pytest.mark.qt_log_ignore(r"This plugin does not support (raise\(\)|grabbing the keyboard)", extend=True)


@pytest.fixture
def shaper(visit):
    """Someone who looks at the panel of the morph, with a run that is paused."""
    person = visit(points=20, hidden=(3,), speed=20_000.0)
    person.session.morphing.take(Morph())
    person.learn(1)
    person.choose("curve.morph")
    person.wait_until(lambda: person.shows("morph.choice"))
    return person


def morph(person):
    return person.session.morphing.now


def go_into(person, name):
    choice = person.find("morph.choice")
    choice.setCurrentIndex(choice.findText(name))
    choice.activated.emit(choice.currentIndex())


def test_curves_are_chosen_one_after_the_other_and_removed(shaper):
    assert not shaper.find("morph.play").isEnabled() and not shaper.find("morph.position").isEnabled()
    go_into(shaper, "Star")
    go_into(shaper, "Circle")
    assert morph(shaper).keyframes == ("heart", "star", "circle")
    assert shaper.find("morph.choice").currentIndex() == 0
    shaper.wait_until(lambda: shaper.shows("morph.keyframe.2"))
    assert [shaper.find(f"morph.keyframe.{each}").accessibleName() for each in range(3)] == ["heart", "star", "circle"]
    shaper.click("morph.remove")
    shaper.click("morph.remove")
    assert morph(shaper).keyframes == () and not shaper.find("morph.play").isEnabled()


def test_the_keys_look_through_the_list_and_only_enter_adds_what_is_marked(shaper):
    choice = shaper.tab_to("morph.choice")
    shaper.press(Key.Key_Down)
    assert choice.view().isVisible() and morph(shaper).keyframes == ()
    shaper.press(Key.Key_Down, Key.Key_Down)
    marked = choice.view().currentIndex()
    assert marked.row() == 2 and morph(shaper).keyframes == ()
    shaper.press(Key.Key_Escape)
    shaper.wait_until(lambda: not choice.view().isVisible())
    assert morph(shaper).keyframes == ()
    shaper.press(Key.Key_Down, Key.Key_Down, Key.Key_Down, Key.Key_Return)
    shaper.wait_until(lambda: not choice.view().isVisible())
    assert morph(shaper).keyframes == ("heart", choice.itemData(2)) and choice.currentIndex() == 0


def test_a_name_can_be_typed_whole_before_anything_is_added(shaper):
    choice = shaper.tab_to("morph.choice")
    shaper.press(Key.Key_S)
    assert choice.view().isVisible()
    QTest.keyClicks(QApplication.focusWidget(), "pi")
    assert choice.view().currentIndex().data() == "Spiral" and morph(shaper).keyframes == ()
    shaper.press(Key.Key_Return)
    shaper.wait_until(lambda: not choice.view().isVisible())
    assert morph(shaper).keyframes == ("heart", "spiral")


def test_it_plays_stops_and_is_undone_in_one_piece(shaper):
    go_into(shaper, "Star")
    shaper.enter("morph.iterations", "1000")
    assert morph(shaper).iterations == 1_000
    shaper.click("morph.play")
    assert shaper.find("morph.play").accessibleName() == "Stop the morph"
    shaper.wait_until(lambda: shaper.find("morph.position").value() == 200)
    assert shaper.find("morph.play").accessibleName() == "Play the morph"
    shaper.choose("edit.undo")
    assert shaper.session.config.curve == "heart" and shaper.find("morph.position").value() == 0
    shaper.enter("morph.iterations", "1000000")  # it is not over before the second click
    shaper.click("morph.play")
    shaper.click("morph.play")
    assert not shaper.session.morphing.is_playing


def test_the_slider_changes_the_curve_by_keys_and_by_the_pointer(shaper):
    go_into(shaper, "Star")
    shaper.tab_to("morph.position")
    shaper.press(Key.Key_End)
    shaper.wait_until(lambda: morph(shaper).position == 1.0)
    shaper.press(Key.Key_Home)
    shaper.wait_until(lambda: morph(shaper).position == 0.0 and shaper.session.config.curve == "heart")
    slider = shaper.find("morph.position")
    places = [slider.rect().center(), slider.rect().center() + slider.rect().topRight() / 4]
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=places[0])
    slider.setSliderDown(True)
    slider.setSliderPosition(60)
    canvas = shaper.window.canvas
    lifted = canvas.findChild(LiftedTarget).item
    shaper.wait_until(lambda: morph(shaper).position == 0.3)
    assert canvas.is_target_lifted
    shaper.wait_until(lifted.isVisible)
    slider.setSliderDown(False)
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=places[0])
    assert not canvas.is_target_lifted and not lifted.isVisible()


def test_while_it_plays_the_hand_that_reshapes_is_put_down(shaper):
    go_into(shaper, "Star")
    shaper.choose("curve.reshape")
    shaper.click("morph.play")
    assert not shaper.action("curve.reshape").isChecked()
    shaper.click("morph.play")
    assert not shaper.window.canvas.is_target_lifted


def test_a_file_keeps_it(shaper, tmp_path):
    documents = shaper.window.services.features["documents"]
    go_into(shaper, "Star")
    shaper.tab_to("morph.position")
    shaper.press(Key.Key_Right)
    shaper.wait_until(lambda: morph(shaper).position > 0)
    kept = morph(shaper)
    saved = []
    documents.document.saved.connect(saved.append)
    documents.document.save_as(tmp_path / "morph.curvegui")
    shaper.wait_until(lambda: saved and not documents.document.is_changed)
    shaper.click("morph.remove")
    assert documents.document.is_changed
    documents.document.revert()
    shaper.wait_until(lambda: morph(shaper) == kept)
    assert not documents.document.is_changed
    documents.document.new()
    assert morph(shaper) == Morph()
