"""The painters of everything that the window paints itself: from left to right, as mathematics is in every language."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPaintDevice, QPainter


def painter_for(device: QPaintDevice) -> QPainter:
    """A painter whose left is the left, and which writes "−10", not "10−".

    A painter of Qt's own has the direction of the application, whatever its widget's is: curves would stay where
    they are, and names and numbers change theirs.
    """
    painter = QPainter(device)
    painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    return painter


def write(painter: QPainter, box: QRectF, alignment: Qt.AlignmentFlag | Qt.TextFlag, words: str) -> None:
    """Write words that are read in the direction of their language, at a side that is the same in all of them."""
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    painter.drawText(box, alignment | Qt.AlignmentFlag.AlignAbsolute, words)
    painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def write_from(painter: QPainter, point: QPointF, words: str) -> None:
    """The same from a point on the baseline, which is at the left of the words in all languages."""
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    painter.drawText(point, words)
    painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
