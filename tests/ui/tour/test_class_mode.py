"""Lessons that hide things and ask questions, and class mode, which is left only by who confirms that."""

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QDialog, QMessageBox
from shiboken6 import isValid

from curvegui.files.disk.resources import resource
from curvegui.ui.palette.dialog import offers
from curvegui.ui.tour.words import TourText
from tests.help.lessons import read_lesson
from tests.ui.person import Key, Modifier

LESSON = """# Waves
hide: watch, exercise, maths, favourites, noise, seed, curve, optimiser, open, sweep, preferences
## One
Text.
![A red square](red.png)
look: aggression
## Two
ask: Which way is it?
right: Down
wrong: Up
if wrong: Think of the valley.
## Three
ask: How far?
number: 0.5 within 0.1
if right: Half of it.
## Four
Text.
show: noise
"""
HIDDEN = (
    "view.watch", "view.exercise", "view.full_screen", "exercise.new", "run.new_seed", "run.finish", "favourite.keep",
    "curve.draw", "view.curves", "watch.next_pane", "picture.maths", "help.tour", "help.lesson", "file.open",
    "file.clear_recent", "run.sweep", "app.preferences", "run.paste",
)  # fmt: skip


@pytest.fixture
def lesson(tmp_path):
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    image.save(str(tmp_path / "red.png"))
    path = tmp_path / "waves.md"
    path.write_text(LESSON, encoding="utf-8")
    return path


def take(person, lesson, **how):
    person.window.features["tour"].open(str(lesson), **how)
    person.wait_until(lambda: person.shows("tour"))


def found(person, typed):
    return " ".join(offer.words for offer in offers(typed, person.window.services))


def assert_hidden(person):
    actions, docks = person.window.services.actions, person.window.services.docks
    assert [id_ for id_ in HIDDEN if actions[id_].isVisible() or actions[id_].isEnabled()] == []
    assert not person.window.acceptDrops()
    for menu in ("File/Open &recent", "Learn/L&essons"):
        assert not actions.menus[menu].menuAction().isVisible()
    assert not any(person.shows(name) for name in ("editor.noise", "editor.seed", "curves", "button.run.new_seed"))
    assert person.shows("editor.aggression")
    person.wait_until(lambda: person.shows("editor.hidden"))
    for name in ("maths", "favourites"):
        docks.show(name)
        assert docks[name].isHidden() and not docks[name].toggleViewAction().isVisible()
    for digit, view in ((Key.Key_1, "play"), (Key.Key_3, "understand"), (Key.Key_4, "understand"), (Key.Key_2, "play")):
        person.press(digit, modifiers=Modifier.ControlModifier)
        assert person.window.services.views.now.id == view
        assert docks["maths"].isHidden()
    assert "Noise" not in found(person, "noise 3") and "Aggression" in found(person, "aggression 3")
    assert "Exercise" not in found(person, "exercise")


@pytest.mark.slow
def test_in_class_mode_what_a_lesson_hides_is_nowhere_and_nothing_is_lost_on_leaving(open_window, lesson):
    person = open_window(study=True)
    person.wait_for_first_picture()
    services, actions = person.window.services, person.window.services.actions
    assert not actions["help.leave_class"].isVisible()
    actions.menus["Learn/L&essons"].aboutToShow.emit()  # which lists some
    services.views.show("exercise")
    services.docks.show("favourites")
    person.wait_until(lambda: services.views.is_complete)
    take(person, lesson, in_class=True)
    assert "class mode" in person.window.windowTitle()
    assert_hidden(person)
    person.learn(100)
    person.tab_to("tour.next")
    person.press(Key.Key_Escape)
    assert person.shows("tour") and not person.shows("tour.leave")
    tour = person.window.features["tour"].tour
    tour.go_to(3)
    assert not person.shows("tour.next") and person.shows("editor.noise")
    person.choose("help.leave_class")
    person.window.findChild(QMessageBox, "leave_class").reject()
    assert person.shows("tour")
    person.wait_until(lambda: person.window.findChild(QMessageBox, "leave_class") is None)
    actions["help.leave_class"].trigger()
    person.click("leave")
    person.wait_until(lambda: not person.shows("tour"))
    assert "class mode" not in person.window.windowTitle()
    assert services.views.now.id == "exercise"
    assert not services.docks["favourites"].isHidden()
    assert all(actions[id_].isVisible() for id_ in HIDDEN)
    assert not actions["help.leave_class"].isVisible()
    assert person.session.snapshot.iteration == 100
    assert all(map(isValid, actions.menus.values()))
    assert_begins_with_less(person, open_window, lesson)


def assert_begins_with_less(person, open_window, lesson):
    """The next window is opened with the lesson: what that hides is never seen."""
    person.window.features["documents"].closing.allow()
    person.window.close()
    again = open_window(complete=False, withheld=read_lesson(lesson).steps[0].hidden)
    again.wait_until(lambda: again.has_seen_a_picture)
    services = again.window.services
    assert services.views.now.id == "play" and services.docks["exercise"].isHidden()
    assert not any(services.actions[id_].isVisible() for id_ in HIDDEN)
    again.window.finish()
    assert not any(again.shows(name) for name in ("editor.noise", "editor.seed", "curves", "button.run.new_seed"))
    take(again, lesson, in_class=True)
    assert_hidden(again)
    again.choose("help.leave_class")
    again.click("leave")
    again.wait_until(lambda: not again.shows("tour"))
    assert services.views.now.id == "exercise"


def test_a_lesson_shows_pictures_and_asks_questions_which_can_be_skipped(person, lesson):
    take(person, lesson)
    text = person.window.findChild(TourText)
    person.wait_until(lambda: not text.picture.image.isNull())
    person.wait_until(lambda: abs(text.picture.width() * 30 - text.picture.height() * 40) <= 40)
    assert text.picture.accessibleName() == "A red square"
    person.click("tour.picture")
    large = person.window.findChild(QDialog, "tour.large_picture")
    assert large.windowTitle() == "A red square"
    large.close()
    person.click("tour.next")
    assert person.read("tour.next") == "Skip"
    assert not person.find("tour.check").isEnabled()
    person.click("tour.answer.1")
    person.click("tour.check")
    assert person.read("tour.feedback") == "Not right. Think of the valley."
    person.click("tour.answer.0")
    person.click("tour.check")
    assert person.read("tour.feedback") == "Right."
    person.click("tour.next")
    for typed, told in (("0,55", "Right. Half of it."), ("half", "not a number"), ("0.7", "Not right.")):
        person.enter("tour.number", typed)
        person.wait_until(lambda told=told: told in person.read("tour.feedback"))
    person.click("tour.back")
    assert person.find("tour.answer.0").isChecked()
    assert person.read("tour.feedback") == "Right."
    person.click("tour.leave")
    assert not person.shows("tour")
    assert person.window.services.availability.whole_layout


def test_the_lessons_at_hand_are_in_the_menu(person, lesson):
    own = person.window.services.favourites.parent / "lessons"
    own.mkdir()
    text = LESSON.replace("# Waves", "# My own waves").replace("![A red square](red.png)", "")
    (own / "mine.md").write_text(text, encoding="utf-8")
    (own / "notes.txt").write_text("none", encoding="utf-8")
    take(person, lesson)
    person.window.features["tour"].leave()
    menu = person.window.services.actions.menus["Learn/L&essons"]
    for _ in range(2):
        menu.aboutToShow.emit()
        entries = [entry.text() for entry in menu.actions() if not entry.isSeparator()]
        ours = len(list(resource("lessons").glob("*.md"))) - 1  # all but the tour
        assert "How far is too far?" in entries[:ours]
        assert entries[ours : ours + 2] == ["My own waves", "Waves"]
        assert len(entries) == ours + 3
    next(entry for entry in menu.actions() if entry.text() == "My own waves").trigger()
    person.wait_until(lambda: person.shows("tour"))
