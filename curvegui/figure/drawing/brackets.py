"""The signs of an equation that grow with what they hold: brackets of all kinds, and the sign of a root."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

from curvegui.figure.drawing.marks import Stroke


def fence(sign: str, box: QRectF, line: float, ink: str) -> Stroke:
    """A bracket that fills a box: ``sign`` is one of ( ) | ⌊ ⌋ ⌈ ⌉."""
    inner, outer = (box.left(), box.right()) if sign in ")⌋⌉" else (box.right(), box.left())
    path = QPainterPath(QPointF(inner, box.top()))
    if sign in "()":
        bend = outer + (outer - inner) * 0.35
        path.cubicTo(
            QPointF(bend, box.top() + 0.3 * box.height()),
            QPointF(bend, box.bottom() - 0.3 * box.height()),
            QPointF(inner, box.bottom()),
        )
        return Stroke(path, line * 1.15, ink)
    path.moveTo(inner if sign in "⌈⌉" else outer, box.top())
    path.lineTo(outer, box.top())
    path.lineTo(outer, box.bottom())
    path.lineTo(inner if sign in "⌊⌋" else outer, box.bottom())
    return Stroke(path, line, ink)


def root_sign(hook: QRectF, width: float, line: float, ink: str) -> Stroke:
    """The sign of a root: its hook fills a box, and its bar goes on at the top as far as ``width``."""
    path = QPainterPath(QPointF(hook.left() + line, hook.top() + 0.6 * hook.height()))
    path.lineTo(hook.left() + 0.3 * hook.width(), hook.top() + 0.55 * hook.height())
    path.lineTo(hook.left() + 0.55 * hook.width(), hook.bottom())
    path.lineTo(hook.right(), hook.top())
    path.lineTo(width, hook.top())
    return Stroke(path, line, ink)
