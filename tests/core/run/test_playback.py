"""Moments of a run in ascending order: the same as the run itself, in small pieces, and each iteration made once."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.core.engine.numpy_engine import Engine
from curvegui.core.learner.keyframes import Keyframe
from curvegui.core.optimizers.descent import Descent
from curvegui.core.run.playback import PIECE_S, Playback
from curvegui.core.run.replay import Replayer
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig


@pytest.fixture(scope="module")
def run() -> Trainer:
    """A run whose aggression, and then whose points, were changed on the way."""
    trainer = Trainer(TrainingConfig(seed=3))
    trainer.advance(150)
    trainer.apply(TrainingConfig(seed=3, aggression=2))
    trainer.advance(120)
    trainer.apply(TrainingConfig(seed=3, aggression=2, points=60))
    trainer.advance(230)
    return trainer


class Beginning:
    """A run of which the first moment is known, and no other."""

    def __init__(self, config: TrainingConfig) -> None:
        trainer = Trainer(config)
        self.changes, self.arithmetics = trainer.changes, trainer.arithmetics
        self._first = trainer.keyframe_before(0)

    def keyframe_before(self, iteration: int) -> Keyframe:
        return self._first


def at(playback: Playback, iteration: int) -> np.ndarray:
    for _ in playback.go_to(iteration):
        pass
    assert playback.snapshot is not None
    assert playback.snapshot.iteration == iteration
    return playback.snapshot.parameters


@given(iterations=st.lists(st.integers(0, 500), min_size=1, max_size=6))
def test_in_whatever_order_moments_are_asked_for_they_are_those_of_the_run(run: Trainer, iterations: list[int]) -> None:
    playback = Playback(run)
    for iteration in iterations:
        expected = Replayer().snapshot(run, iteration)
        np.testing.assert_array_equal(at(playback, iteration), expected.parameters)
        assert playback.snapshot is not None
        assert playback.snapshot.cost == expected.cost
        np.testing.assert_array_equal(playback.snapshot.target.points, expected.target.points)


def test_the_last_moment_is_the_run_as_it_stands(run: Trainer) -> None:
    playback = Playback(run)
    at(playback, 499)
    np.testing.assert_array_equal(at(playback, 500), run.parameters)


def test_a_moment_that_is_there_already_takes_nothing(run: Trainer) -> None:
    playback = Playback(run)
    at(playback, 77)
    assert list(playback.go_to(77)) == []


def test_no_iteration_is_made_twice_in_ascending_order(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    real = Engine.descend

    def counted(engine: Engine, start: int, count: int, descent: Descent) -> None:
        made.extend(range(start, start + count))
        real(engine, start, count, descent)

    monkeypatch.setattr(Engine, "descend", counted)
    playback = Playback(Beginning(TrainingConfig()))
    for iteration in (0, 10, 11, 40, 99):
        at(playback, iteration)
    assert made == list(range(99))


class SlowClock:
    """Each iteration that an engine makes takes so long."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
        self.now, self.made = 0.0, 0
        real = Engine.descend

        def descend(engine: Engine, start: int, count: int, descent: Descent) -> None:
            self.now += count * seconds
            self.made += count
            real(engine, start, count, descent)

        monkeypatch.setattr(Engine, "descend", descend)

    def __call__(self) -> float:
        return self.now


def pieces(monkeypatch: pytest.MonkeyPatch, seconds: float) -> list[int]:
    clock = SlowClock(monkeypatch, seconds)
    playback, made = Playback(Beginning(TrainingConfig()), clock), []
    before = 0
    for _ in playback.go_to(99):
        made.append(clock.made - before)
        before = clock.made
    return made


def test_where_an_iteration_takes_long_a_piece_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    assert pieces(monkeypatch, seconds=1.0) == [1] * 99


def test_where_iterations_are_quick_a_piece_takes_about_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    made = pieces(monkeypatch, seconds=PIECE_S / 20)
    assert made[:5] == [1, 2, 4, 8, 16]
    assert max(made) == 20
    assert sum(made) == 99


def test_a_run_that_does_not_reach_back_says_so() -> None:
    class Nothing(Beginning):
        def keyframe_before(self, iteration: int) -> Keyframe:
            raise LookupError("The run does not reach back to it.")

    with pytest.raises(LookupError, match="does not reach back"):
        list(Playback(Nothing(TrainingConfig())).go_to(50))
