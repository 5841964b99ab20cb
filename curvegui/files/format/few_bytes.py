"""Saving space: numbers in fewer bytes each, bytes compressed with a check, ascending indices as stretches."""

import struct
import zlib
from typing import Any

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import tr
from curvegui.core.settings.config import MAX_FROZEN
from curvegui.files.format.section import damaged

WHOLE = 8  # bytes of a number: every bit of it
LARGEST_EXPONENT = 1_100  # beyond those of all numbers
CHECK = struct.Struct(">I")  # CRC-32 of what follows
RAW_DEFLATE = -15  # zlib's own header and check would cost six bytes more than ours


def exponent_of(numbers: FloatArray) -> int:
    """The smallest power of two that is above the largest of some numbers, as an exponent."""
    return int(np.frexp(np.max(np.abs(numbers)))[1])


def few_bytes(numbers: FloatArray, bytes_each: int, exponent: int) -> bytes:
    """Numbers, shape (n,), as n times ``bytes_each`` bytes: whole numbers, all times the same power of two. With b
    bytes each, from 1 to 7, they are exact to 2^(1 - 8 b) of the largest one; with ``WHOLE``, to the last bit."""
    if bytes_each == WHOLE:
        return bytes(numbers.astype("<f8").tobytes())
    bits = 8 * bytes_each - 1
    whole = np.rint(np.ldexp(numbers, bits - exponent)).astype("<i8")
    whole = np.minimum(whole, 2**bits - 1)  # a number just below the power of two is rounded up to it
    return bytes(whole.view(np.uint8).reshape(-1, 8)[:, :bytes_each].tobytes())


def numbers_of(data: bytes, bytes_each: int, exponent: int) -> FloatArray:
    if bytes_each == WHOLE:
        return np.frombuffer(data, "<f8").astype(np.float64)
    count = len(data) // bytes_each
    spread = np.zeros((count, 8), np.uint8)
    spread[:, 8 - bytes_each :] = np.frombuffer(data, np.uint8).reshape(count, bytes_each)
    whole = spread.reshape(-1).view("<i8") >> (64 - 8 * bytes_each)  # shifted down again, with its sign
    with np.errstate(over="ignore"):  # what is no number is refused by whoever reads it
        return np.ldexp(whole.astype(np.float64), exponent - (8 * bytes_each - 1))


def pack(data: bytes) -> bytes:
    compressor = zlib.compressobj(9, wbits=RAW_DEFLATE)
    body = compressor.compress(data) + compressor.flush()
    return CHECK.pack(zlib.crc32(body)) + body


def unpack(packed: bytes, most_bytes: int) -> bytes | None:
    """The bytes that `pack` packed, or None if they are damaged, or longer than ``most_bytes``."""
    if len(packed) <= CHECK.size or CHECK.unpack_from(packed)[0] != zlib.crc32(packed[CHECK.size :]):
        return None
    decompressor = zlib.decompressobj(wbits=RAW_DEFLATE)
    try:
        data = decompressor.decompress(packed[CHECK.size :], most_bytes)  # however much a decompression bomb holds
    except zlib.error:
        return None
    return data if decompressor.eof and not decompressor.unused_data else None


def stretches(indices: tuple[int, ...]) -> list[list[int]]:
    """Ascending indices as [first, count] pairs: ``(4, 5, 6, 9)`` as ``[[4, 3], [9, 1]]``."""
    found: list[list[int]] = []
    for index in indices:
        if found and index == sum(found[-1]):
            found[-1][1] += 1
        else:
            found.append([index, 1])
    return found


def indices_of(value: Any) -> tuple[int, ...]:
    """The indices that pairs of `stretches` stand for; raises ``ProjectError`` if they are none, or too many."""
    pairs: list[Any] = value if isinstance(value, list) else [None]
    for pair in pairs:
        is_pair = isinstance(pair, list) and [type(number) for number in pair] == [int, int]
        if not is_pair or pair[0] < 0 or pair[1] < 1:
            raise damaged(tr("what is frozen in it cannot be read"))
    if sum(count for _, count in pairs) > MAX_FROZEN:
        raise damaged(tr("too much is frozen in it"))
    return tuple(index for first, count in pairs for index in range(first, first + count))
