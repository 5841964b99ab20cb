"""Our own icons, drawn as SVG in one colour and coloured from the theme."""

from functools import cache

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from curvegui.files.disk.resources import resource
from curvegui.ui.look.theme import Theme, current_theme

SIZES_PX = (16, 24, 48)  # smaller ones than these are scaled down, which stays sharp


def icon(name: str, role: str, disabled: str = "") -> QIcon:
    """An icon from ``resources/icons``, by its name there, that always has a colour of the present theme.

    The role is the field of `Theme` whose colour takes the place of ``currentColor``; ``disabled`` is the same for the
    icon of a disabled action.
    """
    _drawing(name)  # where there is none, it is told at once
    return QIcon(_Drawn(name, role, disabled))


class _Drawn(QIconEngine):
    """Draws an icon when it is painted, in the colours of the theme at that time."""

    def __init__(self, name: str, role: str, disabled: str) -> None:
        super().__init__()
        self._given = name, role, disabled
        self._theme: Theme | None = None
        self._icon = QIcon()

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Paint it in the middle of a rectangle."""
        self._present().paint(painter, rect, Qt.AlignmentFlag.AlignCenter, mode, state)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Its picture, ``size`` in pixels of the screen."""
        return self._present().pixmap(size, 1.0, mode, state)

    def actualSize(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QSize:
        """How large it is where it may be as large as ``size``."""
        return self._present().actualSize(size, mode, state)

    def availableSizes(self, mode: QIcon.Mode = QIcon.Mode.Normal, state: QIcon.State = QIcon.State.Off) -> list[QSize]:
        """The sizes at which it is drawn and not scaled."""
        return self._present().availableSizes(mode, state)

    def clone(self) -> QIconEngine:
        """Qt asks for it to change an icon that is shared, and nobody changes one."""
        raise NotImplementedError("An icon of a theme cannot be changed.")

    def _present(self) -> QIcon:
        theme = current_theme()
        if theme is not self._theme:
            name, role, disabled = self._given
            colours = vars(theme)
            self._theme, self._icon = theme, _coloured(name, colours[role], colours.get(disabled, ""))
        return self._icon


def _coloured(name: str, colour: str, disabled: str) -> QIcon:
    made = QIcon()
    tints = {QIcon.Mode.Normal: colour, **({QIcon.Mode.Disabled: disabled} if disabled else {})}
    for mode, tint in tints.items():
        for size in SIZES_PX:
            made.addPixmap(_pixmap(name, tint, size), mode)
    return made


@cache
def _drawing(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


def _pixmap(name: str, colour: str, size: int) -> QPixmap:
    """It is kept in Qt's own cache, which ends with the application: the next window shows the same icons."""
    key, pixmap = f"icon {name} {colour} {size}", QPixmap()
    if not QPixmapCache.find(key, pixmap):
        pixmap = QPixmap(QSize(size, size))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        QSvgRenderer(_drawing(name).replace("currentColor", colour).encode()).render(painter, QRectF(pixmap.rect()))
        painter.end()
        QPixmapCache.insert(key, pixmap)
    return pixmap


def icon_size(widget: QWidget, lines: float) -> QSize:
    """A square for an icon beside a widget's text, as high as so many lines of it: it grows with large fonts."""
    side = round(lines * widget.fontMetrics().height())
    return QSize(side, side)


def file_icon(name: str) -> QIcon:
    """An icon in its own colours."""
    return QIcon(str(resource("icons", f"{name}.svg")))
