"""Where lessons were left: it comes back, and no text that was kept is ever in the way."""

import json

from hypothesis import given
from hypothesis import strategies as st

from curvegui.session.study.tour import MOST_PLACES, TourPlace, lessons_in, place_in, with_place
from tests.help.texts import texts

places = st.builds(TourPlace, st.integers(0, 99), st.frozensets(st.integers(0, 99)))


@given(texts(), places, texts(), places)
def test_each_lesson_has_its_place(one, place, other, another):
    text = with_place(with_place("", one, place), other, another)
    assert place_in("", one) is None
    assert place_in(text, other) == another
    assert place_in(text, one) == (another if one == other else place)
    assert place_in(with_place(text, other, None), other) is None


def test_the_latest_lesson_is_first_also_when_it_was_finished():
    text = with_place(with_place(with_place("", "a", TourPlace(1)), "b", TourPlace(1)), "a", None)
    assert lessons_in(text) == ["a", "b"]


def test_only_the_latest_places_are_kept():
    text = ""
    for number in range(MOST_PLACES + 5):
        text = with_place(text, str(number), TourPlace(number))
    assert place_in(text, "4") is None
    assert place_in(text, "5") == TourPlace(5)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["step", "done", "a"]), inner),
)


@given(json_values)
def test_what_makes_no_sense_is_no_place(kept):
    text = json.dumps({"a": kept})
    place = place_in(text, "a")
    assert place is None or 0 <= place.number < 1_000
    assert place_in(with_place(text, "b", TourPlace(2)), "b") == TourPlace(2)
