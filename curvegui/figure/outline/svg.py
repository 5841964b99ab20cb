"""The outlines of an SVG drawing: Qt's renderer paints the drawing on a device that keeps outlines.

Read `read_svg` first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import count
from math import cos, pi, sin, tan
from typing import Any, NamedTuple

import numpy as np
from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPaintDevice, QPaintEngine, QPainter, QPainterPath, QPolygonF, QTransform
from PySide6.QtSvg import QSvgRenderer, QtSvg

from curvegui.core.curve.curve import CurveError
from curvegui.core.curve.joining import FARTHEST_COORDINATE, Outline
from curvegui.core.language.text import mark, tr
from curvegui.figure.application import ensure_gui_application, heard_messages
from curvegui.figure.drawing.polyline import written
from curvegui.figure.outline.flattening import Elements, outlines
from curvegui.figure.outline.svg_source import svg_source

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
MOST_ELEMENTS = 200_000  # of paths
GLYPH_PX = 400  # text is outlined this large, and made smaller: Qt rounds the outlines of small letters
DOTS_PER_INCH = 96  # as SVG has it


class Shape(NamedTuple):
    """A shape that was painted: its ``kind`` is a key of ``LABELS``. The outline is in the bytes of `polyline.written`;
    the transform is a, b, c, d, e, f of SVG's matrix."""

    kind: str
    outline: bytes
    transform: tuple[float, float, float, float, float, float]
    filled: bool


class OutlineEngine(QPaintEngine):
    """Collects visible shapes. The stroke of a shape that was filled just before is not collected again."""

    def __init__(self) -> None:
        super().__init__(QPaintEngine.PaintEngineFeature.AllFeatures)
        self.shapes: list[Shape] = []
        self.count = 0

    def begin(self, _: QPaintDevice) -> bool:
        return True

    def end(self) -> bool:
        return True

    def type(self) -> QPaintEngine.Type:
        return QPaintEngine.Type.User

    # the painter is asked when something is painted; and pictures and points have no outlines
    def updateState(self, _: Any) -> None: ...
    def drawPixmap(self, *_: Any) -> None: ...
    def drawImage(self, *_: Any) -> None: ...
    def drawPoints(self, *_: Any) -> None: ...

    def drawPath(self, path: QPainterPath) -> None:
        self._keep("path", path, self._fills())

    def drawPolygon(self, points: Iterable[Any], mode: QPaintEngine.PolygonDrawMode) -> None:
        path = QPainterPath()
        path.addPolygon(QPolygonF(list(points)))
        self._keep("polygon", path, self._fills() and mode != QPaintEngine.PolygonDrawMode.PolylineMode)

    def drawLines(self, lines: Iterable[Any]) -> None:
        for line in lines:
            path = QPainterPath(QPointF(line.p1()))
            path.lineTo(QPointF(line.p2()))
            self._keep("line", path, False)

    def drawRects(self, rects: Iterable[Any]) -> None:
        for rect in rects:
            path = QPainterPath()
            path.addRect(QRectF(rect))
            self._keep("rectangle", path, self._fills())

    def drawEllipse(self, rect: Any) -> None:
        box = QRectF(rect)
        centre = box.center()
        fitting = QTransform(box.width() / 2, 0, 0, box.height() / 2, centre.x(), centre.y())
        self._keep("ellipse", fitting.map(unit_circle()), self._fills())

    def drawTextItem(self, place: Any, item: Any) -> None:
        font = QFont(item.font())
        size = font.pixelSize() if font.pixelSize() > 0 else font.pointSizeF() * DOTS_PER_INCH / 72
        font.setPixelSize(GLYPH_PX)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        path = QPainterPath()
        path.addText(0, 0, font, item.text())
        self._keep("text", QTransform(size / GLYPH_PX, 0, 0, size / GLYPH_PX, place.x(), place.y()).map(path), True)

    def _fills(self) -> bool:
        painter = self.painter()
        brush = painter.brush()
        return brush.style() != Qt.BrushStyle.NoBrush and brush.color().alpha() > 0 and painter.opacity() > 0

    def _strokes(self) -> bool:
        """Whether the pen leaves a line; Qt's SVG renderer has a pen without a brush, which leaves none."""
        painter = self.painter()
        pen = painter.pen()
        inks = pen.style() != Qt.PenStyle.NoPen and pen.brush().style() != Qt.BrushStyle.NoBrush
        return inks and pen.color().alpha() > 0 and painter.opacity() > 0

    def _keep(self, kind: str, path: QPainterPath, filled: bool) -> None:
        self.count += path.elementCount()
        if self.count > MOST_ELEMENTS or not (filled or self._strokes()):
            return
        moved = self.painter().transform()
        transform = (moved.m11(), moved.m12(), moved.m21(), moved.m22(), moved.dx(), moved.dy())
        outline = written(path)
        if not self.shapes or self.shapes[-1][1:3] != (outline, transform):
            self.shapes.append(Shape(kind, outline, transform, filled))


class OutlineDevice(QPaintDevice):
    """A paint device without pixels, whose ``engine`` collects the shapes."""

    def __init__(self) -> None:
        super().__init__()
        self.engine = OutlineEngine()

    def paintEngine(self) -> QPaintEngine:
        return self.engine

    def metric(self, metric: QPaintDevice.PaintDeviceMetric) -> int:
        kind = QPaintDevice.PaintDeviceMetric
        if metric in {kind.PdmDpiX, kind.PdmDpiY, kind.PdmPhysicalDpiX, kind.PdmPhysicalDpiY}:
            return DOTS_PER_INCH
        return 1_000 if metric in {kind.PdmWidth, kind.PdmHeight} else 1


def unit_circle() -> QPainterPath:
    """A circle of eight Bézier curves, off by 4e-6 of its radius; Qt's own has four and is off by 3e-4."""
    handle = 4 / 3 * tan(pi / 16)
    path = QPainterPath(QPointF(1, 0))
    for eighth in range(1, 9):
        (a, b), (c, d) = ((cos(k * pi / 4), sin(k * pi / 4)) for k in (eighth - 1, eighth))
        path.cubicTo(a - handle * b, b + handle * a, c + handle * d, d - handle * c, c, d)
    path.closeSubpath()
    return path


def read_svg(data: bytes, name: str) -> tuple[Outline, ...]:
    """The outlines of an SVG drawing, in its own units, y down, in the order in which they are painted.

    A filled shape gives its outline, a shape that is only stroked the line in its middle. Invisible parts give nothing,
    nor do pictures, filters, clips, masks and arrowheads. This function can be called in any thread.

    ``data`` is SVG, compressed SVG, or path data alone ("M 0 0 L …"). Raises ``CurveError`` if the data cannot be read,
    or has no outlines: with the file's ``name``, the line and the reason.
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
        words = mark("“{name}” could not be read. It has more than {most:,} path elements. Simplify the drawing.")
        raise CurveError(tr(words, name=name, most=MOST_ELEMENTS))
    parts = _parts(device.engine.shapes, name)
    if not parts:
        words = mark("“{name}” has no outlines: nothing in it is drawn as a shape, a line or a text.")
        raise CurveError(tr(words, name=name))
    return parts


def _painted(drawing: bytes) -> tuple[OutlineDevice | None, list[str]]:
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
    counts = {kind: count(1) for kind in LABELS}
    labels = [tr(LABELS[shape.kind], number=next(counts[shape.kind])) for shape in shapes]
    elements = Elements.of([shape.outline for shape in shapes])
    transforms = np.array([shape.transform for shape in shapes], np.float64).reshape(-1, 6)
    a, b, c, d, e, f = transforms[elements.owner].T  # in SVG there is no perspective
    x, y = elements.points
    with np.errstate(over="ignore", invalid="ignore"):  # what gets too large is refused below
        elements = replace(elements, points=np.stack([a * x + c * y + e, b * x + d * y + f]))
    far = elements.owner[~(np.abs(elements.points) <= FARTHEST_COORDINATE).all(axis=0)]
    if far.size:
        words = mark(
            "“{name}” could not be read. It has coordinates beyond {farthest:,.0f}, in: {shape}. "
            "Make the drawing smaller."
        )
        raise CurveError(tr(words, name=name, shape=labels[far[0]], farthest=FARTHEST_COORDINATE))
    return outlines(elements, [shape.filled for shape in shapes], labels)
