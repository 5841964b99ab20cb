"""The window in another language: its direction, its menus, its numbers and letters."""

import pytest
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QToolBar, QToolButton, QWidget

from curvegui.core.language.text import speak, spoken
from curvegui.files.disk.languages import VARIABLE
from curvegui.ui.look.language import missing_font, speak_in_window

pytestmark = pytest.mark.usefixtures("english_again")


@pytest.fixture
def speaking(monkeypatch):
    def speak_it(code):
        monkeypatch.setenv(VARIABLE, code)
        speak_in_window("system")

    return speak_it


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
        person.qtbot.waitUntil(lambda: bar.width() == person.window.contentsRect().width())
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
    person.choose("view.understand")
    in_order(person, "maths.first", "maths.back", "maths.on")
    person.choose("help.guide")
    qtbot.waitUntil(lambda: bool(person.window.findChild(QToolButton, "guide.forward")))
    back, forward = (person.window.findChild(QToolButton, f"guide.{name}") for name in ("back", "forward"))
    assert (back.text(), forward.text()) == ("→", "←")
    assert back.x() > forward.x()
