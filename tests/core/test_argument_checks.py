"""Arguments from a script: taken as what they are meant to be, or refused with their name."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from curvegui.core.argument_checks import LARGEST, checked_matrix, checked_real, checked_whole


def test_a_matrix_is_a_copy_and_may_have_any_number_of_columns() -> None:
    given = np.ones((1, 5))
    taken = checked_matrix("x", given, 1, None)
    taken[:] = 0

    assert taken.shape == (1, 5)
    assert given.all()
    assert checked_matrix("W1", [[1], [2]], 2, 1).dtype == np.float64


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("words", "must be an array of numbers"),
        ([[1.0, 2.0], [3.0]], "must be an array of numbers"),
        ([1.0, 2.0], r"must have the shape \(1, N\)"),
        (np.empty((1, 0)), r"must have the shape \(1, N\)"),
        ([[np.nan]], "must hold finite numbers only"),
        ([[10 * LARGEST]], "must hold finite numbers only"),
    ],
)
def test_what_is_no_such_matrix_is_refused(value: Any, reason: str) -> None:
    with pytest.raises(ValueError, match=f"^x {reason}"):
        checked_matrix("x", value, 1, None)


def test_whole_numbers_are_taken_and_others_refused() -> None:
    assert checked_whole("iterations", 7.0, 0) == 7
    for wrong in (-1, 0.5, "7", None):
        with pytest.raises(ValueError, match=r"^iterations"):
            checked_whole("iterations", wrong, 0)


def test_real_numbers_are_taken_and_others_refused() -> None:
    assert checked_real("noise", Fraction(1, 2)) == 0.5
    for wrong in ("1", 1j, np.inf, np.nan, 10**400, None):
        with pytest.raises(ValueError, match=r"^noise: a finite number"):
            checked_real("noise", wrong)
