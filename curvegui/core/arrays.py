"""Array types of the package, and arrays that nobody can write to."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from curvegui.core.cancellation import check_cancelled

FloatArray = NDArray[np.float64]
"""An array of 64-bit floats: what the mathematics computes with."""

CACHE_LINE_BYTES = 64  # compiled loops lose up to a quarter of their speed on buffers that start off a line


def read_only(array: NDArray[Any]) -> NDArray[Any]:
    """A contiguous copy of an array, which nobody can write to, so that threads can share the copy."""
    check_cancelled()
    copy = np.array(array, order="C", copy=True)
    copy.flags.writeable = False
    return copy


def aligned_zeros(*shape: int, dtype: type[np.floating] = np.float64) -> NDArray[Any]:
    """Zeros, C-contiguous, that start on a cache line."""
    size, number_bytes = int(np.prod(shape)), np.dtype(dtype).itemsize
    raw = np.zeros(size + CACHE_LINE_BYTES // number_bytes, dtype)
    start = (-raw.ctypes.data % CACHE_LINE_BYTES) // number_bytes
    return raw[start : start + size].reshape(shape)
