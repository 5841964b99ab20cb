"""Parts of the window take turns at being brought up to date."""

import pytest

from curvegui.session.run.gate import Gate
from curvegui.ui.canvas import refresh as scheduler
from curvegui.ui.canvas.refresh import LITTLE_S, MOST_SHARE, PICTURE_S, RefreshClock, RefreshSchedule


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands still until it is told to go on."""

    class Clock:
        now = 100.0

        def __call__(self):
            return self.now

    clock = Clock()
    monkeypatch.setattr(scheduler, "perf_counter", clock)
    return clock


class Part:
    """A part of the window whose work takes a time."""

    def __init__(self, name, done, clock, takes=0.003):
        self.name, self.done, self.clock, self.takes, self.has_work = name, done, clock, takes, True

    def work(self):
        if self.has_work:
            self.clock.now += self.takes
            self.done.append(self.name)
        return self.has_work


def frames(turns_, clock, count):
    for _ in range(count):
        began = clock.now
        turns_.refresh_next()
        clock.now = began + 0.016


def test_one_part_works_in_a_frame_and_each_gets_its_turn(clock):
    done, turns = [], RefreshSchedule()
    for name in "abc":
        turns.add(Part(name, done, clock).work, 0.04)
    frames(turns, clock, 6)
    assert done == ["a", "b", "c", "a", "b", "c"]


def test_a_part_waits_at_least_its_time(clock):
    done, turns = [], RefreshSchedule()
    turns.add(Part("often", done, clock).work, 1 / 30)
    turns.add(Part("seldom", done, clock).work, 0.1)
    frames(turns, clock, 63)
    assert 28 <= done.count("often") <= 33
    assert 9 <= done.count("seldom") <= 11


def test_little_work_leaves_time_for_more_in_the_same_frame(clock):
    done, turns = [], RefreshSchedule()
    turns.add(Part("little", done, clock, takes=LITTLE_S / 2).work, 0.01)
    turns.add(Part("much", done, clock).work, 0.01)
    turns.add(Part("other", done, clock).work, 0.01)
    frames(turns, clock, 1)
    assert done == ["little", "much"]


def test_a_part_whose_work_takes_long_gets_a_quarter_of_the_time(clock):
    done, turns = [], RefreshSchedule()
    turns.add(Part("slow", done, clock, takes=0.1).work, 0.01)
    began = clock.now
    while clock.now < began + 4:
        turns.refresh_next()
        clock.now += 0.016
    assert 9 <= len(done) <= 11


def test_a_part_that_fails_does_not_keep_the_others_waiting(clock):
    def fail():
        raise RuntimeError("a broken part")

    done, turns = [], RefreshSchedule()
    turns.add(fail, 0.1)
    turns.add(Part("sound", done, clock).work, 0.2)
    with pytest.raises(RuntimeError):
        turns.refresh_next()
    frames(turns, clock, 1)
    assert done == ["sound"]


def test_the_next_picture_is_due_a_thirtieth_of_a_second_later_and_where_one_takes_long_later_still(monkeypatch):
    now = 100.0
    monkeypatch.setattr(scheduler, "perf_counter", lambda: now)
    watched = RefreshClock()
    assert watched.is_due
    with watched:
        now += 0.001
    assert not watched.is_due
    now = 100.0 + PICTURE_S
    assert watched.is_due
    with watched:
        began = now
        now += 0.1
    now = began + 0.1 / MOST_SHARE - 0.01
    assert not watched.is_due
    now += 0.02
    assert watched.is_due


def test_what_has_waited_for_the_trainer_is_due_soon_after_that_rests(clock):
    done, gate = [], Gate()
    turns = RefreshSchedule(gate)
    turns.add(Part("cost plot", done, clock, takes=0.05).work, PICTURE_S)
    gate.is_crowded = True
    frames(turns, clock, 63)
    assert len(done) == 1
    gate.is_crowded = False
    frames(turns, clock, 1)
    assert len(done) == 2
