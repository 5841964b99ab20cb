"""A figure is a value: its arrays have the right shape, and nobody changes them."""

import numpy as np
import pytest

from curvegui.figure.drawing.figure import Figure


def test_a_figure_keeps_its_own_copy_of_arrays_that_may_change() -> None:
    points = np.array([[0.1, 0.9], [0.5, 0.5]])
    figure = Figure(points, points[np.newaxis].astype(np.float32), points)
    points[:] = 0
    assert figure.target[0, 1] == 0.9
    assert figure.fit is not None
    for array in (figure.target, figure.trail, figure.fit):
        assert not array.flags.writeable


@pytest.mark.parametrize(
    ("target", "trail", "fit", "named"),
    [
        ((3, 10), (0, 2, 10), (2, 10), "target"),
        ((2, 10), (2, 10), (2, 10), "trail"),
        ((2, 10), (0, 2, 10), (10, 2), "fit"),
        ((2, 0), (0, 2, 10), (2, 10), "target"),
    ],
)
def test_arrays_of_another_shape_are_refused_by_name(
    target: tuple[int, ...], trail: tuple[int, ...], fit: tuple[int, ...], named: str
) -> None:
    with pytest.raises(ValueError, match=f"The {named} of a figure has the shape"):
        Figure(np.zeros(target), np.zeros(trail, np.float32), np.zeros(fit))
