"""Parameters set by hand: the run can be looked back to on both sides of it, to the last bit."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curvegui.core.arrays import FloatArray
from curvegui.core.learner import recording as keyframes
from curvegui.core.run.record import from_edit, shortened, thinned
from curvegui.core.run.replay import Replayer
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig

CONFIG = TrainingConfig(hidden=(3,), points=5, seed=1)


class Lived:
    """A run and the parameters that it had after every iteration, after they were set."""

    def __init__(self) -> None:
        self.trainer = Trainer(CONFIG)
        self.seen: dict[int, FloatArray] = {0: self.trainer.parameters}

    def advance(self, count: int) -> None:
        for _ in range(count):
            self.trainer.advance(1)
            self.seen[self.trainer.iteration] = self.trainer.parameters

    def set(self, **values: float) -> None:
        self.trainer.set_parameters({int(place[1:]): value for place, value in values.items()})
        self.seen[self.trainer.iteration] = self.trainer.parameters

    def check(self, trainer: Trainer | None = None, every: int = 1) -> None:
        """Compute one in so many iterations anew, and all that are next to an edit."""
        trainer = trainer or self.trainer
        replayer, begins = Replayer(), trainer.keyframes.first
        near = {edit + step for edit in trainer.record().edits.tolist() for step in (-1, 0, 1)}
        for iteration in sorted({*range(begins, trainer.iteration + 1, every), trainer.iteration, *near}):
            if not begins <= iteration <= trainer.iteration:
                continue
            np.testing.assert_array_equal(replayer.snapshot(trainer, iteration).parameters, self.seen[iteration])


@pytest.fixture
def lived() -> Lived:
    run = Lived()
    run.advance(130)
    run.set(_0=2.0, _3=-1.5)
    run.advance(70)
    run.set(_1=0.5)  # at a keyframe
    run.set(_1=0.25)
    run.advance(150)
    return run


def test_values_are_set_and_nothing_else() -> None:
    trainer = Trainer(CONFIG)
    trainer.advance(50)
    before = trainer.parameters
    trainer.set_parameters({2: 1.25, 7: -3.0})
    assert trainer.iteration == 50
    assert np.flatnonzero(trainer.parameters != before).tolist() == [2, 7]
    assert trainer.parameters[[2, 7]].tolist() == [1.25, -3.0]
    assert trainer.costs.since(49)[0].tolist() == [50, trainer.snapshot().cost]


@pytest.mark.slow
def test_every_iteration_is_computed_anew_before_at_and_after_it(lived: Lived) -> None:
    assert lived.trainer.keyframes.last_edit == 200
    lived.check()


@pytest.mark.slow
def test_so_it_is_from_a_record_and_from_a_thinned_or_shortened_one(lived: Lived) -> None:
    record = lived.trainer.record()
    assert record.edits.tolist() == [130, 200]
    for each in (record, thinned(record, 10**6), thinned(record, 1), shortened(record, 1), from_edit(record, 1)):
        lived.check(Trainer.going_on(each), every=7)
    assert thinned(record, 1).keyframe_iterations[0] == 200
    assert from_edit(record, 2) is record


@pytest.mark.slow
@pytest.mark.parametrize("iteration", [100, 129, 130, 131, 199, 200, 250])
def test_so_it_is_in_a_branch(lived: Lived, iteration: int) -> None:
    trainer = lived.trainer
    branch = Trainer.going_on(trainer.record().until(Replayer().snapshot(trainer, iteration)))
    assert branch.iteration == iteration
    lived.check(branch, every=7)
    np.testing.assert_array_equal(branch.parameters, lived.seen[iteration])


def test_a_subnormal_value_is_recorded_as_the_engine_holds_it(lived: Lived) -> None:
    lived.set(_6=2.225073858507e-311)
    lived.check()


@pytest.mark.slow
@given(data=st.data())
@settings(max_examples=5, deadline=None)
def test_so_it_is_however_the_keyframes_are_thinned(data: st.DataObject) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keyframes, "KEYFRAMES_BYTES", CONFIG.sizes[1] * 100 * data.draw(st.integers(1, 4)))
        lived = Lived()
        for _ in range(data.draw(st.integers(1, 6))):
            lived.advance(data.draw(st.integers(0, 150)))
            lived.set(**{f"_{data.draw(st.integers(0, 13))}": data.draw(st.floats(-2, 2))})
            assert lived.trainer.keyframes.first <= lived.trainer.best[0] <= lived.trainer.iteration
        lived.advance(data.draw(st.integers(0, 350)))
        lived.check(every=17)
        record = lived.trainer.record()
        lived.check(Trainer.going_on(record), every=17)
        lived.check(Trainer.going_on(thinned(record, 1)), every=17)


def test_of_too_many_cuts_the_oldest_go_and_what_lies_before_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyframes, "MOST_EDITS", 3)
    lived = Lived()
    for value in range(5):
        lived.advance(40)
        lived.set(_0=float(value))
    assert lived.trainer.keyframes.first == 120
    assert lived.trainer.record().edits.tolist() == [120, 160, 200]
    lived.check()


def test_a_run_taken_back_before_a_cut_has_it_no_more(lived: Lived) -> None:
    trainer = lived.trainer
    trainer.rewind(150, lived.seen[150])
    assert trainer.record().edits.tolist() == [130]
    trainer.rewind(120, lived.seen[120])
    assert trainer.keyframes.last_edit is None
    lived.check()


def test_the_best_iteration_is_not_one_that_was_overwritten() -> None:
    trainer = Trainer(CONFIG)
    trainer.advance(500)
    assert trainer.best[0] == 500
    trainer.set_parameters({0: 30.0, 3: -40.0, 8: 20.0})
    assert trainer.best[0] < 500
    best = Replayer().snapshot(trainer, trainer.best[0])
    assert best.cost == trainer.best[1]


def test_a_run_that_diverged_goes_on_with_the_parameters_it_was_taken_back_to() -> None:
    trainer = Trainer(TrainingConfig(activation="relu", output_activation="linear", aggression=7))
    trainer.advance(500)
    assert trainer.diverged
    at = trainer.iteration
    trainer.set_parameters({0: 0.5})
    assert (trainer.iteration, trainer.diverged) == (at, False)


def test_values_whose_cost_is_no_number_leave_a_record_all_the_same() -> None:
    trainer = Trainer(TrainingConfig(hidden=(2,) * 64, activation="relu", output_activation="linear", points=4))
    count = trainer.parameters.size
    trainer.set_parameters(dict.fromkeys(range(count), 1e6))
    assert trainer.record().edits.tolist() == [0]
    trainer.advance(10)
    assert np.isfinite(trainer.parameters).all()
