"""What the items of a scene paint, recorded in parts of which none takes long to paint in any size."""

from collections.abc import Callable, Iterator
from functools import partial

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
from curvegui.figure.drawing.polyline import stroked_parts
from curvegui.ui.look.painter import painter_for


def recorded(scene: QGraphicsScene) -> Iterator[OverPart]:
    """What is seen of a scene, from the bottom to the top; its pixels are logical ones."""
    for item in scene.items(Qt.SortOrder.AscendingOrder):
        if item.isVisible():
            is_area = isinstance(item, QGraphicsPixmapItem | QGraphicsRectItem)
            for paint in _paintings(item):
                yield OverPart(_record(item, paint), is_area)


def _record(item: QGraphicsItem, paint: Callable[[QPainter], None]) -> QPicture:
    picture = QPicture()
    painter = painter_for(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setTransform(item.sceneTransform())
    painter.setOpacity(item.effectiveOpacity())
    paint(painter)
    painter.end()
    return picture


def _paint_whole(item: QGraphicsItem, painter: QPainter) -> None:
    item.paint(painter, QStyleOptionGraphicsItem(), None)


def _stroke(item: QGraphicsPathItem, part: QPainterPath, painter: QPainter) -> None:
    painter.setPen(item.pen())
    painter.setBrush(item.brush())
    painter.drawPath(part)


def _paintings(item: QGraphicsItem) -> Iterator[Callable[[QPainter], None]]:
    """What paints an item, one after the other; a shape that is filled is painted in one go."""
    if isinstance(item, QGraphicsPathItem) and item.brush().style() is Qt.BrushStyle.NoBrush:
        for part in stroked_parts(item.path(), item.pen()):
            yield partial(_stroke, item, part)
    else:
        yield partial(_paint_whole, item)
