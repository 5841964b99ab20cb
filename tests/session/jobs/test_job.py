"""Work in the background: done elsewhere, told here, whatever becomes of who asked."""

import logging
import threading
from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QThreadPool, Slot

from curvegui.core.cancellation import check_cancelled
from curvegui.core.curve.curve import CurveError
from curvegui.files.disk.atomic import WriteError
from curvegui.files.format.section import ProjectError
from curvegui.session.jobs.job import Job, JobQueue, nothing_more_is_seen
from tests.help.patience import patience_ms, patience_s

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
        qtbot.waitUntil(lambda: len(listener.heard) == 1)
        return listener.heard[0]

    return run


def test_it_is_done_elsewhere_and_told_here(hear):
    result, error, thread = hear(threading.current_thread)
    assert (error, thread) == (None, threading.main_thread())
    assert result is not threading.main_thread()


def test_as_the_program_ends_what_is_only_seen_is_given_up_and_the_rest_is_done(qtbot):
    seen, written, at_work = Listener(), Listener(), threading.Event()

    def compute():
        at_work.set()
        while True:
            check_cancelled()

    jobs = [Job(compute, is_only_seen=True), Job(lambda: 7, is_only_seen=True), Job(lambda: 8)]
    for job, listener in zip(jobs, (seen, seen, written), strict=True):
        job.ended.connect(listener.hear)
    jobs[0].start()
    assert at_work.wait(patience_s())
    with nothing_more_is_seen():
        jobs[1].start()
        jobs[2].start()
        assert QThreadPool.globalInstance().waitForDone(patience_ms())
    qtbot.waitUntil(lambda: len(written.heard) == 1)
    assert written.heard[0][0] == 8
    assert seen.heard == []


@pytest.mark.parametrize(
    "error",
    [CurveError("This drawing is empty."), ProjectError("No run."), WriteError(28, "Full."), OSError(5, "Gone")],
)
def test_what_a_person_is_told_is_logged_in_one_line(hear, caplog, error):
    def fail():
        raise error

    with caplog.at_level(logging.INFO):
        hear(fail)
    (record,) = caplog.records
    assert record.exc_info is None
    assert str(error) in record.getMessage()


@pytest.mark.parametrize("error", [ValueError("shapes do not match"), KeyError("weights")])
def test_what_nobody_expects_is_logged_with_its_traceback(hear, caplog, error):
    def fail():
        raise error

    hear(fail)
    (record,) = caplog.records
    assert (record.levelname, record.exc_info[1]) == ("ERROR", error)


def test_a_listener_may_go():
    release, listener = threading.Event(), Listener()
    job = Job(release.wait)
    job.ended.connect(listener.hear)
    job.start()
    listener.deleteLater()
    del listener
    QCoreApplication.sendPostedEvents(None, 0)
    release.set()
    assert QThreadPool.globalInstance().waitForDone(patience_ms())
    QCoreApplication.sendPostedEvents(None, 0)


def test_what_the_work_tells_meanwhile_is_heard_here_before_its_end(qtbot):
    heard = []

    class Chatty(Job):
        def __init__(self):
            super().__init__(self.chat)

        def chat(self):
            for number in range(3):
                self.report((number, threading.current_thread()))

    job = Chatty()
    job.reported.connect(lambda news: heard.append((news[0], news[1] is threading.current_thread())))
    job.ended.connect(lambda *_: heard.append("ended"))
    job.start()
    qtbot.waitUntil(lambda: "ended" in heard)
    assert heard == [(0, False), (1, False), (2, False), "ended"]


def test_those_in_a_line_are_done_one_after_the_other(qtbot):
    line, at_work, most, ended = JobQueue(), [], [], []

    def work(number):
        at_work.append(number)
        most.append(len(at_work))
        at_work.remove(number)
        return number

    for number in range(100):
        job = Job(partial(work, number))
        job.ended.connect(lambda result, _: ended.append(result))
        job.start(line)
    qtbot.waitUntil(lambda: len(ended) == 100)
    assert ended == list(range(100))
    assert set(most) == {1}


class Part(QObject):
    """Tells in which thread it ends."""

    ends: list[int] = []  # noqa: RUF012

    def __del__(self):
        self.ends.append(threading.get_ident())

    def work(self):
        return Part()

    def fail(self):
        raise ProjectError(Part())


@pytest.mark.parametrize("work", [Part.work, Part.fail])
def test_all_that_a_job_is_made_of_ends_here(qtbot, work):
    """Qt's objects must not end in another thread, and nobody but the job knows these."""
    Part.ends.clear()
    for _ in range(300):
        Job(partial(work, Part())).start()
    qtbot.waitUntil(lambda: len(Part.ends) == 600)
    assert set(Part.ends) == {threading.get_ident()}


@pytest.fixture
def without_end():
    """More long jobs than the pool has threads, which are all at work until this is set."""
    release, pool = threading.Event(), QThreadPool.globalInstance()
    begun = threading.Semaphore(0)
    try:
        for _ in range(pool.maxThreadCount() + 2):
            Job(lambda: begun.release() or release.wait(), is_long=True).start()
        for _ in range(pool.maxThreadCount() + 2):
            assert begun.acquire(timeout=patience_s())
        yield release
    finally:
        release.set()
    assert pool.waitForDone(patience_ms())


def test_however_many_take_long_the_others_do_not_wait_for_them(hear, without_end):
    assert hear(lambda: "done")[0] == "done"
    assert not without_end.is_set()


def test_the_end_of_the_pool_waits_for_those_that_take_long_and_nothing_else_changes(without_end):
    pool = QThreadPool.globalInstance()
    assert not pool.waitForDone(1)
    without_end.set()
    assert pool.waitForDone(patience_ms())
    assert pool.activeThreadCount() == 0
