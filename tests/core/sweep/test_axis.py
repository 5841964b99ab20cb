"""One axis: its values in a grid, and those that chance draws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.core.curve.curve import curve_through
from curvegui.core.sweep.plan import Axis, Span, parsed_axis
from tests.core.sweeps import AXES
from tests.help.texts import texts

OWN = curve_through("own", np.array([[0.0, 1.0, 1.0], [0.0, 0.0, 1.0]]), closed=False)


def test_a_grid_has_every_whole_number_of_a_span():
    assert Axis("seed", span=Span(3, 6)).listed() == (3, 4, 5, 6)
    assert Axis("points", span=Span(50, 52)).listed() == (50, 51, 52)


@pytest.mark.parametrize("axis", [Axis("noise", span=Span(0, 1)), Axis("seed", span=Span(1, 9, True))])
def test_a_grid_must_know_how_many(axis):
    with pytest.raises(ValueError, match="how many values"):
        axis.listed()


@pytest.mark.usefixtures("german")
def test_what_it_says_to_write_can_be_read_in_every_language():
    with pytest.raises(ValueError, match=r"\*7") as caught:
        Axis("noise", span=Span(0.5, 2)).listed()
    hint = next(word for word in str(caught.value).split() if word.endswith("*7"))
    assert len(parsed_axis(f"noise={hint}").values) == 7


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


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("noise=0,1,3", (0, 1, 3)),
        (" noise = 0 , 1.5 ", (0, 1.5)),
        ("noise=1,1,0", (1, 0)),
        ("aggression=0.1..100*4", (0.1, 1, 10, 100)),
        ("aggression=0.1..100x4", (0.1, 1, 10, 100)),
        ("aggression=1..3*3", (1, 1.73, 3)),
        ("aggression=0.12345..5.67891*3", (0.12345, 0.837, 5.67891)),
        ("aggression=1..1.001+3", (1, 1.0005, 1.001)),
        ("noise=0..3+7", (0, 0.5, 1, 1.5, 2, 2.5, 3)),
        ("noise=0..1e+1+2", (0, 10)),
        ("noise=2..3+1", (2,)),
        ("points=10..1000*3", (10, 100, 1000)),
        ("points=2..4*9", (2, 3, 4)),
        ("hidden=6-7,8-8,5", ((6, 7), (8, 8), (5,))),
        ("activation=tanh,relu", ("tanh", "relu")),
        ("data-noise=0.1", (0.1,)),
        ("aggression=0,25; 0,5", (0.25, 0.5)),
        ("aggression=0.25;0,5;7", (0.25, 0.5, 7)),
        ("aggression=0,25", (0, 25)),
        ("hidden=6-7; 8", ((6, 7), (8,))),
        ("activation=tanh; relu", ("tanh", "relu")),
        ("train_one_in=2", (2,)),
    ],
)
def test_values(text, values):
    assert parsed_axis(text).values == values


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("aggression=0.1..100", Span(0.1, 100)),
        ("aggression=0.1..100*", Span(0.1, 100, True)),
        ("noise=0..3+", Span(0, 3, False)),
        ("seed=1..40", Span(1, 40)),
    ],
)
def test_spans(text, span):
    assert parsed_axis(text) == Axis(text.partition("=")[0], span=span)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("noise", "does not say which setting takes which values"),
        ("=3", "does not say which setting takes which values"),
        ("foo=3", "There is no setting “foo”. There are: curve, hidden,"),
        ("speed=1,2", "Speed cannot be varied: it changes nothing but the look"),
        ("frozen=1", "Frozen cannot be varied: it belongs to one network"),
        ("noise=1,,2", "“” is not a number"),
        ("noise=-1", "“-1” is not a number"),
        ("noise=1;", "“” is not a number"),
        ("activation=tanh,relu;tanh", "Neurons: choose one of"),
        ("noise=nan", "“nan” is not a number"),
        ("noise=٣", "“٣” is not a number"),
        ("noise=1e400", "Noise: a number from 0 to 1,000"),
        ("seed=1.5", "Seed: a whole number from"),
        ("seed=1e400", "Seed: a whole number from"),
        ("noise=1..", "“1..” is not a range; for seven values"),
        ("noise=1..2*3*4", "is not a range"),
        ("noise=5..1", "a range goes from a number to a larger one"),
        ("noise=0..3*4", "a log scale cannot begin at 0"),
        ("noise=0..3+0", "from 1 to 10,000 values"),
        ("noise=0..3+99999", "from 1 to 10,000 values"),
        ("hidden=3..4", "there are no ranges of these"),
        ("activation=a..b", "there are no ranges of these"),
        ("activation=nope", "Neurons: choose one of"),
        ("hidden=6x7", "is not layers; two of 6 and 7 neurons are written 6-7"),
        ("hidden=0", "Layers: a whole number from 1"),
        ("hidden=6-", "is not layers"),
        ("curve=mine", "Curve: choose one of"),
    ],
)
def test_what_is_wrong_is_said(text, words):
    with pytest.raises(ValueError, match=r"\.$") as caught:
        parsed_axis(text)
    assert words in str(caught.value)


@given(st.one_of(*AXES.values()))
def test_an_axis_can_be_written_and_read_again(axis):
    assert parsed_axis(axis.text) == axis


@given(texts() | st.text(alphabet="noise=aggrhidden0123456789.,;*+-xeE ").map(lambda text: f"aggression={text}"))
def test_whatever_is_written_gives_an_axis_or_a_sentence(text):
    try:
        axis = parsed_axis(text)
    except ValueError as error:
        assert str(error).endswith(".")
    else:
        assert parsed_axis(axis.text) == axis
