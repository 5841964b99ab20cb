import numpy as np
import pytest

from curvegui.core.arrays import FloatArray
from curvegui.core.optimizers.stop_rules import StopRules, StopWatch
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig


def _rows(*costs: float, every: int = 10) -> FloatArray:
    return np.column_stack([every * np.arange(len(costs)), costs])


def test_without_rules_nothing_ends() -> None:
    assert StopRules().reason(_rows(1, 0)) == ""
    assert StopRules().time_is_up(1e9) == ""


def test_a_cost_below_the_wish_ends_it() -> None:
    rules = StopRules(cost_below=1e-3)

    assert rules.reason(_rows(1e-4, 1e-3)) == ""
    assert rules.reason(_rows(1, 9e-4)) == "The cost is below 0.001."


def test_before_there_is_a_cost_nothing_ends() -> None:
    assert StopRules(cost_below=1, patience=1).reason(np.empty((0, 2))) == ""


@pytest.mark.parametrize(
    ("costs", "ends"),
    [
        ([1, 1, 1], False),  # not yet so many iterations
        ([1, 1, 1, 1], True),
        ([1, 0.995, 1.2, 0.991], True),
        ([1, 1, 1, 0.98], False),
        ([1, 0.98, 1.2, 3], False),  # the lowest counts, where it was within the patience
        ([1, 0.5, 0.6, 0.6, 0.499], True),
        ([0.0, 0.0, 0.0, 0.0], True),
    ],
)
def test_no_progress_for_long_ends_it(costs: list[float], ends: bool) -> None:
    found = StopRules(patience=30).reason(_rows(*costs))

    assert found == ("No progress in 30 iterations." if ends else "")


def test_the_time_ends_it() -> None:
    rules = StopRules(seconds=2.5)

    assert rules.time_is_up(2.4) == ""
    assert "2.5 s" in rules.time_is_up(2.5)


def _run(watch: StopWatch, chunks: list[int], **settings: float) -> Trainer:
    trainer = Trainer(TrainingConfig(hidden=(3,), points=8, seed=2, noise=0, **settings))
    for count in chunks:
        trainer.advance(count, watch=watch)
        if watch.reason:
            break
    return trainer


def test_a_run_ends_at_the_same_iteration_whatever_its_chunks() -> None:
    whole, mark_edit = (StopWatch(StopRules(cost_below=0.05), 0, 1.0) for _ in range(2))
    one, other = _run(whole, [5_000]), _run(mark_edit, [7] * 700)

    assert whole.reason == mark_edit.reason == "The cost is below 0.05."
    assert one.iteration == other.iteration < 5_000
    assert one.costs.since(-1)[-1, 1] < 0.05


def test_a_run_whose_cost_is_low_enough_when_it_is_set_going_goes_on() -> None:
    assert _run(StopWatch(StopRules(cost_below=10.0), 0, 1.0), [300]).iteration == 300


def test_a_run_without_progress_ends() -> None:
    watch = StopWatch(StopRules(patience=200), 0, 1.0)
    trainer = _run(watch, [5_000], aggression=0)

    assert watch.reason == "No progress in 200 iterations."
    assert trainer.iteration == 201  # the first cost that counts is the one after the first iteration


def test_patience_begins_when_the_run_is_set_going() -> None:
    trainer = Trainer(TrainingConfig(hidden=(3,), points=8, aggression=0))
    trainer.advance(500)
    watch = StopWatch(StopRules(patience=200), 500, 1.0)
    trainer.advance(1_000, watch=watch)

    assert trainer.iteration == 700


def test_time_adds_up() -> None:
    watch = StopWatch(StopRules(seconds=1), 0, 1.0)
    watch.spend(0.6)
    assert watch.reason == ""
    watch.spend(0.4)
    assert "1 s" in watch.reason


def test_a_run_that_diverges_is_not_stopped_by_a_rule() -> None:
    watch = StopWatch(StopRules(cost_below=1e-9, patience=10_000), 0, 1.0)
    trainer = Trainer(
        TrainingConfig(hidden=(3,), points=8, activation="relu", output_activation="linear", aggression=1e5)
    )
    trainer.advance(500, watch=watch)

    assert trainer.diverged
    assert watch.reason == ""
