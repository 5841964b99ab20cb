"""The guide: its chapters, its table of keys, beside a run that goes on."""

import re

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QFont, QKeySequence, QTextDocument
from PySide6.QtWidgets import QDialog, QListWidget, QTextBrowser

from curvegui.core.diagnosis.finding import SECTIONS
from curvegui.files.disk.resources import resource
from curvegui.files.lesson.reader import read_lesson
from curvegui.ui.actions.feature import in_menu_order
from curvegui.ui.help import guide as guide_module
from curvegui.ui.help.guide import guide_text, keys_table
from curvegui.ui.window.features import FEATURES

ACTIONS = in_menu_order(FEATURES)


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


def test_a_chapter_is_at_the_top_when_it_is_chosen(person):
    person.choose("help.guide")
    box, chapters, text = guide(person)
    for row in (3, 0, 2):
        chapters.setCurrentRow(row)
        assert text.textCursor().block().text() == chapters.item(row).text()
        assert 0 <= text.cursorRect().top() < text.viewport().height() / 3
    box.close()


def test_the_first_chapter_begins_at_the_very_top(person):
    person.choose("help.guide")
    box, _, text = guide(person)
    person.wait_until(lambda: text.verticalScrollBar().maximum() > 0)
    assert text.verticalScrollBar().value() == 0
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
    monkeypatch.setattr(guide_module, "sequences", lambda key: [QKeySequence(text) for text in texts])
    row = keys_table(ACTIONS).splitlines()[2]
    assert row.startswith("| Ctrl+V or Ctrl+Shift+V |")
    monkeypatch.setattr(guide_module, "sequences", lambda key: [QKeySequence("F18")])
    assert keys_table(ACTIONS).splitlines()[2].startswith("| F18 |")


def test_its_pictures_are_found(person):
    person.choose("help.guide")
    box, _, text = guide(person)
    names = re.findall(r"!\[[^\]]*\]\(([^)]*)\)", guide_text(ACTIONS))
    assert names
    for name in names:
        assert not text.loadResource(QTextDocument.ResourceType.ImageResource, QUrl(name)).isEmpty()
    box.close()


def test_every_action_with_keys_is_in_the_table():
    table = keys_table(ACTIONS)
    assert all(record.tip in table for record in ACTIONS if record.keys)
    assert "| F | Save the current fit" in table


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


def test_a_name_that_is_no_heading_opens_the_beginning(qtbot, monkeypatch):
    monkeypatch.setattr(guide_module, "guide_text", lambda records: "# Guide\n\n## One\n\nnowhere\n\n## Two\n\nx")
    box = guide_module.Guide(ACTIONS, "nowhere")
    qtbot.addWidget(box)
    assert box.findChild(QTextBrowser, "guide.text").textCursor().block().text() == "One"


@pytest.mark.parametrize("heading", SECTIONS.values())
def test_what_the_doctor_sends_to_is_a_section_of_the_guide(qtbot, heading):
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
            qtbot.waitUntil(lambda: document.size().width() <= page.viewport().width())
            assert page.horizontalScrollBar().maximum() == 0
            block = document.begin()
            while block.isValid():
                assert document.documentLayout().blockBoundingRect(block).height() > 0 or not block.text()
                block = block.next()
    finally:
        qapp.setFont(before)


def test_a_picture_is_as_wide_as_it_is_where_there_is_room(qtbot):
    box = guide_module.Guide(ACTIONS)
    qtbot.addWidget(box)
    box.resize(1800, 800)
    box.show()
    page = box.findChild(QTextBrowser, "guide.text")
    widths = [width for _, width in page._pictures]
    places = [place for place, _ in page._pictures]
    assert len(widths) >= 3

    def shown():
        found = []
        for place in places:
            cursor = page.textCursor()
            cursor.setPosition(place + 1)
            found.append(cursor.charFormat().toImageFormat().width())
        return found

    qtbot.waitUntil(lambda: shown() == widths)
    box.resize(600, 800)
    qtbot.waitUntil(lambda: max(shown()) < page.viewport().width())
