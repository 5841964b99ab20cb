"""The strip under the canvas: one line of a fixed height, with a sign, words and the main remedy."""

import pytest
from PySide6.QtWidgets import QLabel

from curvegui.core.diagnosis.finding import Diagnosis, Remedy, RunState
from curvegui.ui.look.theme import DARK, LIGHT
from curvegui.ui.status.status import StatusStrip
from tests.ui.person import picture, pixels_near, put_on

pytestmark = pytest.mark.costly


@pytest.fixture
def strip(qtbot, light_theme):
    made = StatusStrip()
    qtbot.addWidget(made)
    made.resize(500, made.sizeHint().height())
    made.show()
    return made


def finding(condition, *remedies, headline="Oh.", detail="It is so."):
    return Diagnosis(condition, headline, detail, remedies)


def test_it_tells_headline_and_detail_to_those_who_do_not_see(strip):
    assert strip.condition is None
    assert "Run" in strip.accessibleName()
    strip.show_diagnosis(finding(RunState.PLATEAU))
    assert strip.accessibleName() == "Oh. It is so."


def test_nothing_that_it_says_changes_its_height_or_moves_its_buttons(strip, qtbot):
    strip.show_cause("aggression 210")
    height, place = strip.sizeHint().height(), None
    for condition in RunState:
        strip.show_diagnosis(finding(condition, Remedy.UNDO, headline="Very long words. " * 20))
        strip.layout().activate()
        assert strip.sizeHint().height() == strip.minimumSizeHint().height() == height
        if strip.details.isVisible():
            place = place or strip.details.pos()
            assert strip.details.pos() == place
    assert strip.minimumSizeHint().width() < 500


def test_the_main_button_asks_for_the_first_remedy_and_names_the_change(strip, qtbot):
    strip.show_cause("aggression 210")
    strip.show_diagnosis(finding(RunState.SATURATED, Remedy.RESET, Remedy.UNDO))
    assert strip.main.text() == "Undo aggression 210"
    with qtbot.waitSignal(strip.chosen) as chosen:
        strip.main.click()
    assert chosen.args == [Remedy.UNDO]
    strip.show_cause("")
    assert strip.main.text() == Remedy.RESET.value
    strip.show_diagnosis(finding(RunState.LEARNING))
    assert not strip.main.isVisible()


def test_where_a_button_in_another_language_has_no_room_the_words_have_it(strip, monkeypatch):
    monkeypatch.setattr("curvegui.ui.status.status.button_words", lambda *_: "Mit weniger Aggressivität zurücksetzen")
    strip.show_diagnosis(finding(RunState.SATURATED, Remedy.RESET))
    needed = strip.main.sizeHint().width()
    strip.setMinimumWidth(1)  # a window of its own is not narrower than its parts else
    assert strip.main.isVisible() and strip.main.width() >= needed
    strip.resize(needed, strip.height())
    assert not strip.main.isVisible() and strip.details.isVisible()
    strip.resize(500, strip.height())
    assert strip.main.isVisible() and strip.main.width() >= needed


def test_a_headline_without_room_is_whole_in_its_tooltip(strip):
    strip.show_diagnosis(finding(RunState.SATURATED, headline="Too long."))
    tip = strip.findChild(QLabel, "advice.headline").toolTip()
    assert "Too long." in tip and "It is so." in tip


def test_details_close_with_another_finding_and_stay_with_more_of_the_same(strip, qtbot):
    strip.show_diagnosis(finding(RunState.PLATEAU))
    with qtbot.waitSignal(strip.details_wanted) as wanted:
        strip.details.click()
    assert wanted.args == [True]
    strip.show_diagnosis(finding(RunState.PLATEAU, detail="It is still so."))
    assert strip.details.isChecked()
    strip.show_diagnosis(finding(RunState.SATURATED))
    assert not strip.details.isChecked()


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_a_sign_in_the_theme_s_colours_says_the_same_as_the_words(strip, theme, qtbot):
    put_on(theme)
    for condition, colour in ((RunState.LEARNING, theme.good), (RunState.SATURATED, theme.warning)):
        strip.show_diagnosis(finding(condition))
        assert pixels_near(picture(strip), colour, within=60) > 10
