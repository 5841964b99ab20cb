import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curvegui.files.format.section import (
    LARGEST_WHOLE,
    MOST_BYTES,
    MOST_DEPTH,
    MOST_LISTS,
    MOST_VALUES,
    ProjectError,
    is_readable,
    read_json,
    write_json,
)
from tests.help.texts import texts

WHOLE = st.integers(-LARGEST_WHOLE, LARGEST_WHOLE)
SCALARS = st.none() | st.booleans() | WHOLE | st.floats(allow_nan=False, allow_infinity=False) | texts()
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(texts(), inner), max_leaves=8)


@pytest.mark.slow
@settings(max_examples=20)
@given(st.dictionaries(texts(), VALUES))
def test_what_was_written_is_read(content: dict[str, Any]) -> None:
    assert read_json(write_json(content)) == content
    assert is_readable(content)


REFUSED: dict[str, bytes | Callable[[], bytes]] = {  # what is large is made when it is needed
    "nothing": b"",
    "a list": b"[]",
    "a number": b"7",
    "not JSON": b"{look: classic}",
    "more than one": b"{}{}",
    "a key twice": b'{"a": 1, "a": 2}',
    "a key twice, inside": b'{"a": [{"b": 1, "b": 1}]}',
    "NaN": b'{"a": NaN}',
    "Infinity": b'{"a": Infinity}',
    "minus Infinity": b'{"a": [-Infinity]}',
    "a number beyond all numbers": b'{"a": 1e999}',
    "a whole number that others would round": b'{"a": 9007199254740993}',
    "a whole number of many digits": b'{"a": ' + b"7" * 100_000 + b"}",
    "a fraction of many digits that is too large": b'{"a": ' + b"7" * 100_000 + b".5}",
    "lists in lists": b'{"a": ' + b"[" * MOST_DEPTH + b"]" * MOST_DEPTH + b"}",
    "objects in objects": b'{"a": ' * MOST_DEPTH + b"{}" + b"}" * MOST_DEPTH,
    "deep lists": b'{"a": ' + b"[" * 40_000,
    "deep objects": b'{"a":' * 40_000,
    "not ASCII": '{"a": "ä"}'.encode(),
    "UTF-16": json.dumps({"a": 1}).encode("utf-16"),
    "a byte order mark": b"\xef\xbb\xbf{}",
    "half a character": b'{"a": "\\ud83d"}',
    "half a character as a key": b'{"\\uDE00": 1}',
    "too long": lambda: b'{"a": "' + b"x" * MOST_BYTES + b'"}',
    "too many lists": lambda: b'{"a": [' + b",".join([b"[]"] * MOST_LISTS) + b"]}",
    "too many objects": lambda: b'{"a": [' + b",".join([b"{}"] * MOST_LISTS) + b"]}",
    "too many values": lambda: b'{"a": [' + b",".join([b"1"] * (MOST_VALUES + 2)) + b"]}",
}


@pytest.mark.parametrize("data", REFUSED.values(), ids=REFUSED)
def test_what_is_not_one_plain_object_is_refused(data: bytes | Callable[[], bytes]) -> None:
    with pytest.raises(ProjectError, match=r"^It is damaged: its description .*\."):
        read_json(data() if callable(data) else data)


@given(st.binary(max_size=60) | texts(max_size=60).map(str.encode))
def test_no_bytes_raise_anything_else(data: bytes) -> None:
    try:
        found = read_json(data)
    except ProjectError:
        return
    assert read_json(write_json(found)) == found


def test_numbers_that_are_not_finite_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="JSON"):
        write_json({"a": float("nan")})


def test_what_would_be_refused_is_known_before_it_is_written() -> None:
    assert not is_readable({"a": [[]] * MOST_LISTS})
    assert not is_readable({"a": "x" * MOST_BYTES})
    assert not is_readable({"a": [1] * (MOST_VALUES - 10)})  # there must be room for a little more
    deep: dict[str, Any] = {}
    for _ in range(MOST_DEPTH):
        deep = {"a": deep}
    assert not is_readable(deep)
