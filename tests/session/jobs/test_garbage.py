"""Qt's objects that are in a cycle end in the window's thread, whoever is busy when they are found."""

import gc
import os
import subprocess
import sys
import threading

import pytest
from PySide6.QtCore import QObject, QThreadPool

from curvegui.session.jobs import garbage
from curvegui.session.jobs.garbage import Collector
from curvegui.session.jobs.job import Job

pytestmark = pytest.mark.usefixtures("qapp")


class Cycle(QObject):
    """Knows itself, so that only a collector ends it; tells in which thread that was."""

    ends: list[int] = []  # noqa: RUF012

    def __init__(self):
        super().__init__()
        self.self = self

    def __del__(self):
        self.ends.append(threading.get_ident())


@pytest.fixture(autouse=True)
def python_decides():
    """Python collects in any thread, and often, unless it is told otherwise."""
    was_enabled, thresholds = gc.isenabled(), gc.get_threshold()
    gc.collect()
    gc.set_threshold(1_000, 2, 2)
    gc.enable()
    Cycle.ends.clear()
    yield
    gc.set_threshold(*thresholds)
    if not was_enabled:
        gc.disable()
    gc.freeze()  # again, or each test that follows looks through all modules


@pytest.fixture
def collector(monkeypatch):
    monkeypatch.setattr(garbage, "EVERY_MS", 1)
    made = Collector()
    made.begin()
    yield made
    made.end()


def make_much():
    """Make as many objects as a large file has: Python's own collector would run many times."""
    return len([[] for _ in range(50_000)])


def make_much_elsewhere():
    """Have a thread of the pool do it, when there is a cycle that nobody knows, and wait without making anything."""
    job = Job(make_much)
    Cycle()
    job.start()
    QThreadPool.globalInstance().waitForDone()


def test_python_itself_would_end_them_elsewhere():
    make_much_elsewhere()
    assert len(Cycle.ends) == 1
    assert Cycle.ends != [threading.get_ident()]


def test_they_end_in_this_thread(qtbot, collector):
    for _ in range(20):
        make_much_elsewhere()
    qtbot.waitUntil(lambda: len(Cycle.ends) == 20)
    assert set(Cycle.ends) == {threading.get_ident()}


@pytest.mark.slow
def test_what_is_there_when_the_window_has_been_made_is_not_looked_through_again(qtbot, collector):
    collector._is_frozen = False  # even where a slow machine has let it ring before the test
    put_away = gc.get_freeze_count()
    lasting = [[] for _ in range(1_000)]
    qtbot.waitUntil(lambda: gc.get_freeze_count() > put_away)
    assert not any(each is lasting for each in gc.get_objects())  # once: there may be many
    make_much_elsewhere()  # and what comes later is found all the same
    qtbot.waitUntil(lambda: len(Cycle.ends) == 1)


@pytest.mark.slow
def test_in_the_end_python_decides_again():
    collector = Collector()
    collector.begin()
    assert not gc.isenabled()
    assert gc.get_freeze_count() > 0
    collector.end()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


BUSY = """
import faulthandler, gc
faulthandler.dump_traceback_later(60, exit=True)
from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QApplication, QComboBox
from curvegui.core.settings.config import TrainingConfig
from curvegui.session.jobs.job import Job
from curvegui.session.jobs.garbage import Collector
from curvegui.session.run.session import Session

def make_much():
    for _ in range(20):
        [[] for _ in range(1_000)]

application = QApplication([])
gc.set_threshold(100, 2, 2)
collector = Collector()
collector.begin()
for _ in range(20):
    session = Session(TrainingConfig())
    session.close()
    session.itself = session
    del session
    Job(make_much).start()
    for _ in range(100):
        QComboBox().addItem("making one takes many of Qt's locks, while it has Python's")
    gc.collect()
    QThreadPool.globalInstance().waitForDone()
print("done")
"""


@pytest.mark.slow
def test_widgets_are_made_while_sessions_are_collected():
    """Where it is left to Python, this waits for ever, nearly always."""
    done = subprocess.run(
        [sys.executable, "-c", BUSY],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.returncode) == ("done\n", 0), done.stderr
