"""Where lessons were left: it comes back, and no text that was kept is ever in the way."""

import json

from hypothesis import given
from hypothesis import strategies as st

from curvegui.session.study.tour import MOST_POSITIONS, TourPosition, lessons_in, position_in, with_position
from tests.help.texts import texts

positions = st.builds(TourPosition, st.integers(0, 99), st.frozensets(st.integers(0, 99)))


@given(texts(), positions, texts(), positions)
def test_each_lesson_has_its_place(one, position, other, another):
    text = with_position(with_position("", one, position), other, another)
    assert position_in("", one) is None
    assert position_in(text, other) == another
    assert position_in(text, one) == (another if one == other else position)
    assert position_in(with_position(text, other, None), other) is None


def test_the_latest_lesson_is_first_also_when_it_was_finished():
    text = with_position(with_position(with_position("", "a", TourPosition(1)), "b", TourPosition(1)), "a", None)
    assert lessons_in(text) == ["a", "b"]


def test_only_the_latest_places_are_kept():
    text = ""
    for number in range(MOST_POSITIONS + 5):
        text = with_position(text, str(number), TourPosition(number))
    assert position_in(text, "4") is None
    assert position_in(text, "5") == TourPosition(5)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["step", "done", "a"]), inner),
)


@given(json_values)
def test_what_makes_no_sense_is_no_place(kept):
    text = json.dumps({"a": kept})
    position = position_in(text, "a")
    assert position is None or 0 <= position.number < 1_000
    assert position_in(with_position(text, "b", TourPosition(2)), "b") == TourPosition(2)
