"""A picture of a panel, the network, the mathematics or the cost, as it looked when the picture was asked for."""

from collections.abc import Generator, Sequence

from PySide6.QtCore import QPoint, QSize, Slot
from PySide6.QtGui import QColor, QPainter, QPicture, QRegion
from PySide6.QtWidgets import QGraphicsItem, QGraphicsView, QWidget
from shiboken6 import isValid

from curvegui.core.language.text import mark, tr
from curvegui.figure.formats import PictureFormat
from curvegui.figure.picture.surfaces import PaintedFile, PictureSurface, SurfaceSpec, painter_on
from curvegui.ui.actions.centre import TIMELINE
from curvegui.ui.actions.services import Services
from curvegui.ui.look.painter import painter_for
from curvegui.ui.look.theme import current_theme
from curvegui.ui.share.form import USUAL_SCALE, ShareField, ShareForm, format_field
from curvegui.ui.share.moment import Moment

EDGE_PX, GAP_PX = 8, 6
PARTS = {
    "network": (mark("Network"), mark("There is no picture of the network: it is not shown here.")),
    "maths": (mark("Mathematics"), mark("There is no picture of the mathematics: it is not shown here.")),
    "cost": (mark("Cost"), mark("There is no picture of the cost: it is not shown here.")),
}
"""What they are called, and what is said where they are not shown."""


class PartPicture:
    """A picture of some widgets as they look now, one below the other, as strokes and letters for any device."""

    def __init__(self, parts: Sequence[QWidget]) -> None:
        width, heights = max(part.width() for part in parts), [part.height() for part in parts]
        self.size = QSize(width + 2 * EDGE_PX, sum(heights) + GAP_PX * (len(parts) - 1) + 2 * EDGE_PX)
        self._ground, self._strokes = QColor(current_theme().card), QPicture()
        painter, top = painter_for(self._strokes), EDGE_PX
        for part, height in zip(parts, heights, strict=True):
            painter.save()
            painter.translate(EDGE_PX, top)
            _record(painter, part)
            painter.restore()
            top += height + GAP_PX
        painter.end()

    def _pieces(self, surface: PictureSurface) -> Generator[float, None, None]:
        with painter_on(surface) as painter:
            painter.fillRect(0, 0, round(surface.side) + 1, round(surface.height) + 1, self._ground)
            scale = surface.scale * self._strokes.logicalDpiX() / surface.device.logicalDpiX()  # Qt reckons with both
            painter.scale(scale, scale)
            self._strokes.play(painter)
            yield 1.0

    def painting(self, ending: str, scale: float = USUAL_SCALE) -> PaintedFile:
        """The picture, not painted yet. Raises ``MemoryError`` if there is no room for its pixels."""
        return PaintedFile(ending, SurfaceSpec(self.size.width(), self.size.height(), scale), self._pieces)


def _record(painter: QPainter, part: QWidget) -> None:
    """Record the strokes of a widget; items that Qt caches as pixels are stroked anew."""
    items = part.items() if isinstance(part, QGraphicsView) else []
    modes = [item.cacheMode() for item in items]
    for item in items:
        item.setCacheMode(QGraphicsItem.CacheMode.NoCache)
    QWidget.render(part, painter, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    for item, mode in zip(items, modes, strict=True):
        item.setCacheMode(mode)


def first_seen(services: Services) -> str:
    """The first panel that is shown now; the cost where there is none."""
    return next((part for part in PARTS if part in services.docks and services.docks.is_seen(part)), "cost")


PANEL = (
    ShareField("part", mark("P&anel"), "cost", lambda: {part: tr(words) for part, (words, _) in PARTS.items()}),
    format_field(PictureFormat),
)


class PanelForm(ShareForm):
    """Chooses a panel, and opens it if it is not open."""

    def __init__(self, moment: Moment, kind: str) -> None:
        super().__init__(moment, kind, PANEL, part=first_seen(moment.services))
        self.copied, self._pictured = tr("Copied the picture."), ""
        self._picture: PartPicture | None = None

    @property
    def stem(self) -> str:
        return f"{super().stem}-{self['part']}"

    @Slot()
    def refresh(self) -> None:
        if self._picture is not None and self._pictured == self["part"]:
            self.changed.emit()  # another format
            return
        self._pictured = self["part"]
        self._show(None, "")
        services = self._moment.services
        if self["part"] in services.docks:
            services.features["study"].bring(self["part"], lambda panel: self._take(panel.pictured))
        else:
            plot = services.centre.widget(TIMELINE)
            self._take([plot] if plot is not None and self["part"] == "cost" else [])

    def _take(self, widgets: Sequence[QWidget]) -> None:
        """Take a picture of the panel, which is open now, unless it is not shown in this view."""
        if isValid(self):  # else Share has been closed
            seen = [each for each in widgets if each.isVisible()]
            self._show(PartPicture(seen) if seen else None, "" if seen else tr(PARTS[self["part"]][1]))

    def _show(self, picture: PartPicture | None, obstacle: str) -> None:
        self._picture, self.picture_size, self.obstacle = picture, picture.size if picture else None, obstacle
        self.waits = picture is None and not obstacle
        self.changed.emit()

    def painting(self, ending: str, scale: float = 0) -> PaintedFile:
        assert self._picture is not None  # else there is an obstacle
        return self._picture.painting(ending, scale or USUAL_SCALE)
