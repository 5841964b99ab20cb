"""The words for an axis: what they mean, that they can be written again, and what is said of wrong ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.core.sweep.axis import Axis, Span
from curvegui.core.sweep.axis_text import parsed_axis
from tests.core.sweeps import AXES


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("noise=0,1,3", (0, 1, 3)),
        (" noise = 0 , 1.5 ", (0, 1.5)),
        ("noise=1,1,0", (1, 0)),
        ("aggression=0.1..100*4", (0.1, 1, 10, 100)),
        ("aggression=0.1..100x4", (0.1, 1, 10, 100)),
        ("aggression=1..3*3", (1, 1.73205, 3)),
        ("noise=0..3+7", (0, 0.5, 1, 1.5, 2, 2.5, 3)),
        ("noise=0..1e+1+2", (0, 10)),
        ("noise=2..3+1", (2,)),
        ("points=10..1000*3", (10, 100, 1000)),
        ("points=2..4*9", (2, 3, 4)),
        ("hidden=6-7,8-8,5", ((6, 7), (8, 8), (5,))),
        ("activation=tanh,relu", ("tanh", "relu")),
        ("data-noise=0.1", (0.1,)),
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
        ("noise", "does not say which knob takes which values"),
        ("=3", "does not say which knob takes which values"),
        ("foo=3", "There is no knob “foo”. There are: curve, hidden,"),
        ("speed=1,2", "Speed cannot be varied: it changes nothing but the look"),
        ("frozen=1", "Frozen cannot be varied: it belongs to one network"),
        ("noise=1,,2", "“” is not a number"),
        ("noise=-1", "“-1” is not a number"),
        ("noise=nan", "“nan” is not a number"),
        ("noise=٣", "“٣” is not a number"),
        ("noise=1e400", "Noise: a number from 0 to 1,000"),
        ("seed=1.5", "Seed: a whole number from"),
        ("seed=1e400", "Seed: a whole number from"),
        ("noise=1..", "“1..” is not a range; seven values are written"),
        ("noise=1..2*3*4", "is not a range"),
        ("noise=5..1", "a range goes from a number to a larger one"),
        ("noise=0..3*4", "equal factors cannot begin at 0"),
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


@given(st.text() | st.text(alphabet="noise=aggrhidden0123456789.,*+-xeE ").map(lambda text: f"aggression={text}"))
def test_whatever_is_written_gives_an_axis_or_a_sentence(text):
    try:
        axis = parsed_axis(text)
    except ValueError as error:
        assert str(error).endswith(".")
    else:
        assert parsed_axis(axis.text) == axis
