"""Of each frame, the smallest rectangle with all that has changed."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from curvegui.files.film.animation import ChangeFinder

frames = st.lists(st.integers(0, 5), min_size=63, max_size=63).map(lambda values: np.array(values, np.uint32))


@given(shapes=st.lists(frames, min_size=1, max_size=5))
def test_what_has_changed_makes_the_next_frame_out_of_the_one_before(shapes):
    finder, canvas = ChangeFinder(), np.full((7, 9), 99, np.uint32)
    for shape in shapes:
        pixels = shape.reshape(7, 9)
        change = finder.find(pixels)
        height, width = change.pixels.shape
        part = canvas[change.top : change.top + height, change.left : change.left + width]
        part[change.differs] = change.pixels[change.differs]
        np.testing.assert_array_equal(canvas, pixels)
        assert change.left % 2 == change.top % 2 == 0
        assert min(height, width) >= 1
        assert change.differs.shape == (height, width)


def test_the_rectangle_is_no_larger_than_it_must_be():
    finder, pixels = ChangeFinder(), np.zeros((40, 40), np.uint32)
    finder.find(pixels)
    pixels[11, 20:30] = pixels[15, 24] = 1
    change = finder.find(pixels)
    assert (change.left, change.top, change.pixels.shape) == (20, 10, (6, 10))


def test_where_nothing_has_changed_one_pixel_is_left_that_says_so():
    finder, pixels = ChangeFinder(), np.ones((4, 4), np.uint32)
    finder.find(pixels)
    change = finder.find(pixels)
    assert change.pixels.shape == (1, 1)
    assert not change.differs.any()
