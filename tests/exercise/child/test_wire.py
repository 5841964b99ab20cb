import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from curvegui.exercise.child.wire import LENGTHS, MARK, WireError, lengths, pack, unpack
from curvegui.exercise.runner.outcome import Ending, NoNumbers, Raised, Unfinished, Value, answer_of, raised_of
from tests.help.texts import texts


def taken_apart(message):
    head, body = lengths(message[: LENGTHS.size])
    rest = message[LENGTHS.size :]
    assert len(rest) == head + body
    return rest[:head], rest[head:]


@given(st.lists(arrays(np.float64, array_shapes(min_dims=0, min_side=0)), max_size=4))
def test_numbers_arrive_to_the_last_bit(sent):
    header, got = unpack(*taken_apart(pack({"news": "frame"}, sent)))

    assert header == {"news": "frame"}
    assert [array.shape for array in got] == [array.shape for array in sent]
    assert all(a.tobytes() == b.tobytes() for a, b in zip(got, sent, strict=True))


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (b"", b""),
        (b"[]", b""),
        (b"{}", b""),
        (b"\xff", b""),
        (b"[" * 10_000, b""),
        (b'{"shapes": 3}', b""),
        (b'{"shapes": [[1]]}', b""),
        (b'{"shapes": [[1]]}', b"1234567"),
        (b'{"shapes": []}', b"12345678"),
        (b'{"shapes": [[-1]]}', b""),
        (b'{"shapes": [[0, 16000000, 16000000, 16000000, 16000000]]}', b""),
        (b'{"shapes": [[true]]}', b"12345678"),
        (b'{"shapes": [[1.0]]}', b"12345678"),
        (b'{"shapes": [["1"]]}', b"12345678"),
        (b'{"shapes": {"1": 1}}', b""),
        (b'{"shapes": [[99999999, 99999999, 99999999]]}', b"12345678"),
        (b'{"shapes": [[1,1,1,1,1,1,1,1,1]]}', b"12345678"),
        (json.dumps({"shapes": [[0]] * 1_001}).encode(), b""),
    ],
)
def test_what_is_no_message_is_refused(head, body):
    with pytest.raises(WireError):
        unpack(head, body)


@pytest.mark.parametrize("start", [b"CgX0" + bytes(8), LENGTHS.pack(MARK, 10**6, 0), LENGTHS.pack(MARK, 1, 2**31)])
def test_what_would_be_too_long_is_not_waited_for(start):
    with pytest.raises(WireError):
        lengths(start)


ANY = st.recursive(st.none() | st.booleans() | st.integers() | texts(), lambda inner: st.lists(inner, max_size=3))


@given(
    st.dictionaries(st.sampled_from(["is", "kind", "message", "line", "cell", "text", "missing_name", "printed"]), ANY)
)
def test_whatever_a_child_says_becomes_an_answer(header):
    answer = answer_of(header, [])

    assert isinstance(answer, NoNumbers | Raised | Unfinished)
    raised = raised_of(header)
    assert raised.kind
    assert all(each.isprintable() for each in (raised.kind, raised.message, raised.text, raised.missing_name))
    assert raised.line is None or raised.line > 0


def test_the_ends_of_calls_are_named():
    kinds = ("SystemExit", "RecursionError", "MemoryError", "_ArrayMemoryError")

    assert [answer_of({"is": "raised", "kind": kind}, []).ending for kind in kinds] == [
        Ending.EXITED, Ending.TOO_DEEP, Ending.OUT_OF_MEMORY, Ending.OUT_OF_MEMORY,
    ]  # fmt: skip


def test_a_value_cannot_be_changed_any_more():
    answer = answer_of({"is": "value"}, [np.ones(2)])

    assert isinstance(answer, Value)
    assert not answer.array.flags.writeable
