"""A run whose network is operated on goes on."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.core.arrays import FloatArray
from curvegui.core.network.inserted_layer import NEW_LAYER
from curvegui.core.run.operations import (
    AddLayer,
    AddNeurons,
    Operation,
    PlannedOperations,
    RemoveLayer,
    RemoveNeurons,
    operations_between,
)
from curvegui.core.run.replay import Replayer
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from tests.core.runs import begun

Layers = tuple[int, ...]
OPERATIONS = [AddNeurons(1), RemoveNeurons(2), AddLayer(NEW_LAYER), AddLayer(5, 1), RemoveLayer(1)]


def operated(trainer: Trainer, *operations: Operation) -> Trainer:
    return Trainer.going_on(PlannedOperations.planned(trainer.config, *operations).on(trainer.record(goal=900)))


@pytest.mark.parametrize("operation", OPERATIONS, ids=repr)
@pytest.mark.parametrize("made", [0, 230, 300])
def test_iteration_costs_and_trail_go_on(operation: Operation, made: int) -> None:
    before = Trainer(TrainingConfig(train_one_in=3))
    before.advance(made)
    after = operated(before, operation)
    assert (after.iteration, after.keyframes.first, after.best[0]) == (made, made, made)
    assert after.costs.since(-1)[: len(before.costs.since(-1))].tolist() == before.costs.since(-1).tolist()
    assert after.trail.since(-1).iterations.tolist() == before.trail.since(-1).iterations.tolist()
    after.advance(150)
    assert after.costs.iterations[-1] > made
    record = after.record()
    seen = after.parameters
    np.testing.assert_array_equal(Replayer().snapshot(Trainer.going_on(record), made + 150).parameters, seen)


def test_the_record_can_be_taken_back_to_where_it_begins_and_no_further() -> None:
    before = Trainer(TrainingConfig())
    before.advance(250)
    after = operated(before, AddNeurons(2))
    after.advance(100)
    record = after.record().until(Replayer().snapshot(after, 260))
    assert record.best[0] >= 250
    with pytest.raises(LookupError):
        Replayer().snapshot(after, 249)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [5, 7])
def test_a_heart_that_has_been_learnt_is_not_forgotten_by_learning_on_with_another_layer(seed: int) -> None:
    before = begun(seed=seed, noise=0)
    before.advance(20_000)
    cost = before.snapshot().cost
    after = operated(before, AddLayer(NEW_LAYER))
    assert after.snapshot().cost == pytest.approx(cost, rel=1e-3)
    after.advance(2_000)
    later = after.costs.since(20_000)[:, 1]
    assert np.median(later) < cost
    assert later.max() < 1.1 * cost  # with noise, single costs jump higher, with or without the layer


@pytest.mark.slow
@pytest.mark.parametrize("layer", [1, 2, None])
@pytest.mark.parametrize("settings", [{"noise": 0}, {"seed": 7}, {}], ids=str)
def test_a_new_layer_anywhere_leaves_a_trained_network_its_fit(settings: dict[str, Any], layer: int | None) -> None:
    before = begun(**settings)
    before.advance(20_000)
    cost, fit = before.snapshot().cost, before.snapshot().fit

    after = operated(before, AddLayer(NEW_LAYER, layer))

    assert after.snapshot().cost < 2 * cost
    np.testing.assert_allclose(after.snapshot().fit, fit, rtol=0, atol=1e-3)
    after.advance(200)
    assert after.costs.since(20_000)[:, 1].max() < 2 * cost
    assert after.snapshot().cost < 2 * cost


def test_other_settings_may_change_with_the_layers() -> None:
    before = Trainer(TrainingConfig())
    before.advance(100)
    planned = PlannedOperations.planned(before.config, AddNeurons(1))
    planned = replace(planned, config=replace(planned.config, points=30, aggression=2))
    after = Trainer.going_on(planned.on(before.record()))
    assert after.config.points == after.target.t.size == 30


def test_a_large_network_is_looked_at_in_few_places() -> None:
    before = Trainer(TrainingConfig(hidden=(450, 450), points=3))
    fit: FloatArray = before.snapshot().fit
    after = operated(before, AddNeurons(1))
    np.testing.assert_allclose(after.snapshot().fit, fit, rtol=0, atol=1e-12)


def test_a_network_that_draws_nothing_that_is_a_number_can_be_operated_on() -> None:
    before = Trainer(TrainingConfig(hidden=(2,) * 64, activation="relu", output_activation="linear", points=4))
    before.set_parameters(dict.fromkeys(range(before.parameters.size), 1e6))
    assert operated(before, AddNeurons(1)).best[1] == 1e300


LAYERS = st.lists(st.integers(1, 9), min_size=1, max_size=6).map(tuple)


@given(before=LAYERS, after=LAYERS)
def test_the_operations_lead_where_they_should(before: Layers, after: Layers) -> None:
    hidden = before
    for operation in operations_between(before, after):
        hidden = operation.hidden_after(hidden)
    assert hidden == after


@pytest.mark.parametrize(
    ("before", "after", "operations"),
    [
        ((6, 7), (6, 7), ()),
        ((6, 7), (8, 6), (AddNeurons(1, 2), RemoveNeurons(2, 1))),
        ((6, 7), (6, 7, 14), (AddLayer(14),)),
        ((6, 7, 14), (6, 14), (RemoveLayer(2),)),
        ((6, 7, 14), (7,), (RemoveLayer(3), RemoveLayer(1))),
        ((5, 9, 5), (9, 6), (RemoveLayer(1), AddNeurons(2, 1))),
    ],
)
def test_as_much_stays_as_can(before: Layers, after: Layers, operations: tuple[Operation, ...]) -> None:
    assert operations_between(before, after) == operations
