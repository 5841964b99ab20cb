"""Which engine is taken where nobody chooses one."""

import pytest

from curvegui.core.learner.engines import LONG_WORK, is_small, work_of
from curvegui.core.settings.config import TrainingConfig


def test_for_very_large_networks_numpy_is_faster() -> None:
    assert is_small(TrainingConfig(hidden=(200, 200)))
    assert not is_small(TrainingConfig(hidden=(300, 200)))


def test_work_grows_with_iterations_points_and_weights() -> None:
    usual = TrainingConfig()
    assert work_of([usual] * 3) == pytest.approx(3 * work_of([usual]))
    for change in ({"iterations": 2 * usual.iterations}, {"points": 200}, {"hidden": (9, 9)}):
        assert work_of([usual.changed(**change)]) > work_of([usual])
    assert work_of([]) == 0


def test_the_usual_run_is_over_sooner_than_an_engine_is_prepared_and_ten_of_them_are_not() -> None:
    assert work_of([TrainingConfig()]) < LONG_WORK < work_of([TrainingConfig()] * 10)
