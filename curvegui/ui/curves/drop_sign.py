"""Files and texts that are dropped anywhere on a window, and the sign that says what will happen."""

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QRectF, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from curvegui.core.language.text import tr
from curvegui.files.curves.kind import kind_by_name, kind_of_text
from curvegui.ui.actions.event_window import EventWindow
from curvegui.ui.curves.curve_input import is_too_long

MAY_CONTAIN_RUN = (".png", ".svg", ".txt")
OTHERS = (".curvegui", ".py", ".ipynb", "")  # endings of what else can be opened; without one, the content says it
MARGIN_PX = 16
RADIUS_PX = 14
VEIL_ALPHA = 225  # of 255: the window below can still be seen, and the words can be read


class DropSign(QWidget):
    """Covers a window while something is dragged over it, and takes the drop in place of the widgets below."""

    dropped = Signal(str)  # the path of a file; of several, the first
    text_dropped = Signal(str)  # a text that describes a curve

    def __init__(self, window: EventWindow) -> None:
        super().__init__(window)
        self.setObjectName("drop_sign")
        self.setAcceptDrops(True)
        self.hide()
        self._window, self.words = window, ""  # what the sign says
        window.setAcceptDrops(True)
        window.dragged.connect(self._take)
        window.resized.connect(self._cover)

    @Slot()
    def _cover(self) -> None:
        self.setGeometry(self._window.rect())

    @Slot(object)
    def _take(self, event: QEvent) -> None:
        """Show the sign as a drag enters the window, take a drop, and otherwise hide the sign."""
        if isinstance(event, QDragEnterEvent):
            self.dragEnterEvent(event)
        elif isinstance(event, QDropEvent):  # dropped before the sign itself was entered
            self.dropEvent(event)
        else:
            self.hide()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        paths = dropped_paths(event.mimeData())
        can_be_opened = may_be_opened(paths[0]) if paths else bool(dropped_curve(event.mimeData()))
        if not can_be_opened:
            event.ignore()  # the pointer says so, while there is still time to think again
            return
        self.words = _words(paths) if paths else tr("Drop to train on this curve")
        self.setAccessibleName(self.words)
        self._cover()
        self.show()
        self.raise_()
        event.setDropAction(Qt.DropAction.CopyAction)  # the file stays where it is
        event.accept()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self.hide()
        paths, text = dropped_paths(event.mimeData()), dropped_curve(event.mimeData())
        if not paths and not text:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if paths:
            self.dropped.emit(paths[0])
        else:
            self.text_dropped.emit(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colours = QPainter(self), self.palette()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(colours.window().color())
        veil.setAlpha(VEIL_ALPHA)
        painter.fillRect(self.rect(), veil)
        frame = QRectF(self.rect()).adjusted(MARGIN_PX, MARGIN_PX, -MARGIN_PX, -MARGIN_PX)
        painter.setPen(QPen(colours.highlight().color(), 3, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(frame, RADIUS_PX, RADIUS_PX)
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 1.7)
        painter.setFont(font)
        painter.setPen(colours.windowText().color())
        inner = frame.adjusted(MARGIN_PX, MARGIN_PX, -MARGIN_PX, -MARGIN_PX)
        painter.drawText(inner, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.words)


def dropped_paths(data: QMimeData) -> list[str]:
    """The paths of the dragged files that are on this machine."""
    return [url.toLocalFile() for url in data.urls() if url.isLocalFile()]


def may_be_opened(path: str) -> bool:
    """Whether a file may be a run, a curve or an exercise, judged by its name alone."""
    return kind_by_name(path) is not None or Path(path).suffix.lower() in OTHERS


def dropped_curve(data: QMimeData) -> str:
    """The dragged text if it describes a curve, else an empty text."""
    text = data.text() if data.hasText() and not is_too_long(data) else ""
    return text if kind_of_text(text) else ""


def _words(paths: list[str]) -> str:
    """The sign's words: what dropping will do with the first file, judged by its name alone."""
    kind, name = kind_by_name(paths[0]), Path(paths[0]).name
    if kind is None:
        words = tr("Drop to open “{name}”", name=name)
    elif Path(name).suffix.lower() in MAY_CONTAIN_RUN:
        words = tr("Drop “{name}” here", name=name)
    else:
        words = tr("Drop to train on “{name}”", name=name)
    return f"{words}\n{tr('the first of {n} files', n=len(paths))}" if len(paths) > 1 else words
