"""The toast: one message over the canvas for some seconds, what it offers, and what keeps it there."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QToolButton, QWidget

from curvegui.ui.widgets import toast as toast_module
from curvegui.ui.widgets.toast import Offer, Toast
from tests.ui.person import Key

SOON_MS = 10


@pytest.fixture
def toast(qtbot):
    canvas = QWidget()
    canvas.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    qtbot.addWidget(canvas)
    made = Toast(canvas, canvas)
    canvas.resize(600, 400)
    canvas.show()
    canvas.activateWindow()
    qtbot.waitUntil(canvas.isActiveWindow)
    made.notify_held()
    return made


def offers(toast):
    return [each for each in toast.findChildren(QToolButton) if each.isVisible()]


def test_a_message_goes_after_its_time_or_stays_until_the_next(toast, qtbot):
    toast.say("Saved <b>heart</b>.png", ms=SOON_MS)
    assert toast.isVisible() and toast.words == "Saved <b>heart</b>.png"
    assert toast.findChild(QLabel).textFormat() is Qt.TextFormat.PlainText
    qtbot.waitUntil(toast.isHidden)
    assert toast.words == ""
    toast.say("Stays", ms=0)
    toast.notify("Opened circle.png")
    assert toast.words == toast.accessibleName() == "Opened circle.png"


def test_what_it_offers_is_done_by_mouse_or_keys_and_the_message_goes(toast):
    done = []
    toast.notify("Saved.", Offer("Undo", lambda: done.append("undo")), Offer("Show", lambda: done.append("show")))
    assert [each.text() for each in offers(toast)] == ["Undo", "Show"]
    offers(toast)[1].click()
    assert done == ["show"] and toast.isHidden()
    toast.notify("Saved again.", Offer("Undo", lambda: done.append("undo")))
    (undo,) = offers(toast)
    undo.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(undo, Key.Key_Space)
    assert done == ["show", "undo"] and toast.parentWidget().hasFocus()
    toast.notify("Without anything.")
    assert offers(toast) == []


def test_it_stays_while_a_button_has_the_focus_and_escape_puts_it_away(toast, qtbot, monkeypatch):
    monkeypatch.setattr(toast_module, "MESSAGE_MS", SOON_MS)
    toast.notify("Saved.", Offer("Undo", lambda: None))
    offers(toast)[0].setFocus(Qt.FocusReason.TabFocusReason)
    QTest.qWait(5 * SOON_MS)
    assert toast.isVisible()
    QTest.keyClick(offers(toast)[0], Key.Key_Escape)
    assert toast.isHidden() and toast.parentWidget().hasFocus()


def test_it_lies_in_the_canvas_whatever_it_says_and_wherever_there_is_a_bar(toast):
    canvas, offer = toast.parentWidget(), Offer("Show in folder", lambda: None)
    for width in (600, 260):
        canvas.resize(width, 400)
        for words in ("Saved.", "Saved " + 8 * "/a/long/path"):
            toast.notify(words, offer)
            assert canvas.rect().contains(toast.geometry())
            assert abs(toast.geometry().center().x() - canvas.rect().center().x()) <= 1
            assert offers(toast)[0].width() >= offers(toast)[0].sizeHint().width()
    toast.stand_above(100)
    assert toast.geometry().bottom() < canvas.height() - 100


def test_what_is_told_first_is_followed_by_later_words_while_its_time_lasts(qtbot):
    canvas = QWidget()
    qtbot.addWidget(canvas)
    toast = Toast(canvas, canvas)
    toast.notify_first("The C engine is missing.")
    assert toast.words == ""
    toast.notify_held()
    toast.notify("Opened circle.curvegui")
    assert toast.words == "The C engine is missing. Opened circle.curvegui"
    toast.forget()  # as another run begins
    assert toast.words == "The C engine is missing."


def test_a_message_goes_with_the_run_that_it_was_about(person):
    toast = person.window.toast
    toast.notify("Loaded “heart”.")
    person.window.features["curves"].learn("circle")
    assert toast.words == ""
    toast.notify("Saved circle.png")
    person.session.edit(noise=2)
    assert toast.words == "Saved circle.png"
    person.choose("run.reset")
    assert toast.words == ""


def test_tab_and_f6_lead_from_the_canvas_to_what_a_message_offers(person):
    window, done = person.window, []
    window.canvas.setFocus()
    window.toast.notify("Saved.", Offer("Undo", lambda: done.append(True)))
    person.press(Key.Key_F6)
    assert offers(window.toast)[0].hasFocus()
    person.press(Key.Key_F6)
    assert not offers(window.toast)[0].hasFocus()
    person.press(Key.Key_F6, modifiers=Qt.KeyboardModifier.ShiftModifier)
    assert offers(window.toast)[0].hasFocus()
    QTest.keyClick(offers(window.toast)[0], Key.Key_Space)
    assert done == [True] and window.canvas.hasFocus()
