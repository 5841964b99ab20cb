"""What the items of a scene paint, recorded item by item."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPicture
from PySide6.QtWidgets import QGraphicsPixmapItem, QGraphicsRectItem, QGraphicsScene, QStyleOptionGraphicsItem

from curvegui.figure.drawing.figure import OverPart
from curvegui.ui.look.painter import painter_for


def recorded(scene: QGraphicsScene) -> Iterator[OverPart]:
    for item in scene.items(Qt.SortOrder.AscendingOrder):
        if item.isVisible():
            picture = QPicture()
            painter = painter_for(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setTransform(item.sceneTransform())
            painter.setOpacity(item.effectiveOpacity())
            item.paint(painter, QStyleOptionGraphicsItem(), None)
            painter.end()
            yield OverPart(picture, isinstance(item, QGraphicsPixmapItem | QGraphicsRectItem))
