from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QImage, QPainter, QPen, QPixmap

from curvegui.figure.outline.flattening import Elements, outlines
from curvegui.figure.outline.svg import OutlineDevice


def shapes(paint):
    device = OutlineDevice()
    painter = QPainter(device)
    paint(painter)
    painter.end()
    return device.engine.shapes


def kinds(paint):
    return [shape.kind for shape in shapes(paint)]


def test_pictures_and_points_have_no_outlines():
    def paint(painter):
        painter.drawImage(0, 0, QImage(4, 4, QImage.Format.Format_RGB32))
        painter.drawPixmap(0, 0, QPixmap(4, 4))
        painter.drawPoint(3, 3)

    assert kinds(paint) == []


def test_a_text_whose_size_is_in_points_is_as_large_as_it_is():
    def paint(painter):
        font = QFont("DejaVu Sans")
        font.setPointSizeF(72)  # an inch
        painter.setFont(font)
        painter.drawText(QPointF(0, 0), "I")

    (shape,) = shapes(paint)
    (letter,) = outlines(Elements.of([shape.outline]), [True], ["I"])
    assert 60 < -letter.points[1].min() < 80


def test_a_pen_that_leaves_nothing_leaves_nothing():
    def paint(painter):
        for pen in (QPen(Qt.PenStyle.NoPen), QPen(Qt.GlobalColor.transparent), QPen(Qt.BrushStyle.NoBrush, 1)):
            painter.setPen(pen)
            painter.drawLine(0, 0, 5, 5)
        painter.setPen(QPen(Qt.GlobalColor.red))
        painter.setOpacity(0)
        painter.drawLine(0, 0, 5, 5)

    assert kinds(paint) == []


def test_the_same_is_kept_once_and_what_was_moved_twice():
    def paint(painter):
        painter.drawRect(0, 0, 5, 5)
        painter.setBrush(Qt.GlobalColor.red)
        painter.drawRect(0, 0, 5, 5)
        painter.translate(1, 0)
        painter.drawRect(0, 0, 5, 5)

    assert [shape.transform[4] for shape in shapes(paint)] == [0, 1]
