"""News are told calmly: one at a time, only what has changed, and at once to who has asked."""

import pytest
from PySide6.QtCore import QTimer

from curvegui.ui.widgets.spoken import PAUSE_MS, News


@pytest.fixture
def said():
    return []


@pytest.fixture
def news(said, qapp):
    return News(said.append)


def wait_for_end_of_pause(news, qtbot):
    pause = news.findChild(QTimer)
    pause.setInterval(0)
    with qtbot.waitSignal(pause.timeout):
        pause.start()
    pause.setInterval(PAUSE_MS)


def test_what_has_not_changed_in_the_end_is_not_said_again(news, said, qtbot):
    news.announce("phase", "Learning.")
    news.announce("phase", "Paused.")
    news.announce("phase", "Learning.")
    wait_for_end_of_pause(news, qtbot)
    assert said == ["Learning."]
    news.announce("phase", "Paused.")
    assert said == ["Learning.", "Paused."]


def test_what_has_gone_may_be_said_again_when_it_comes_back(news, said, qtbot):
    for words in ("Saved.", "", "Saved."):
        news.announce("message", words)
        wait_for_end_of_pause(news, qtbot)
    assert said == ["Saved.", "Saved."]
