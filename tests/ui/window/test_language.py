"""The window in another language: all that is seen is translated, and it changes while the run goes on."""

import errno
import re
import threading
from functools import partial

import numpy as np
import pytest
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QDockWidget, QMenu, QToolBar, QToolButton, QWidget
from shiboken6 import isValid

from curvegui.core.challenges.by_hand import HAND_CURVES, PARAMETERS
from curvegui.core.curve.curve import curve_through
from curvegui.core.language.text import speak, spoken
from curvegui.core.network.parts import Neuron
from curvegui.files.curves.kept import KeptCurves
from curvegui.files.disk import kept_file
from curvegui.files.disk.languages import VARIABLE, available, translated
from curvegui.files.disk.resources import resource
from curvegui.files.lesson.predictions import Prediction
from curvegui.files.lesson.reader import read_lesson
from curvegui.session.document.file_lock import is_free, process_lock
from curvegui.session.document.recent_files import RecentFiles
from curvegui.ui.look.language import missing_font, speak_in_window
from curvegui.ui.second_start.channel import lock_of, own_channel
from curvegui.ui.window.reopening import Reopening

pytestmark = pytest.mark.usefixtures("english_again")

LEFT, RIGHT = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft
READ = "text", "title", "windowTitle", "toolTip", "accessibleName", "accessibleDescription", "placeholderText"
WORDS = re.compile(r"[A-Za-z]{3,}")
SENTENCE = re.compile(r"^[^\[]*[a-z]{3,}[^\[]*$")
OURS_NOT = re.compile(r"^Close$|^[\d*+()^ -]*(cos|sin)|^\d+ px$|Sans|Serif|Mono")  # Qt's, formulas, fonts
OF_QT = re.compile(r"qt_.*")  # a dock's button; Qt's own texts are translated by Qt


@pytest.fixture
def speaking(monkeypatch):
    def speak_it(code):
        monkeypatch.setenv(VARIABLE, code)
        speak_in_window("system")

    return speak_it


def untranslated():
    """What can be read now and has no bracket around it, by the widget that shows it."""
    found = {}
    for widget in QApplication.allWidgets():
        if widget.isVisible() and not OF_QT.match(widget.objectName()):
            for name in READ:
                read = getattr(widget, name, None)
                text = read() if callable(read) else ""
                if isinstance(text, str) and WORDS.search(text) and "[" not in text:
                    found[f"{widget.objectName() or type(widget).__name__}.{name}"] = text
            if isinstance(widget, QComboBox):
                items = [widget.itemText(place) for place in range(widget.count())]
                found |= {f"{widget.objectName()}: {each}": each for each in items if SENTENCE.search(each)}
    return found


def test_all_that_is_seen_is_translated(open_window, speaking, qtbot):
    speaking("brackets")
    person = open_window(study=True, welcomes=True)
    person.wait_for_first_picture()
    services = person.window.services
    assert untranslated() == {}
    for view in ("understand", "exercise"):
        person.choose(f"view.{view}")
        services.docks.sizes.give_all_needed()
        assert untranslated() == {}
    for id_ in ("app.preferences", "film.save", "picture.save", "curve.formula", "run.wall", "poster.save"):
        if id_ in services.actions:
            person.choose(id_)
            qtbot.waitUntil(lambda: any(each.isVisible() for each in person.window.findChildren(QDialog)))
            left = {name: text for name, text in untranslated().items() if not OURS_NOT.search(text)}
            assert {name: text for name, text in left.items() if text not in available().values()} == {}
            for dialog in person.window.findChildren(QDialog):
                dialog.close()
    for record in services.actions.records:
        action = services.actions[record.id]
        assert "[" in action.text()
        assert "[" in action.toolTip()
    assert [
        menu.title() for menu in person.window.findChildren(QMenu) if menu.title() and "[" not in menu.title()
    ] == []


IN_A_LOOP = 1  # as which qtbot waits


def successor(window, qtbot):
    reopening = Reopening(window, IN_A_LOOP)
    with qtbot.waitSignal(reopening.ready) as made:
        reopening.begin()
    return made.args[0]


def test_another_language_is_spoken_while_the_run_goes_on(open_window, speaking, qtbot, monkeypatch, tmp_path):
    speaking("en")
    person = open_window()
    person.wait_for_first_picture()
    session, window = person.session, person.window
    person.learn(20)
    session.edit(aggression=3.0)
    window.services.inspection.select(Neuron(1, 2))
    iteration = session.snapshot.iteration
    assert window.menuBar().actions()[0].text() == "&File"
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    window.services.preferences.remember(files_open="here")
    window.features["second_start"].follow()
    channel = own_channel(window.services.preferences.path)
    assert channel.is_dir()

    speaking("brackets")
    other = successor(window, qtbot)
    with qtbot.waitSignal(window.closed):
        other.show()
        window.close()
    try:
        assert other.menuBar().actions()[0].text() == "[&File]"
        assert other.services.session is session
        assert other.services.inspection.selected == Neuron(1, 2)
        assert other.features["documents"].document.is_changed
        assert channel.is_dir()  # and files from outside open in it
        assert not is_free(process_lock(lock_of(channel)))
        session.step(1)
        qtbot.waitUntil(lambda: session.snapshot.iteration == iteration + 1)
        session.undo()
        assert session.config.aggression != 3.0
    finally:
        other.features["documents"].closing.settle()
        other.close()
        other.deleteLater()


def test_a_lesson_and_an_exercise_go_on_in_the_other_language(open_window, speaking, qtbot, tmp_path, monkeypatch):
    speaking("en")
    person = open_window(study=True)
    person.wait_for_first_picture()
    window = person.window
    path = tmp_path / "mine.py"
    path.write_text("# nothing yet\n", encoding="utf-8")
    window.features["exercise"].exercise.open(path)
    window.features["tour"].open(str(resource("lessons", "predict-first.md")))
    tour = window.features["tour"].tour
    qtbot.waitUntil(lambda: tour.lesson is not None)
    asked = next(place for place, step in enumerate(tour.lesson.steps) if step.question and not step.question.draws)
    tour.go_to(asked)
    tour.answer(1.0)
    before = tour.place, dict(tour.answers), tour.has_set, tour.step.heading, window.services.offered.whole_layout
    settings = person.session.config
    readers = []

    def read_and_note(path):
        readers.append(threading.current_thread())
        return read_lesson(path)

    monkeypatch.setattr("curvegui.ui.tour.lessons.read_lesson", read_and_note)

    speaking("de")
    other = successor(window, qtbot)
    with qtbot.waitSignal(window.closed):
        other.show()
        window.close()
    try:
        now = other.features["tour"].tour
        assert (now.place, now.answers, now.has_set) == before[:3]
        qtbot.waitUntil(lambda: now.step.heading != before[3])
        assert readers and threading.main_thread() not in readers
        assert (now.place, now.answers, now.has_set) == before[:3]
        assert now.lesson.title == read_lesson(translated("lessons", "predict-first.md")).title
        assert other.services.offered.whole_layout == before[4]
        assert person.session.config == settings  # going on sets nothing again
        assert other.findChild(QDockWidget, "dock.tour").isVisible()
        assert other.features["exercise"].exercise.path == path
        other.features["favourites"].kept.emit()
        assert now._watch.fact("saved favourite")  # the word of lessons, which is English
        kept = other.services.preferences.present.tour
        assert "predict-first.md" in kept and str(resource("lessons")) not in kept  # in one place for all languages
        now.leave()
    finally:
        other.features["documents"].closing.settle()
        other.close()
        other.deleteLater()


def test_challenges_go_on_in_the_other_language(open_window, speaking, qtbot):
    speaking("en")
    person = open_window()
    person.wait_for_first_picture()
    curve = HAND_CURVES[1]
    challenges = person.window.features["challenges"]
    game = challenges._game
    game.begin(curve, partial(person.window.features["documents"].put, label="By hand"))
    qtbot.waitUntil(lambda: game.snapshot is not None)
    game.set(PARAMETERS[0], 1.0, "W1[1,1]")
    qtbot.waitUntil(lambda: game.best is not None and game.changes == 1)
    challenges._smallest.follow(on=True)

    speaking("de")
    other = successor(person.window, qtbot)
    with qtbot.waitSignal(person.window.closed):
        other.show()
        person.window.close()
    try:
        now = other.features["challenges"]
        assert (now._game.curve, now._game.best, now._game.changes) == (curve, game.best, 1)
        assert now._game.is_played and now._smallest.is_on
        now.show()
        qtbot.waitUntil(lambda: other.findChild(QComboBox, "hand.curve") is not None)
        assert other.findChild(QComboBox, "hand.curve").currentIndex() == HAND_CURVES.index(curve)
    finally:
        other.features["documents"].closing.settle()
        other.close()
        other.deleteLater()


def test_what_could_not_be_written_is_written_later_from_the_other_window(
    open_window, speaking, qtbot, tmp_path, monkeypatch
):
    speaking("en")
    person, record = open_window(), HAND_CURVES[1].record(HAND_CURVES[1].drawn_by)
    person.wait_for_first_picture()
    own = curve_through("mine", np.array([[0.0, 1.0], [0.0, 1.0]]), closed=False)

    def keepers(window):
        features = window.features
        of_challenges, of_lessons = features["challenges"]._smallest, features["tour"].predictions
        return [each._keeper for each in (of_challenges, of_lessons, features["documents"], features["curves"]._recent)]

    def put_off(window):
        qtbot.waitUntil(lambda: all(each._again.isActive() for each in keepers(window)))

    with monkeypatch.context() as patched:
        patched.setattr(kept_file, "write_bytes", lambda *_: (_ for _ in ()).throw(OSError(errno.ENOSPC, "full")))
        features = person.window.features
        features["challenges"]._smallest.follow(on=True)
        features["documents"].put(record, "By hand")
        features["documents"]._remember(tmp_path / "mine.curvegui")
        features["curves"].keep(own)
        predictions = features["tour"].predictions
        predictions._kept.keep("a lesson", [Prediction("What comes?", "this", "that", "no", "2026-11-29")])
        predictions._keeper.write(predictions._kept)
        put_off(person.window)
        speaking("de")
        other = successor(person.window, qtbot)
        with qtbot.waitSignal(person.window.closed):
            other.show()
            person.window.close()
        put_off(other)
    try:
        for keeper in keepers(other):
            keeper._again.setInterval(1)
        qtbot.waitUntil(lambda: not any(each._again.isActive() or each._jobs.waiting for each in keepers(other)))
        assert [each.parameters for each in other.features["challenges"]._smallest.runs] == [10]
        assert other.features["curves"].recent == (own,) == KeptCurves(tmp_path / "curves.zip").read()
        assert RecentFiles(tmp_path / "recent.json").all() == [tmp_path / "mine.curvegui"]
        assert [each.ask for each in other.features["tour"].predictions._kept.of("a lesson")] == ["What comes?"]
    finally:
        other.features["documents"].closing.settle()
        other.close()
        other.deleteLater()


def test_a_window_that_is_closed_while_another_is_made_for_it_leaves_none(open_window, speaking, qtbot):
    speaking("brackets")
    person = open_window()
    person.wait_for_first_picture()
    window, before = person.window, set(QApplication.topLevelWidgets())
    reopening = Reopening(window, IN_A_LOOP)
    ready = []
    reopening.ready.connect(ready.append)
    reopening.begin()

    def made():
        return [each for each in set(QApplication.topLevelWidgets()) - before if isinstance(each, type(window))]

    qtbot.waitUntil(lambda: bool(made()))
    (other,) = made()
    window.close()
    qtbot.waitUntil(lambda: not isValid(other))
    assert (ready, window.services.preferences.parent()) == ([], window)


def test_the_window_that_goes_does_not_turn_before(open_window, speaking, qtbot, monkeypatch):
    speaking("en")
    person = open_window()
    person.wait_for_first_picture()
    monkeypatch.setenv(VARIABLE, "rtl")
    other = successor(person.window, qtbot)
    sides = [each.layoutDirection() for each in (person.window, other, other.menuBar(), other.services.canvas)]
    assert sides == [LEFT, RIGHT, RIGHT, LEFT]
    other.features["documents"].closing.settle()
    other.close()
    other.deleteLater()


def test_a_language_from_the_right_turns_the_window_but_not_the_picture(open_window, speaking):
    speaking("rtl")
    person = open_window()
    person.wait_for_first_picture()
    services = person.window.services
    rail = person.window.findChild(QWidget, "curves")
    canvas = services.canvas
    assert person.window.layoutDirection() == Qt.LayoutDirection.RightToLeft
    assert rail.mapToGlobal(rail.rect().center()).x() > canvas.mapToGlobal(canvas.rect().center()).x()
    assert canvas.layoutDirection() == Qt.LayoutDirection.LeftToRight


@pytest.mark.parametrize("language", ["de", "ar"])
def test_in_a_window_of_any_width_every_menu_is_there_beside_the_tools(open_window, speaking, language):
    speaking(language)
    person = open_window()
    person.wait_for_first_picture()
    bar, tools = person.window.menuBar(), person.window.findChild(QToolBar, "tools")
    for width in range(700, 1_000, 20):
        person.window.resize(width, 600)
        person.qtbot.waitUntil(lambda: bar.width() == person.window.width())
        for each in bar.actions():
            place = bar.actionGeometry(each)
            assert not place.isEmpty() and not place.intersects(tools.geometry()), (width, each.text())


def test_english_numbers_are_as_they_were(speaking):
    speaking("en")
    assert spoken() == "en"
    assert QLocale().toString(12345.5, "f", 1) == "12,345.5"


def test_where_no_font_has_its_letters_that_is_said_in_letters_that_there_are(monkeypatch):
    monkeypatch.setenv(VARIABLE, "ko")
    speak_in_window("system")
    monkeypatch.setattr(QFontDatabase, "families", lambda letters: ["Some Hangul"])
    assert missing_font() == ""
    monkeypatch.setattr(QFontDatabase, "families", lambda letters: [])
    assert "한국어" in missing_font() and "font" in missing_font()
    speak(None)
    assert missing_font() == ""


def in_order(person, *names):
    """From left to right."""
    person.wait_until(lambda: all(map(person.shows, names)))
    places = [person.find(name).mapTo(person.window, QPoint()).x() for name in names]
    assert places == sorted(places)


@pytest.mark.slow
def test_what_has_arrows_goes_where_they_point_in_a_language_from_the_right(open_window, speaking, qtbot):
    speaking("ar")
    person = open_window(study=True)
    person.wait_for_first_picture()
    person.choose("curve.morph")
    qtbot.waitUntil(lambda: person.shows("morph.choice"))
    choice = person.find("morph.choice")
    choice.activated.emit(choice.count() - 1)
    in_order(person, "morph.keyframe.0", "morph.keyframe.1")
    in_order(person, "morph.play", "morph.position")
    person.choose("curve.fourier")
    in_order(person, "fourier.play", "fourier.t")
    layers = person.find("editor.hidden")
    assert layers.parentWidget().label.x() >= layers.geometry().right()
    person.choose("view.understand")
    in_order(person, "maths.first", "maths.back", "maths.on")
    person.choose("help.guide")
    qtbot.waitUntil(lambda: bool(person.window.findChild(QToolButton, "guide.forward")))
    back, forward = (person.window.findChild(QToolButton, f"guide.{name}") for name in ("back", "forward"))
    assert (back.text(), forward.text()) == ("→", "←")
    assert back.x() > forward.x()
