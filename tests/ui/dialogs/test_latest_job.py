"""Work of which only the latest counts."""

from threading import Event

import pytest

from curvegui.ui.dialogs.latest_job import Errands
from tests.ui.person import PATIENCE_MS


@pytest.fixture
def errands(qtbot):
    return Errands()


@pytest.fixture
def answers():
    return []


def ask(errands, answers, work):
    errands.begin(work, answers.append, lambda sentence: answers.append(("failed", sentence)))


def test_an_answer_comes_and_nothing_is_on_its_way_then(qtbot, errands, answers):
    ask(errands, answers, lambda errand: 7)
    assert errands.present is not None
    qtbot.waitUntil(lambda: answers == [7], timeout=PATIENCE_MS)
    assert errands.present is None


def test_a_failure_comes_as_a_sentence(qtbot, errands, answers):
    def fail(errand):
        raise ValueError("This is why.")

    ask(errands, answers, fail)
    qtbot.waitUntil(lambda: answers == [("failed", "This is why.")], timeout=PATIENCE_MS)


def test_how_far_it_is_can_be_seen_on_the_way(qtbot, errands, answers):
    let_go = Event()

    def work(errand):
        errand.progress(0.25)
        let_go.wait(PATIENCE_MS / 1_000)

    ask(errands, answers, work)
    qtbot.waitUntil(lambda: errands.present.done == 0.25, timeout=PATIENCE_MS)
    let_go.set()
    qtbot.waitUntil(lambda: answers == [None], timeout=PATIENCE_MS)


@pytest.mark.parametrize("fails", [False, True])
def test_of_several_the_latest_is_answered_and_those_that_wait_are_not_begun(qtbot, errands, answers, fails):
    begun = []

    def long(errand):
        begun.append("long")
        while not errand.cancelled():
            Event().wait(0.005)
        if fails:
            raise RuntimeError("stopped")

    def second(errand):
        begun.append("second")

    ask(errands, answers, long)
    qtbot.waitUntil(lambda: begun == ["long"], timeout=PATIENCE_MS)
    ask(errands, answers, second)
    ask(errands, answers, lambda errand: "third")
    qtbot.waitUntil(lambda: answers == ["third"], timeout=PATIENCE_MS)
    assert begun == ["long"]


def test_what_is_dropped_is_not_answered(qtbot, errands, answers):
    ask(errands, answers, lambda errand: 1)
    errands.drop()
    errands.drop()
    ask(errands, answers, lambda errand: 2)
    qtbot.waitUntil(lambda: answers == [2], timeout=PATIENCE_MS)
