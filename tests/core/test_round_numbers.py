"""1, 2 or 5 times a power of ten."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.core.round_numbers import multiples, power_labels, powers_between, round_down, round_up


@pytest.mark.parametrize(
    ("number", "up", "down"), [(1, 1, 1), (1.1, 2, 1), (3, 5, 2), (5.1, 10, 5), (0.07, 0.1, 0.05), (1e-9, 1e-9, 1e-9)]
)
def test_a_number_goes_to_the_round_one_above_or_below(number, up, down):
    assert (round_up(number), round_down(number)) == (up, down)


def test_what_rounding_has_added_does_not_count():
    assert round_up(0.1 + 0.2 - 0.1) == 0.2
    assert multiples(0.1, 0.0, 0.3) == pytest.approx([0.0, 0.1, 0.2, 0.3])


@given(st.floats(1e-300, 1e300))
def test_a_round_number_is_near(number):
    assert number * (1 - 1e-6) <= round_up(number) <= 2.6 * number
    assert number / 2.6 <= round_down(number) <= number * (1 + 1e-6)
    assert f"{round_up(number):e}"[0] in "125"


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6), st.sampled_from([1, 2, 5, 10, 20]))
def test_multiples_of_a_step_lie_between_the_ends(low, extent, pieces):
    step = round_up(extent / pieces)
    values = multiples(step, low, low + extent)
    assert all(low - 1e-6 * step <= each <= low + extent + 1e-6 * step for each in values)
    assert len(values) <= pieces + 1


def test_every_power_in_view_has_a_label_where_there_is_room():
    assert powers_between(-3.2, 0.2, 10) == [-3, -2, -1, 0]


@given(low=st.floats(-300, 300), span=st.floats(0, 300), most=st.integers(-1, 12))
def test_powers_are_evenly_spaced_in_view_and_never_too_many(low, span, most):
    powers = powers_between(low, low + span, most)
    assert all(low - 1e-6 <= power <= low + span + 1e-6 for power in powers)
    assert len({after - before for before, after in pairwise(powers)}) <= 1
    assert len(powers) <= max(most, 1)


def test_the_powers_of_one_scale_are_written_alike():
    assert power_labels([-3, -1, 0, 3], "{:g}".format) == ["0.001", "0.1", "1", "1000"]
    assert power_labels([-6, -2, 0, 2], "{:g}".format) == ["1e-6", "1e-2", "1", "1e2"]
    assert power_labels([], str) == []
