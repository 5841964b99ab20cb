"""The guide: its chapters, its table of keys, beside a run that goes on."""

import importlib
import pkgutil
import re

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QFont, QKeySequence, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QListWidget, QTextBrowser, QToolButton, QWidget

from curvegui import ui
from curvegui.core.diagnosis.finding import RunState
from curvegui.core.language.text import speak, tr
from curvegui.core.settings.config import EDITED_SETTINGS, SETTINGS
from curvegui.files.disk.languages import use
from curvegui.files.disk.resources import resource
from curvegui.ui.actions.feature import in_menu_order
from curvegui.ui.help import guide as guide_module
from curvegui.ui.help import keys as keys_module
from curvegui.ui.help.about import AboutBox
from curvegui.ui.help.keys import KEYS, MODEL, anchor_here, guide_text, keys_table
from curvegui.ui.help.page import anchor_of_setting
from curvegui.ui.window.features import FEATURES
from tests.help.lessons import read_lesson
from tests.ui.curve_person import curve_dialog

ACTIONS = in_menu_order(FEATURES)


@pytest.fixture
def english_again():
    yield
    speak(None)


def guide(person):
    person.wait_until(lambda: person.window.findChildren(QDialog, "guide"))
    box = person.window.findChild(QDialog, "guide")
    return box, box.findChild(QListWidget, "guide.chapters"), box.findChild(QTextBrowser, "guide.text")


@pytest.mark.slow
@pytest.mark.parametrize(("action", "chapter"), [("help.guide", "What you see"), ("help.keys", "Keyboard shortcuts")])
def test_it_opens_at_a_chapter_and_the_run_goes_on(person, action, chapter):
    person.choose(action)
    box, chapters, text = guide(person)
    assert chapters.currentItem().text() == chapter
    assert text.textCursor().block().text() == chapter
    assert 0 <= text.cursorRect().top() < text.viewport().height() / 3
    assert not box.isModal()
    box.close()


@pytest.mark.slow
def test_about_and_a_link_lead_to_the_model(person):
    person.choose("help.about")
    about = person.window.findChild(AboutBox)
    about.model.click()
    box, chapters, text = guide(person)
    assert chapters.currentItem().text() == MODEL
    text.anchorClicked.emit(QUrl("guide.md#optimisers"))
    assert text.textCursor().block().text() == "Optimisers"
    text.anchorClicked.emit(QUrl("model.md"))
    assert text.textCursor().block().text() == MODEL
    box.close()


def test_it_is_no_larger_than_the_window_and_stays_at_its_chapter_in_another_size(open_window):
    person = open_window(size=(800, 600))
    person.choose("help.guide")
    box, chapters, text = guide(person)
    assert box.width() <= 800
    assert box.height() <= 600
    chapters.setCurrentRow(5)
    box.resize(500, 580)
    person.wait_until(lambda: box.size().toTuple() == (500, 580))
    person.wait_until(lambda: 0 <= text.cursorRect().top() < text.viewport().height() / 3)
    assert text.textCursor().block().text() == chapters.currentItem().text()
    box.close()


def test_the_table_lists_the_plainest_keys(monkeypatch):
    texts = ["Shift+Ins", "F18", "Ctrl+Shift+V", "Paste", "Ctrl+V", "Ctrl+Alt+V"]
    monkeypatch.setattr(keys_module, "sequences", lambda key: [QKeySequence(text) for text in texts])
    row = keys_table(ACTIONS).splitlines()[2]
    assert row.startswith("| Ctrl+V or Ctrl+Shift+V |")
    monkeypatch.setattr(keys_module, "sequences", lambda key: [QKeySequence("F18")])
    assert keys_table(ACTIONS).splitlines()[2].startswith("| F18 |")


def test_its_pictures_are_found(person):
    person.choose("help.guide")
    box, _, text = guide(person)
    names = re.findall(r"!\[[^\]]*\]\(([^)]*)\)", guide_text(ACTIONS))
    assert names
    for name in names:
        assert not text.loadResource(QTextDocument.ResourceType.ImageResource, QUrl(name)).isEmpty()
    box.close()


def test_it_opens_at_a_section_stays_there_and_shows_its_chapter(qtbot, monkeypatch):
    lines = "\n\n".join(["word " * 200] * 3)
    text = f"# Guide\n\n## One\n\n{lines}\n\n## Two\n\n{lines}\n\n### Here\n\n{lines}\n\n## Three\n\n{lines}"
    monkeypatch.setattr(guide_module, "guide_text", lambda records: text)
    box = guide_module.Guide(ACTIONS, "Here")
    qtbot.addWidget(box)
    box.show()
    shown, chapters = box.findChild(QTextBrowser, "guide.text"), box.findChild(QListWidget, "guide.chapters")
    assert chapters.currentItem().text() == "Two"
    for size in ((700, 500), (500, 400)):
        box.resize(*size)
        qtbot.waitUntil(lambda: 0 <= shown.cursorRect().top() < shown.viewport().height() / 3)
        assert shown.textCursor().block().text() == "Here"
    chapters.setCurrentRow(0)
    assert shown.textCursor().block().text() == "One"


@pytest.mark.parametrize("heading", [each.section for each in RunState if each.section])
def test_what_the_status_sends_to_is_a_section_of_the_guide(qtbot, heading):
    box = guide_module.Guide(ACTIONS, heading)
    qtbot.addWidget(box)
    assert box.findChild(QTextBrowser, "guide.text").textCursor().block().text() == heading


def test_every_chapter_that_our_tour_names_is_in_the_guide(qtbot):
    chapters = {step.chapter for step in read_lesson(resource("lessons", "first-steps.md")).steps if step.chapter}
    assert chapters
    for chapter in chapters:
        box = guide_module.Guide(ACTIONS, chapter)
        qtbot.addWidget(box)
        assert box.findChild(QTextBrowser, "guide.text").textCursor().block().text() == chapter


CODE = "```\n" + "curvegui train --hidden 6 7 --out " + "a-very-long-name-" * 20 + "\n```"


@pytest.mark.slow
@pytest.mark.parametrize("scale", [1, 2])
def test_nothing_is_wider_than_the_page_at_any_width_and_nothing_is_lost(qtbot, qapp, monkeypatch, scale):
    whole = guide_text(ACTIONS)
    monkeypatch.setattr(guide_module, "guide_text", lambda records: f"{whole}\n\n{CODE}\n")
    font, before = QFont(qapp.font()), qapp.font()
    font.setPointSizeF(scale * before.pointSizeF())
    qapp.setFont(font)
    try:
        box = guide_module.Guide(ACTIONS)
        qtbot.addWidget(box)
        box.show()
        page = box.findChild(QTextBrowser, "guide.text")
        document = page.document()
        for width in (1200, 600, 420, 900):
            box.resize(width, 600)
            qtbot.waitUntil(lambda width=width: box.width() == width)
            qtbot.waitUntil(lambda: document.size().width() <= page.viewport().width() + 1)  # rounded
            qtbot.waitUntil(lambda: page.horizontalScrollBar().maximum() <= 1)
            block = document.begin()
            while block.isValid():
                assert document.documentLayout().blockBoundingRect(block).height() > 0 or not block.text()
                block = block.next()
    finally:
        qapp.setFont(before)


@pytest.fixture
def alone(qtbot, monkeypatch):
    """The guide by itself, with a text of two chapters."""
    lines = "\n\n".join(f"{word} word " * 60 for word in ("red", "green", "blue"))
    table = "| setting | what it does |\n|---|---|\n| Noise, Points | Green or red |"
    text = f"# Guide\n\nPoints\n\n## One\n\n{lines}\n\n## Two\n\nSee [one](#one).\n\n{table}\n\n{lines}"
    monkeypatch.setattr(guide_module, "guide_text", lambda records: text)
    box = guide_module.Guide(ACTIONS, "Two/Points")
    qtbot.addWidget(box)
    box.resize(600, 400)
    box.show()
    qtbot.waitExposed(box)
    return box, box.findChild(QTextBrowser, "guide.text")


def test_it_opens_at_words_that_begin_a_row_and_marks_them(alone):
    box, text = alone
    assert text.textCursor().selectedText() == "Points" and text.textCursor().currentTable() is not None
    box.show_anchor("Two/Green")  # words in another column are no row's name
    assert text.textCursor().block().text() == "Two"


def test_back_and_forward_go_where_one_was(alone):
    box, text = alone
    back, forward = (box.findChild(QToolButton, f"guide.{name}") for name in ("back", "forward"))
    assert not back.isEnabled() and not forward.isEnabled()
    box.show_anchor("Two")
    text.anchorClicked.emit(QUrl("#one"))
    assert text.textCursor().block().text() == "One"
    QTest.keyClick(text, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert text.textCursor().block().text() == "Two" and forward.isEnabled()
    back.click()
    assert "Points" in text.textCursor().block().text() and not back.isEnabled()
    QTest.keyClick(text, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert text.textCursor().block().text() == "Two"
    box.show_anchor("One")  # from here on, it is another way
    assert not forward.isEnabled() and back.isEnabled()


def test_a_search_finds_all_places_and_steps_through_them(alone):
    box, text = alone
    line, count = box.findChild(QLineEdit, "guide.search"), box.findChild(QLabel, "guide.count")
    box.show_anchor("One")
    QTest.keyClick(text, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    box.window().activateWindow()
    line.setText("GREEN W")
    assert text.textCursor().selectedText() == "green w" and count.text() == "1 of 120"
    assert line.accessibleDescription() == count.text() and len(text.extraSelections()) == 120
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert count.text() == "2 of 120"
    for _ in range(2):
        box.findChild(QToolButton, "guide.before").click()
    assert count.text() == "120 of 120" and text.textCursor().position() > text.document().characterCount() / 2
    line.setText("yellow")
    assert count.text() == "Not found" and not text.extraSelections()
    line.clear()
    assert not count.text()
    box.findChild(QToolButton, "guide.back").click()  # to where the search began
    assert text.textCursor().block().text() == "One"


FOLDERS = {f"curvegui.ui.{name}" for _, name, _ in pkgutil.iter_modules(ui.__path__)}
WITHOUT_PLACE = {"actions", "dialogs", "help", "look", "study", "widgets", "window"}


@pytest.mark.parametrize("code", ["en", "de", "es", "fr"])
def test_every_setting_and_every_folder_with_its_panels_and_dialogs_has_a_place(code, qtbot, english_again):
    """Also in a guide that is translated, and in the English one beside a window that is."""
    use(code)
    box = guide_module.Guide(ACTIONS)
    qtbot.addWidget(box)
    page = box.findChild(QTextBrowser, "guide.text")
    anchors = {KEYS, MODEL, *(anchor_of_setting(SETTINGS[name]) for name in EDITED_SETTINGS)}
    for folder in sorted(FOLDERS - {f"curvegui.ui.{name}" for name in WITHOUT_PLACE}):
        anchors.add(importlib.import_module(folder).GUIDE)
        for _, name, _ in pkgutil.iter_modules(importlib.import_module(folder).__path__, f"{folder}."):
            anchors |= {vars(each)["guide"] for each in vars(importlib.import_module(name)).values() if says(each)}
    for anchor in anchors:
        place = page.position_of(anchor_here(anchor))
        assert place is not None, anchor
        words = anchor.partition("/")[2]
        assert place.selectedText() == (words if code in ("en", "fr") else tr(words)), anchor
        assert place.hasSelection() == bool(words)


def says(thing):
    return isinstance(thing, type) and isinstance(vars(thing).get("guide"), str)


def test_the_key_for_help_opens_it_at_what_is_pointed_at_or_has_the_focus(person, monkeypatch):
    def pressed(focus, pointed=None, by_key=False):
        """What the guide shows when the key is pressed."""
        focus.window().activateWindow()
        focus.setFocus()
        person.wait_until(lambda: QApplication.focusWidget() is focus)
        focus.window().setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange, by_key)  # as Tab does
        monkeypatch.setattr(QApplication, "widgetAt", lambda *place: pointed)
        QTest.keyClick(focus, Qt.Key.Key_F1)
        person.wait_until(lambda: focus.window().findChild(QDialog, "guide"))
        cursor = focus.window().findChild(QDialog, "guide").findChild(QTextBrowser, "guide.text").textCursor()
        return cursor.selectedText() or cursor.block().text()

    window, aggression, canvas = person.window, person.find("editor.aggression"), person.find("canvas")
    assert pressed(canvas) == "What you see"
    for name, found in (("editor.noise", "Noise"), ("run", "Running"), ("dock.network", "The network")):
        assert pressed(aggression, window.findChild(QWidget, name)) == found
    assert pressed(aggression, canvas, by_key=True) == "Aggression"
    assert len(window.findChildren(QDialog, "guide")) == 1
    guide(person)[0].close()
    person.choose("curve.formula")  # a dialog that keeps the window from being used
    assert pressed(curve_dialog(person).findChild(QLineEdit, "formula.x"), canvas) == "Formula"
    curve_dialog(person).reject()
