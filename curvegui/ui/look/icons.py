"""Our own icons, drawn as SVG in one colour and coloured from the theme."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from curvegui.files.disk.resources import resource

SIZES_PX = (16, 24, 48)  # smaller ones than these are scaled down, which stays sharp


def icon(name: str, colour: str, disabled: str = "") -> QIcon:
    """An icon from ``resources/icons``.

    ``name``: the file's name without its ending. ``colour``: ``#rrggbb`` that takes the place of ``currentColor``.
    ``disabled``: the colour of the icon of a disabled action.
    """
    drawing, made = _drawing(name), QIcon()
    tints = {QIcon.Mode.Normal: colour, **({QIcon.Mode.Disabled: disabled} if disabled else {})}
    for mode, tint in tints.items():
        renderer = QSvgRenderer(QByteArray(drawing.replace("currentColor", tint).encode()))
        for size in SIZES_PX:
            made.addPixmap(_pixmap(renderer, size), mode)
    return made


@cache
def _drawing(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


def _pixmap(renderer: QSvgRenderer, size: int) -> QPixmap:
    pixmap = QPixmap(QSize(size, size))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


def icon_size(widget: QWidget, lines: float) -> QSize:
    """A square for an icon beside a widget's text, as high as so many lines of it: it grows with large fonts."""
    side = round(lines * widget.fontMetrics().height())
    return QSize(side, side)


def file_icon(name: str) -> QIcon:
    """An icon in its own colours."""
    return QIcon(str(resource("icons", f"{name}.svg")))
