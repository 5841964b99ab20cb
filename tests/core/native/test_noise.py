"""The noise of the engine in C is NumPy's, to the last bit."""

from ctypes import c_int64, c_uint64, c_void_p

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from curvegui.core.arrays import FloatArray
from curvegui.core.native.library import library
from curvegui.core.network.noise import BLOCK_ITERATIONS, block_stream, noise_block
from tests.core.native.ziggurat import EDGE, HEADER, header

needs_library = pytest.mark.skipif(library() is None, reason="needs the engine in C: python packaging/native.py")
WORDS = st.integers(0, 2**64 - 1)


def _drawn(seed: int, stream: int, count: int) -> FloatArray:
    """N(0, 1) numbers from C; the number behind the last one is looked at, too."""
    numbers, found = np.full(count + 1, np.inf), library()
    assert found is not None
    found.standard_normals(c_uint64(seed), c_uint64(stream), c_int64(count), c_void_p(numbers.ctypes.data))
    assert numbers[count] == np.inf
    return numbers[:count]


def _of_numpy(seed: int, stream: int, count: int) -> FloatArray:
    bits = np.random.Philox(key=np.array([seed, stream], np.uint64))
    return np.random.Generator(bits).standard_normal(count)


@needs_library
@settings(deadline=None)
@given(seed=WORDS, stream=WORDS, count=st.integers(0, 700))
@example(seed=0, stream=0, count=1)
@example(seed=1, stream=2**63, count=64)
@example(seed=2**64 - 1, stream=2**64 - 1, count=65)
def test_numbers_are_those_of_numpy(seed: int, stream: int, count: int) -> None:
    assert np.array_equal(_drawn(seed, stream, count), _of_numpy(seed, stream, count))


@needs_library
@pytest.mark.slow
def test_millions_of_numbers_are_those_of_numpy() -> None:
    """Among them are thousands of the tail, and hundreds of thousands that were drawn again."""
    expected = _of_numpy(7, 9, 20_000_000)
    assert np.count_nonzero(np.abs(expected) > EDGE) > 4_000
    assert np.array_equal(_drawn(7, 9, 20_000_000), expected)


@needs_library
@pytest.mark.parametrize("block", [0, 1, 10**9])
def test_they_are_the_noise_of_a_block_of_iterations(block: int) -> None:
    numbers = _drawn(3, block_stream(block), BLOCK_ITERATIONS * 6)
    assert np.array_equal(numbers.reshape(BLOCK_ITERATIONS, 6), noise_block(3, block, 6))


def test_tables_are_what_their_definition_gives() -> None:
    assert HEADER.read_text(encoding="utf-8") == header()
