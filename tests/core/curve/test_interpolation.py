import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from curvegui.core.curve.interpolation import interpolated


@given(
    places=st.lists(st.floats(0, 1).map(lambda place: round(place, 2)), min_size=1, max_size=20).map(sorted),
    t=st.lists(st.floats(-0.5, 1.5), min_size=1),
)
def test_between_two_places_is_what_numpy_says(places: list[float], t: list[float]) -> None:
    values = np.cos(9 * np.arange(len(places)))
    every = np.array([*t, *places])

    np.testing.assert_allclose(
        interpolated(every, np.array(places), values), np.interp(every, places, values), rtol=0, atol=1e-15
    )
