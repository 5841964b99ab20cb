"""What is seen of a plane around a path."""

import numpy as np
import pytest

from curvegui.core.valley.plane import SQUAT, Region


def test_a_region_shows_all_places_with_a_margin_and_is_never_too_narrow():
    places = np.array([[0.0, 1.0], [10.0, 2.0]])
    region = Region.around(places)
    assert region.holds(places) and not region.holds(np.array([[30.0, 1.0]]))
    assert (region.left, region.right) == (-2.5, 12.5)
    assert region.top - region.bottom == pytest.approx(SQUAT * 15)
    assert region.places(region.parts(places)) == pytest.approx(places)
    assert region.parts(np.array([[-2.5, region.top]])) == pytest.approx(np.array([[0.0, 1.0]]))
    alone = Region.around(places[:1], least=2.0)
    assert (alone.left, alone.right, alone.bottom, alone.top) == (-2.0, 2.0, -1.0, 3.0)
