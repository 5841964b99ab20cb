import numpy as np
import pytest

from curvegui.core.curve.curve import CurveError
from curvegui.core.curve.joining import Outline


def test_a_closed_part_does_not_repeat_its_first_point():
    square = Outline(np.array([[0.0, 1, 1, 0, 0], [0, 0, 1, 1, 0]]), True)
    assert square.points.tolist() == [[0, 1, 1, 0], [0, 0, 1, 1]]
    assert Outline(np.zeros((2, 1)), True).points.shape == (2, 1)


@pytest.mark.parametrize(
    ("points", "words"),
    [
        (np.empty((2, 0)), "an outline has no points"),
        (np.zeros(4), "an outline has no points"),
        (np.zeros((3, 4)), "an outline has no points"),
        (np.array([[0.0, np.nan], [0, 1]]), "an outline has coordinates beyond 1,000,000,000"),
        (np.array([[0.0, 2e9], [0, 1]]), "an outline has coordinates beyond 1,000,000,000"),
    ],
)
def test_what_is_no_outline_says_why(points, words):
    with pytest.raises(CurveError, match=words):
        Outline(points, False, "path 3")
