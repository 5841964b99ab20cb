"""Runs with optimisers, schedules and mini-batches: to the last bit, whatever happens to them."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.run.record import thinned
from curvegui.core.run.replay import Replayer
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig

CONFIG = TrainingConfig(hidden=(3, 2), points=12, seed=2)
OTHERS = [name for name in OPTIMIZERS if name != "descent"]


def _config(name: str, **settings: Any) -> TrainingConfig:
    return replace(CONFIG.changed(optimizer=name), schedule="cosine", schedule_over=170, **settings)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "batch"),
    [*((name, 0) for name in OPTIMIZERS), *((name, 5) for name, entry in OPTIMIZERS.items() if not entry.solver)],
)
def test_a_run_is_the_same_whatever_its_chunks_its_record_and_its_replay(name: str, batch: int) -> None:
    config = _config(name, batch=batch)
    whole, mark_edit = Trainer(config), Trainer(config)
    whole.advance(333)
    for count in (1, 98, 2, 99, 50, 83):
        mark_edit.advance(count)
        mark_edit = Trainer.going_on(mark_edit.record())

    assert mark_edit.parameters.tobytes() == whole.parameters.tobytes()
    assert mark_edit.state.tobytes() == whole.state.tobytes()
    moment = Replayer().snapshot(mark_edit, 333)
    assert moment.parameters.tobytes() == whole.parameters.tobytes()
    assert moment.state.tobytes() == whole.state.tobytes()


def test_to_and_fro_at_one_iteration_forgets_nothing() -> None:
    trainer, twin = (Trainer(_config("adam")) for _ in range(2))
    for each in (trainer, twin):
        each.advance(120)
    trainer.apply(trainer.config.changed(optimizer="momentum"))
    trainer.apply(_config("adam"))
    for each in (trainer, twin):
        each.advance(60)

    assert trainer.parameters.tobytes() == twin.parameters.tobytes()
    assert Replayer().snapshot(trainer, 175).parameters.tobytes() == Replayer().snapshot(twin, 175).parameters.tobytes()


@pytest.mark.parametrize("name", OTHERS)
def test_what_it_remembers_survives_another_curve_and_a_hand(name: str) -> None:
    trainer = Trainer(_config(name))
    trainer.advance(50)
    before = trainer.state
    trainer.apply(replace(trainer.config, curve="circle", activation="tanh"))
    assert np.array_equal(trainer.state, before)

    trainer.set_parameters({0: 0.25})
    assert np.array_equal(trainer.state, before)
    trainer.advance(77)
    assert Replayer().snapshot(trainer, 120).state.size > 0
    moment = Replayer().snapshot(trainer, 127)
    assert moment.parameters.tobytes() == trainer.parameters.tobytes()


def test_a_run_that_diverges_is_taken_back_to_what_was_remembered_then() -> None:
    trainer = Trainer(replace(_config("momentum"), activation="relu", output_activation="linear", aggression=0.001))
    trainer.advance(250)
    early = Replayer().snapshot(trainer, 200)
    trainer.apply(replace(trainer.config, aggression=1e6))
    trainer.advance(200)

    assert trainer.diverged
    assert trainer.iteration == 200
    assert trainer.state.tobytes() == early.state.tobytes()


def test_a_shortened_and_a_thinned_record_keep_what_leads_on() -> None:
    trainer = Trainer(_config("adam"))
    trainer.advance(950)
    record = trainer.record()
    thin = thinned(record, 3 * record.keyframes[0].nbytes * 4)
    assert 1 < len(thin.keyframe_iterations) < len(record.keyframe_iterations)
    assert len(thin.states) == len(thin.keyframe_iterations)

    branch = Trainer.going_on(thin.until(Replayer().snapshot(trainer, 930)))
    branch.advance(20)

    assert branch.parameters.tobytes() == trainer.parameters.tobytes()
