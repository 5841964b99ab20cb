"""The status in the window: what it says of a run, and that its buttons do what they say."""

import pytest
from PySide6.QtWidgets import QDialog, QListWidget, QTextBrowser

from curvegui.core.diagnosis.finding import Remedy, RunState
from curvegui.core.settings.config import FULL_SPEED
from curvegui.session.run.delivery import Phase
from curvegui.ui.help import guide
from tests.ui.person import Key

pytestmark = pytest.mark.costly


@pytest.fixture
def saturated(visit):
    """A heart that learned well, and whose aggression was then raised tenfold."""
    person = visit(speed=FULL_SPEED, iterations=1_000_000_000, points=20)
    person.learn(1_000)
    person.press(Key.Key_Space)
    with person.qtbot.waitSignal(
        person.session.diagnosis_changed, check_params_cb=lambda d: d.condition is RunState.SATURATED
    ):
        person.enter_setting("aggression", "70")
    return person


def remedies(person):
    """What the details offer."""
    if not person.shows("advice.card"):
        person.click("advice.details")
    return [remedy for remedy in Remedy if person.shows(f"remedy.{remedy.name.lower()}")]


def wait_for(person, *conditions):
    person.wait_until(lambda: person.session.diagnosis and person.session.diagnosis.condition in conditions)


@pytest.mark.slow
def test_the_change_that_broke_the_run_is_named_and_taken_back_with_what_came_after(saturated):
    saturated.enter_setting("noise", "2")
    saturated.session.add_layer()
    wait_for(saturated, RunState.SATURATED)
    assert saturated.read("advice.main") == "Undo aggression 70"
    saturated.click("advice.main")
    config = saturated.session.config
    assert (config.aggression, config.noise, config.hidden) == (7, 1, (6, 7))


@pytest.mark.slow
def test_each_remedy_of_the_details_does_what_it_says(saturated):
    before = saturated.session.config
    assert Remedy.RESET in remedies(saturated)
    saturated.click("remedy.reset")
    assert saturated.session.config == before
    assert saturated.session.history.undo_label == "Reset"
    wait_for(saturated, RunState.SATURATED)
    assert Remedy.START_GENTLER in remedies(saturated)
    saturated.click("remedy.start_gentler")
    assert saturated.session.config.aggression == 7
    wait_for(saturated, RunState.LEARNING, RunState.STARTING)


def test_numbers_that_overflow_are_told_taken_back_and_mended(visit):
    person = visit(speed=FULL_SPEED, activation="relu", output_activation="linear", iterations=1_000_000_000)
    person.wait_for_first_picture()
    person.press(Key.Key_Space)
    wait_for(person, RunState.NON_FINITE)
    person.wait_until(lambda: person.session.phase is Phase.DIVERGED)
    assert "numbers" in person.read("advice.headline")
    assert remedies(person) == [Remedy.RESET, Remedy.LOWER_AGGRESSION]  # there is no change to undo
    person.click("remedy.lower_aggression")
    assert person.session.config.aggression == pytest.approx(0.1)  # linear outputs need no more
    person.wait_until(lambda: person.session.snapshot.config.aggression < 7)
    assert not person.session.snapshot.diverged


def test_a_run_that_does_well_has_no_buttons_and_speaks_in_the_right_tense(visit):
    person = visit(speed=FULL_SPEED, iterations=1_000_000_000)
    wait_for(person, RunState.STARTING)
    assert not person.shows("advice.main")
    person.learn(1_000)
    wait_for(person, RunState.LEARNING)
    at_rest, learning = person.session.diagnosis.at_rest, person.session.diagnosis.headline
    person.wait_until(lambda: person.read("advice.headline").startswith(at_rest))
    assert remedies(person) == []
    person.press(Key.Key_Space)
    person.wait_until(lambda: person.read("advice.headline").startswith(learning))


def test_an_aggression_of_zero_is_told_and_can_be_raised_and_another_seed_is_another_run(person):
    seed = person.session.config.seed
    person.window.features["status"].details.chosen.emit(Remedy.NEW_SEED)
    assert person.session.config.seed == seed + 1
    assert person.session.history.undo_label == "New seed"

    person.enter_setting("aggression", "0")
    wait_for(person, RunState.DEAD)
    assert Remedy.RAISE_AGGRESSION in remedies(person)
    person.click("remedy.raise_aggression")
    assert person.session.config.aggression > 0


@pytest.mark.slow
def test_too_much_aggression_is_explained_with_details_and_guide_and_undo_brings_learning_back(saturated, monkeypatch):
    assert "saturated" in saturated.read("advice.headline")
    assert saturated.read("advice.main") == "Undo aggression 70"
    monkeypatch.setattr(
        guide, "guide_text", lambda records: "# Guide\n\n## One\n\na\n\n## Two\n\n### Saturated output neurons\n\nb\n"
    )
    saturated.tab_to("advice.details")
    saturated.press(Key.Key_Space, Key.Key_Tab)
    assert saturated.focus.startswith("remedy.")  # whoever opens them with a key goes on into them with Tab
    saturated.tab_to("advice.why")
    saturated.press(Key.Key_Space)
    saturated.wait_until(lambda: saturated.window.findChildren(QDialog, "guide"))
    (box,) = saturated.window.findChildren(QDialog, "guide")
    assert box.findChild(QListWidget, "guide.chapters").currentItem().text() == "Two"
    assert box.findChild(QTextBrowser, "guide.text").textCursor().block().text() == "Saturated output neurons"
    box.close()
    saturated.window.activateWindow()  # as a window manager does when a dialog has gone
    saturated.wait_until(saturated.window.isActiveWindow)

    assert remedies(saturated) == [Remedy.UNDO, Remedy.RESET, Remedy.START_GENTLER]
    assert "too large" in saturated.read("advice.words")
    saturated.click("advice.main")
    assert saturated.focus == "canvas"
    assert saturated.session.config.aggression == 7
    wait_for(saturated, RunState.LEARNING, RunState.STARTING, RunState.PLATEAU)
    assert saturated.session.snapshot.cost < 0.2
    assert saturated.session.phase is Phase.LEARNING
