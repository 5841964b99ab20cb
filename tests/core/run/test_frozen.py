"""Frozen parameters: they stay, to the last bit, and the others move as they would."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot
from curvegui.core.network.network import parameter_count
from curvegui.core.run.record import RunRecord
from curvegui.core.run.replay import Replayer
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from tests.core.runs import SMALL

CONFIGS = st.builds(
    TrainingConfig,
    hidden=st.lists(st.integers(1, 6), min_size=1, max_size=3).map(tuple),
    activation=st.sampled_from(["logistic", "tanh", "relu", "sine"]),
    output_activation=st.sampled_from(["logistic", "linear"]),
    aggression=st.floats(0.01, 0.5),
    seed=st.integers(0, 100),
    points=st.just(20),
)


@pytest.mark.slow
@settings(max_examples=20)
@given(config=CONFIGS, data=st.data())
def test_frozen_parameters_stay_and_the_others_take_the_same_step(config: TrainingConfig, data: st.DataObject) -> None:
    count = parameter_count(config.sizes)
    frozen = data.draw(st.sets(st.integers(0, count - 1)))
    free, held = Trainer(config), Trainer(replace(config, frozen=tuple(frozen)))
    start, others = free.parameters, [place for place in range(count) if place not in frozen]

    free.advance(1)
    held.advance(1)
    np.testing.assert_array_equal(held.parameters[others], free.parameters[others])
    held.advance(150)
    np.testing.assert_array_equal(held.parameters[list(frozen)], start[list(frozen)])


@pytest.mark.slow
def test_freezing_on_the_way_is_part_of_the_run_and_of_its_record() -> None:
    trainer = Trainer(SMALL)
    seen = {}
    for frozen in ((), (0, 1, 2, 13), (5,), ()):
        trainer.apply(replace(trainer.config, frozen=frozen))
        for _ in range(30):
            seen[trainer.iteration] = trainer.parameters
            trainer.advance(1)
    again, replayer = Trainer.going_on(trainer.record()), Replayer()
    for iteration, parameters in seen.items():
        np.testing.assert_array_equal(replayer.snapshot(trainer, iteration).parameters, parameters)
        np.testing.assert_array_equal(replayer.snapshot(again, iteration).parameters, parameters)
    trainer.advance(50)
    again.advance(50)
    np.testing.assert_array_equal(again.parameters, trainer.parameters)
    assert isinstance(trainer.record(), RunRecord)


def test_a_portrait_says_that_frozen_parameters_take_no_step() -> None:
    inspected = InspectedSnapshot(Trainer(TrainingConfig(frozen=(3, 76))).snapshot())
    assert np.flatnonzero(inspected.steps == 0).tolist() == [3, 76]
    np.testing.assert_array_equal(inspected.next_parameters[[3, 76]], inspected.snapshot.parameters[[3, 76]])
