"""Numbers in few bytes: each as a whole number of so many bytes, all times the same power of two."""

import numpy as np

from curvegui.core.arrays import FloatArray

WHOLE = 8  # bytes of a number: every bit of it
LARGEST_EXPONENT = 1_100  # beyond those of all numbers


def exponent_of(numbers: FloatArray) -> int:
    """The power of two that the largest of some numbers is below."""
    return int(np.frexp(np.max(np.abs(numbers)))[1])


def few_bytes(numbers: FloatArray, bytes_each: int, exponent: int) -> bytes:
    """Numbers, shape (n,), as n times ``bytes_each`` bytes.

    With b of them, from 1 to 7, each is exact to 2^(1 - 8 b) of the largest one; with ``WHOLE``, to the last bit.
    """
    if bytes_each == WHOLE:
        return bytes(numbers.astype("<f8").tobytes())
    bits = 8 * bytes_each - 1
    whole = np.rint(np.ldexp(numbers, bits - exponent)).astype("<i8")
    whole = np.minimum(whole, 2**bits - 1)  # a number just below the power of two is rounded up to it
    return bytes(whole.view(np.uint8).reshape(-1, 8)[:, :bytes_each].tobytes())


def numbers_of(data: bytes, bytes_each: int, exponent: int) -> FloatArray:
    """The numbers that `few_bytes` made these bytes of, shape (n,)."""
    if bytes_each == WHOLE:
        return np.frombuffer(data, "<f8").astype(np.float64)
    count = len(data) // bytes_each
    spread = np.zeros((count, 8), np.uint8)
    spread[:, 8 - bytes_each :] = np.frombuffer(data, np.uint8).reshape(count, bytes_each)
    whole = spread.reshape(-1).view("<i8") >> (64 - 8 * bytes_each)  # shifted down again, with its sign
    with np.errstate(over="ignore"):  # what is no number is refused by whoever reads it
        return np.ldexp(whole.astype(np.float64), exponent - (8 * bytes_each - 1))
