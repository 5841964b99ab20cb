"""The outlines of the shapes in a picture: of opaque parts, or of parts that differ from the picture's edge."""

from os import PathLike
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from curvegui.core.arrays import FloatArray
from curvegui.core.curve.curve import CurveError
from curvegui.core.curve.joining import Outline
from curvegui.core.language.text import mark, tr
from curvegui.core.regular_file import open_regular, why_unreadable
from curvegui.figure.application import heard_messages
from curvegui.files.project.in_picture import is_damaged_png

Edges = NDArray[np.intp]


def contours(field: FloatArray) -> list[FloatArray]:
    """The closed lines around all areas where a field is above zero.

    Each pair of neighbouring samples on both sides of zero has a point between them, where the straight line through
    both crosses zero. Each square of four samples joins the points on its edges, clockwise from the edge that leads in
    to the edge that leads out, so the end of one piece is the beginning of another.

    ``field`` has shape (h, w) and finite samples; beyond it everything is below zero. Each line has shape (2, n): x
    (along a row) and y in samples; its first point is not repeated.
    """
    outside = -max(float(np.abs(field).max(initial=0.0)), 1.0)
    padded = np.pad(field, 1, constant_values=outside)
    begins, ends = _pieces(padded)
    following = dict(zip(begins.tolist(), ends.tolist(), strict=True))
    lines = []
    while following:
        edge, after = following.popitem()
        line = [edge]
        while after != edge:
            line.append(after)
            after = following.pop(after)
        lines.append(_crossings(padded, np.array(line)) - 1.0)
    return lines


def _pieces(field: FloatArray) -> tuple[Edges, Edges]:
    """The edges where each piece of a line begins and ends; an edge is a number. The edge to the right of sample k is 2
    k, the edge below the sample is 2 k + 1."""
    inside = field > 0
    width = field.shape[1]
    k = np.arange(field.size).reshape(field.shape)[:-1, :-1]
    edges = np.stack([2 * k, 2 * (k + 1) + 1, 2 * (k + width), 2 * k + 1])  # top, right, bottom, left
    corners = np.stack([inside[:-1, :-1], inside[:-1, 1:], inside[1:, 1:], inside[1:, :-1]])  # clockwise
    leads_in = ~corners & np.roll(corners, -1, axis=0)
    leads_out = corners & ~np.roll(corners, -1, axis=0)
    two = np.count_nonzero(leads_in, axis=0) == 2  # opposite corners are inside
    one = np.any(leads_in, axis=0) & ~two
    begins = [np.take_along_axis(edges, np.argmax(leads_in, axis=0)[np.newaxis], 0)[0][one]]
    ends = [np.take_along_axis(edges, np.argmax(leads_out, axis=0)[np.newaxis], 0)[0][one]]
    joined = field[:-1, :-1] + field[:-1, 1:] + field[1:, 1:] + field[1:, :-1] > 0  # the two corners, in the middle
    for side in range(4):
        here = two & leads_in[side]
        begins.append(edges[side][here])
        # where they are joined, a piece goes round the corner outside, which lies before its edge; else inside, after
        ends.append(np.where(joined, edges[side - 1], edges[(side + 1) % 4])[here])
    return np.concatenate(begins), np.concatenate(ends)


def _crossings(field: FloatArray, edges: Edges) -> FloatArray:
    width = field.shape[1]
    first, below = edges // 2, edges % 2
    second = first + np.where(below, width, 1)
    here, there = field.ravel()[first], field.ravel()[second]
    share = here / (here - there)
    return np.stack([first % width + share * (1 - below), first // width + share * below])


MOST_BYTES = 200_000_000
MOST_PIXELS = 100_000_000
LONGEST_SIDE_PX = 512  # outlines are taken at this size
SHORTEST_SIDE_PX = 256  # smaller pictures are enlarged, so that their outlines are smooth
SPECK = 1e-4  # of the picture's area: what is smaller is dirt
MOST_PARTS = 200
CLEAR, OPAQUE = 16, 240  # alpha of what is transparent, and of what is not
FEWEST_PASSES, MOST_PASSES = 2, 40  # of softening
FAINTEST = 4.0  # levels of 256 between shape and background
NO_PICTURE = {b"svg", b"svgz", b"pdf"}
DAMAGED = mark("It is damaged, cut short or too large")


def read_image(source: str | PathLike[str] | bytes, name: str = "") -> QImage:
    """A picture from a file or from the bytes of a file. Raises ``CurveError``, with the name (the file's by default)
    and the reason, for other files and too large pictures."""
    name = name or ("picture" if isinstance(source, bytes) else Path(source).name)
    data = source if isinstance(source, bytes) else _read(Path(source), name)
    if len(data) > MOST_BYTES:
        raise _refusal(name, tr("It has more than {most:.0f} MB", most=MOST_BYTES / 1e6))
    if is_damaged_png(data):
        raise _refusal(name, tr(DAMAGED))
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    with heard_messages():  # Qt complains in its log about what is refused here
        reader = QImageReader(buffer)
        if not reader.canRead() or reader.format().data() in NO_PICTURE:
            raise _refusal(name, tr("It is empty") if not data else tr("It is not a picture that Qt can read"))
        size = reader.size()
        if size.width() * size.height() > MOST_PIXELS:
            raise _refusal(name, tr("It has more than {most:.0f} million pixels", most=MOST_PIXELS / 1e6))
        reader.setAutoTransform(True)
        if size.isValid():
            reader.setScaledSize(_fitting(size, 2 * LONGEST_SIDE_PX))  # JPEG decodes no more than that
        image = reader.read()
    if image.isNull():
        raise _refusal(name, tr(DAMAGED))
    return image


def image_parts(image: QImage) -> tuple[Outline, ...]:
    """The outlines of the shapes in a picture, the largest first: at most 200, in its pixels, y down.

    If the picture has transparent parts, the other parts are the shape. Else the shape differs from the background in
    lightness, and most of the picture's edge is background. Raises ``CurveError`` if the picture is all of one colour,
    or has specks only.
    """
    if image.isNull():
        raise CurveError(tr("This picture is empty."))
    longest = min(max(image.width(), image.height(), SHORTEST_SIDE_PX), LONGEST_SIDE_PX)
    wanted = _fitting(image.size(), longest, enlarge=True)
    small = image.scaled(wanted, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
    enlarged = small.width() / image.width()  # the wider its pixels become, the more often it is softened
    field = _field(small, int(np.clip(round(enlarged**2 / 2), FEWEST_PASSES, MOST_PASSES)))
    scale = np.array([[image.width() / small.width()], [image.height() / small.height()]])
    lines = contours(field)
    areas = [abs(float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y))) / 2 for x, y in lines]
    found = list(zip(areas, lines, strict=True))
    kept = sorted((each for each in found if each[0] > SPECK * field.size), key=lambda found: found[0], reverse=True)
    if not kept:
        raise CurveError(tr("There is no shape in this picture that stands out. Take one with more contrast."))
    lines = [scale * (line + 0.5) for _, line in kept[:MOST_PARTS]]  # a pixel's colour is that of its middle
    return tuple(Outline(line, True, tr("outline {number}", number=number)) for number, line in enumerate(lines, 1))


def _read(path: Path, name: str) -> bytes:
    try:
        with open_regular(path) as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise _refusal(name, why_unreadable(error).removesuffix(".")) from error


def _refusal(name: str, reason: str) -> CurveError:
    return CurveError(tr("“{name}” could not be read. {reason}.", name=name, reason=reason))


def _fitting(size: QSize, longest: int, *, enlarge: bool = False) -> QSize:
    if max(size.width(), size.height()) <= longest and not enlarge:
        return size
    return size.scaled(longest, longest, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))


def _field(image: QImage, passes: int) -> FloatArray:
    """How much each pixel belongs to a shape, shape (h, w): above zero inside of shapes, below zero outside."""
    if image.hasAlphaChannel():
        alpha = _pixels(image, QImage.Format.Format_Alpha8)
        if alpha.min() <= CLEAR and alpha.max() >= OPAQUE:
            return _softened(alpha, passes) - 127.5
    light = _softened(_pixels(image, QImage.Format.Format_Grayscale8), passes)
    if np.ptp(light) < FAINTEST:
        raise CurveError(tr("This picture is all of one colour. Take one with a shape in it."))
    field = light - _threshold(light)
    edge = np.concatenate([field[0], field[-1], field[:, 0], field[:, -1]])
    return -field if np.count_nonzero(edge > 0) * 2 > edge.size else field


def _pixels(image: QImage, kind: QImage.Format) -> FloatArray:
    plain = image.convertToFormat(kind)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    return rows[:, : plain.width()].astype(np.float64)


def _softened(field: FloatArray, passes: int) -> FloatArray:
    """A field in which each sample is mixed with its neighbours, so that stairs of pixels become slopes."""
    for axis in (0, 1) * passes:
        wide = np.pad(field, [(1, 1) if each == axis else (0, 0) for each in (0, 1)], mode="edge")
        before, after = (np.take(wide, np.arange(k, k + field.shape[axis]), axis) for k in (0, 2))
        field = (before + 2 * field + after) / 4
    return field


def _threshold(light: FloatArray) -> float:
    """The lightness that divides pixels into two groups with the least variance in each group (Otsu's method)."""
    counts, bounds = np.histogram(light, 256, (light.min(), light.max()))
    middles = (bounds[:-1] + bounds[1:]) / 2
    below = np.cumsum(counts)[:-1]
    sums = np.cumsum(counts * middles)
    above = light.size - below
    between = below * above * (sums[:-1] / below - (sums[-1] - sums[:-1]) / above) ** 2
    best = np.nonzero(between >= between.max() * (1 - 1e-9))[0]  # as good in between, where there is nothing
    return float(bounds[1:-1][best].mean())
