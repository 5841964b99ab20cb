"""Work of which only the latest counts."""

from threading import Event

import pytest

from curvegui.ui.dialogs.latest_job import LatestJob
from tests.help.patience import patience_s


@pytest.fixture
def jobs(qtbot):
    return LatestJob()


@pytest.fixture
def answers():
    return []


def ask(jobs, answers, work):
    jobs.begin(work, answers.append, lambda sentence: answers.append(("failed", sentence)))


def test_an_answer_comes_and_nothing_is_on_its_way_then(qtbot, jobs, answers):
    ask(jobs, answers, lambda job: 7)
    assert jobs.present is not None
    qtbot.waitUntil(lambda: answers == [7])
    assert jobs.present is None


def test_a_failure_comes_as_a_sentence(qtbot, jobs, answers):
    def fail(job):
        raise ValueError("This is why.")

    ask(jobs, answers, fail)
    qtbot.waitUntil(lambda: answers == [("failed", "This is why.")])


def test_how_far_it_is_can_be_seen_on_the_way(qtbot, jobs, answers):
    let_go = Event()

    def work(job):
        job.progress(0.25)
        let_go.wait(patience_s())

    ask(jobs, answers, work)
    qtbot.waitUntil(lambda: jobs.present.done == 0.25)
    let_go.set()
    qtbot.waitUntil(lambda: answers == [None])


@pytest.mark.parametrize("fails", [False, True])
def test_of_several_the_latest_is_answered_and_those_that_wait_are_not_begun(qtbot, jobs, answers, fails):
    begun = []

    def long(job):
        begun.append("long")
        while not job.is_unwanted:
            Event().wait(0.005)
        if fails:
            raise RuntimeError("stopped")

    def second(job):
        begun.append("second")

    ask(jobs, answers, long)
    qtbot.waitUntil(lambda: begun == ["long"])
    ask(jobs, answers, second)
    ask(jobs, answers, lambda job: "third")
    qtbot.waitUntil(lambda: answers == ["third"])
    assert begun == ["long"]


def test_what_is_dropped_is_not_answered(qtbot, jobs, answers):
    ask(jobs, answers, lambda job: 1)
    jobs.drop()
    jobs.drop()
    ask(jobs, answers, lambda job: 2)
    qtbot.waitUntil(lambda: answers == [2])
