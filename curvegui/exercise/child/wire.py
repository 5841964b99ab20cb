"""The messages between the app and a child: a header in JSON, followed by the numbers themselves.

Never a pickle: the reader trusts nothing, since a child runs what anyone may have written.
"""

import json
import math
import struct
from collections.abc import Sequence
from typing import Any

import numpy as np

from curvegui.core.arrays import FloatArray

LENGTHS = struct.Struct("<4sII")  # mark, bytes of the header, bytes of the numbers
MARK = b"CgX1"
MOST_HEADER = 50_000  # bytes, of what a child sends
MOST_REQUEST = 4_000_000  # bytes; a learner's file is in it
MOST_NUMBERS = 16_000_000  # bytes
MOST_ARRAYS = 1_000
MOST_AXES = 8


class WireError(ValueError):
    """These bytes are no message."""


def pack(header: dict[str, Any], arrays: Sequence[FloatArray] = ()) -> bytes:
    """A message of a header and arrays of any shapes."""
    plain = [np.ascontiguousarray(array, dtype="<f8").reshape(array.shape) for array in arrays]
    head = json.dumps(header | {"shapes": [array.shape for array in plain]}).encode("ascii")
    body = b"".join([array.tobytes() for array in plain])
    return LENGTHS.pack(MARK, len(head), len(body)) + head + body


def lengths(start: bytes, most_header: int = MOST_HEADER) -> tuple[int, int]:
    """How many bytes header and numbers have, from the first ``LENGTHS.size`` bytes of a message. Raises ``WireError``
    for other bytes, or where too many would follow."""
    mark, head, body = LENGTHS.unpack(start)
    if mark != MARK or head > most_header or body > MOST_NUMBERS:
        raise WireError("This is not the beginning of a message.")
    return head, body


def unpack(head: bytes, body: bytes) -> tuple[dict[str, Any], list[FloatArray]]:
    """A message's header and its arrays, which are copies; raises ``WireError`` for anything but a message."""
    try:
        header = json.loads(head.decode("ascii"))
        shapes = header.pop("shapes")
        counts = [_count(shape) for shape in shapes]
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError) as error:
        raise WireError("The header of a message cannot be read.") from error
    if not isinstance(shapes, list) or len(shapes) > MOST_ARRAYS or 8 * sum(counts) != len(body):
        raise WireError("There are not as many numbers in a message as it says.")
    numbers, start, arrays = np.frombuffer(body, "<f8"), 0, []
    for shape, count in zip(shapes, counts, strict=True):
        arrays.append(numbers[start : start + count].reshape(shape).astype(np.float64))
        start += count
    return header, arrays


def is_shape(value: Any) -> bool:
    """Whether a value from a child can be the shape of an array."""
    return isinstance(value, list) and len(value) <= MOST_AXES and all(type(n) is int and n >= 0 for n in value)


def _count(shape: Any) -> int:
    """How many numbers an array of a shape has; raises ``WireError`` for a value that is no shape, or a huge one."""
    # an axis of length 0 does not make the other axes right
    if not is_shape(shape) or math.prod(max(each, 1) for each in shape) > MOST_NUMBERS:
        raise WireError("This is no shape of an array.")
    return math.prod(shape)
