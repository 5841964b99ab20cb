import numpy as np
import pytest

from curvegui.core.curve.curve import curve_through
from curvegui.core.learner.target import build_target, training_data
from curvegui.core.settings.config import TrainingConfig

COUNTS_THAT_ROUND = [49, 98, 103, 107]  # arange(0, 1, 1 / N) has N + 1 numbers


@pytest.mark.parametrize("count", [2, 3, 10, 99, 100, 101, 1000, 4999, 100_000])
def test_training_data_are_the_numbers_of_the_exercise_but_for_how_a_processor_rounds_these(count: int) -> None:
    x = np.arange(0, 1, 1 / count)
    y = (
        np.array(
            [
                16 * np.sin(2 * np.pi * x) ** 3,
                13 * np.cos(2 * np.pi * x)
                - 5 * np.cos(4 * np.pi * x)
                - 2 * np.cos(6 * np.pi * x)
                - np.cos(8 * np.pi * x),
            ]
        )
        / 20
    )

    found_x, found_y = training_data(count)

    assert np.array_equal(found_x, x.reshape(1, count))
    np.testing.assert_allclose(found_y, (y + 1) / 2, rtol=0, atol=4e-16)


@pytest.mark.parametrize("count", COUNTS_THAT_ROUND)
def test_there_are_never_more_points_than_asked_for(count: int) -> None:
    assert len(np.arange(0, 1, 1 / count)) == count + 1

    t, y = training_data(count)

    assert t.shape == (1, count)
    assert y.shape == (2, count)
    assert t[0, -1] < 1


def test_an_unknown_curve_is_named_in_the_error() -> None:
    with pytest.raises(KeyError, match="no curve named 'teapot'"):
        training_data(100, "teapot")


BENT = curve_through("bent", np.array([[0.0, 1.0, 1.0], [0.0, 0.0, 1.0]]), closed=False)


def test_a_curve_of_ones_own_gives_points_from_end_to_end() -> None:
    target = build_target(TrainingConfig(curve=BENT, points=5))

    assert target.t.tolist() == [[0, 0.25, 0.5, 0.75, 1]]
    assert np.allclose(target.points, [[0.1, 0.5, 0.9, 0.9, 0.9], [0.1, 0.1, 0.1, 0.5, 0.9]])
    assert (target.name, target.closed, target.jumps.any()) == ("bent", False, False)


def test_an_open_preset_has_both_ends_and_a_closed_one_its_first_point_once() -> None:
    assert build_target(TrainingConfig(points=5)).t[0, -1] == 0.8


def test_noise_moves_the_points_by_chance_the_same_for_the_same_seed() -> None:
    plain, noisy = (build_target(TrainingConfig(curve=BENT, data_noise=noise, points=4_000)) for noise in (0, 0.1))
    again, other = (build_target(TrainingConfig(curve=BENT, data_noise=0.1, points=4_000, seed=s)) for s in (5, 6))

    assert (noisy.points - plain.points).std() == pytest.approx(0.1, rel=0.03)
    assert np.array_equal(noisy.points, again.points)
    assert not np.array_equal(noisy.points, other.points)


def test_one_in_so_many_points_is_trained_on_the_first_included() -> None:
    target = build_target(TrainingConfig(points=7, train_one_in=3))

    assert target.has_test
    assert target.trained.tolist() == [True, False, False, True, False, False, True]
    assert not build_target(TrainingConfig(points=7)).has_test


def test_noise_moves_the_points_and_not_the_curve() -> None:
    clean, noisy = build_target(TrainingConfig()), build_target(TrainingConfig(data_noise=0.02))

    assert not clean.is_noisy
    assert noisy.is_noisy
    assert np.array_equal(noisy.curve_points, clean.points)


def test_the_outline_of_a_closed_curve_goes_back_to_its_first_point() -> None:
    heart = build_target(TrainingConfig(points=7, data_noise=0.1))
    bent = build_target(TrainingConfig(curve=BENT, points=7))

    assert np.array_equal(heart.outline, np.column_stack([heart.curve_points, heart.curve_points[:, 0]]))
    assert np.array_equal(bent.outline, bent.points)
