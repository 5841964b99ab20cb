"""What a typeset equation consists of when it is painted: letters and lines, each at its place.

Brackets, and the sign of a root, grow with what they hold.
"""

from dataclasses import dataclass, replace
from typing import TypeAlias

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen


@dataclass(frozen=True)
class Glyphs:
    """Letters in a picture: where they start on their baseline, and the box that they fill."""

    place: QPointF
    box: QRectF
    text: str
    font: QFont
    ink: str


@dataclass(frozen=True)
class Bar:
    """A line in a picture: of a fraction or a bracket."""

    box: QRectF
    ink: str


@dataclass(frozen=True)
class Stroke:
    """A line in a picture that is not straight: of a root or a round bracket."""

    path: QPainterPath
    width: float
    ink: str

    @property
    def box(self) -> QRectF:
        """What it fills."""
        half = self.width / 2
        return self.path.boundingRect().adjusted(-half, -half, half, half)


Mark: TypeAlias = Glyphs | Bar | Stroke


@dataclass(frozen=True)
class Picture:
    """An expression that is set, in logical pixels: the origin is where its baseline begins, y points down.

    ``ascent`` and ``descent`` are measured from the baseline; ``axis`` is how far over it a fraction's line is.
    """

    width: float
    ascent: float
    descent: float
    marks: tuple[Mark, ...]
    axis: float

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.ascent + self.descent

    @property
    def size(self) -> QSizeF:
        """Width and height."""
        return QSizeF(self.width, self.height)

    def paint(self, painter: QPainter, x: float, baseline: float) -> None:
        """Paint it with its origin at a place."""
        painter.save()
        painter.translate(x, baseline)
        for mark in self.marks:
            if isinstance(mark, Bar):
                painter.fillRect(mark.box, QColor(mark.ink))
            elif isinstance(mark, Stroke):
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.strokePath(mark.path, QPen(QColor(mark.ink), mark.width))
            else:
                painter.setFont(mark.font)
                painter.setPen(QColor(mark.ink))
                painter.drawText(mark.place, mark.text)
        painter.restore()


def moved(picture: Picture, x: float, y: float) -> list[Mark]:
    """The marks of a picture that is put somewhere else."""
    return [shifted(mark, x, y) for mark in picture.marks]


def shifted(mark: Mark, x: float, y: float) -> Mark:
    """A mark at another place."""
    if isinstance(mark, Stroke):
        return replace(mark, path=mark.path.translated(x, y))
    if isinstance(mark, Bar):
        return Bar(mark.box.translated(x, y), mark.ink)
    return replace(mark, place=mark.place + QPointF(x, y), box=mark.box.translated(x, y))


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
