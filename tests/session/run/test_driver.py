"""Speed: as many iterations as the speed says, however unevenly the time passes."""

from math import ceil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curvegui.session.run.driver import CHUNK_S, LARGEST_DEBT_S, ChunkSize, IterationClock, RateMeter

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


@pytest.mark.parametrize("speed", [1, 10, 2_000, 100_000])
def test_after_a_long_hold_up_the_run_does_not_race_to_catch_up(clock, speed):
    iteration_clock = started_iteration_clock(clock)
    clock.now += 3_600
    assert iteration_clock.due(speed, PLENTY) <= 1 + LARGEST_DEBT_S * speed
    assert iteration_clock.due(speed, PLENTY) == 0


# The rate


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
