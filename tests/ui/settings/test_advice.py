"""The doctor's card: what it says of a run, and that its buttons do what they say."""

import pytest
from curvegui.ui.settings.advice import AdviceCard
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QDialog, QListWidget, QPushButton, QTextBrowser

from curvegui.core.diagnosis.finding import Condition, Diagnosis, Remedy
from curvegui.core.settings.config import FULL_SPEED
from curvegui.session.run.phase import Phase
from curvegui.ui.help import guide
from curvegui.ui.look.theme import DARK, LIGHT, set_theme
from tests.ui.person import Key, picture, pixels_near

pytestmark = pytest.mark.costly


@pytest.fixture
def saturated(open_window):
    """A heart that learned well, and whose aggression was then raised tenfold."""
    person = open_window(speed=FULL_SPEED, iterations=1_000_000)
    person.learn(1_000)
    person.press(Key.Key_Space)
    with person.qtbot.waitSignal(
        person.session.diagnosis_changed, check_params_cb=lambda d: d.condition is Condition.SATURATED, timeout=30_000
    ):
        person.enter_setting("aggression", "70")
    return person


def remedies(person):
    return [remedy for remedy in Remedy if person.shows(f"remedy.{remedy.name.lower()}")]


def wait_for(person, *conditions):
    person.wait_until(lambda: person.session.diagnosis and person.session.diagnosis.condition in conditions)


@pytest.mark.slow
def test_too_much_aggression_is_explained_and_undo_brings_learning_back(saturated):
    words = saturated.read("advice.words")
    assert "Learning has stopped: the output neurons are saturated." in words
    assert "Too large steps" in words
    assert remedies(saturated) == [Remedy.UNDO, Remedy.RESET, Remedy.START_GENTLER]
    assert saturated.find("advice").accessibleName().startswith("Learning has stopped")
    saturated.click("remedy.undo")
    assert saturated.session.config.aggression == 7
    wait_for(saturated, Condition.LEARNING, Condition.STARTING, Condition.PLATEAU)
    assert saturated.session.snapshot.cost < 0.2
    assert saturated.session.phase is Phase.LEARNING


def test_reset_with_less_aggression_starts_again_with_less(saturated):
    saturated.click("remedy.start_gentler")
    assert saturated.session.config.aggression == 7
    wait_for(saturated, Condition.LEARNING, Condition.STARTING)
    assert saturated.session.history.undo_label == "Reset with less aggression"


def test_reset_starts_the_same_run_again(saturated):
    before = saturated.session.config
    saturated.click("remedy.reset")
    assert saturated.session.config == before
    assert saturated.session.history.undo_label == "Reset"


def test_numbers_that_run_away_are_told_taken_back_and_mended(open_window):
    person = open_window(speed=FULL_SPEED, activation="relu", output_activation="linear", iterations=1_000_000)
    person.wait_for_first_picture()
    person.press(Key.Key_Space)
    wait_for(person, Condition.NON_FINITE)
    person.wait_until(lambda: person.session.phase is Phase.DIVERGED)
    assert "The numbers ran away." in person.read("advice.words")
    assert remedies(person) == [Remedy.RESET, Remedy.LOWER_AGGRESSION]  # there is no change to undo
    person.click("remedy.lower_aggression")
    assert person.session.config.aggression == pytest.approx(0.1)  # linear outputs need no more
    person.wait_until(lambda: person.session.snapshot.config.aggression < 7)
    assert not person.session.snapshot.diverged


def test_an_aggression_of_zero_is_told_and_can_be_raised(person):
    person.enter_setting("aggression", "0")
    wait_for(person, Condition.DEAD)
    assert "Nothing moves" in person.read("advice.words")
    assert remedies(person) == [Remedy.RAISE_AGGRESSION]
    person.click("remedy.raise_aggression")
    assert person.session.config.aggression > 0


def test_a_run_that_does_well_has_no_buttons(person):
    wait_for(person, Condition.STARTING)
    assert remedies(person) == []


def test_another_seed_is_another_run(person):
    seed = person.session.config.seed
    person.window.features["settings"].advice.chosen.emit(Remedy.NEW_SEED)
    assert person.session.config.seed == seed + 1
    assert person.session.history.undo_label == "New seed"


def test_why_opens_the_guide_where_it_explains_the_finding(saturated, monkeypatch):
    monkeypatch.setattr(
        guide, "guide_text", lambda records: "# Guide\n\n## One\n\na\n\n## Two\n\n### Saturated output neurons\n\nb\n"
    )
    saturated.tab_to("advice.why")
    saturated.press(Key.Key_Space)
    saturated.wait_until(lambda: saturated.window.findChildren(QDialog, "guide"))
    (box,) = saturated.window.findChildren(QDialog, "guide")
    assert box.findChild(QListWidget, "guide.chapters").currentItem().text() == "Two"
    assert box.findChild(QTextBrowser, "guide.text").textCursor().block().text() == "Saturated output neurons"
    box.close()


# The card by itself


@pytest.fixture
def card(qtbot, light_theme):
    made = AdviceCard()
    qtbot.addWidget(made)
    made.resize(400, 160)
    made.show()
    return made


def finding(condition, *remedies, headline="Oh."):
    return Diagnosis(condition, headline, "It is so.", remedies)


def test_before_the_first_finding_it_says_what_to_do(card):
    assert card.condition is None
    assert card.accessibleName() == "Ready. Run to begin."


@pytest.mark.parametrize("remedy", Remedy)
def test_every_remedy_has_a_button_that_asks_for_it(card, qtbot, remedy):
    card.set_can_undo(True)
    card.show_diagnosis(finding(Condition.DEAD, remedy))
    (button,) = [b for b in card.findChildren(object) if b.property("remedy") and b.isVisible()]
    assert button.text() == remedy.value
    with qtbot.waitSignal(card.chosen) as chosen:
        button.click()
    assert chosen.args == [remedy]


def test_undo_is_offered_only_where_there_is_something_to_undo(card):
    card.show_diagnosis(finding(Condition.DEAD, Remedy.UNDO))
    button, words = card.findChild(object, "remedy.undo"), card.findChild(object, "advice.words")
    for can_undo in (False, True, False):
        card.set_can_undo(can_undo)
        assert button.isVisible() == can_undo
        assert ("Undo" in words.text()) == can_undo
        assert ("Undo" in card.accessibleName()) == can_undo


def test_undo_is_not_spoken_of_where_it_does_not_help(card):
    card.set_can_undo(True)
    card.show_diagnosis(finding(Condition.PLATEAU, Remedy.NEW_SEED))
    assert "Undo" not in card.accessibleName()


def test_trouble_is_announced_once_to_those_who_do_not_see(card, monkeypatch):
    announced = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: announced.append(event.message()))
    card.show_diagnosis(finding(Condition.LEARNING))
    assert announced == []
    for headline in ("Saturated.", "Saturated still."):
        card.show_diagnosis(finding(Condition.SATURATED, headline=headline))
    assert announced == ["Saturated."]


def test_slow_learning_has_no_sign_of_praise_or_alarm(card):
    card.show_diagnosis(finding(Condition.SLOW))
    for colour in (LIGHT.good, LIGHT.warning):
        assert pixels_near(picture(card), colour, within=20) == 0


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_a_sign_in_the_theme_s_colours_says_the_same_as_the_words(card, theme):
    set_theme(theme)
    for condition, colour in ((Condition.LEARNING, theme.good), (Condition.SATURATED, theme.warning)):
        card.show_diagnosis(finding(condition))
        assert pixels_near(picture(card), colour, within=60) > 10


def offered(card):
    """The buttons from left to right, and which of them stands out."""
    seen = sorted((b for b in card.findChildren(QPushButton) if b.isVisible()), key=lambda b: (b.y(), b.x()))
    return [b.text() for b in seen], [b.text() for b in seen if b.property("primary")]


def test_one_button_stands_out_and_comes_first(card, qtbot):
    card.resize(700, 160)
    card.show_diagnosis(finding(Condition.VANISHING, Remedy.FEWER_LAYERS, Remedy.TANH_NEURONS))
    qtbot.waitUntil(lambda: offered(card) == (["Fewer layers", "Tanh neurons"], ["Fewer layers"]))
    card.show_diagnosis(finding(Condition.PLATEAU, Remedy.NEW_SEED, Remedy.RAISE_AGGRESSION))
    qtbot.waitUntil(lambda: offered(card) == (["Another seed", "Raise aggression"], ["Another seed"]))
    assert pixels_near(picture(card), LIGHT.accent) > 200


def test_undo_comes_first_where_there_is_something_to_undo(card, qtbot):
    card.resize(700, 160)
    card.set_can_undo(True)
    card.show_diagnosis(finding(Condition.SATURATED, Remedy.START_GENTLER, Remedy.UNDO))
    words = [Remedy.UNDO.value, Remedy.START_GENTLER.value]
    qtbot.waitUntil(lambda: offered(card) == (words, words[:1]))
    card.set_can_undo(False)
    qtbot.waitUntil(lambda: offered(card) == (words[1:], words[1:]))


@pytest.mark.parametrize("condition", Condition)
def test_every_trouble_has_a_link_that_says_where_it_leads(card, qtbot, condition):
    diagnosis = finding(condition)
    card.show_diagnosis(diagnosis)
    link = card.findChild(object, "advice.why")
    assert link.isVisible() == diagnosis.is_trouble
    if diagnosis.is_trouble:
        assert diagnosis.section in link.accessibleName()
        with qtbot.waitSignal(card.asked_why) as asked:
            link.click()
        assert asked.args == [diagnosis.section]


@pytest.mark.parametrize(
    ("phase", "headline", "more"),
    [
        (Phase.LEARNING, "Learning slowly.", False),
        (Phase.PAUSED, "Learnt, slowly of late.", False),
        (Phase.FINISHED, "Learnt, slowly of late.", True),
    ],
)
def test_a_run_that_rests_is_not_said_to_be_learning(card, phase, headline, more):
    slow = Diagnosis(Condition.SLOW, "Learning slowly.", "The cost is 0.0005.", at_rest="Learnt, slowly of late.")
    for first, then in ((card.show_diagnosis, card.show_phase), (card.show_phase, card.show_diagnosis)):
        for show in (first, then):
            show(slow if show == card.show_diagnosis else phase)
        assert card.accessibleName().startswith(f"{headline} The cost is 0.0005.")
        assert card.accessibleName().endswith("Run makes more iterations.") == more


def test_trouble_is_told_alike_whether_or_not_the_run_goes_on(card):
    card.show_diagnosis(finding(Condition.PLATEAU))
    for phase in Phase:
        card.show_phase(phase)
        assert card.accessibleName() == "Oh. It is so."


def test_the_card_of_a_run_that_is_paused_says_what_has_been(open_window):
    person = open_window(speed=FULL_SPEED, iterations=1_000_000)
    person.learn(1_000)
    wait_for(person, Condition.LEARNING)
    person.wait_until(lambda: "Learnt well so far." in person.read("advice.words"))
    person.press(Key.Key_Space)
    person.wait_until(lambda: "Learning well." in person.read("advice.words"))
