"""Curves of the user's own as objects of a manifest and one array, and in few bytes; and back."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray
from curvegui.core.curve.curve import BoolArray, Curve, Units, spaced, typed_of
from curvegui.core.language.text import tr
from curvegui.files.format.few_bytes import LARGEST_EXPONENT, WHOLE, exponent_of, few_bytes, numbers_of
from curvegui.files.format.section import Section, damaged

CURVES = "curves"
"""The name of a list of objects in the manifest, and of an array, shape (4, K), of all points, curve after curve. Its
rows are t, x, y and whether the line from a point on is a jump."""
TYPED = "typed"  # the formulas of a curve that has some; older versions do not look for it
DTYPE = "<f8"
MOST_CURVES = 10_000
POINT_BYTES = 3  # of a coordinate: 2^-23 of the largest one is less than any screen shows


def about_curve(curve: Curve) -> dict[str, Any]:
    """A curve as an object of a manifest, without its points."""
    typed = {} if curve.typed is None else {TYPED: curve.typed.plain()}
    return typed | {"name": curve.name, "closed": curve.closed, "count": curve.t.size, **asdict(curve.units)}


def curve_arrays(curves: Sequence[Curve]) -> dict[str, NDArray[Any]]:
    """The points of curves, shape (4, K), by the name of their array; empty if there are no curves."""
    if not curves:
        return {}
    rows = [np.vstack([curve.t, curve.points, curve.jumps]) for curve in curves]
    return {CURVES: np.concatenate(rows, axis=1).astype(DTYPE, copy=False)}


def read_curves(manifest: Section, arrays: Mapping[str, NDArray[Any]]) -> list[Curve]:
    """The curves of a manifest and its arrays; raises ``ProjectError`` if they are not as they were written."""
    objects, rows = manifest.objects(CURVES, MOST_CURVES), arrays.get(CURVES, np.empty((4, 0), DTYPE))
    if rows.dtype.str != DTYPE or rows.ndim != 2 or len(rows) != 4:
        raise damaged(tr("the numbers in “{curves}” are of another kind", curves=CURVES))
    counts = [each.whole("count", low=1) for each in objects]
    if sum(counts) != rows.shape[1]:
        raise damaged(tr("its curves have more or fewer points than it says"))
    stops = np.cumsum(counts).tolist()
    parts = [rows[:, stop - count : stop] for count, stop in zip(counts, stops, strict=True)]
    return [curve_of(about, part[1:3], part[0], part[3] != 0) for about, part in zip(objects, parts, strict=True)]


def curve_of(about: Section, points: FloatArray, t: FloatArray, jumps: BoolArray) -> Curve:
    """The curve that `about_curve` described, with its points; raises ``ProjectError`` if these make no curve."""
    units = Units(about.number("scale"), about.number("x"), about.number("y"), about.flag("flipped"))
    plain = about.optional_mapping(TYPED)
    try:
        typed = None if plain is None else typed_of(plain)
        return Curve(about.text("name"), points, t, about.flag("closed"), jumps, units, typed)
    except ValueError as error:
        raise damaged(str(error).removeprefix("This is not a curve: ").removesuffix(".")) from error


def curve_end(curve: Curve, count: int, bytes_each: int) -> tuple[dict[str, Any], bytes]:
    """A curve, sampled at ``count`` points, as an object, and the points in bytes: exact to the last bit if
    ``bytes_each`` is ``WHOLE``, else ``POINT_BYTES`` for each number."""
    sampled = curve.sampled(count)
    points, bytes_each = sampled.points.ravel(), WHOLE if bytes_each == WHOLE else POINT_BYTES
    exponent, jumps = exponent_of(points), sampled.jumps.any()
    about = about_curve(sampled) | {"exponent": exponent, "bytes": bytes_each, "jumps": bool(jumps)}
    packed = np.packbits(sampled.jumps).tobytes() if jumps else b""
    return about, few_bytes(points, bytes_each, exponent) + packed


def read_curve_end(values: Mapping[str, Any], data: bytes) -> Curve:
    """The curve that `curve_end` wrote; raises ``ProjectError`` if the object or the bytes are damaged."""
    about = Section(values, "curve")
    count, bytes_each = about.whole("count", low=1), about.whole("bytes", low=1)
    exponent, has_jumps = about.whole("exponent", low=-LARGEST_EXPONENT), about.flag("jumps")
    size = 2 * count * bytes_each
    packed = (count + 7) // 8 if has_jumps else 0
    if bytes_each > WHOLE or exponent > LARGEST_EXPONENT or len(data) != size + packed:
        raise damaged(tr("its curve has more or fewer points than it says"))
    points = numbers_of(data[:size], bytes_each, exponent).reshape(2, count)
    bits = np.unpackbits(np.frombuffer(data[size:], np.uint8), count=count) if has_jumps else np.zeros(count)
    return curve_of(about, points, spaced(count, about.flag("closed")), bits != 0)
