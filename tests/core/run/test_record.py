"""A record keeps a whole run, refuses what is none, and knows the run as it was before."""

import tracemalloc
from dataclasses import FrozenInstanceError, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curvegui.core.engine.backend import NUMPY, Backend
from curvegui.core.learner.recording import NO_TRAIL, TrailCurves
from curvegui.core.run.record import RunRecord, best_of, shortened, target_since, thinned
from curvegui.core.run.replay import Replayer
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from tests.core.runs import SMALL, STRETCHES, Stretch, Watched, changed_run

RECORD = changed_run().record()
SINGLE = Backend(precision="single")
P = RECORD.parameters.size


def _with_nan(array: Any) -> Any:
    changed = array.copy()
    changed.flat[-1] = np.nan
    return changed


CURVES = RECORD.trail.curves
REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "parameters of another network": ({"parameters": np.zeros(7)}, f"its layers have {P} parameters, not (7,)"),
    "no keyframe": ({"keyframes": np.zeros((0, P)), "keyframe_iterations": np.zeros(0, int)}, "no keyframe"),
    "iterations in two axes": ({"keyframe_iterations": np.zeros((6, 1), int)}, "no keyframe"),
    "keyframes of another network": ({"keyframes": np.zeros((6, 7))}, "its keyframes do not fit its layers"),
    "a keyframe too few": ({"keyframes": RECORD.keyframes[1:]}, "its keyframes do not fit its layers"),
    "costs in one axis": ({"costs": np.zeros(4)}, "its costs are not pairs"),
    "costs of three": ({"costs": np.zeros((4, 3))}, "its costs are not pairs"),
    "trails of points": ({"trail": TrailCurves(np.arange(3), np.zeros((3, 2), "<f4"))}, "trail does not consist"),
    "a trail of threes": ({"trail": TrailCurves(np.arange(3), np.zeros((3, 3, 5), "<f4"))}, "trail does not consist"),
    "a curve too few": ({"trail": TrailCurves(np.arange(7), CURVES.copy())}, "trail does not consist"),
    "curves of nothing": ({"trail": TrailCurves(np.arange(3), np.zeros((3, 2, 0), "<f4"))}, "trail does not consist"),
    "trail in two axes": ({"trail": TrailCurves(np.zeros((6, 1), int), CURVES.copy())}, "trail does not consist"),
    "no settings": ({"changes": ()}, "it has no settings"),
    "no spacing of keyframes": ({"keyframe_spacing": 0}, "a spacing is not positive"),
    "no spacing of the trail": ({"trail_spacing": -1}, "a spacing is not positive"),
    "keyframes backwards": ({"keyframe_iterations": np.arange(500, -1, -100)}, "its keyframes are out of order"),
    "keyframes of the past": ({"keyframe_iterations": np.arange(-100, 500, 100)}, "its keyframes are out of order"),
    "keyframes of the future": ({"keyframe_iterations": np.arange(1, 602, 100)[:6] + 99}, "keyframes are out of order"),
    "two at once": ({"keyframe_iterations": np.array([0, 100, 100, 200, 300, 500])}, "its keyframes are out of order"),
    "costs backwards": ({"costs": RECORD.costs[::-1]}, "its costs are out of order"),
    "costs of the future": ({"costs": np.array([[0, 1.0], [501, 1.0]])}, "its costs are out of order"),
    "costs of half an iteration": ({"costs": np.array([[0, 1.0], [0.5, 1.0]])}, "its costs are out of order"),
    "costs at no iteration": ({"costs": np.full((3, 2), np.inf)}, "its costs are out of order"),
    "a trail backwards": (
        {"trail": TrailCurves(np.arange(6)[::-1].copy(), CURVES.copy())},
        "its trail is out of order",
    ),
    "settings backwards": ({"changes": RECORD.changes[::-1]}, "its settings are out of order"),
    "settings of the future": ({"changes": ((0, SMALL), (501, RECORD.config))}, "its settings are out of order"),
    "settings that come too late": ({"changes": RECORD.changes[1:]}, "its first settings are missing"),
    "other layers before": (
        {"changes": ((0, replace(SMALL, hidden=(2,))), *RECORD.changes[1:])},
        "its layers change on the way",
    ),
    "settings that are not in force": ({"config": replace(RECORD.config, noise=0.5)}, "not those it last changed to"),
    "a best of the future": ({"best": (501, 0.1)}, "its best iteration is not in it"),
    "a best of the past": ({"best": (-1, 0.1)}, "its best iteration is not in it"),
    "no last keyframe": ({"safe_iteration": 450}, "its last keyframe is missing"),
    "parameters": ({"parameters": _with_nan(RECORD.parameters)}, "its parameters are not all numbers"),
    "keyframes": ({"keyframes": _with_nan(RECORD.keyframes)}, "its keyframes are not all numbers"),
    "costs": ({"costs": _with_nan(RECORD.costs)}, "its costs are not all numbers"),
    "trail": ({"trail": TrailCurves(np.arange(6), _with_nan(CURVES))}, "its trail is not all numbers"),
    "a cost below zero": ({"costs": np.array([[0, -1.0]])}, "a cost is below zero"),
    "a best below zero": ({"best": (100, -0.5)}, "a cost is below zero"),
    "a best that is no number": ({"best": (100, float("nan"))}, "a cost is below zero"),
    "arithmetic backwards": ({"backends": ((9, SINGLE), (4, NUMPY))}, "what computed it is out of order"),
    "arithmetic of the future": ({"backends": ((501, SINGLE),)}, "what computed it is out of order"),
    "a state too few": ({"states": (np.zeros(2),)}, "does not fit its keyframes"),
    "a state in two axes": ({"state": np.zeros((2, 2))}, "what its optimiser remembers is no list"),
    "a state": ({"state": np.array([np.nan])}, "its optimiser does not remember numbers"),
    "cuts in two axes": ({"edits": np.array([[1]])}, "its cuts are not a list"),
    "cuts backwards": ({"edits": np.array([200, 100])}, "its cuts are out of order"),
    "a cut without a keyframe": ({"edits": np.array([100, 131])}, "it has cuts without keyframes"),
    "test costs of three": ({"test_costs": np.zeros((4, 3))}, "its test costs are not pairs"),
    "test costs backwards": ({"test_costs": RECORD.costs[::-1]}, "its test costs are out of order"),
    "test costs alone": ({"costs": RECORD.costs[::2], "test_costs": RECORD.costs}, "test costs where it has no costs"),
    "test costs": ({"test_costs": np.array([[3.0, np.nan]])}, "its test costs are not all numbers"),
    "a test cost below zero": ({"test_costs": np.array([[3.0, -0.1]])}, "a test cost is below zero"),
    "a limit of zero": ({"cost_limit": 0.0}, "its cost limit is not positive"),
}


@pytest.mark.parametrize(("changed", "words"), REFUSED.values(), ids=REFUSED)
def test_what_does_not_fit_together_is_no_run(changed: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=r"^This is not a run: .*\.$") as caught:
        replace(RECORD, **changed)

    assert words in str(caught.value)


def test_a_record_cannot_be_changed() -> None:
    record: Any = RECORD

    with pytest.raises(FrozenInstanceError):
        record.iteration = 3
    trail = record.trail
    for array in (record.parameters, record.keyframes, record.keyframe_iterations, record.costs, trail.curves):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0


def test_an_array_that_can_be_written_to_is_copied_and_one_that_cannot_is_shared() -> None:
    mine = RECORD.parameters.copy()
    record = replace(RECORD, parameters=mine)
    mine[:] = 7

    assert np.array_equal(record.parameters, RECORD.parameters)
    assert record.keyframes is RECORD.keyframes


def test_a_large_run_is_looked_at_in_little_memory() -> None:
    curves = np.zeros((6, 2, 500_000), np.float32)
    curves[-1, -1, -1] = np.inf
    tracemalloc.start()
    try:
        with pytest.raises(ValueError, match="its trail is not all numbers"):
            replace(RECORD, trail=TrailCurves(np.arange(6), curves))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < curves.size / 4


def test_a_run_may_have_neither_costs_nor_a_trail() -> None:
    bare = replace(RECORD, costs=np.empty((0, 2)), trail=NO_TRAIL)

    assert len(bare.trail) == 0


# As it was earlier


def _until(record: RunRecord, iteration: int) -> RunRecord:
    return record.until(Replayer().snapshot(Trainer.going_on(record), iteration))


@pytest.mark.parametrize("iteration", [0, 1, 249, 250, 251, 300, 499, 500])
def test_an_earlier_iteration_is_the_run_as_it_was_then(iteration: int) -> None:
    record, then = _until(RECORD, iteration), changed_run(iteration) if iteration >= 250 else Trainer(SMALL)
    if iteration < 250:
        then.advance(iteration)
    now = then.record()

    assert record.iteration == iteration
    assert record.parameters.tobytes() == now.parameters.tobytes()
    assert record.costs.tobytes() == now.costs.tobytes()
    assert record.trail.iterations.tolist() == now.trail.iterations.tolist()
    assert record.safe_iteration == now.safe_iteration == iteration // 100 * 100
    assert record.changes == now.changes
    assert record.config == now.config
    assert set(range(0, iteration + 1, 100)) <= set(record.keyframe_iterations.tolist())
    assert (record.cost_limit, record.diverged) == (None, False)


def test_a_run_stands_like_another_at_the_same_iteration_with_the_same_network_and_settings() -> None:
    record, other = changed_run().record(), changed_run().record()
    moved = replace(record, parameters=record.parameters + 1)

    assert record.stands_like(other)
    assert not any(map(record.stands_like, (moved, replace(record, goal=7_000_000), changed_run(499).record())))


def test_an_earlier_iteration_keeps_how_it_is_shown() -> None:
    shown = replace(RECORD, config=replace(RECORD.config, speed=7.0, trail_every=3))

    assert _until(shown, 100).config == replace(SMALL, speed=7.0, trail_every=3)


def test_an_earlier_iteration_knows_what_computed_it_until_then() -> None:
    trainer = Trainer(SMALL)
    for backend in (SINGLE, NUMPY, SINGLE):
        trainer.advance(100)
        trainer.calculate_with(backend)
    record = trainer.record()

    assert record.backends == ((100, SINGLE), (200, NUMPY))
    assert _until(record, 200).backends == record.backends[:1]
    assert _until(record, 100).backends == ()
    assert thinned(record, 1).backends == shortened(record, 1).backends == record.backends


def test_the_goal_of_an_earlier_iteration_is_that_of_the_run_unless_it_was_passed() -> None:
    assert _until(replace(RECORD, goal=9_000), 100).goal == 9_000
    assert _until(replace(RECORD, goal=50), 100).goal == 100


def test_the_best_of_an_earlier_iteration_is_the_best_until_then() -> None:
    best = RECORD.best[0]
    assert _until(RECORD, best).best == RECORD.best

    costs = RECORD.costs[(RECORD.costs[:, 0] < best) & (RECORD.costs[:, 0] > 0)]
    row = costs[np.argmin(costs[:, 1])]
    assert _until(RECORD, best - 1).best == (row[0], row[1])


def test_the_best_of_an_earlier_target_is_not_that_of_a_later_one() -> None:
    record = changed_run(points=9).record()
    early = _until(record, 200)
    costs = record.costs[(record.costs[:, 0] > 0) & (record.costs[:, 0] <= 200)]

    assert early.best[1] == costs[:, 1].min()
    assert _until(record, 251).best[0] in {250, 251}


def test_the_best_of_the_very_beginning_is_what_it_shows() -> None:
    snapshot = Replayer().snapshot(changed_run(), 0)

    assert RECORD.until(snapshot).best == (0, snapshot.cost)


def test_an_iteration_before_the_run_begins_is_refused() -> None:
    snapshot = Replayer().snapshot(changed_run(), 30)
    later = replace(
        RECORD, keyframes=RECORD.keyframes[1:], keyframe_iterations=RECORD.keyframe_iterations[1:], best=(500, 0.1)
    )
    with pytest.raises(ValueError, match="it has no keyframe"):
        later.until(snapshot)


@pytest.mark.slow
@settings(max_examples=6)
@given(stretches=STRETCHES, part=st.floats(0, 1), more=st.floats(0, 1))
def test_any_iteration_of_any_run_goes_on_and_can_be_looked_back_from(
    stretches: list[Stretch], part: float, more: float
) -> None:
    run = Watched()
    run.live(stretches)
    record = run.trainer.record()
    iteration = round(part * record.iteration)
    early = Trainer.going_on(_until(record, iteration))
    before = round(more * iteration)

    assert early.parameters.tobytes() == run.seen[iteration].tobytes()
    assert Replayer().snapshot(early, before).parameters.tobytes() == run.seen[before].tobytes()


# In little room


def test_a_target_is_learnt_since_its_points_or_its_curve_changed() -> None:
    fewer = replace(SMALL, points=4)

    assert target_since(((7, SMALL),)) == 7
    assert target_since(((0, SMALL), (50, fewer), (90, replace(fewer, noise=0.5)))) == 50
    assert target_since(((0, SMALL), (50, fewer), (90, SMALL))) == 90


def test_the_best_is_the_lowest_cost_after_an_iteration() -> None:
    costs = np.array([[0, 0.1], [5, 0.9], [7, 0.3], [9, 0.3]])

    assert best_of(costs, 0) == (7, 0.3)
    assert best_of(costs, 7) == (9, 0.3)
    assert best_of(costs, -1) == (0, 0.1)
    assert best_of(costs, 9) is None
    assert best_of(np.empty((0, 2)), 0) is None


OWN = TrainingConfig(hidden=(3,), points=9, iterations=20, speed=10, trail_every=7, stop_cost=1e-9, noise=0, seed=4)
PRESENT = TrainingConfig(hidden=(5,), points=20, iterations=50, speed=0, trail_every=3, stop_patience=9, seed=1)


def test_what_is_seen_is_that_of_the_present_run_and_the_mathematics_its_own():
    trainer = Trainer(OWN)
    trainer.advance(20)
    record = trainer.record().displayed_like(PRESENT)
    assert record.config == replace(
        OWN, iterations=50, speed=0, trail_every=3, stop_cost=0, stop_patience=9, stop_seconds=0
    )
    assert (record.iteration, record.goal) == (20, 50)
    assert np.array_equal(record.parameters, trainer.parameters)


def test_a_run_that_is_beyond_the_present_goal_has_reached_its_own():
    trainer = Trainer(OWN)
    trainer.advance(60)
    assert trainer.record().displayed_like(PRESENT).goal == 60


def test_what_computed_the_last_update_is_known_unless_only_the_end_is_there_and_nothing_says_it() -> None:
    end = replace(
        RECORD,
        keyframe_iterations=np.array([RECORD.iteration]),
        keyframes=RECORD.parameters[np.newaxis],
        states=(RECORD.state,),
        costs=np.array([[float(RECORD.iteration), RECORD.costs[-1, 1]]]),
        trail=NO_TRAIL,
        safe_iteration=RECORD.iteration,
    )

    assert replace(RECORD, backends=()).last_backend == NUMPY
    assert replace(RECORD, backends=((0, SINGLE),)).last_backend == SINGLE
    assert replace(end, backends=((0, SINGLE),)).last_backend == SINGLE
    assert replace(end, backends=()).last_backend is None
