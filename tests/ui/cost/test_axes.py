"""The labels of the costs."""

import pytest

from curvegui.ui.cost.axes import cost_label


@pytest.mark.parametrize(
    ("power", "text"), [(2, "100"), (0, "1"), (-1, "0.1"), (-2, "0.01"), (-3, "1e-3"), (-12, "1e-12")]
)
def test_costs_are_labelled_so_that_they_can_be_read(power, text):
    assert cost_label(power) == text
