"""Jobs are done one after the other, in another thread, and answered in this one."""

import threading

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QThreadPool

from curvegui.session.jobs.job import Jobs


@pytest.fixture
def jobs(qapp):
    made = Jobs()
    yield made
    QThreadPool.globalInstance().waitForDone()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def unwanted(problem):
    raise AssertionError(problem)


def test_they_are_done_in_order_elsewhere_and_answered_here(jobs, qtbot):
    threads, answers, here = [], [], threading.get_ident()

    def work(number):
        threads.append(threading.get_ident())
        return number

    for number in range(50):
        jobs.do(lambda number=number: work(number), lambda it: answers.append((it, threading.get_ident())), unwanted)
    qtbot.waitUntil(lambda: len(answers) == 50)
    assert answers == [(number, here) for number in range(50)]
    assert here not in threads


@pytest.mark.parametrize("error", [OSError("The disk is full."), ValueError("It is damaged."), KeyError("a bug")])
def test_what_goes_wrong_is_told_in_words_and_the_next_one_is_done(jobs, qtbot, error):
    problems, answers = [], []

    def fail():
        raise error

    jobs.do(fail, unwanted, problems.append)
    jobs.do(lambda: 2, answers.append, unwanted)
    qtbot.waitUntil(lambda: answers == [2])
    assert problems == [str(error)]


def test_what_waits_is_done_even_if_nobody_waits_any_more(qapp):
    go, done, told = threading.Event(), [], []
    jobs = Jobs()
    jobs.do(lambda: go.wait(30), told.append, told.append)
    jobs.do(lambda: done.append("kept"), told.append, told.append)
    jobs.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    del jobs
    go.set()
    QThreadPool.globalInstance().waitForDone()
    QCoreApplication.sendPostedEvents()
    assert done == ["kept"]
    assert told == []
