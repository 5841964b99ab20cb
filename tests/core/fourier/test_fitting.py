"""The series that is found is the best one, whatever the target: by the equations themselves, solved another way."""

import numpy as np
import pytest

from curvegui.core.cancellation import Cancelled
from curvegui.core.fourier import series as fitting
from curvegui.core.fourier.series import fitted, frequencies, grid_size, most_circles
from curvegui.core.learner.target import build_target
from curvegui.core.settings.config import TrainingConfig


def target(**settings):
    return build_target(TrainingConfig(**settings))


def at_points(series, goal):
    count = grid_size(goal)
    return series.along(count)[:, np.arange(goal.t.size) % count][:, goal.trained]


@pytest.mark.parametrize(
    "settings",
    [
        {"curve": "star"},
        {"curve": "star", "points": 101, "train_one_in": 3},
        {"curve": "wave"},
        {"curve": "wave", "points": 50, "train_one_in": 4},
        {"curve": "heart", "data_noise": 0.05},
        {"curve": "heart", "points": 2},
        {"curve": "spiral", "points": 2},
    ],
    ids=str,
)
@pytest.mark.parametrize("numbers", [1, 8, 77])
def test_no_other_series_of_so_many_circles_has_a_lower_cost(settings, numbers):
    goal = target(**settings)
    circles = most_circles(goal, numbers)
    t, (x, y) = goal.t[0, goal.trained], goal.points[:, goal.trained]
    waves = np.exp(2j * np.pi * np.outer(t, frequencies(circles)))
    best = np.abs(waves @ np.linalg.lstsq(waves, x + 1j * y, rcond=None)[0] - x - 1j * y)
    found = np.hypot(*(at_points(fitted(goal, circles), goal) - goal.points[:, goal.trained]))
    assert np.square(found).mean() == pytest.approx(np.square(best).mean(), rel=1e-9, abs=1e-24)


def test_nine_circles_are_the_heart_and_eight_are_not():
    heart = target()
    errors = [np.abs(at_points(fitted(heart, circles), heart) - heart.points).max() for circles in (8, 9)]
    assert errors[0] > 0.01 and errors[1] < 1e-14


def test_circles_are_half_as_many_as_numbers_at_least_one_and_no_more_than_points_to_train_on():
    assert most_circles(target(), 77) == 38
    assert most_circles(target(), 1) == 1
    assert most_circles(target(points=10), 77) == 10
    assert most_circles(target(points=10, train_one_in=3), 77) == 4
    assert most_circles(target(points=10, curve="wave"), 77) == 9  # its ends are at the same place of the period


def test_as_many_circles_as_points_pass_through_all_of_them():
    goal = target(curve="star", points=60, train_one_in=4)
    assert at_points(fitted(goal, 15), goal) == pytest.approx(goal.points[:, goal.trained], abs=1e-12)


def test_it_can_be_cancelled(monkeypatch):
    def cancel():
        raise Cancelled

    monkeypatch.setattr(fitting, "check_cancelled", cancel)
    with pytest.raises(Cancelled):
        fitted(target(curve="wave"), 5)


def test_after_so_many_steps_what_has_been_found_by_then_is_taken(monkeypatch):
    goal = target(curve="wave", points=50, train_one_in=4)
    best = fitted(goal, most_circles(goal, 8))
    monkeypatch.setattr(fitting, "MOST_STEPS", 1)
    nearly = fitted(goal, most_circles(goal, 8))
    errors = [np.square(at_points(each, goal) - goal.points[:, goal.trained]).sum() for each in (best, nearly)]
    assert errors[0] < errors[1] < np.square(goal.points[:, goal.trained]).sum()
