"""The picture of a step: below the text, and larger in a dialog after a click."""

from functools import partial

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter, QPaintEvent, QPalette
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from curvegui.core.language.text import tr
from curvegui.figure.application import heard_messages
from curvegui.files.lesson.picture import LessonImage
from curvegui.files.project.in_picture import is_damaged_png
from curvegui.session.jobs.job import Jobs
from curvegui.ui.dialogs.question import Dialog
from curvegui.ui.look.layouts import wrapped

LONGEST_PX = 1_600  # the longest side of a decoded picture: sharp on a large screen
MOST_PIXELS = 40_000_000
MOST_LINES = 14  # the picture's height at most, in lines of text
SMOOTH = QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing
LARGE_SHARE = 0.85  # of the window
MAT = "#ffffff"  # behind a drawing: most are made for paper


def image_of(picture: LessonImage) -> QImage:
    """The picture, decoded, in a size to paint; an empty image if the picture is damaged or too large."""
    with heard_messages():  # Qt logs errors about damaged pictures
        if not picture.is_drawing:
            return _photograph(picture.data)
        renderer = QSvgRenderer(QByteArray(picture.data))
        size = renderer.defaultSize()
        if not renderer.isValid() or size.isEmpty():
            return QImage()
        image = QImage(_fitting(size, QSize(LONGEST_PX, LONGEST_PX)), QImage.Format.Format_RGB32)
        image.fill(QColor(MAT))
        painter = QPainter(image)
        painter.setRenderHints(SMOOTH)
        renderer.render(painter)
        painter.end()
        return image


def _photograph(data: bytes) -> QImage:
    if is_damaged_png(data):
        return QImage()
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    size = reader.size()
    if size.width() * size.height() > MOST_PIXELS:
        return QImage()
    reader.setAutoTransform(True)
    if max(size.width(), size.height()) > LONGEST_PX:
        reader.setScaledSize(_fitting(size, QSize(LONGEST_PX, LONGEST_PX)))
    return reader.read()


def _fitting(size: QSize, most: QSize) -> QSize:
    return size.scaled(most, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))


class LessonPicture(QAbstractButton):
    """Shows the picture of a step, or its description until it is decoded; a click shows it larger."""

    decoded = Signal()  # the picture's size is known now

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tour.picture")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip(wrapped(tr("Show the picture larger")))
        self._jobs, self._picture = Jobs(self), LessonImage("", b"", False)
        self.image, self._scaled = QImage(), QImage()  # as decoded, and as painted last
        self.clicked.connect(self._enlarge)
        self.hide()

    def show_picture(self, picture: LessonImage | None) -> None:
        self.image, self._scaled = QImage(), QImage()
        self.setVisible(picture is not None)
        if picture is not None:
            self._picture = picture
            self.setAccessibleName(picture.words)
            self._jobs.do(partial(image_of, picture), partial(self._take, picture), print)

    def _take(self, picture: LessonImage, image: QImage) -> None:
        if picture is self._picture:
            self.image = image
            self.update()
            self.decoded.emit()

    def size_for(self, width: int) -> QSize:
        """The picture's size in a column so wide; 4 by 3 until the picture is decoded."""
        most = QSize(width, MOST_LINES * self.fontMetrics().height())
        return _fitting(QSize(4, 3) if self.image.isNull() else self.image.size(), most)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, wanted = QPainter(self), self.size() * self.devicePixelRatioF()
        if self.image.isNull():
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._picture.words)
        else:
            if self._scaled.size() != wanted:  # scaled by Qt's painter, the picture would be jagged
                self._scaled = self.image.scaled(wanted, mode=Qt.TransformationMode.SmoothTransformation)
            painter.drawImage(self.rect(), self._scaled)
        if self.hasFocus():
            painter.setPen(self.palette().color(QPalette.ColorRole.Highlight))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    @Slot()
    def _enlarge(self) -> None:
        if not self.image.isNull():
            dialog = Dialog("tour.large_picture", self._picture.words, self.window())
            large = LessonPicture(dialog)
            large._picture, large.image = self._picture, self.image
            large.setAccessibleName(self._picture.words)
            large.clicked.disconnect()
            large.clicked.connect(dialog.accept)
            large.setToolTip(wrapped(tr("Close")))
            large.setFixedSize(_fitting(self.image.size(), self.window().size() * LARGE_SHARE))
            large.show()
            QVBoxLayout(dialog).addWidget(large)
            dialog.open()
