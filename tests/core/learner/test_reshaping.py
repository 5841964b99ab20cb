import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.core.curve.curve import Curve, Units, curve_through
from curvegui.core.learner.reshaping import distance_to, grip, moved_point, nearest_point, pushed, reshaped, stretch
from curvegui.core.learner.target import Target, build_target
from curvegui.core.settings.config import TrainingConfig

HEART = TrainingConfig()


def line(count: int = 11, jump: int | None = None) -> Target:
    """Points from (0, 0.5) to (1, 0.5), with a jump after one of them."""
    x = np.linspace(0, 1, count)
    jumps = np.arange(count) == (-1 if jump is None else jump)
    curve = curve_through("line", np.stack([x, np.full(count, 0.5)]), closed=False, jumps=jumps, units=Units())
    return build_target(TrainingConfig(curve=curve, points=count))


def test_a_reshaped_preset_has_a_name_of_its_own_and_one_s_own_curve_keeps_its_name() -> None:
    target = build_target(HEART)
    once = reshaped("heart", target, pushed(target, 50, 0.2, (0.0, 0.1)))
    again_target = build_target(TrainingConfig(curve=once))
    again = reshaped(once, again_target, pushed(again_target, 50, 0.2, (0.0, 0.1)))

    assert once.name == again.name == "heart, reshaped"
    assert once.closed


def test_the_name_of_a_reshaped_preset_is_the_same_in_every_language(in_brackets) -> None:
    target = build_target(TrainingConfig())
    assert reshaped("heart", target, pushed(target, 50, 0.2, (0.0, 0.1))).name == "heart, reshaped"


def test_a_curve_keeps_its_units() -> None:
    drawn = curve_through("drawing", np.array([[0.0, 300.0, 0.0], [0.0, 10.0, 200.0]]), closed=False)
    target = build_target(TrainingConfig(curve=drawn))

    found = reshaped(drawn, target, moved_point(target, 3, (0.2, 0.2)))

    assert (found.name, found.units, found.closed) == ("drawing", drawn.units, False)


@given(st.integers(2, 400), st.booleans(), st.integers(0, 399))
def test_the_training_points_of_a_reshaped_curve_are_those_that_were_moved(count: int, own: bool, index: int) -> None:
    curve: str | Curve = "heart"
    if own:
        curve = curve_through("my own", np.array([[0.1, 0.9, 0.4], [0.1, 0.2, 0.8]]), closed=False)
    target = build_target(TrainingConfig(curve=curve, points=count))
    points = pushed(target, index % count, 0.3, (0.01, -0.02))

    found = build_target(TrainingConfig(curve=reshaped(curve, target, points), points=count))

    assert np.array_equal(found.t, target.t)
    assert np.array_equal(found.points, points)
    assert np.array_equal(found.jumps, target.jumps)
    assert found.closed == target.closed


def test_what_stays_the_same_is_shared_by_all_the_shapes_of_a_drag() -> None:
    target = build_target(HEART)
    shapes = [reshaped("heart", target, pushed(target, 50, 0.2, (0.0, shift))) for shift in (0.1, 0.2)]

    for name in ("t", "jumps"):
        assert np.shares_memory(getattr(shapes[0], name), getattr(shapes[1], name))
    assert not np.shares_memory(shapes[0].points, target.points)


def test_one_point_is_moved_and_no_other() -> None:
    target = build_target(HEART)

    points = moved_point(target, 7, (0.3, 0.4))

    assert points[:, 7].tolist() == [0.3, 0.4]
    assert np.array_equal(np.delete(points, 7, 1), np.delete(target.points, 7, 1))
    assert not np.array_equal(target.points[:, 7], points[:, 7])


def test_a_push_falls_off_along_the_curve() -> None:
    taken = grip(line(), 5, 0.2)

    assert taken == pytest.approx([0, 0, 0, 0, 0.5, 1, 0.5, 0, 0, 0, 0])
    assert stretch(line(), 5, 0.2).tolist() == [4, 5, 6]
    assert pushed(line(), 5, 0.2, (0.0, 0.2))[1] == pytest.approx(0.5 + 0.2 * taken)


def test_a_push_goes_round_where_the_curve_does() -> None:
    target = build_target(HEART)

    taken = grip(target, 0, 0.3)

    assert taken[0] == 1
    assert taken[1:] == pytest.approx(taken[:0:-1])
    assert taken[-1] > 0.9
    moved = stretch(target, 0, 0.3)
    assert set(moved) == set(np.flatnonzero(taken))
    assert (np.diff(moved) % 100 == 1).all()


def test_a_branch_that_passes_by_is_left_alone() -> None:
    turn = 2 * np.pi * np.arange(400) / 400
    eight = np.stack([0.5 + 0.4 * np.sin(turn), 0.5 + 0.4 * np.sin(2 * turn)])
    target = build_target(TrainingConfig(curve=curve_through("eight", eight, closed=True, units=Units()), points=400))
    crossing = grip(target, 0, 0.1)

    assert np.hypot(*(target.points[:, 200] - target.points[:, 0])) < 0.01
    assert crossing[0] == 1
    assert crossing[150:250].max() == 0


def test_a_push_does_not_reach_over_a_jump() -> None:
    assert np.flatnonzero(grip(line(jump=5), 5, 0.35)).tolist() == [2, 3, 4, 5]
    assert np.flatnonzero(grip(line(jump=5), 6, 0.35)).tolist() == [6, 7, 8, 9]


@given(st.integers(2, 60), st.integers(0, 59), st.floats(1e-6, 3))
def test_the_point_in_the_middle_takes_all_of_a_push_and_none_takes_more(count: int, index: int, radius: float) -> None:
    taken = grip(build_target(TrainingConfig(points=count)), index % count, radius)

    assert taken[index % count] == 1
    assert taken.min() >= 0
    assert taken.max() == 1


def test_the_nearest_point_and_the_distance_to_the_lines() -> None:
    target = line(3)

    assert nearest_point(target.points, (0.6, 0.9)) == 1
    assert distance_to(target.points, target.jumps, False, (0.25, 0.6)) == pytest.approx(0.1)
    assert distance_to(target.points, target.jumps, False, (1.3, 0.9)) == pytest.approx(0.5)


def test_jumps_and_the_way_back_of_an_open_curve_are_no_lines() -> None:
    corner = np.array([[0.0, 1.0, 1.0], [0.0, 0.0, 1.0]])
    none, first = np.zeros(3, np.bool_), np.array([True, False, False])

    assert distance_to(corner, none, True, (0.5, 0.5)) == pytest.approx(0)
    assert distance_to(corner, none, False, (0.5, 0.5)) == pytest.approx(0.5)
    assert distance_to(corner, none, False, (0.5, 0.1)) == pytest.approx(0.1)
    assert distance_to(corner, first, False, (0.5, 0.1)) == pytest.approx(0.5, abs=0.02)


def test_points_on_one_place_have_a_distance_too() -> None:
    assert distance_to(np.full((2, 3), 0.5), np.zeros(3, np.bool_), True, (0.5, 0.9)) == pytest.approx(0.4)
