"""What nobody caught: told once in words, logged, and the app goes on."""

import logging
import sys
import threading

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMessageBox

from curvegui.core.run.trainer import Trainer
from curvegui.session.run.delivery import Phase
from curvegui.ui.canvas.run_items import RunItems
from curvegui.ui.window.failure import FailureReporter
from tests.ui.person import Key
from tests.ui.strokes import numbers_on


@pytest.fixture
def reporter(person, tmp_path, monkeypatch):
    """A reporter, wired as the app does it; a test installs it, as pytest-qt sets its own hook before each."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    made = FailureReporter(tmp_path / "curvegui.log", person.window)
    person.session.failed.connect(made.report)
    yield made
    made.uninstall()


def boxes(person):
    return [box for box in person.window.findChildren(QMessageBox, "failure") if box.isVisible()]


def wait_for_box(person):
    person.wait_until(lambda: boxes(person))
    (box,) = boxes(person)
    return box


def fail():
    raise ValueError("<b>no</b> such thing")


def test_an_exception_in_a_slot_is_told_with_where_the_log_is_and_is_not_in_the_way(person, reporter, tmp_path, caplog):
    reporter.install()
    QTimer.singleShot(0, fail)
    box = wait_for_box(person)
    assert "will continue" in box.text()
    assert "ValueError: <b>no</b> such thing" in box.informativeText()
    assert str(tmp_path / "curvegui.log") in box.informativeText()
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    assert "such thing" in caplog.text
    assert "fail" in caplog.text

    assert not box.isModal()
    person.window.activateWindow()
    person.wait_until(person.window.isActiveWindow)
    person.press(Key.Key_Space)
    assert person.session.phase is Phase.LEARNING


def test_the_same_again_is_logged_but_not_told_again(person, reporter, caplog):
    reporter.install()
    QTimer.singleShot(0, fail)
    wait_for_box(person).close()
    timer = QTimer(person.window)
    timer.timeout.connect(fail)
    with person.qtbot.waitSignals([timer.timeout] * 5):
        timer.start(0)
    timer.stop()
    assert boxes(person) == []
    assert len(caplog.records) >= 5


def test_an_exception_while_painting_is_told_once_and_the_next_frame_is_painted(person, reporter, monkeypatch):
    reporter.install()
    with monkeypatch.context() as patch:
        patch.setattr(RunItems, "show_fit", lambda *_: fail())
        person.learn(10)
        wait_for_box(person)
    person.learn(10)
    person.wait_until(lambda: numbers_on(person.window.canvas).startswith("iteration 20\n"))
    assert len(boxes(person)) == 1


def test_an_exception_in_the_worker_stops_the_run_and_reset_begins_it_again(person, reporter, monkeypatch):
    reporter.install()
    with monkeypatch.context() as patch:
        patch.setattr(Trainer, "advance", lambda *_: fail())
        person.choose("run.toggle")
        box = wait_for_box(person)
        person.wait_until(lambda: person.session.phase is Phase.FAILED)
    assert "ValueError: <b>no</b> such thing" in box.informativeText()
    assert "Reset begins it again" in box.informativeText()
    assert person.read("advice.headline") == "Stopped by an error."
    box.close()
    person.click("button.run.reset")
    person.reach(50)
    assert person.session.phase is Phase.LEARNING


def test_ctrl_c_and_system_exit_are_no_failures_and_others_are_told_one_at_a_time(person, reporter):
    reporter.install()
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert boxes(person) == []

    thread = threading.Thread(target=sys.exit)
    thread.start()
    thread.join()
    assert boxes(person) == []

    reporter.report("TypeError: <class 'int'> & <b>more</b>")
    assert wait_for_box(person).informativeText().splitlines()[0] == "TypeError: <class 'int'> & <b>more</b>"
    boxes(person)[0].close()

    for what in ("one", "two", "three"):
        reporter.report(what)
    assert len(boxes(person)) == 1
    boxes(person)[0].close()
    reporter.report("four")
    assert "four" in wait_for_box(person).informativeText()
    boxes(person)[0].close()

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    assert "ValueError" in wait_for_box(person).informativeText()
