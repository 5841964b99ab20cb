"""The run is made in short chunks, which change nothing but when it can be stopped."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.cli.result import Progress
from curvegui.cli.train import CHUNK_SECONDS, next_chunk, train
from curvegui.core.optimizers.stop_rules import StopRules, StopWatch
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig


def never() -> bool:
    return False


def trained(should_stop=never, **settings: object) -> Trainer:
    trainer = Trainer(TrainingConfig(**settings))
    train(trainer, should_stop, Progress(trainer.config.iterations, quiet=True))
    return trainer


@pytest.mark.slow
def test_the_chunks_leave_no_trace_in_the_run():
    at_once = Trainer(TrainingConfig(iterations=1_500))
    at_once.advance(1_500)
    in_chunks = trained(iterations=1_500)
    assert np.array_equal(in_chunks.parameters, at_once.parameters)
    assert np.array_equal(in_chunks.trail.since(-1).curves, at_once.trail.since(-1).curves)


def test_it_stops_at_the_first_chunk_after_it_is_asked_to():
    answers = iter([False, False, False, True])
    trainer = trained(lambda: next(answers), iterations=1_000_000_000)
    assert 3 <= trainer.iteration <= 7  # chunks at most double: 1 + 2 + 4


def test_a_run_that_diverges_ends_at_its_last_good_iteration():
    trainer = trained(aggression=1e5, activation="relu", output_activation="linear")
    assert trainer.diverged
    assert trainer.iteration < 50_000
    assert np.all(np.isfinite(trainer.parameters))


@given(st.integers(1, 10**9), st.floats(0, 1e6))
def test_the_next_chunk_is_at_least_one_iteration_and_at_most_twice_as_many(chunk, seconds):
    following = next_chunk(chunk, seconds)
    assert 1 <= following <= 2 * chunk
    if following > 1 and seconds:
        assert following * seconds / chunk <= CHUNK_SECONDS * 1.01


def test_a_rule_ends_it():
    trainer = Trainer(TrainingConfig(iterations=1_000_000, stop_cost=0.1, seed=2))
    watch = StopWatch(trainer.config.stop_rules, 0, np.inf)
    train(trainer, never, Progress(1_000_000, quiet=True), watch)

    assert trainer.iteration < 50_000
    assert watch.reason == "The cost is below 0.1."


def test_time_ends_it():
    trainer = Trainer(TrainingConfig(iterations=1_000_000_000))
    watch = StopWatch(StopRules(seconds=0.2), 0, np.inf)

    assert 0.2 <= train(trainer, never, Progress(1_000_000_000, quiet=True), watch) < 60
    assert "0.2 s" in watch.reason
