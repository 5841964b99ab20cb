"""The labels of the cost plot: powers of ten, as many as there is room for."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.ui.cost_axes import cost_label, iteration_label, powers_between


@pytest.mark.parametrize(
    ("power", "text"), [(2, "100"), (0, "1"), (-1, "0.1"), (-2, "0.01"), (-3, "1e-3"), (-12, "1e-12")]
)
def test_costs_are_labelled_so_that_they_can_be_read(power, text):
    assert cost_label(power) == text


@pytest.mark.parametrize(("power", "text"), [(1, "10"), (3, "1,000"), (9, "1,000,000,000")])
def test_iterations_are_labelled_as_whole_numbers(power, text):
    assert iteration_label(power) == text


def test_every_power_in_view_has_a_label_where_there_is_room():
    assert powers_between(-3.2, 0.2, 10) == [-3, -2, -1, 0]
    assert powers_between(1.0, 4.7, 20) == [1, 2, 3, 4]


@given(low=st.floats(-300, 300), span=st.floats(0, 300), most=st.integers(-1, 12))
def test_labels_are_evenly_spaced_in_view_and_never_too_many(low, span, most):
    powers = powers_between(low, low + span, most)
    assert all(low - 1e-6 <= power <= low + span + 1e-6 for power in powers)
    assert len({after - before for before, after in pairwise(powers)}) <= 1
    assert len(powers) <= max(most, 1)
