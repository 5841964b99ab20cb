"""The guide: its chapters, its table of keys, beside a run that goes on."""

import pytest
from PySide6.QtWidgets import QDialog, QListWidget, QTextBrowser

from curvegui.ui.actions import ACTIONS
from curvegui.ui.guide import keys_table


def guide(person):
    person.wait_until(lambda: person.window.findChildren(QDialog, "guide"))
    box = person.window.findChild(QDialog, "guide")
    return box, box.findChild(QListWidget, "guide.chapters"), box.findChild(QTextBrowser, "guide.text")


@pytest.mark.parametrize(("action", "chapter"), [("help.guide", "What you see"), ("help.keys", "Keys")])
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


def test_every_action_with_keys_is_in_the_table():
    table = keys_table()
    assert all(record.tip in table for record in ACTIONS if record.keys)
    assert "| F | Keep the present fit" in table
