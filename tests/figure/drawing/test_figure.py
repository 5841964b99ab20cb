"""A figure is a value: nobody changes its arrays."""

import numpy as np

from curvegui.figure.drawing.figure import Figure


def test_a_figure_keeps_its_own_copy_of_arrays_that_may_change() -> None:
    points = np.array([[0.1, 0.9], [0.5, 0.5]])
    figure = Figure(points, points[np.newaxis].astype(np.float32), points)
    points[:] = 0
    assert figure.target[0, 1] == 0.9
    assert figure.fit is not None
    for array in (figure.target, figure.trail, figure.fit):
        assert not array.flags.writeable
