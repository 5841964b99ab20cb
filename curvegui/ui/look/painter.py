"""Painters for everything that the window paints itself: from left to right, as mathematics is in every language."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPaintDevice, QPainter


def painter_for(device: QPaintDevice) -> QPainter:
    """A painter for which left is left in every language, and which writes "−10", not "10−". Qt's own painter has the
    direction of the application, whatever direction its widget has: curves would stay in position, but names and
    numbers would not."""
    painter = QPainter(device)
    painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    return painter


def write(painter: QPainter, box: QRectF, alignment: Qt.AlignmentFlag | Qt.TextFlag, words: str) -> None:
    """Write words in the direction of their language, but in a box and at a side that are the same in all languages."""
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    painter.drawText(box, alignment | Qt.AlignmentFlag.AlignAbsolute, words)
    painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def write_from(painter: QPainter, point: QPointF, words: str) -> None:
    """Write words in the direction of their language, from a point on the baseline, always at their left."""
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    painter.drawText(point, words)
    painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
