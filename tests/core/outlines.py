"""Outlines for tests of what joins them."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from curvegui.core.curve.joining import Outline
from tests.help.texts import texts


def circle(x, y, radius=0.4, points=40):
    angle = np.linspace(0, 2 * np.pi, points, endpoint=False)
    return Outline(np.array([[x], [y]]) + radius * np.stack([np.cos(angle), np.sin(angle)]), True, f"circle {x} {y}")


def line(*points):
    return Outline(np.array(points, np.float64).T, False, "line")


def some_parts(most=12):
    coordinates = st.integers(-1_000, 1_000).map(float)
    points = st.integers(1, 9).flatmap(lambda m: hnp.arrays(np.float64, (2, m), elements=coordinates))
    part = st.builds(Outline, points, st.booleans(), texts(max_size=3))
    return st.lists(part, min_size=1, max_size=most)
