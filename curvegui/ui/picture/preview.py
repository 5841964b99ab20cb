"""A small picture of a figure or a poster as a file would show it, painted without holding up the window."""

from collections.abc import Callable, Generator
from time import perf_counter

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, QSizeF, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QLabel, QWidget

from curvegui.core.language.text import tr
from curvegui.figure.drawing.figure import Figure, FigureOptions, paint_figure
from curvegui.figure.drawing.look import Look
from curvegui.figure.drawing.polyline import painting
from curvegui.figure.formats import SIDE_PX
from curvegui.figure.poster.poster import Poster, PosterRendering, PosterStyle
from curvegui.figure.poster.style import layout_of
from curvegui.ui.look.theme import current_theme
from curvegui.ui.widgets.small_canvas import PREVIEW_ROUNDNESS_PX, rounded

PREVIEW_PX = 340
SLICE_S = 0.006  # of painting between two looks at the event loop
SQUARE_PX = 10  # of the chequered ground that means "transparent"
CHEQUERS = "#ffffff", "#d9dde3"


class PicturePreview(QLabel):
    """Shows a picture or a poster as a file would; the last preview stays until the next is painted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pieces: Generator[float, None, None] | None = None
        self._painted_image: Callable[[], QImage] = QImage
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._advance)
        self.setFixedSize(PREVIEW_PX, PREVIEW_PX)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAccessibleName(tr("Preview"))

    def show_figure(self, figure: Figure, look: Look, options: FigureOptions) -> None:
        """Begin to paint a figure with a look and some layers, instead of any unfinished preview."""
        image = QImage(QSize(PREVIEW_PX, PREVIEW_PX) * self.devicePixelRatioF(), QImage.Format.Format_RGB32)
        self._begin(_painted(image, figure, look, options), lambda: image)

    def show_poster(self, poster: Poster, style: PosterStyle) -> None:
        """Begin to paint a poster, instead of any unfinished preview."""
        layout = layout_of(style.layout, poster.words.has_line)
        scale = PREVIEW_PX * self.devicePixelRatioF() / max(layout.width, layout.height)
        rendering = PosterRendering(poster, style, scale=scale)
        self._begin(_until_dropped(rendering), lambda: rendering.image)

    def _begin(self, pieces: Generator[float, None, None], painted: Callable[[], QImage]) -> None:
        self.stop()
        self._pieces, self._painted_image = pieces, painted
        self._timer.start(0)

    def stop(self) -> None:
        self._timer.stop()
        if self._pieces is not None:
            self._pieces.close()

    @Slot()
    def _advance(self) -> None:
        until = perf_counter() + SLICE_S
        while self._pieces is not None and perf_counter() < until:
            if next(self._pieces, None) is None:
                self.stop()
                pixmap = rounded(self._painted_image(), self.devicePixelRatioF(), PREVIEW_ROUNDNESS_PX)
                with painting(pixmap) as painter:
                    paint_edge(painter, QRect(QPoint(), pixmap.deviceIndependentSize().toSize()))
                self.setPixmap(pixmap)
                return


def _until_dropped(rendering: PosterRendering) -> Generator[float, None, None]:
    try:
        yield from rendering
    finally:
        rendering.drop()


def paint_edge(painter: QPainter, picture: QRect) -> None:
    """Draw the edge of a picture, which may be as dark, or as light, as the window."""
    painter.setPen(QColor(current_theme().edge))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = QRectF(picture).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(edge, PREVIEW_ROUNDNESS_PX, PREVIEW_ROUNDNESS_PX)


def _painted(image: QImage, figure: Figure, look: Look, options: FigureOptions) -> Generator[float, None, None]:
    """Paint a preview in pieces; the painter ends before its image is deleted, even if it is given up half-way."""
    rect = QRectF(image.rect())
    with painting(image) as painter:
        painter.fillRect(rect, QColor(CHEQUERS[0]))
        across, down = (int(length // SQUARE_PX) + 1 for length in (rect.width(), rect.height()))
        for column in range(across):
            for row in range(column % 2, down, 2):
                painter.fillRect(column * SQUARE_PX, row * SQUARE_PX, SQUARE_PX, SQUARE_PX, QColor(CHEQUERS[1]))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if figure.view is not None:
            size = QSizeF(*figure.view.size_px).scaled(rect.size(), Qt.AspectRatioMode.KeepAspectRatio)
            rect = QRectF((rect.width() - size.width()) / 2, (rect.height() - size.height()) / 2, *size.toTuple())
        yield from paint_figure(painter, rect, figure, look, options, scale=rect.width() / SIDE_PX)
