"""The preview of what is shared: a picture as the file will be, painted without holding up the window, or text."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from curvegui.core.language.text import tr
from curvegui.figure.picture.surfaces import PaintedFile
from curvegui.ui.look.layouts import filled, named, styled
from curvegui.ui.look.painter import painter_for
from curvegui.ui.look.theme import current_theme
from curvegui.ui.share.job import ShareJob
from curvegui.ui.widgets.small_canvas import PREVIEW_ROUNDNESS_PX, rounded

LEAST_PX, USUAL_PX = 120, 340
SQUARE_PX = 10  # of the chequered ground that means "transparent"
CHEQUERS = "#ffffff", "#d9dde3"
RESIZED_MS = 100  # without another size before the picture is painted anew


class SharePreview(QWidget):
    """Shows a picture as large as there is room, or the first lines of a text over it. The last picture stays until the
    next one is painted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.image, self._words = QImage(), ""
        self._size = QSize()
        self._make: Callable[[float], PaintedFile] | None = None
        self._job: ShareJob | None = None
        self._resized = QTimer(self, singleShot=True, interval=RESIZED_MS)
        self._resized.timeout.connect(self._begin)
        self.setMinimumSize(LEAST_PX, LEAST_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        named(self, "share.preview", tr("Preview"))
        self._lines = styled(named(QPlainTextEdit(readOnly=True), "share.lines", tr("Preview")), "code")
        self._lines.setTabChangesFocus(True)
        self._lines.hide()
        filled(QVBoxLayout(self), self._lines)

    def sizeHint(self) -> QSize:
        return QSize(USUAL_PX, USUAL_PX)

    def in_words(self) -> str:
        return self._words

    def show_painting(self, size: QSize, make: Callable[[float], PaintedFile], words: str = "") -> None:
        """Begin to paint a picture of a ``size``, instead of any unfinished one; ``make`` gets the scale."""
        self._lines.hide()
        self._size, self._make, self._words = size, make, words
        self._begin()

    def show_image(self, image: QImage, words: str = "") -> None:
        self._lines.hide()
        self.image, self._words = QImage(image), words
        self.update()

    def show_lines(self, text: str, wraps: bool = False) -> None:
        self.stop()
        self.image = QImage()  # else it would be seen at round corners
        mode = QPlainTextEdit.LineWrapMode
        self._lines.setLineWrapMode(mode.WidgetWidth if wraps else mode.NoWrap)
        self._lines.setPlainText(text)
        self._lines.show()

    @property
    def side_px(self) -> int:
        """The pixels of the screen that the side of a square has."""
        return round(min(self.width(), self.height()) * self.devicePixelRatioF())

    def stop(self) -> None:
        """Give up the picture that is being painted."""
        self._make = None
        self._drop()

    def _drop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job.deleteLater()
            self._job = None

    @Slot()
    def _begin(self) -> None:
        self._drop()
        if self._make is not None:
            file = self._make(self.devicePixelRatioF() * self._fitting(self._size).width() / max(self._size.width(), 1))
            self._job = ShareJob(self, file)
            self._job.done.connect(lambda: self.show_image(file.image, self._words))
            self._job.start()

    def _fitting(self, size: QSize) -> QRect:
        inner = size.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        fitting = QRect(0, 0, max(inner.width(), 1), max(inner.height(), 1))
        fitting.moveCenter(self.rect().center())
        return fitting

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.image.isNull():
            return
        painter, ratio = painter_for(self), self.devicePixelRatioF()
        fitting = self._fitting(self.image.size())
        ground = QImage(fitting.size() * ratio, QImage.Format.Format_RGB32)
        ground.setDevicePixelRatio(ratio)
        under = painter_for(ground)
        under.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        under.fillRect(ground.rect(), chequers())
        under.drawImage(QRectF(0, 0, fitting.width(), fitting.height()), self.image)
        under.end()
        painter.drawPixmap(fitting, rounded(ground, ratio, PREVIEW_ROUNDNESS_PX))
        painter.setPen(QColor(current_theme().edge))  # the picture may be as dark, or as light, as the window
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = QRectF(fitting).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(edge, PREVIEW_ROUNDNESS_PX, PREVIEW_ROUNDNESS_PX)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._resized.start()


def chequers() -> QBrush:
    tile = QImage(2, 2, QImage.Format.Format_RGB32)
    for x, y in ((0, 0), (1, 0), (0, 1), (1, 1)):
        tile.setPixelColor(x, y, QColor(CHEQUERS[x == y]))
    return QBrush(QPixmap.fromImage(tile.scaled(2 * SQUARE_PX, 2 * SQUARE_PX)))
