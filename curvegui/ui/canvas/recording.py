"""What the items of a scene paint, recorded in parts of which none takes long to paint in any size."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPainterPath, QPicture
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsPathItem,
    QGraphicsPixmapItem,
    QGraphicsRectItem,
    QGraphicsScene,
    QStyleOptionGraphicsItem,
)

from curvegui.figure.drawing.figure import OverPart
from curvegui.figure.drawing.paths import stroked_parts


def recorded(scene: QGraphicsScene) -> Iterator[OverPart]:
    """What is seen of a scene, from the bottom to the top; its pixels are logical ones."""
    for item in scene.items(Qt.SortOrder.AscendingOrder):
        if item.isVisible():
            is_area = isinstance(item, QGraphicsPixmapItem | QGraphicsRectItem)
            for paint in _strokes(item) if isinstance(item, QGraphicsPathItem) else [_whole(item)]:
                yield OverPart(_record(item, paint), is_area)


def _record(item: QGraphicsItem, paint: Callable[[QPainter], None]) -> QPicture:
    picture = QPicture()
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setTransform(item.sceneTransform())
    painter.setOpacity(item.effectiveOpacity())
    paint(painter)
    painter.end()
    return picture


def _whole(item: QGraphicsItem) -> Callable[[QPainter], None]:
    return lambda painter: item.paint(painter, QStyleOptionGraphicsItem(), None)


def _strokes(item: QGraphicsPathItem) -> Iterator[Callable[[QPainter], None]]:
    pen, brush = item.pen(), item.brush()

    def paint_part(part: QPainterPath) -> Callable[[QPainter], None]:
        def paint(painter: QPainter) -> None:
            painter.setPen(pen)
            painter.setBrush(brush)
            painter.drawPath(part)

        return paint

    for part in stroked_parts(item.path(), pen) if brush.style() is Qt.BrushStyle.NoBrush else [item.path()]:
        yield paint_part(part)
