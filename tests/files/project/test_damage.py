"""Files that were whole once: every truncation, thousands of flipped bits, and worse, are found or do no harm."""

import random
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.files.project.project import ProjectError, decode, encode
from tests.files.projects import ENCODED

BITS = 1_500


def _is_refused_or_the_same(data: bytes) -> bool:
    """Whether a damaged file is refused; if not, it must hold the same project to the last bit."""
    try:
        found = decode(data)
    except ProjectError as error:
        assert str(error).startswith("It ")
        return True
    assert encode(found) == ENCODED
    return False


def test_a_small_file_is_small() -> None:
    assert len(ENCODED) < 10_000


def test_every_truncation_is_found() -> None:
    for length in range(len(ENCODED)):
        with pytest.raises(ProjectError):
            decode(ENCODED[:length])


@pytest.mark.slow
def test_a_flipped_bit_is_found_or_changes_nothing() -> None:
    places = random.Random(20261124).sample(range(8 * len(ENCODED)), BITS)
    found = 0
    for place in places:
        data = bytearray(ENCODED)
        data[place // 8] ^= 1 << place % 8
        found += _is_refused_or_the_same(bytes(data))

    assert found > 0.9 * BITS


@pytest.mark.slow
def test_every_byte_that_is_passed_over_says_only_who_wrote_the_archive() -> None:
    passed_over = [
        place
        for place in range(len(ENCODED))
        if not _is_refused_or_the_same(ENCODED[:place] + bytes([ENCODED[place] ^ 0x55]) + ENCODED[place + 1 :])
    ]
    entries = ENCODED.count(b"PK\x01\x02")

    assert len(passed_over) == entries * 8  # made by (2), attributes (2 + 4)
    assert min(passed_over) > ENCODED.index(b"PK\x01\x02")


def _blocks(size: int) -> Iterator[bytes]:
    """The file with each block of so many bytes lost: filled with zeros, cut out, or there twice."""
    for start in range(0, len(ENCODED), size):
        stop = min(start + size, len(ENCODED))
        if any(ENCODED[start:stop]):
            yield ENCODED[:start] + bytes(stop - start) + ENCODED[stop:]
        yield ENCODED[:start] + ENCODED[stop:]
        yield ENCODED[:stop] + ENCODED[start:]


@pytest.mark.parametrize("size", [16, 512])
def test_a_block_that_a_disk_has_lost_or_doubled_is_found(size: int) -> None:
    for data in _blocks(size):
        _is_refused_or_the_same(data)


@given(st.lists(st.tuples(st.integers(0, len(ENCODED) - 1), st.binary(min_size=1, max_size=8)), max_size=4))
def test_any_bytes_written_over_it_are_found_or_change_nothing(patches: list[tuple[int, bytes]]) -> None:
    data = bytearray(ENCODED)
    for start, patch in patches:
        data[start : start + len(patch)] = patch
    _is_refused_or_the_same(bytes(data))


@given(st.binary(max_size=400))
def test_no_bytes_are_a_project_by_chance(data: bytes) -> None:
    for each in (data, ENCODED[:30] + data, data + ENCODED, ENCODED[:-22] + data + ENCODED[-22:]):
        if each != ENCODED:
            with pytest.raises(ProjectError):
                decode(each)


def test_two_halves_of_two_projects_are_none() -> None:
    other = np.frombuffer(ENCODED, np.uint8) ^ np.uint8(0xFF)
    for cut in range(1, len(ENCODED), 97):
        with pytest.raises(ProjectError):
            decode(ENCODED[:cut] + other[cut:].tobytes())
