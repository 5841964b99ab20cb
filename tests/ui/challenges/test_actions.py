"""The challenges in the window: a curve met with sliders and keys, and runs noted, listed and opened again."""

import errno
import json

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QTableWidget, QTabWidget

from curvegui.core.challenges.by_hand import HAND_CURVES
from curvegui.core.settings.config import TrainingConfig
from curvegui.files.disk import shared_file
from curvegui.files.favourites.best_list import LIST
from curvegui.session.stored.smallest import SmallestNetworks
from tests.help.writing import is_at_rest, retry_timer
from tests.ui.person import LEFT, Key, Modifier, handle

NAMES = "W1[1,1]", "b1[1]", "W1[2,1]", "b1[2]", "W2[1,1]", "W2[1,2]", "b2[1]", "W2[2,1]", "W2[2,2]", "b2[2]"


@pytest.fixture
def challenges(visitor):
    """Someone in front of the window of challenges."""
    visitor.choose("help.challenges")
    visitor.wait_until(lambda: visitor.find("challenges", QDialog).isActiveWindow())
    return visitor


def value(person, place):
    """A parameter of the run; none while there is no picture of it."""
    snapshot = person.session.snapshot
    return None if snapshot is None or len(snapshot.parameters) != 10 else float(snapshot.parameters[place])


def tick(person, name):
    QTest.keyClick(person.tab_to(name), Key.Key_Space)


def start(person):
    person.click("hand.start")
    person.wait_until(lambda: value(person, 5) is not None and person.find("hand.slider.b2[2]").isEnabled())


@pytest.mark.slow
def test_a_curve_is_met_by_keys_and_the_run_from_before_comes_back(challenges):
    person, session = challenges, challenges.session
    before = session.config
    assert not person.find("hand.slider.b2[2]").isEnabled()
    assert "Undo" in person.read("hand.tries")
    start(person)
    slider = person.find("hand.slider.b2[2]")
    slider.setFocus()
    QTest.keyClick(slider, Key.Key_PageDown)
    person.wait_until(lambda: value(person, 9) == 0.3)
    person.wait_until(lambda: "1 change" in person.read("hand.tries"))
    assert "bias b2[2]" in slider.accessibleName()
    box = person.find("hand.box.b2[2]")
    assert box.text() == "0.3"
    for place, parameter in enumerate(HAND_CURVES[0].drawn_by):
        box = person.find(f"hand.box.{NAMES[place]}")
        box.setFocus()
        box.selectAll()
        QTest.keyClicks(box, str(parameter))
        QTest.keyClick(box, Key.Key_Return)
    person.wait_until(lambda: "reached" in person.read("hand.score"))
    QTest.keyClicks(box, "--")
    QTest.keyClick(box, Key.Key_Return)
    assert "not a number" in person.read("hand.note")
    person.click("hand.learn")
    person.reach(1)
    assert "ause" in person.read("hand.learn")
    person.click("hand.learn")
    person.wait_until(lambda: not session.phase.is_learning and "do not count" in person.read("hand.tries"))
    person.click("hand.return")
    person.wait_until(lambda: "reached" in person.read("hand.score"))
    while session.config != before:
        assert session.history.undo_label
        QTest.keyClick(person.find("challenges"), Key.Key_Z, Modifier.ControlModifier)
    person.wait_until(lambda: not person.find("hand.slider.b2[2]").isEnabled())


def test_start_over_by_mistake_is_undone_with_the_count_and_of_another_run_none_is_told(challenges):
    person, session = challenges, challenges.session
    start(person)
    slider = person.find("hand.slider.b2[2]")
    slider.setFocus()
    QTest.keyClick(slider, Key.Key_PageDown)
    person.wait_until(lambda: "1 change." in person.read("hand.tries") and value(person, 9) == 0.3)
    told = person.read("hand.tries")
    person.click("hand.start")
    person.wait_until(lambda: "0 changes" in person.read("hand.tries"))
    QTest.keyClick(person.find("challenges"), Key.Key_Z, Modifier.ControlModifier)
    person.wait_until(lambda: value(person, 9) == 0.3 and person.read("hand.tries") == told)
    person.window.features["documents"].put(HAND_CURVES[0].record(HAND_CURVES[0].drawn_by), "Open")
    person.wait_until(lambda: "reached" in person.read("hand.score"))
    assert "change" not in person.read("hand.tries")
    session.undo()
    person.wait_until(lambda: person.read("hand.tries") == told)


def test_a_goal_that_is_reached_again_is_told_again(challenges, monkeypatch):
    told = []
    monkeypatch.setattr("curvegui.ui.challenges.by_hand.announce_news", lambda *news: told.append(news[1:]))
    start(challenges)
    weights = HAND_CURVES[0].drawn_by

    def put(*parameters):
        challenges.window.features["documents"].put(HAND_CURVES[0].record(parameters), "By hand")

    put(*weights)
    challenges.wait_until(lambda: told and "reached" in told[-1][1])
    words = told[-1][1]
    put(*(0.0 for _ in weights))
    challenges.wait_until(lambda: told[-1] == ("score", ""))
    put(*weights)
    challenges.wait_until(lambda: told[-1] == ("score", words))
    challenges.session.begin(TrainingConfig())
    challenges.wait_until(lambda: told[-1] == ("score", ""))


def test_arrows_point_to_where_the_cost_falls(challenges):
    person, session = challenges, challenges.session
    start(person)
    assert not person.shows("hand.arrow.b2[2]")
    tick(person, "hand.gradient")
    person.wait_until(lambda: "to the " in person.find("hand.arrow.W2[1,1]").accessibleName())
    assert "dC/db" in person.find("hand.arrow.b2[1]").accessibleName()
    words = person.find("hand.arrow.W1[1,1]").accessibleName()
    assert "nowhere" in words  # the weights after it are 0
    assert words in person.find("hand.slider.W1[1,1]").accessibleDescription()
    picture = person.find("hand.arrow.W2[1,1]").grab().toImage()
    assert picture != person.find("hand.arrow.W1[1,1]").grab().toImage()
    slider = person.find("hand.slider.W2[1,1]")
    QTest.mousePress(slider, LEFT, pos=handle(slider).center())
    assert session.history.is_held
    person.find("challenges").close()  # with the slider in the hand: later changes are not part of its drag
    assert not session.history.is_held
    QTest.mouseRelease(slider, LEFT)


def test_a_run_that_reaches_the_goal_is_noted_and_opened_again(challenges):
    person, session = challenges, challenges.session
    folder = person.window.services.favourites
    folder.mkdir(exist_ok=True)
    (folder / LIST).write_text("{")
    person.find("challenges.tabs", QTabWidget).setCurrentIndex(1)
    person.wait_until(lambda: person.shows("smallest.on"))
    tick(person, "smallest.on")
    start_record = HAND_CURVES[0].record(HAND_CURVES[0].drawn_by)
    person.window.features["documents"].put(start_record, "By hand")
    table = person.find("smallest.table", QTableWidget)
    person.wait_until(lambda: table.rowCount() == 1)
    assert [table.item(0, column).text() for column in range(3)] == ["10", "1–2–2", "0"]
    assert "by hand" in table.item(0, 3).text()
    assert "damaged" in person.read("smallest.problem")
    assert len(json.loads((folder / LIST).read_text())["runs"]) == 1
    session.begin(session.config.changed(curve="heart"))
    person.wait_until(lambda: person.find("smallest.curve").count() == 2 and table.rowCount() == 0)
    person.find("smallest.curve").setFocus()
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Down)
    assert table.rowCount() == 1
    table.setFocus()
    QTest.keyClick(table, Key.Key_Return)
    person.wait_until(lambda: session.config.curve == start_record.config.curve)
    person.wait_until(lambda: value(person, 9) == HAND_CURVES[0].drawn_by[9])
    tick(person, "smallest.on")


def test_a_run_that_cannot_be_entered_now_is_entered_as_soon_as_it_can_be(challenges, monkeypatch):
    person, smallest, tries = challenges, challenges.window.findChild(SmallestNetworks), []
    person.find("challenges.tabs", QTabWidget).setCurrentIndex(1)
    person.wait_until(lambda: person.shows("smallest.on") and is_at_rest(smallest))
    before = len(smallest.runs)

    def fail(*_):
        tries.append(1)
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patched:
        patched.setattr(shared_file, "write_bytes", fail)
        tick(person, "smallest.on")
        person.window.features["documents"].put(HAND_CURVES[1].record(HAND_CURVES[1].drawn_by), "By hand")
        person.wait_until(lambda: tries and retry_timer(smallest).isActive())
        assert "tries again" in person.read("smallest.problem")
    retry_timer(smallest).setInterval(1)
    person.wait_until(lambda: len(smallest.runs) == before + 1)
    assert "Noted" in person.window.toast.words
    tick(person, "smallest.on")
