from dataclasses import replace

import numpy as np
import pytest

from curvegui.core.engine.backend import NUMPY, Backend
from curvegui.core.learner.learner import Snapshot
from curvegui.core.learner.recording import cost_stride
from curvegui.core.network.network import Network, initial_parameters
from curvegui.core.run import trainer as trainer_module
from curvegui.core.run.look_ahead import signs_of
from curvegui.core.run.replay import Replayer
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from tests.core.runs import BACKENDS, begun, cases, quickest

HEART = TrainingConfig(seed=1)
RUNAWAY = TrainingConfig(seed=1, activation="relu", output_activation="linear", aggression=7)
TEMPERED = replace(RUNAWAY, aggression=0.01)


def _trained(config: TrainingConfig, iterations: int) -> Trainer:
    trainer = Trainer(config)
    trainer.advance(iterations)
    return trainer


def _leap(trainer: Trainer, iteration: int) -> None:
    """Let a run stand at a later iteration as it is, where costs are recorded more seldom."""
    trainer.rewind(iteration, trainer.parameters)


def _recorded(trainer: Trainer) -> tuple[bytes, ...]:
    """All that a run leaves behind, to the last bit."""
    trail = trainer.trail.since(-1)
    arrays = (trainer.parameters, trainer.costs.since(-1), trail.iterations, trail.curves)
    return (trainer.iteration.to_bytes(8, "big"), bytes([trainer.diverged]), *(array.tobytes() for array in arrays))


def _advance_in_pieces(trainer: Trainer, goal: int, seed: int, most: int = 300) -> None:
    """Advance by random numbers of iterations, looking at the run and pausing in between."""
    random = np.random.default_rng(seed)
    while trainer.iteration < goal and not trainer.diverged:
        trainer.advance(min(int(random.integers(1, most)), goal - trainer.iteration))
        if random.random() < 0.5:
            trainer.snapshot()
        if random.random() < 0.2:
            signs_of(trainer)
        if random.random() < 0.2:
            trainer.apply(replace(trainer.config, speed=float(random.integers(1, 1000))))


# A run


def test_a_run_begins_at_the_initial_parameters() -> None:
    trainer = Trainer(HEART)

    assert trainer.iteration == 0
    assert np.array_equal(trainer.parameters, initial_parameters(HEART.sizes, HEART.seed))
    assert trainer.costs.since(-1).tolist() == [[0, trainer.snapshot().cost]]
    assert trainer.trail.since(-1).iterations.tolist() == [0]


def test_the_heart_is_learnt() -> None:
    trainer = begun(seed=1, noise=0)
    trainer.advance(12_000)
    assert trainer.snapshot().cost < 2e-3


# Snapshots


def test_a_snapshot_shows_the_run_as_it_stands() -> None:
    trainer = _trained(HEART, 123)
    snapshot = trainer.snapshot()
    network = Network(HEART.sizes, trainer.parameters)

    assert snapshot.iteration == 123
    assert snapshot.config is HEART
    assert not snapshot.diverged
    np.testing.assert_allclose(snapshot.fit, network.draw(snapshot.target.t), rtol=1e-12)
    assert snapshot.cost == pytest.approx(network.cost(snapshot.target.t, snapshot.target.points), rel=1e-10)
    assert np.array_equal(snapshot.parameters, trainer.parameters)


def test_a_snapshot_is_never_written_to_again() -> None:
    trainer = _trained(HEART, 100)
    snapshot = trainer.snapshot()
    fit, parameters = snapshot.fit.copy(), snapshot.parameters.copy()
    trainer.advance(100)
    trainer.snapshot()

    assert np.array_equal(snapshot.fit, fit)
    assert np.array_equal(snapshot.parameters, parameters)
    for array in (snapshot.fit, snapshot.parameters, snapshot.target.t, snapshot.target.points):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0


# What is recorded


@pytest.mark.slow
def test_costs_are_recorded_where_they_are_due() -> None:
    trainer = Trainer(HEART, quickest())
    trainer.advance(12_345)
    recorded = trainer.costs.since(-1)[:, 0]

    assert recorded.tolist() == [i for i in range(12_346) if i % cost_stride(i) == 0]


@pytest.mark.slow
@pytest.mark.parametrize("every", [1, 7, 100, 1_000])
def test_the_trail_has_a_curve_every_so_many_iterations(every: int) -> None:
    trail = _trained(replace(HEART, trail_every=every), 700).trail.since(-1)

    assert trail.iterations.tolist() == list(range(0, 701, every))
    assert trail.curves.shape == (len(trail), 2, 100)


def test_a_trail_curve_is_the_fit_of_its_time() -> None:
    trail = _trained(HEART, 300).trail.since(-1)

    assert np.array_equal(trail.curves[2], _trained(HEART, 200).snapshot().fit.astype(np.float32))


def test_the_trail_goes_on_with_another_spacing_and_other_points() -> None:
    trainer = _trained(HEART, 200)
    trainer.apply(replace(HEART, trail_every=50, points=150))
    trainer.advance(100)
    trail = trainer.trail.since(-1)

    assert trail.iterations.tolist() == [0, 100, 200, 250, 300]
    assert trail.curves.shape == (5, 2, 150)


# Settings


@pytest.mark.parametrize("change", [{"aggression": 2.0}, {"noise": 0.0}])
def test_a_live_setting_goes_on_from_where_the_run_is(change: dict[str, float]) -> None:
    trainer, other = _trained(HEART, 250), _trained(HEART, 250)
    before = trainer.parameters
    trainer.apply(replace(HEART, **change))

    assert trainer.iteration == 250
    assert np.array_equal(trainer.parameters, before)

    trainer.advance(10)
    other.advance(10)
    assert trainer.iteration == 260
    assert not np.array_equal(trainer.parameters, other.parameters)


@pytest.mark.parametrize(
    "change",
    [{"points": 1_500}, {"activation": "tanh"}, {"activation": "sine"}, {"output_activation": "linear"}],
    ids=str,
)
def test_a_setting_that_rebuilds_the_engine_keeps_parameters_and_iteration(change: dict[str, object]) -> None:
    trainer = _trained(HEART, 250)
    before, trail, costs = trainer.parameters, trainer.trail.since(-1), trainer.costs.since(-1)
    config = replace(HEART, **change)
    trainer.apply(config)
    snapshot = trainer.snapshot()

    assert snapshot.iteration == 250
    assert np.array_equal(snapshot.parameters, before)
    assert np.array_equal(trainer.trail.since(-1).curves, trail.curves)
    assert np.array_equal(trainer.costs.since(-1), costs)
    assert snapshot.fit.shape == (2, config.points)
    network = Network(config.sizes, before, config.activation, config.output_activation)
    np.testing.assert_allclose(snapshot.fit, network.draw(snapshot.target.t), rtol=1e-12, atol=1e-14)

    trainer.apply(replace(config, aggression=0.01))  # a linear output cannot bear more
    trainer.advance(50)
    assert trainer.iteration == 300


def test_a_run_whose_settings_are_always_changed_keeps_the_latest_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trainer_module, "MOST_CHANGES", 20)
    trainer, twin = (Trainer(TrainingConfig(seed=1, hidden=(3,), points=10)) for _ in range(2))
    for number in range(20):
        for each in (trainer, twin):
            each.advance(30)
            monkeypatch.setattr(trainer_module, "MOST_CHANGES", 10 if each is trainer else 1_000)
            each.apply(each.config.changed(aggression=5 + number % 7))
        assert len(trainer.changes) <= 10

    assert len(twin.changes) == 21
    assert trainer.parameters.tobytes() == twin.parameters.tobytes()
    begins = trainer.keyframes.first
    assert 0 < begins < 500
    for iteration in (begins, begins + 45, 600):
        found, expected = (Replayer().snapshot(each, iteration) for each in (trainer, twin))
        assert (found.config, found.parameters.tobytes()) == (expected.config, expected.parameters.tobytes())


def test_other_layers_need_a_new_run_and_leave_this_one_as_it_is() -> None:
    trainer = _trained(HEART, 100)
    before = _recorded(trainer)

    with pytest.raises(ValueError, match="Other layers need a new run"):
        trainer.apply(replace(HEART, hidden=(6, 8)))

    assert trainer.config is HEART
    assert _recorded(trainer) == before


def test_a_run_cannot_go_back_to_before_it_begins() -> None:
    record = _trained(HEART, 300).record()
    trainer = Trainer.going_on(
        replace(record, keyframes=record.keyframes[2:], keyframe_iterations=record.keyframe_iterations[2:])
    )
    with pytest.raises(LookupError, match="does not reach back to iteration 100"):
        trainer.rewind(100, record.keyframes[1])

    assert trainer.iteration == 300


# The best so far


def test_the_best_is_the_lowest_cost_that_was_recorded() -> None:
    trainer = _trained(HEART, 990)
    costs = trainer.costs.since(-1)
    row = costs[np.argmin(costs[:, 1])]

    assert trainer.best == (row[0], row[1])


def test_the_parameters_of_the_best_are_kept_wherever_it_lies() -> None:
    trainer = _trained(HEART, 950)
    iteration, cost = trainer.best
    frame = trainer.keyframe_before(iteration)

    assert iteration % 100
    assert frame.iteration == iteration
    assert Network(HEART.sizes, frame.parameters).cost(trainer.target.t, trainer.target.points) == pytest.approx(
        cost, rel=1e-10
    )


@pytest.mark.slow
def test_the_best_between_two_recorded_costs_can_be_that_of_a_keyframe() -> None:
    trainer, start = _trained(HEART, 500), 100_000
    _leap(trainer, start)
    trainer.apply(replace(HEART, points=70))  # from here on, a cost is recorded every thousandth iteration
    trainer.advance(900)

    assert (trainer.costs.since(start)).size == 0
    assert trainer.best[0] in range(start, start + 901, 100)


def test_another_target_is_judged_anew_and_not_by_the_costs_of_the_one_before() -> None:
    trainer = _trained(HEART, 2_000)
    trainer.apply(replace(HEART, points=3, output_activation="linear", aggression=0.01))
    now = trainer.snapshot()
    assert trainer.best == (2_000, now.cost)

    trainer.advance(500)
    assert trainer.best[0] > 2_000
    assert trainer.best[1] < now.cost


def test_other_settings_for_the_same_target_are_judged_together() -> None:
    trainer = _trained(HEART, 500)
    best = trainer.best
    trainer.apply(replace(HEART, aggression=1e-9))
    trainer.advance(50)

    assert trainer.best == best


def test_nothing_of_a_future_that_was_taken_back_is_left_among_the_keyframes() -> None:
    trainer = Trainer(HEART)
    moments = [trainer.snapshot()]
    for _ in range(400):
        trainer.advance(1)
        moments.append(trainer.snapshot())
    costs = [moment.cost for moment in moments]
    best, later = next(
        (best, later) for later in range(350, 100, -1) if (best := int(np.argmin(costs[1:later])) + 1) < later - 1
    )
    assert min(costs[later:]) < costs[best]  # so that the best is looked for again
    trainer.rewind(later, moments[later].parameters)
    assert trainer.best == (best, costs[best])

    trainer.rewind(later - 1, moments[later - 1].parameters)
    assert trainer.record().keyframe_iterations.max() < later

    trainer.apply(replace(HEART, aggression=1.0))
    trainer.advance(20)
    assert trainer.keyframe_before(later).iteration < later


# A record of it


def _everything(trainer: Trainer) -> tuple[object, ...]:
    return _recorded(trainer), trainer.best, trainer.config, trainer.changes.all()


def test_a_record_says_when_the_run_finishes() -> None:
    trainer = _trained(replace(HEART, iterations=700), 10)

    assert trainer.record().goal == 700
    assert trainer.record(goal=1_400).goal == 1_400


def test_a_record_stays_as_it_is_while_the_run_goes_on() -> None:
    trainer = _trained(HEART, 150)
    record = trainer.record()
    before = record.parameters.copy(), record.keyframes.copy(), record.costs.copy()
    trainer.advance(500)

    for array, copy in zip((record.parameters, record.keyframes, record.costs), before, strict=True):
        assert np.array_equal(array, copy)
    assert record.iteration == 150


def test_a_diverged_run_is_recorded_and_waits_on() -> None:
    trainer = _trained(TEMPERED, 250)
    trainer.apply(RUNAWAY)
    trainer.advance(1_000)
    other = Trainer.going_on(trainer.record())
    assert other.diverged
    other.advance(100)
    assert other.iteration == 200

    for each in (trainer, other):
        each.apply(TEMPERED)
        each.advance(300)
    assert _everything(other) == _everything(trainer)


def test_the_record_of_a_run_out_of_bounds_is_that_of_its_last_keyframe() -> None:
    trainer = _trained(TEMPERED, 1_001)
    trainer.apply(RUNAWAY)
    trainer.advance(8)
    record = trainer.record()

    assert (record.iteration, trainer.iteration) == (1_000, 1_009)
    assert np.array_equal(record.parameters, _trained(TEMPERED, 1_000).parameters)
    assert record.config == TEMPERED
    assert record.costs[-1, 0] == 1_000
    assert not record.diverged


def test_a_keyframe_before_an_iteration_may_be_that_of_the_best_or_the_last() -> None:
    trainer = _trained(HEART, 350)
    trainer.rewind(333, _trained(HEART, 333).parameters)

    assert trainer.keyframe_before(333).iteration == 333
    assert trainer.keyframe_before(299).iteration in range(200, 300)


@pytest.mark.slow
def test_curves_beyond_the_small_floats_can_be_recorded() -> None:
    far = TrainingConfig(hidden=(150,) * 64, activation="relu", output_activation="linear", points=2)
    record = Trainer(far).record()

    assert np.isfinite(record.trail.curves).all()
    assert np.abs(record.trail.curves).max() > 1e38


# Divergence


def _assert_finite(snapshot: Snapshot) -> None:
    assert np.isfinite(snapshot.cost)
    assert np.isfinite(snapshot.fit).all()
    assert np.isfinite(snapshot.parameters).all()


def test_a_run_that_diverges_is_taken_back_to_its_last_keyframe_and_waits() -> None:
    trainer = _trained(TEMPERED, 250)
    keyframe = _trained(TEMPERED, 200)
    trainer.apply(RUNAWAY)
    trainer.advance(1_000)

    assert trainer.diverged
    assert trainer.iteration == 200
    assert np.array_equal(trainer.parameters, keyframe.parameters)
    assert trainer.costs.since(-1)[-1, 0] == 200
    assert trainer.trail.since(-1).iterations[-1] == 200
    snapshot = trainer.snapshot()
    assert snapshot.diverged
    _assert_finite(snapshot)

    trainer.advance(1_000)
    assert trainer.iteration == 200


@pytest.mark.parametrize(("learnt", "seed"), [(0, 0), (0, 1), (250, 2), (1_030, 0)])
def test_a_diverging_run_ends_in_the_same_state_whatever_the_chunks(learnt: int, seed: int) -> None:
    whole, pieces = _trained(TEMPERED, learnt), _trained(TEMPERED, learnt)
    for trainer in (whole, pieces):
        trainer.apply(replace(RUNAWAY, aggression=1.0))
    whole.advance(3_000)
    _advance_in_pieces(pieces, learnt + 3_000, seed)
    pieces.apply(whole.config)

    assert whole.diverged
    assert _recorded(pieces) == _recorded(whole)


@pytest.mark.parametrize("learnt", [1, 250, 1_001])
def test_no_iteration_of_a_diverging_run_has_a_snapshot_that_is_not_finite(learnt: int) -> None:
    trainer = _trained(TEMPERED, learnt)
    trainer.apply(RUNAWAY)
    for _ in range(100):
        trainer.advance(1)
        snapshot = trainer.snapshot()
        _assert_finite(snapshot)
        assert snapshot.cost < 1e7

    assert snapshot.diverged


@pytest.mark.slow
def test_a_run_out_of_bounds_forgets_no_settings_before_it_is_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    trainer = _trained(TEMPERED, 1_001)
    trainer.apply(RUNAWAY)
    trainer.advance(8)
    monkeypatch.setattr(trainer_module, "MOST_CHANGES", 2)
    trainer.apply(RUNAWAY.changed(aggression=RUNAWAY.aggression + 1))
    assert len(trainer.changes) == 3
    trainer.advance(1_000)
    trainer.apply(TEMPERED)
    assert len(trainer.changes) <= 2


def test_a_run_out_of_bounds_that_gets_another_curve_goes_on_from_its_last_keyframe() -> None:
    trainer = _trained(TEMPERED, 1_001)
    trainer.apply(RUNAWAY)
    trainer.advance(8)
    shown = trainer.snapshot()
    for points in (RUNAWAY.points + 1, RUNAWAY.points):  # and Undo
        trainer.apply(RUNAWAY.changed(points=points))

    assert (shown.iteration, trainer.iteration, trainer.diverged) == (1_000, 1_000, False)
    assert trainer.snapshot().parameters.tobytes() == shown.parameters.tobytes()
    trainer.advance(10)
    assert trainer.diverged


def test_looking_at_a_run_or_drawing_its_trail_does_not_change_it(monkeypatch: pytest.MonkeyPatch) -> None:
    scout = _trained(HEART, 1_000)
    start, between, due = scout.parameters, 0.0, 0.0
    while between <= due:  # until the cost was higher between the recorded iterations than at any of them
        scout.advance(1)
        cost = scout.snapshot().cost
        if scout.iteration % cost_stride(scout.iteration):
            between = max(between, cost)
        else:
            due = max(due, cost)
    goal = (scout.iteration // 10 + 1) * 10
    scout.advance(goal - scout.iteration)
    due = max(due, scout.snapshot().cost)
    assert due < between
    monkeypatch.setattr(trainer_module, "COST_LIMIT", (between + due) / 2)

    runs = [Trainer(HEART), Trainer(HEART), Trainer(replace(HEART, trail_every=1))]
    for trainer in runs:
        trainer.rewind(1_000, start)
    alone, watched, trailed = runs
    alone.advance(goal - 1_000)
    trailed.advance(goal - 1_000)
    while watched.iteration < goal:
        watched.advance(1)
        _assert_finite(watched.snapshot())

    assert not alone.diverged
    for trainer in (watched, trailed):
        assert trainer.iteration == goal
        assert np.array_equal(trainer.parameters, alone.parameters)


@pytest.mark.parametrize("change", [{"aggression": 0.001}, {"output_activation": "logistic", "aggression": 0.001}])
def test_a_diverged_run_goes_on_once_a_setting_that_matters_is_changed(change: dict[str, object]) -> None:
    trainer = _trained(TEMPERED, 250)
    trainer.apply(RUNAWAY)
    trainer.advance(1_000)
    trainer.apply(replace(RUNAWAY, **change))
    assert not trainer.diverged

    trainer.advance(500)

    assert not trainer.diverged
    assert trainer.iteration == 700
    assert trainer.costs.since(-1)[-1, 0] == 700


@pytest.mark.parametrize("change", [{"speed": 5.0}, {"iterations": 10}, {"trail_every": 5}], ids=str)
def test_a_diverged_run_waits_whatever_is_changed_about_how_it_is_shown(change: dict[str, float]) -> None:
    trainer = _trained(RUNAWAY, 100)
    trainer.apply(replace(RUNAWAY, **change))

    assert trainer.diverged


def test_a_large_network_may_start_far_out_and_come_back() -> None:
    config = TrainingConfig(
        hidden=(300,) * 8, activation="relu", output_activation="linear", aggression=1e-15, noise=0, points=10
    )
    trainer = Trainer(config)
    start = trainer.snapshot().cost
    assert start > trainer_module.COST_LIMIT

    trainer.advance(5)

    assert not trainer.diverged
    assert trainer.iteration == 5
    assert trainer.snapshot().cost < start


def test_parameters_too_large_to_square_count_as_diverged_though_the_outputs_saturate() -> None:
    trainer = _trained(HEART, 100)
    trainer.rewind(100, np.full(77, 1e200))
    assert np.isfinite(trainer.snapshot().cost)

    trainer.advance(10)

    assert trainer.diverged


# What computes it

SINGLE = Backend(precision="single")


def test_a_run_that_is_handed_over_goes_on_from_its_parameters() -> None:
    trainer, alone = _trained(HEART, 150), _trained(HEART, 150)
    before = trainer.snapshot()
    trainer.calculate_with(SINGLE)
    after = trainer.snapshot()

    assert after.parameters.tobytes() == before.parameters.tobytes()
    assert after.fit.tobytes() == before.fit.tobytes()
    trainer.advance(100)
    alone.advance(100)
    assert trainer.target is before.target
    np.testing.assert_allclose(trainer.parameters, alone.parameters, atol=1e-2)
    assert trainer.backends.all() == ((150, SINGLE),)
    assert (trainer.parameters == np.float32(trainer.parameters)).all()


def test_who_was_to_compute_and_did_not_leaves_no_trace() -> None:
    trainer, alone = _trained(HEART, 150), _trained(HEART, 250)
    trainer.calculate_with(SINGLE)
    trainer.advance(0)
    trainer.calculate_with(NUMPY)
    trainer.advance(100)

    assert _recorded(trainer) == _recorded(alone)
    assert trainer.backends.all() == ()


def test_a_hand_over_that_fails_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise MemoryError

    trainer, alone = _trained(HEART, 150), _trained(HEART, 250)
    trainer.calculate_with(SINGLE)
    with monkeypatch.context() as patch, pytest.raises(MemoryError):
        patch.setattr(trainer_module, "Learner", fail)
        trainer.advance(100)
    trainer.calculate_with(NUMPY)
    trainer.advance(100)

    assert _recorded(trainer) == _recorded(alone)
    assert trainer.backends.all() == ()


def test_a_run_that_was_taken_back_is_what_it_was_then_and_computed_by_what_is_in_use() -> None:
    trainer = _trained(HEART, 100)
    parameters = trainer.parameters
    trainer.advance(50)
    trainer.calculate_with(SINGLE)
    trainer.advance(50)
    trainer.rewind(100, parameters)

    assert trainer.parameters.tobytes() == parameters.tobytes()
    assert trainer.backends.all() == ()
    trainer.advance(10)
    assert trainer.backends.all() == ((100, SINGLE),)


def test_a_run_that_diverges_after_a_hand_over_is_taken_back_to_before() -> None:
    trainer = _trained(TEMPERED, 130)
    trainer.calculate_with(SINGLE)
    trainer.apply(replace(TEMPERED, aggression=1e6))
    trainer.advance(200)

    assert trainer.diverged
    assert trainer.iteration == 100
    assert trainer.parameters.tobytes() == trainer.keyframe_before(100).parameters.tobytes()
    assert trainer.record().backends == trainer.backends.all() == ()
    assert trainer.backend == SINGLE


def test_a_run_goes_on_from_its_record_with_what_computed_it_unless_told_otherwise() -> None:
    trainer = Trainer(HEART, SINGLE)
    trainer.advance(130)
    record = trainer.record()

    assert record.backends == ((0, SINGLE),)
    assert Trainer.going_on(record).backend == SINGLE
    other = Trainer.going_on(record, NUMPY)
    assert other.backend == NUMPY
    other.advance(20)
    assert other.backends.all() == (*record.backends, (130, NUMPY))


def test_parameters_are_set_by_hand_as_precisely_as_they_are_computed() -> None:
    trainer = Trainer(HEART, SINGLE)
    trainer.advance(1)
    trainer.set_parameters({0: 0.1})

    assert trainer.parameters[0] == np.float32(0.1)


@pytest.mark.slow
@pytest.mark.parametrize("backend", cases(BACKENDS))
@pytest.mark.parametrize(
    "changes", [{"noise": 0.0, "trail_every": 7}, {"train_one_in": 3}, {"trail_every": 300, "points": 30}]
)
def test_a_run_is_the_same_to_the_last_bit_whatever_computes_it(backend: Backend, changes: dict[str, float]) -> None:
    config = replace(HEART, hidden=(3,), points=20, frozen=(2,))
    whole, pieces = (Trainer(replace(config, **changes), backend) for _ in range(2))
    for start, goal in ((0, 220), (900, 1_120), (9_890, 10_110)):  # over both borders of how often costs are recorded
        _leap(whole, start)
        whole.advance(goal - start)
        _leap(pieces, start)
        _advance_in_pieces(pieces, goal, seed=3, most=100)

    assert _recorded(pieces) == _recorded(whole)
    assert pieces.best == whole.best


@pytest.mark.slow
@pytest.mark.parametrize("backend", cases(BACKENDS))
def test_a_run_that_diverges_within_hundreds_made_at_a_time_is_taken_back(backend: Backend) -> None:
    trainer = Trainer(replace(TEMPERED, hidden=(3,), points=20), backend)
    _leap(trainer, 9_500)
    trainer.advance(500)
    trainer.apply(replace(trainer.config, aggression=1e5))
    trainer.advance(5_000)

    assert trainer.diverged
    assert trainer.iteration == 10_000
    assert trainer.parameters.tobytes() == trainer.keyframe_before(10_000).parameters.tobytes()
