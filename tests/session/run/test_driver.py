"""Speed: as many iterations as the speed says, however unevenly the time passes."""

from math import ceil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curvegui.session.run.driver import CHUNK_S, LARGEST_DEBT_S, RATE_WINDOW_S, ChunkSize, IterationClock, RateMeter

SPEEDS = st.one_of(st.sampled_from([1, 2, 3, 7, 12, 30, 99, 2_000, 100_000]), st.floats(0.5, 100_000))
PLENTY = 1_000_000  # more than are ever due at once


class Clock:
    """Seconds that pass only when told."""

    def __init__(self):
        self.now = 1_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def started_iteration_clock(clock):
    iteration_clock = IterationClock(clock)
    iteration_clock.restart()
    return iteration_clock


def test_chunks_may_be_longer():
    size = ChunkSize(2 * CHUNK_S)
    for _ in range(20):
        size.learn(size.iterations, size.iterations * CHUNK_S / 1_000)
    assert 1_980 <= size.iterations <= 2_020


def test_the_first_iteration_is_due_at_once(clock):
    iteration_clock = started_iteration_clock(clock)
    assert iteration_clock.wait(1) == 0
    assert iteration_clock.due(1, PLENTY) == 1
    assert iteration_clock.due(1, PLENTY) == 0


@given(speed=SPEEDS, gaps=st.lists(st.floats(0, LARGEST_DEBT_S), min_size=1, max_size=200))
def test_over_any_sequence_of_short_gaps_exactly_what_is_due_is_made(speed, gaps):
    clock = Clock()
    iteration_clock = started_iteration_clock(clock)
    made = 0
    for gap in gaps:
        clock.now += gap
        made += iteration_clock.due(speed, PLENTY)
    assert made == pytest.approx(1 + speed * (clock.now - 1_000.0), abs=1 + 1e-6)


@given(speed=st.sampled_from([1, 3, 7, 12, 30, 99, 2_000, 100_000]), lates=st.lists(st.integers(0, 20), min_size=1))
@settings(max_examples=30)
def test_a_timer_that_waits_as_told_in_whole_milliseconds_keeps_every_speed_over_a_long_span(speed, lates):
    clock = Clock()
    iteration_clock = started_iteration_clock(clock)
    made = 0
    for tick in range(2_000):
        wait_ms = max(ceil(1_000 * iteration_clock.wait(speed)), 4)
        clock.now += (wait_ms + lates[tick % len(lates)]) / 1_000
        made += iteration_clock.due(speed, PLENTY)
    assert made == pytest.approx(1 + speed * (clock.now - 1_000.0), abs=1 + 1e-3)


@given(speed=SPEEDS, owed=st.floats(0, LARGEST_DEBT_S))
def test_after_the_wait_one_iteration_is_due(speed, owed):
    clock = Clock()
    iteration_clock = started_iteration_clock(clock)
    clock.now += owed
    iteration_clock.due(speed, PLENTY)
    clock.now += iteration_clock.wait(speed) + 1e-6
    assert iteration_clock.due(speed, PLENTY) >= 1


def test_what_could_not_be_made_at_once_stays_due(clock):
    iteration_clock = started_iteration_clock(clock)
    clock.now += 0.0105
    assert [iteration_clock.due(1_000, 4) for _ in range(4)] == [4, 4, 3, 0]


@pytest.mark.parametrize("speed", [1, 10, 2_000, 100_000])
def test_after_a_long_hold_up_the_run_does_not_race_to_catch_up(clock, speed):
    iteration_clock = started_iteration_clock(clock)
    clock.now += 3_600
    assert iteration_clock.due(speed, PLENTY) <= 1 + LARGEST_DEBT_S * speed
    assert iteration_clock.due(speed, PLENTY) == 0


def test_a_restart_forgets_what_was_owed(clock):
    iteration_clock = started_iteration_clock(clock)
    clock.now += 0.05
    iteration_clock.restart()
    assert iteration_clock.due(1_000, PLENTY) == 1


def test_a_faster_speed_counts_from_the_moment_it_is_asked_for(clock):
    iteration_clock = started_iteration_clock(clock)
    iteration_clock.due(1, PLENTY)
    clock.now += 0.05
    assert iteration_clock.due(1, PLENTY) == 0
    clock.now += 0.05
    assert iteration_clock.due(1_000, PLENTY) == 50


# The rate


def test_the_rate_is_unknown_at_first(clock):
    meter = RateMeter(clock)
    meter.count(1)
    assert meter.rate == 0.0


@pytest.mark.parametrize(("speed", "gap"), [(1, 1.0), (3, 1 / 3), (2_000, 0.004), (70_000, 0.004)])
def test_from_its_first_value_on_the_rate_is_the_speed(clock, speed, gap):
    meter = RateMeter(clock)
    clock.now += 0.004  # the first iteration is due at once
    meter.count(1)
    rates = []
    for _ in range(300):
        clock.now += gap
        meter.count(round(speed * gap))
        rates.append(meter.rate)
    known = [rate for rate in rates if rate]
    assert len(known) > 200
    assert known == pytest.approx([speed] * len(known))


def test_a_change_of_speed_shows_within_two_windows(clock):
    meter = RateMeter(clock)
    for iterations in [10] * 200 + [80] * round(2 * RATE_WINDOW_S / 0.004):
        clock.now += 0.004
        meter.count(iterations)
    assert meter.rate == pytest.approx(20_000)


def test_a_restarted_meter_knows_nothing(clock):
    meter = RateMeter(clock)
    for _ in range(100):
        clock.now += 0.1
        meter.count(7)
    assert meter.rate == pytest.approx(70)
    clock.now += 100
    meter.restart()
    assert meter.rate == 0.0
    meter.count(7)
    clock.now += 0.1
    meter.count(7)
    assert meter.rate == pytest.approx(70)


def test_chunks_of_some_hundreds_end_with_a_whole_one():
    chunk = ChunkSize()
    chunk.iterations = 1_234
    assert chunk.from_iteration(0) == 1_200
    assert chunk.from_iteration(1_250) == 1_150
    chunk.learn(1_150, CHUNK_S)
    assert chunk.iterations == 1_150
    chunk.iterations = 200
    assert chunk.from_iteration(55) == 200


def test_a_chunk_that_was_cut_short_teaches_nothing():
    chunk = ChunkSize()
    for iterations, made in ((50, 49), (1_000, 899)):
        chunk.iterations = iterations
        chunk.learn(made, 1.0)
        assert chunk.iterations == iterations
