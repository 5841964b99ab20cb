"""A picture of a panel, the network, the mathematics or the cost, as it looked when the picture was asked for."""

from collections.abc import Generator, Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, QSize, Qt, Slot
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPicture, QPixmap, QRegion
from PySide6.QtWidgets import QGraphicsItem, QGraphicsView, QLabel, QPushButton, QWidget

from curvegui.core.language.text import tr
from curvegui.figure.formats import PictureFormat, formats
from curvegui.figure.picture.surfaces import PaintedFile, PictureSurface, SurfaceSpec, painter_on
from curvegui.ui.dialogs.save_dialog import SaveDialog, say
from curvegui.ui.look.painter import painter_for
from curvegui.ui.look.theme import current_theme
from curvegui.ui.picture.job import PictureJob
from curvegui.ui.widgets.form import Form
from curvegui.ui.widgets.scrolled import ScrolledComboBox

EDGE_PX, GAP_PX = 8, 6
SCALE = 2  # pixels to a logical pixel
PREVIEW_PX = 420, 300  # at most


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

    def painting(self, ending: str, scale: float = SCALE) -> PaintedFile:
        """The picture, not painted yet. Raises ``MemoryError`` if there is no room for its pixels."""
        return PaintedFile(ending, SurfaceSpec(self.size.width(), scale, high_px=self.size.height()), self._pieces)

    def image(self, scale: float = SCALE) -> QImage:
        """The picture as pixels; raises the same errors as `painting`."""
        return self.painting("png", scale).paint_all().image

    def preview(self, most: QSize, ratio: float) -> QPixmap:
        """The picture, small enough for a dialog; ``ratio`` is device pixels to a logical pixel."""
        size = self.size.scaled(most.boundedTo(self.size), Qt.AspectRatioMode.KeepAspectRatio) * ratio
        small = QPixmap.fromImage(self.image(size.width() / self.size.width()))
        small.setDevicePixelRatio(ratio)
        return small


def _record(painter: QPainter, part: QWidget) -> None:
    """Record the strokes of a widget; items that Qt caches as pixels are stroked anew."""
    items = part.items() if isinstance(part, QGraphicsView) else []
    modes = [item.cacheMode() for item in items]
    for item in items:
        item.setCacheMode(QGraphicsItem.CacheMode.NoCache)
    QWidget.render(part, painter, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    for item, mode in zip(items, modes, strict=True):
        item.setCacheMode(mode)


class PartDialog(SaveDialog):
    """Saves or copies a picture of a panel, whose name is ``title``."""

    def __init__(self, picture: PartPicture, title: str, *, folder: Path, name: str, parent: QWidget) -> None:
        super().__init__("part", tr("Save picture of {title}", title=title), folder, name, parent)
        self._picture, self._format, preview, copy = picture, ScrolledComboBox(), QLabel(), QPushButton(tr("&Copy"))
        for ending, form in formats(PictureFormat).items():
            self._format.addItem(form.label, ending)
        self._name_parts(format=self._format, copy=copy, preview=preview)
        preview.setPixmap(picture.preview(QSize(*PREVIEW_PX), self.devicePixelRatioF()))
        preview.setAccessibleName(tr("Preview: {title}", title=title))
        content = Form()
        content.addRow(preview)
        content.add(tr("&Format"), self._format)
        self._lay_out(content, at_left=copy)
        copy.clicked.connect(self.copy)

    @property
    def _ending(self) -> str:
        return str(self._format.currentData())

    @Slot()
    def copy(self) -> None:
        QGuiApplication.clipboard().setImage(self._picture.image())
        say(self._message, tr("Copied the picture."), error=False)

    def save(self, path: Path) -> None:
        self._begin()
        try:
            self._carry_out(PictureJob(self._picture.painting(self._ending), path, self))
        except MemoryError as error:
            self._fail(str(error))
