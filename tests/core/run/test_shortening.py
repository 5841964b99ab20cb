"""A run in less room keeps what leads on, and its end exactly."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from curvegui.core.curve.curve import curve_through
from curvegui.core.run.record import THIN_COSTS, RunRecord, shortened, thinned
from curvegui.core.run.replay import Replayer
from curvegui.core.run.trainer import Trainer
from tests.core.runs import SMALL, changed_run


@cache
def _short() -> RunRecord:
    return changed_run().record()


@cache
def _long() -> RunRecord:
    trainer = Trainer(SMALL)
    trainer.advance(20_000)
    return trainer.record()


def _bytes(record: RunRecord) -> int:
    return record.parameters.nbytes + record.keyframes.nbytes + record.costs.nbytes + record.trail.curves.nbytes


@pytest.mark.parametrize("most", [15_000, 20_000, 50_000])
def test_a_thinned_run_takes_about_so_many_bytes(most: int) -> None:
    thin = thinned(_long(), most)

    assert 0.8 * min(most, _long().keyframes.nbytes) < _bytes(thin) <= most
    assert len(thin.costs) == THIN_COSTS
    assert len(thin.trail) == 0


@pytest.mark.parametrize("most", [0, 1, 10_000, 50_000, 10**9])
def test_a_thinned_run_keeps_its_beginning_its_best_its_last_keyframe_and_its_end_exactly(most: int) -> None:
    thin = thinned(_long(), most)
    frames = dict(zip(_long().keyframe_iterations.tolist(), _long().keyframes, strict=True))

    assert thin.parameters is _long().parameters
    assert (thin.iteration, thin.best, thin.safe_iteration) == (_long().iteration, _long().best, _long().safe_iteration)
    assert thin.keyframe_iterations[0] == 0
    assert _long().safe_iteration in thin.keyframe_iterations
    assert max(each for each in frames if each <= _long().best[0]) in thin.keyframe_iterations
    for iteration, parameters in zip(thin.keyframe_iterations.tolist(), thin.keyframes, strict=True):
        assert np.array_equal(parameters, frames[iteration])
    assert thin.costs[0].tolist() == _long().costs[0].tolist()
    assert thin.costs[-1].tolist() == _long().costs[-1].tolist()


def test_a_thinned_run_that_has_room_keeps_every_keyframe() -> None:
    assert np.array_equal(thinned(_long(), 10**9).keyframe_iterations, _long().keyframe_iterations)
    assert len(thinned(_short(), 10**9).costs) == len(_short().costs)


def test_the_keyframes_that_are_left_lie_evenly() -> None:
    steps = np.diff(thinned(_long(), 15_000).keyframe_iterations)

    assert steps.max() <= 3 * np.median(steps)


def test_a_thinned_run_goes_on_as_the_whole_one_would_with_a_trail_of_its_keyframes() -> None:
    whole, thin = Trainer.going_on(_long()), Trainer.going_on(thinned(_long(), 20_000))
    assert thin.trail.since(-1).iterations.tolist() == thinned(_long(), 20_000).keyframe_iterations.tolist()

    for trainer in (whole, thin):
        trainer.advance(333)
    assert thin.parameters.tobytes() == whole.parameters.tobytes()
    curve = whole.trail.since(19_999).curves[0]
    assert np.array_equal(thin.trail.since(19_999).curves[0], curve)


def test_a_run_without_costs_can_be_thinned() -> None:
    assert thinned(replace(_long(), costs=np.empty((0, 2))), 0).costs.shape == (0, 2)


# With curves of one's own


T = np.linspace(0, 1, 5_000)
HEAVY = curve_through("heavy", np.stack([T, np.sin(9 * T)]), closed=False)


def test_a_thinned_run_keeps_of_a_curve_what_was_learnt() -> None:
    whole = Trainer(replace(SMALL, curve=HEAVY, points=40))
    whole.advance(250)
    record = whole.record()
    assert record.curves == (HEAVY,)

    thin = thinned(record, 10_000)

    assert thin.curves == (HEAVY.sampled(40),)
    other = Trainer.going_on(thin)
    for each in (whole, other):
        each.advance(100)
    assert np.array_equal(whole.parameters, other.parameters)


def test_of_many_curves_a_thinned_run_keeps_the_last_one() -> None:
    trainer = Trainer(replace(SMALL, points=30))
    for number in range(20):
        trainer.apply(replace(trainer.config, curve=HEAVY.sampled(30).called(f"curve {number}")))
        trainer.advance(10)
    record = trainer.record()

    assert [curve.name for curve in thinned(record, 4_000).curves] == ["curve 19"]
    assert np.array_equal(thinned(record, 4_000).parameters, trainer.parameters)
    assert len(thinned(record, 10**6).curves) == 20
    assert len(thinned(record, 1).curves) == 1


def test_a_run_of_one_large_curve_alone_keeps_it_whatever_the_room() -> None:
    trainer = Trainer(replace(SMALL, curve=HEAVY, points=100))
    trainer.advance(10)

    assert thinned(trainer.record(), 1).curves == (HEAVY.sampled(100),)


# With fewer changes of settings


def _restless(iterations: int = 450) -> Trainer:
    """A run whose settings change in every tenth iteration."""
    trainer = Trainer(SMALL)
    for number in range(iterations // 10):
        trainer.apply(replace(SMALL, aggression=1 + number / 10))
        trainer.advance(10)
    return trainer


def test_a_run_of_few_changes_is_not_shortened() -> None:
    record = _restless().record()

    assert shortened(record, 45) is record


def test_a_shortened_run_begins_at_a_keyframe_and_has_fewer_changes() -> None:
    trainer = _restless()
    record = trainer.record()
    short = shortened(record, 30)

    assert short.keyframe_iterations[0] == 200
    assert len(short.changes) == 25
    assert short.changes == record.changes[-25:]
    assert (short.iteration, short.config, short.safe_iteration) == (450, record.config, 400)
    assert short.parameters is record.parameters
    kept = Trainer.going_on(short)
    assert Replayer().snapshot(kept, 333).parameters.tobytes() == Replayer().snapshot(trainer, 333).parameters.tobytes()
    with pytest.raises(LookupError):
        Replayer().snapshot(kept, 199)


def test_a_shortened_run_without_a_keyframe_begins_at_its_end() -> None:
    record = _restless().record()
    frames = record.keyframe_iterations % 100 == 0
    bare = replace(
        record,
        keyframe_iterations=record.keyframe_iterations[frames],
        keyframes=record.keyframes[frames],
        best=(0, 0.5),
    )
    short = shortened(bare, 3)

    assert short.keyframe_iterations.tolist() == [450]
    assert short.keyframes.tolist() == [record.parameters.tolist()]
    assert short.changes == (record.changes[-1],)
    assert short.safe_iteration == 450
    assert short.best == (450, 0.5)


def test_the_best_of_a_shortened_run_is_looked_for_in_what_is_left() -> None:
    record = _restless().record()
    assert shortened(replace(record, best=(430, 0.01)), 30).best == (430, 0.01)

    rows = record.costs[record.costs[:, 0] > 200]
    row = rows[np.argmin(rows[:, 1])]
    assert shortened(replace(record, best=(10, 0.01)), 30).best == (row[0], row[1])


def test_settings_that_were_in_force_at_the_new_beginning_stay() -> None:
    record = _restless().record()
    changes = tuple(each for each in record.changes if not 150 < each[0] <= 350)
    short = shortened(replace(record, changes=changes), 12)

    assert short.keyframe_iterations[0] == 200
    assert [iteration for iteration, _ in short.changes] == [150, *range(360, 450, 10)]


# Targets
