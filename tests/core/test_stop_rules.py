import numpy as np
import pytest

from curvegui.core.arrays import FloatArray
from curvegui.core.stop_rules import StopRules


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
    assert rules.time_is_up(2.5) == "The time is up: 2.5 s."
