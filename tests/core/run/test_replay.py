from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curvegui.core.engine.numpy_engine import Engine
from curvegui.core.learner import recording as keyframes_module
from curvegui.core.learner.recording import Keyframe
from curvegui.core.optimizers.descent import Descent
from curvegui.core.run.replay import Playback, Replayer, last_snapshot
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from tests.core.runs import SMALL, STRETCHES, Stretch, Watched


@pytest.mark.slow
@settings(max_examples=4)
@given(stretches=STRETCHES, visits=st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_any_iteration_of_a_run_is_computed_anew_to_the_last_bit(stretches: list[Stretch], visits: list[float]) -> None:
    run, replayer = Watched(), Replayer()
    run.live(stretches)
    for part in [*visits, 0, 1]:
        iteration = round(part * run.trainer.iteration)
        moment = replayer.snapshot(run.trainer, iteration)

        assert moment.iteration == iteration
        assert moment.parameters.tobytes() == run.seen[iteration].tobytes()
        assert moment.state.tobytes() == run.states[iteration].tobytes()


def test_so_is_one_far_from_the_next_keyframe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyframes_module, "KEYFRAMES_BYTES", 1)
    run = Watched()
    run.live([({}, 900, None), ({"aggression": 1.0}, 900, None)])

    assert replay_of(run.trainer, 799).tobytes() == run.seen[799].tobytes()
    assert replay_of(run.trainer, 1_234).tobytes() == run.seen[1_234].tobytes()


def replay_of(trainer: Trainer, iteration: int) -> np.ndarray:
    return Replayer().snapshot(trainer, iteration).parameters


def test_a_moment_is_what_the_run_showed_then() -> None:
    trainer = Trainer(SMALL)
    trainer.advance(130)
    then = trainer.snapshot()
    trainer.apply(replace(SMALL, aggression=2.0, points=9))
    trainer.advance(200)
    moment = Replayer().snapshot(trainer, 130 - 1)
    assert moment.config == SMALL

    moment = Replayer().snapshot(trainer, 130)
    assert moment.config == trainer.config  # from here on
    assert moment.target.points.shape == (2, 9)
    assert np.array_equal(moment.parameters, then.parameters)
    for array in (moment.fit, moment.parameters):
        assert not array.flags.writeable


def test_a_run_is_not_changed_by_looking_back() -> None:
    looked, alone = Trainer(SMALL), Trainer(SMALL)
    replayer = Replayer()
    for _ in range(10):
        for trainer in (looked, alone):
            trainer.advance(37)
        replayer.snapshot(looked, looked.iteration // 2)

    assert looked.parameters.tobytes() == alone.parameters.tobytes()


def test_what_the_run_does_not_reach_is_said() -> None:
    trainer = Trainer(SMALL)
    trainer.advance(300)
    record = trainer.record()
    later = Trainer.going_on(
        replace(record, keyframes=record.keyframes[2:], keyframe_iterations=record.keyframe_iterations[2:])
    )

    assert Replayer().snapshot(later, 200).iteration == 200
    with pytest.raises(LookupError, match="does not reach back to iteration 199"):
        Replayer().snapshot(later, 199)


def test_a_records_last_moment_is_the_runs_snapshot() -> None:
    trainer = Trainer(TrainingConfig(hidden=(3, 4), activation="tanh", points=30))
    trainer.advance(234)
    shown, found = trainer.snapshot(), last_snapshot(trainer.record())

    assert (found.config, found.iteration, found.cost) == (shown.config, 234, shown.cost)
    assert np.array_equal(found.fit, shown.fit)
    assert np.array_equal(found.parameters, shown.parameters)
    assert np.array_equal(found.target.points, shown.target.points)
    assert not found.fit.flags.writeable


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
        self.changes, self.backends = trainer.changes, trainer.backends
        self._first = trainer.keyframe_before(0)

    def keyframe_before(self, iteration: int) -> Keyframe:
        return self._first


def at(playback: Playback, iteration: int) -> np.ndarray:
    for _ in playback.go_to(iteration):
        pass
    assert playback.snapshot is not None
    assert playback.snapshot.iteration == iteration
    return playback.snapshot.parameters


@pytest.mark.slow
@settings(max_examples=10)
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
