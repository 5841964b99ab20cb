"""The app's own icons: SVG drawings in one colour, which is taken from the theme."""

from functools import cache

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap, QPixmapCache, QTransform
from PySide6.QtSvg import QSvgRenderer

from curvegui.core.language.text import is_right_to_left
from curvegui.files.disk.resources import resource
from curvegui.ui.look.painter import painter_for
from curvegui.ui.look.theme import current_theme, icon_size

__all__ = ["file_icon", "icon", "icon_size"]

Mode = QIcon.Mode
TURNED = frozenset({"closed", "undo", "redo"})  # arrows in the direction of reading, unlike those of the run


def icon(name: str, role: str, disabled: str = "faint", chosen: str = "") -> QIcon:
    """An icon from ``resources/icons``, by its name there. ``role`` is a colour, or the field of `Theme` whose colour
    replaces ``currentColor``, at each painting anew; ``disabled`` is that field while the action of the icon is
    disabled, ``chosen`` while the icon is in the highlighted entry of a menu."""
    _drawing(name)  # raises an error now if there is no such drawing
    return QIcon(_Drawn(name, {Mode.Normal: role, Mode.Disabled: disabled, Mode.Active: chosen or role}))


class _Drawn(QIconEngine):
    """Draws an icon whenever it is painted, in the size that is needed and the colours of the present theme."""

    def __init__(self, name: str, roles: dict[Mode, str]) -> None:
        super().__init__()
        self._name, self._roles = name, roles

    def paint(self, painter: QPainter, rect: QRect, mode: Mode, state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        pixmap = self.pixmap(QSize(round(side * ratio), round(side * ratio)), mode, state)
        middle = QRect(0, 0, side, side)
        middle.moveCenter(rect.center())
        painter.drawPixmap(middle, pixmap)

    def pixmap(self, size: QSize, mode: Mode, state: QIcon.State) -> QPixmap:
        """The picture of the icon, ``size`` in pixels of the screen, from Qt's cache if it is there."""
        role = self._roles.get(mode, self._roles[Mode.Normal])
        colour = role if role.startswith("#") else getattr(current_theme(), role)
        is_turned = self._name in TURNED and is_right_to_left()
        key, pixmap = f"icon {self._name} {colour} {size.width()} {size.height()} {is_turned}", QPixmap()
        if not size.isEmpty() and not QPixmapCache.find(key, pixmap):  # a button that is not laid out yet has no room
            pixmap = QPixmap(size)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = painter_for(pixmap)
            side = min(size.width(), size.height())
            square = QRectF((size.width() - side) / 2, (size.height() - side) / 2, side, side)
            QSvgRenderer(_drawing(self._name).replace("currentColor", colour).encode()).render(painter, square)
            painter.end()
            if is_turned:
                pixmap = pixmap.transformed(QTransform(-1, 0, 0, 1, 0, 0))
            QPixmapCache.insert(key, pixmap)
        return pixmap

    def iconName(self) -> str:
        return self._name

    def actualSize(self, size: QSize, mode: Mode, state: QIcon.State) -> QSize:
        return size

    def clone(self) -> QIconEngine:
        """Qt would clone an icon to change it, and no code here changes one."""
        raise NotImplementedError("An icon of a theme cannot be changed.")


@cache
def _drawing(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


def file_icon(name: str) -> QIcon:
    return QIcon(str(resource("icons", f"{name}.svg")))
