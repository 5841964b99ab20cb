"""A paint device that keeps what is painted on it as outlines."""

from collections.abc import Iterable
from math import cos, pi, sin, tan
from typing import Any, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPaintDevice, QPaintEngine, QPainterPath, QPolygonF, QTransform

from curvegui.figure.drawing.polyline import written

MOST_ELEMENTS = 200_000
GLYPH_PX = 400  # text is outlined this large, and made smaller: Qt rounds the outlines of small letters
DOTS_PER_INCH = 96  # as SVG has it


class Shape(NamedTuple):
    """What was painted at once: its ``kind`` is "path", "ellipse" and the like.

    The outline is as `paths.written` gives it; the transform is a, b, c, d, e, f, as SVG's matrix has them.
    """

    kind: str
    outline: bytes
    transform: tuple[float, float, float, float, float, float]
    filled: bool


class OutlineEngine(QPaintEngine):
    """Collects shapes that are visible and do not repeat the shape before, as the stroke after a filling does."""

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

    def updateState(self, _: Any) -> None:
        """Nothing: the painter is asked when something is painted."""

    def drawPixmap(self, *_: Any) -> None:
        """A picture has no outline."""

    def drawImage(self, *_: Any) -> None:
        """A picture has no outline."""

    def drawPoints(self, *_: Any) -> None:
        """A point has no outline."""

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
        """Whether the pen leaves a line; Qt's SVG renderer has one that paints with no brush."""
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
    """A paint device without pixels; its ``engine`` has what was painted."""

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
