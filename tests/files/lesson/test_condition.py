"""Conditions of lessons: what they say, when they hold, and what is told of those that say nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.files.lesson.condition import parse_condition
from curvegui.files.lesson.words import COUNTS, FLAGS, NUMBERS
from tests.help.texts import texts

FACTS = {
    "running": True,
    "paused": False,
    "iteration": 5_000,
    "cost": 0.01,
    "noise": 0.0,
    "layers": (6, 7),
    "curve": "heart",
    "finding saturated": False,
}


@pytest.mark.parametrize(
    "text",
    [
        "running",
        "Running",
        "iteration > 4999",
        "iteration>=5000",
        "iteration ≥ 5e3",
        "cost < 0.011",
        "cost <= .01",
        "noise = 0",
        "layers = 6 7",
        "layers != 6",
        "curve ≠ circle",
        "running and noise = 0 and iteration > 1",
        "paused or running",
        "paused and noise = 0 or running",
        "running or paused and finding saturated",
    ],
)
def test_a_condition_that_holds(text):
    assert parse_condition(text).holds(FACTS.get)


WRONG = "paused", "iteration < 5000", "layers = 7 6", "curve != heart", "running and paused"
UNKNOWN = "muted", "steps < 3", "steps != 3", "steps >= 0"  # as yet


@pytest.mark.parametrize("text", [*WRONG, *UNKNOWN, "finding saturated or paused"])
def test_a_condition_that_does_not(text):
    assert not parse_condition(text).holds(FACTS.get)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("finding satured", "there is no condition called “finding satured”. Did you mean “finding saturated”?"),
        ("mooning", "there is no condition called “mooning”."),
        ("iteration", "iteration needs a comparison, as in: iteration > 100"),
        ("layers", "layers needs a comparison"),
        ("kost < 1", "there is no number or setting called “kost”. Did you mean “cost”?"),
        ("cost < small", "“small” is not a number"),
        ("cost < 1,5", "“1,5” is not a number"),
        ("cost < ١", "“١” is not a number"),
        ("cost < 1e999", "“1e999” is not a number"),
        ("cost < " + "9" * 5_000, "is not a number"),
        ("cost < 1 < 2", "compares nothing"),
        ("layers < 6", "layers can be compared with = and != alone, not with <."),
        ("layers = six", "“six” is not a list of layers"),
        ("curve = hart", "Curve: choose one of"),
        ("paused and", "something is missing beside “and” or “or”"),
        ("or paused", "something is missing beside “and” or “or”"),
        (" or ".join(["paused"] * 60), "at most 50 parts"),
    ],
)
def test_what_a_condition_lacks_is_told(text, words):
    with pytest.raises(ValueError) as caught:
        parse_condition(text)
    assert words in str(caught.value)


words = st.sampled_from(
    [*FLAGS, *COUNTS, *NUMBERS, "layers", "curve", "and", "or", "<", ">=", "=", "!=", "6 7", "1e-3", "heart"]
)


@given(st.lists(words | texts(max_size=10)).map(" ".join))
def test_any_text_is_a_condition_or_explained(text):
    try:
        condition = parse_condition(text)
    except ValueError as error:
        assert str(error)
    else:
        assert condition.holds(FACTS.get) in (True, False)


@given(st.sampled_from([*COUNTS, *NUMBERS]), st.floats(-1e9, 1e9), st.floats(-1e9, 1e9))
def test_numbers_are_compared_as_they_are(subject, fact, value):
    for sign, expected in (("<", fact < value), (">=", fact >= value), ("=", fact == value)):
        assert parse_condition(f"{subject} {sign} {value!r}").holds({subject: fact}.get) is expected
