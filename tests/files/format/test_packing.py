"""Bytes come back as they were, or not at all."""

import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.files.format.few_bytes import CHECK, RAW_DEFLATE, pack, unpack

DATA = b"weights and biases " * 20


@given(data=st.binary(max_size=2_000))
def test_bytes_come_back_as_they_were(data: bytes) -> None:
    assert unpack(pack(data), most_bytes=2_000) == data


def test_every_flipped_bit_and_every_truncation_is_noticed() -> None:
    packed = pack(DATA)
    for place in range(8 * len(packed)):
        flipped = bytearray(packed)
        flipped[place // 8] ^= 1 << place % 8
        assert unpack(bytes(flipped), 2_000) is None
    for length in range(len(packed)):
        assert unpack(packed[:length], 2_000) is None


def _with_right_check(body: bytes) -> bytes:
    return CHECK.pack(zlib.crc32(body)) + body


@pytest.mark.parametrize("body", [b"\xff\xff\xff", b"", pack(DATA)[CHECK.size : -3], pack(DATA)[CHECK.size :] + b"x"])
def test_a_right_check_does_not_make_up_for_wrong_contents(body: bytes) -> None:
    assert unpack(_with_right_check(body), 2_000) is None


@pytest.mark.parametrize(("most", "found"), [(len(DATA), DATA), (len(DATA) - 1, None)])
def test_no_more_is_unpacked_than_is_allowed(most: int, found: bytes | None) -> None:
    assert unpack(pack(DATA), most) == found


@pytest.mark.slow
def test_a_bomb_takes_no_more_memory_than_is_allowed() -> None:
    compressor = zlib.compressobj(9, wbits=RAW_DEFLATE)
    body = b"".join(compressor.compress(bytes(1_000_000)) for _ in range(100)) + compressor.flush()
    bomb = _with_right_check(body)
    tracemalloc.start()
    assert unpack(bomb, most_bytes=1_000_000) is None
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert len(bomb) < 140_000
    assert peak < 5_000_000
