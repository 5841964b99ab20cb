from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from curvegui.files.format.container import unknown_values, with_unknown

KEYS = st.sampled_from("abcd")
OBJECTS: st.SearchStrategy[dict[str, Any]] = st.recursive(
    st.dictionaries(KEYS, st.integers()), lambda inner: st.dictionaries(KEYS, st.integers() | inner), max_leaves=12
)
FOUND = {"name": "n", "shoe": 42, "config": {"noise": 1, "rhythm": {"kind": "adam"}}, "changes": {"5": {"x": 1}}}
KNOWN = {"name": "", "config": {"noise": 0}, "changes": {"5": {}}}


def test_what_is_not_known_is_found_with_its_path() -> None:
    assert dict(unknown_values(FOUND, KNOWN)) == {
        ("shoe",): 42,
        ("config", "rhythm"): {"kind": "adam"},
        ("changes", "5", "x"): 1,
    }


def test_it_is_put_back_into_other_values() -> None:
    values = dict(unknown_values(FOUND, KNOWN))
    written = {"name": "other", "config": {"noise": 2}, "changes": {"5": {"noise": 3}}}

    assert with_unknown(written, values) == {
        "name": "other",
        "shoe": 42,
        "config": {"noise": 2, "rhythm": {"kind": "adam"}},
        "changes": {"5": {"noise": 3, "x": 1}},
    }
    assert written == {"name": "other", "config": {"noise": 2}, "changes": {"5": {"noise": 3}}}


@given(OBJECTS, OBJECTS)
def test_what_is_known_stays_and_the_rest_comes_back(found: dict[str, Any], known: dict[str, Any]) -> None:
    values = dict(unknown_values(found, known))
    whole = with_unknown(known, values)

    assert with_unknown(found, values) == found
    assert dict(unknown_values(whole, known)) == values
    assert not dict(unknown_values(known, whole))
