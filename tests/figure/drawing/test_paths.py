import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from curvegui.figure.drawing.paths import path_of

CURVES = arrays(np.float64, st.tuples(st.integers(0, 4), st.just(2), st.integers(2, 6)), elements=st.floats(-1e4, 1e4))


@given(CURVES)
def test_a_path_has_every_point_and_begins_each_curve_anew(curves):
    path = path_of(curves)
    elements = [path.elementAt(index) for index in range(path.elementCount())]
    points = curves.transpose(0, 2, 1).reshape(-1, 2)
    assert [(each.x, each.y) for each in elements] == [tuple(point) for point in points.tolist()]
    begins = [index for index, each in enumerate(elements) if each.isMoveTo()]
    assert begins == list(range(0, len(points), curves.shape[2]))


def test_a_curve_with_a_point_that_is_not_a_number_is_left_out():
    curves = np.arange(12.0).reshape(2, 2, 3)
    curves[0, 1, 1] = np.nan
    path = path_of(curves)
    assert path.elementCount() == 3
    assert (path.elementAt(0).x, path.elementAt(0).y) == (6.0, 9.0)


def test_no_curves_make_an_empty_path():
    assert path_of(np.empty((0, 2, 5))).isEmpty()
