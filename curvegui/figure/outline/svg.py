"""The outlines of an SVG drawing, found by Qt's own renderer, which paints it on a device that keeps outlines."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgRenderer, QtSvg

from curvegui.core.curve.curve import CurveError
from curvegui.core.curve.outline import FARTHEST_COORDINATE, Outline
from curvegui.core.language.text import mark, tr
from curvegui.figure.application import ensure_gui_application, heard_messages
from curvegui.figure.outline.flattening import Elements, outlines
from curvegui.figure.outline.svg_engine import MOST_ELEMENTS, OutlineDevice, Shape
from curvegui.figure.outline.svg_tree import svg_source

# Qt would cut long paths short and leave large shapes out; `svg_source` has bounds of its own
OPTIONS = QtSvg.Option.AssumeTrustedSource | QtSvg.Option.DisableAnimations

LABELS = {
    "path": mark("path {number}"),
    "polygon": mark("polygon {number}"),
    "line": mark("line {number}"),
    "rectangle": mark("rectangle {number}"),
    "ellipse": mark("ellipse {number}"),
    "text": mark("text {number}"),
}


def read_svg(data: bytes, name: str) -> tuple[Outline, ...]:
    """The outlines of an SVG drawing, in its own units, y down, in the order in which they are painted.

    A shape that is filled gives its outline, one that is only stroked the line in its middle. What is invisible gives
    nothing, nor do pictures, filters, clips, masks and arrowheads. It can be called in any thread.

    ``data`` is SVG, compressed SVG, or path data alone ("M 0 0 L …"). Raises ``CurveError`` if it cannot be read, or
    has no outlines: with the file's ``name``, the place and the reason.
    """
    source = svg_source(data, name)
    if source.has_text:
        ensure_gui_application()
    device, heard = _painted(source.drawing)
    if any("path truncated" in message for message in heard):  # Qt says so in its log alone
        raise CurveError(tr("“{name}” could not be read. Qt cut a path in it short.", name=name))
    if device is None:
        reason = tr("Qt says: {heard}", heard=heard[0]) if heard else tr("Qt does not know it as an SVG drawing.")
        raise CurveError(tr("“{name}” could not be read. {reason}", name=name, reason=reason))
    if device.engine.count > MOST_ELEMENTS:
        raise CurveError(
            tr(
                "“{name}” could not be read. It has more than {most:,} path elements. Simplify the drawing.",
                name=name,
                most=MOST_ELEMENTS,
            )
        )
    parts = _parts(device.engine.shapes, name)
    if not parts:
        raise CurveError(
            tr("“{name}” has no outlines: nothing in it is drawn as a shape, a line or a text.", name=name)
        )
    return parts


def _painted(drawing: bytes) -> tuple[OutlineDevice | None, list[str]]:
    """What Qt paints of a drawing, in its own units, or None if it cannot; and what it says about it."""
    with heard_messages() as heard:
        renderer = QSvgRenderer()
        renderer.setOptions(OPTIONS)
        if not renderer.load(QByteArray(drawing)):
            return None, heard
        device = OutlineDevice()
        painter = QPainter(device)
        renderer.render(painter, renderer.viewBoxF())
        painter.end()
        return device, heard


def _parts(shapes: Sequence[Shape], name: str) -> tuple[Outline, ...]:
    """The outlines of all shapes, each stroke by itself."""
    counts: Counter[str] = Counter()
    labels = []
    for shape in shapes:
        counts[shape.kind] += 1
        labels.append(tr(LABELS[shape.kind], number=counts[shape.kind]))
    elements = _moved(Elements.of([shape.outline for shape in shapes]), [shape.transform for shape in shapes])
    far = elements.owner[~(np.abs(elements.points) <= FARTHEST_COORDINATE).all(axis=0)]
    if far.size:
        raise CurveError(
            tr(
                "“{name}” could not be read. It has coordinates beyond {farthest:,.0f}, in: {shape}. "
                "Make the drawing smaller.",
                name=name,
                shape=labels[far[0]],
                farthest=FARTHEST_COORDINATE,
            )
        )
    return outlines(elements, [shape.filled for shape in shapes], labels)


def _moved(elements: Elements, transforms: Sequence[tuple[float, ...]]) -> Elements:
    """Each path where its transform puts it; in SVG there is no perspective."""
    a, b, c, d, e, f = np.array(transforms, np.float64).reshape(-1, 6)[elements.owner].T
    x, y = elements.points
    with np.errstate(over="ignore", invalid="ignore"):  # what gets too large is refused later
        return replace(elements, points=np.stack([a * x + c * y + e, b * x + d * y + f]))
