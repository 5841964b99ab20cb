"""One axis: its values in a grid, and those that chance draws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.core.curve.curve import curve_through
from curvegui.core.sweep.axis import Axis, Span, point_key, point_name
from tests.core.sweeps import AXES

OWN = curve_through("own", np.array([[0.0, 1.0, 1.0], [0.0, 0.0, 1.0]]), closed=False)


def test_a_grid_has_every_whole_number_of_a_span():
    assert Axis("seed", span=Span(3, 6)).listed() == (3, 4, 5, 6)
    assert Axis("points", span=Span(50, 52)).listed() == (50, 51, 52)


@pytest.mark.parametrize("axis", [Axis("noise", span=Span(0, 1)), Axis("seed", span=Span(1, 9, True))])
def test_a_grid_must_know_how_many(axis):
    with pytest.raises(ValueError, match="how many values"):
        axis.listed()


def test_a_grid_has_not_too_many():
    with pytest.raises(ValueError, match="at most 10,000 values"):
        Axis("seed", span=Span(0, 10_000)).listed()


@pytest.mark.parametrize(
    ("axis", "values"),
    [
        (Axis("noise", (0, 1, 3)), [0, 1, 3]),
        (Axis("noise", span=Span(0, 10)), [0, 5, 9.99]),
        (Axis("aggression", span=Span(0.01, 100)), [0.01, 1, 99.0832]),
        (Axis("aggression", span=Span(0, 100)), [0, 50, 99.9]),
        (Axis("aggression", span=Span(0.01, 100, False)), [0.01, 50.005, 99.9]),
        (Axis("seed", span=Span(1, 4)), [1, 3, 4]),
        (Axis("points", span=Span(10, 1000)), [10, 100, 995]),
    ],
)
def test_what_chance_draws(axis, values):
    assert [axis.drawn(fraction) for fraction in (0, 0.5, 0.999)] == pytest.approx(values, rel=1e-4)


def test_chance_draws_layers():
    axis = Axis("hidden", ((6, 7), (8,)))
    assert [axis.drawn(fraction) for fraction in (0, 0.5, 0.999)] == [(6, 7), (8,), (8,)]


@given(st.one_of(*AXES.values()), st.floats(0, 1, exclude_max=True))
def test_what_chance_draws_is_allowed_and_within(axis, fraction):
    value = axis.drawn(fraction)
    Axis(axis.setting, (value,))
    if axis.span:
        assert axis.span.low <= value <= axis.span.high
    else:
        assert value in axis.values


def test_there_must_be_values():
    with pytest.raises(ValueError, match="there are no values"):
        Axis("noise")


def test_a_curve_of_ones_own_is_no_value():
    with pytest.raises(ValueError, match="only the curves that come with the app"):
        Axis("curve", (OWN,))


def test_a_span_is_of_numbers():
    with pytest.raises(ValueError, match="a range goes from a number to a larger one"):
        Axis("hidden", span=Span((3,), (4,)))


def test_the_name_of_a_point():
    assert point_name({"aggression": 7.0, "hidden": (6, 7), "activation": "tanh", "noise": 0.25, "seed": 5}) == (
        "aggression 7, layers 6-7, neurons Tanh, noise 0.25, seed 5"
    )
    assert point_key({"activation": "tanh", "seed": 5}) == "neurons tanh, seed 5"
