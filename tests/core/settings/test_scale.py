"""Sliders: where a value stands, and which value a position stands for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.core.settings.config import FULL_SPEED, SETTINGS
from curvegui.core.settings.scale import POSITIONS, LinearScale, LogScale

SCALES = {name: setting.slider for name, setting in SETTINGS.items() if setting.slider}
positions = st.integers(0, POSITIONS)


@pytest.mark.parametrize("name", SCALES)
def test_every_position_stands_for_a_value_that_the_knob_takes(name):
    for position in range(POSITIONS + 1):
        SETTINGS[name].check_number(SCALES[name].value(position), whole=False)


@pytest.mark.parametrize("name", SCALES)
@given(position=positions)
def test_a_value_stands_where_it_came_from(name, position):
    scale = SCALES[name]
    value = scale.value(position)
    assert abs(scale.position(value) - position) <= 5  # values are rounded to be readable
    assert scale.value(scale.position(value)) == pytest.approx(value, rel=0.06, abs=0.01)


@pytest.mark.parametrize("name", SCALES)
@given(one=positions, other=positions)
def test_further_to_the_right_is_never_less(name, one, other):
    def rank(position):
        value = SCALES[name].value(position)
        return float("inf") if name == "speed" and value == FULL_SPEED else value

    assert rank(min(one, other)) <= rank(max(one, other))


def test_the_ends_are_the_ends():
    assert SCALES["aggression"].value(0) == 0
    assert SCALES["aggression"].value(POSITIONS) == 1_000
    assert SCALES["noise"].value(0) == 0
    assert SCALES["noise"].value(POSITIONS) == 5
    assert SCALES["speed"].value(0) == 1
    assert SCALES["speed"].value(POSITIONS) == FULL_SPEED
    assert SCALES["speed"].position(FULL_SPEED) == POSITIONS


def test_values_beyond_the_ends_stand_at_the_ends():
    assert LinearScale(0, 5).position(100) == POSITIONS
    assert LinearScale(0, 5).position(-1) == 0
    assert LogScale(1, 100).position(1e9) == POSITIONS
    assert LogScale(1, 100).position(0) == 0


def test_half_way_is_the_mean_or_the_geometric_mean():
    assert LinearScale(0, 5).value(POSITIONS // 2) == 2.5
    assert LogScale(1, 10_000).value(POSITIONS // 2) == 100
