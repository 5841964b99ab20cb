"""A small picture of the figure that a file would show, painted without holding up the window."""

from collections.abc import Iterator

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from curvegui.figure.export import SIDE_PX
from curvegui.figure.figure import Figure, FigureOptions, paint_figure
from curvegui.figure.look import Look

PREVIEW_PX = 340
SQUARE_PX = 10  # of the chequered ground that means "transparent"
CHEQUERS = "#ffffff", "#d9dde3"


class PicturePreview(QLabel):
    """Shows a figure as a file would.

    Parameters
    ----------
    figure : Figure
    """

    def __init__(self, figure: Figure, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure = figure
        self._image = QImage()
        self._pieces: Iterator[float] = iter(())
        self._painter: QPainter | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._advance)
        self.setFixedSize(PREVIEW_PX, PREVIEW_PX)
        self.setAccessibleName("Preview")

    def show_figure(self, look: Look, options: FigureOptions) -> None:
        """Begin to paint with a look and some layers; what was on its way is dropped."""
        self.stop()
        self._image = QImage(QSize(PREVIEW_PX, PREVIEW_PX) * self.devicePixelRatioF(), QImage.Format.Format_RGB32)
        self._painter = QPainter(self._image)
        rect = QRectF(self._image.rect())
        _paint_chequers(self._painter, rect)
        self._pieces = paint_figure(self._painter, rect, self._figure, look, options, scale=rect.width() / SIDE_PX)
        self._timer.start(0)

    def stop(self) -> None:
        """Paint no more: a painter must not outlast its image."""
        self._timer.stop()
        self._pieces = iter(())
        if self._painter is not None:
            self._painter.end()
            self._painter = None

    @Slot()
    def _advance(self) -> None:
        if next(self._pieces, None) is not None:
            return
        self.stop()
        pixmap = QPixmap.fromImage(self._image)
        pixmap.setDevicePixelRatio(self.devicePixelRatioF())
        self.setPixmap(pixmap)


def _paint_chequers(painter: QPainter, rect: QRectF) -> None:
    painter.fillRect(rect, QColor(CHEQUERS[0]))
    across, down = (int(length // SQUARE_PX) + 1 for length in (rect.width(), rect.height()))
    for column in range(across):
        for row in range(column % 2, down, 2):
            painter.fillRect(column * SQUARE_PX, row * SQUARE_PX, SQUARE_PX, SQUARE_PX, QColor(CHEQUERS[1]))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
