"""A curve of one's own in few bytes: the points that were learnt, without those between them."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from curvegui.core.curve.curve import Curve, spaced
from curvegui.files.curves.format import about_curve, curve_of
from curvegui.files.format.error import damaged
from curvegui.files.format.few_bytes import LARGEST_EXPONENT, WHOLE, exponent_of, few_bytes, numbers_of
from curvegui.files.format.section import Section

POINT_BYTES = 3  # of a coordinate: 2^-23 of the largest one is less than any screen shows


def curve_end(curve: Curve, count: int, bytes_each: int) -> tuple[dict[str, Any], bytes]:
    """What describes a curve that was learnt at so many points, and these points.

    Parameters
    ----------
    curve : Curve
    count : int
    bytes_each : int
        ``WHOLE`` for points that are exact to the last bit; anything else for short ones.
    """
    learnt = curve.sampled(count)
    points, bytes_each = learnt.points.ravel(), WHOLE if bytes_each == WHOLE else POINT_BYTES
    exponent, jumps = exponent_of(points), learnt.jumps.any()
    about = about_curve(learnt) | {"exponent": exponent, "bytes": bytes_each, "jumps": bool(jumps)}
    packed = np.packbits(learnt.jumps).tobytes() if jumps else b""
    return about, few_bytes(points, bytes_each, exponent) + packed


def read_curve_end(values: Mapping[str, Any], data: bytes) -> Curve:
    """The curve that `curve_end` described.

    Raises
    ------
    ProjectError
        If anything is not as it should be.
    """
    about = Section(values, "curve")
    count, bytes_each = about.whole("count", low=1), about.whole("bytes", low=1)
    exponent, has_jumps = about.whole("exponent", low=-LARGEST_EXPONENT), about.flag("jumps")
    size = 2 * count * bytes_each
    packed = (count + 7) // 8 if has_jumps else 0
    if bytes_each > WHOLE or exponent > LARGEST_EXPONENT or len(data) != size + packed:
        raise damaged("its curve has more or fewer points than it says")
    points = numbers_of(data[:size], bytes_each, exponent).reshape(2, count)
    bits = np.unpackbits(np.frombuffer(data[size:], np.uint8), count=count) if has_jumps else np.zeros(count)
    return curve_of(about, points, spaced(count, about.flag("closed")), bits != 0)
