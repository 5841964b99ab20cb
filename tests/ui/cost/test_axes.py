"""The axes: the labels of the costs, and where iterations are."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.ui.cost.axes import TimeAxis

AXES = [TimeAxis(True), TimeAxis(False)]


@pytest.mark.parametrize("axis", AXES, ids=["logarithmic", "linear"])
@given(iteration=st.integers(1, 10**9))
def test_an_iteration_is_found_again_where_it_is(axis, iteration):
    assert axis.iteration(axis.coordinate(iteration)) == pytest.approx(iteration, rel=1e-12)
    assert axis.coordinates(np.array([float(iteration)])).item() == pytest.approx(axis.coordinate(iteration))


@pytest.mark.parametrize("axis", AXES, ids=["logarithmic", "linear"])
@given(latest=st.integers(0, 10**9))
def test_the_whole_run_is_in_view_but_for_its_first_moments(axis, latest):
    left, right = axis.bounds(latest)
    assert left <= axis.coordinate(max(latest, 10)) <= right


def test_early_training_gets_more_room_on_a_logarithmic_axis():
    left, right = TimeAxis(True).bounds(50_000)
    assert (TimeAxis(True).coordinate(1_000) - left) / (right - left) > 0.5
    left, right = TimeAxis(False).bounds(50_000)
    assert (TimeAxis(False).coordinate(1_000) - left) / (right - left) < 0.02


def test_powers_of_ten_or_round_numbers_are_labelled():
    assert [text for _, text in TimeAxis(True).ticks(1.0, 4.7, 20)] == ["10", "100", "1,000", "10,000"]
    labels = [text for _, text in TimeAxis(False).ticks(0.0, 51_000.0, 6)]
    assert labels == ["0", "10,000", "20,000", "30,000", "40,000", "50,000"]


@given(latest=st.integers(0, 10**9), most=st.integers(1, 12))
def test_a_linear_axis_has_not_too_many_labels_and_they_are_evenly_spaced(latest, most):
    axis = TimeAxis(False)
    places = [place for place, _ in axis.ticks(*axis.bounds(latest), most)]
    assert 1 <= len(places) <= most + 1
    assert len({after - before for before, after in pairwise(places)}) <= 1
