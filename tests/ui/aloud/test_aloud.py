"""The summary and the news in the window."""

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from curvegui.core.settings.config import FULL_SPEED
from curvegui.ui.widgets.spoken import News
from tests.ui.curve_person import curve_dialog
from tests.ui.person import Key


@pytest.fixture
def said(monkeypatch):
    """What screen readers are given to say."""
    said = []

    def note(event):
        if event.type() == QAccessible.Event.Announcement:
            said.append(event.message())

    monkeypatch.setattr(QAccessible, "updateAccessibility", note)
    return said


@pytest.fixture
def person(visit):
    person = visit(speed=FULL_SPEED, iterations=1_000_000)
    person.choose("view.play")
    return person


def test_one_key_says_how_the_run_stands(person, said):
    person.learn(500)
    person.press(Key.Key_F9)
    assert len([words for words in said if words.startswith("A network with 6 and 7 neurons")]) == 1
    assert "500 iterations" in said[-1]
    assert person.window.toast.words == said[-1]


def test_a_dialog_that_keeps_all_else_away_lets_the_key_through(person, said):
    person.learn(100)
    person.choose("curve.formula")
    field = curve_dialog(person).findChild(QLineEdit, "formula.x")
    field.setFocus()
    person.wait_until(lambda: QApplication.focusWidget() is field)
    QTest.keyClick(field, Key.Key_F9)
    assert said[-1].startswith("A network with 6 and 7 neurons")
    curve_dialog(person).reject()


def test_the_summary_of_understand_names_what_is_selected(person, said):
    person.learn(100)
    person.choose("view.understand")
    person.wait_until(lambda: person.window.services.docks.is_seen("network") and person.shows("network.diagram"))
    person.press(Key.Key_F9)
    assert "from the input to the output: 1, 6, 7, 2." in said[-1]


def test_the_summary_of_exercise_says_how_far_it_is(person, said):
    person.learn(100)
    person.choose("view.exercise")
    person.wait_until(lambda: person.shows("exercise"))
    person.press(Key.Key_F9)
    assert said[-1].endswith(person.find("exercise").in_words())


def end_pause(person):
    for news in person.window.findChildren(News):
        news._pause.stop()
        news._waiting.clear()  # what the test before has left
        news.said.clear()


def test_starting_and_pausing_is_said(person, said):
    end_pause(person)
    person.press(Key.Key_Space)
    person.wait_until(lambda: said and "Learning." in said[0])
    end_pause(person)
    person.press(Key.Key_Space)
    person.wait_until(lambda: any(words.startswith("Paused at iteration") for words in said))
    person.wait_until(lambda: not person.session.phase.is_learning)
    assert f"Paused at iteration {person.session.snapshot.iteration:,}, " in said[-1]


def test_a_message_in_passing_is_said(person, said):
    end_pause(person)
    person.window.toast.notify("Saved as heart.curvegui.")
    assert said == ["Saved as heart.curvegui."]
