"""Work in the background: done elsewhere, told here, whatever becomes of who asked."""

import threading

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QThreadPool, Slot

from curvegui.session.background import Job
from tests.session.conftest import PATIENCE_MS

pytestmark = pytest.mark.usefixtures("qapp")


class Listener(QObject):
    """Hears how a job ended, and in which thread."""

    def __init__(self):
        super().__init__()
        self.heard = []

    @Slot(object, object)
    def hear(self, result, error):
        self.heard.append((result, error, threading.current_thread()))


@pytest.fixture
def hear(qtbot):
    def run(work):
        listener = Listener()
        job = Job(work)
        job.ended.connect(listener.hear)
        job.start()
        del job
        qtbot.waitUntil(lambda: len(listener.heard) == 1, timeout=PATIENCE_MS)
        return listener.heard[0]

    return run


def test_it_is_done_elsewhere_and_told_here(hear):
    result, error, thread = hear(threading.current_thread)
    assert (error, thread) == (None, threading.main_thread())
    assert result is not threading.main_thread()


def test_a_failure_is_told_too(hear):
    result, error, _ = hear(lambda: 1 / 0)
    assert result is None
    assert isinstance(error, ZeroDivisionError)


def test_nobody_need_listen():
    done = threading.Event()
    Job(done.set).start()
    assert QThreadPool.globalInstance().waitForDone(PATIENCE_MS)
    assert done.is_set()


def test_a_listener_may_go():
    release, listener = threading.Event(), Listener()
    job = Job(release.wait)
    job.ended.connect(listener.hear)
    job.start()
    listener.deleteLater()
    del listener
    QCoreApplication.sendPostedEvents(None, 0)
    release.set()
    assert QThreadPool.globalInstance().waitForDone(PATIENCE_MS)
    QCoreApplication.sendPostedEvents(None, 0)
