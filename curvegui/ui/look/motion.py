"""How the window moves, and whether its user prefers less motion, which Qt cannot tell."""

import ctypes
import sys
from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractAnimation,
    QEasingCurve,
    QObject,
    QPoint,
    QProcess,
    QPropertyAnimation,
    QStandardPaths,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QGraphicsOpacityEffect, QLabel, QWidget

ASKED = {  # a program, its arguments, and what it answers then
    "linux": ("gsettings", ["get", "org.gnome.desktop.interface", "enable-animations"], "false"),
    "darwin": ("defaults", ["read", "com.apple.universalaccess", "reduceMotion"], "1"),
}
SPI_GETCLIENTAREAANIMATION = 0x1042
WITHOUT_SYSTEM = "offscreen", "minimal"  # platforms of Qt
GLIDE_MS = 200
RISE_PX = 24


def glide(widget: QWidget, change: Callable[[], object], is_calm: bool) -> None:
    """Change what a widget shows: a picture of the widget before the ``change`` fades over it within `GLIDE_MS`. With
    ``is_calm``, as people who prefer less motion want it, the change is seen at once."""
    if is_calm or not GLIDE_MS or not widget.isVisible():
        change()
        return
    picture = QLabel(widget)
    picture.setObjectName("glide")
    picture.setPixmap(widget.grab())
    picture.resize(widget.size())
    picture.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    effect = QGraphicsOpacityEffect(picture)
    picture.setGraphicsEffect(effect)
    picture.show()
    change()
    picture.raise_()
    fading = QPropertyAnimation(effect, b"opacity", picture)
    fading.setDuration(GLIDE_MS)
    fading.setStartValue(1.0)
    fading.setEndValue(0.0)
    fading.setEasingCurve(QEasingCurve.Type.OutCubic)
    fading.finished.connect(picture.deleteLater)
    fading.start(QAbstractAnimation.DeletionPolicy.KeepWhenStopped)


def rise(widget: QWidget, is_calm: bool) -> None:
    """Let a widget that has just appeared rise to its place within `GLIDE_MS`, unless the pointer is in the way."""
    place, below = widget.pos(), widget.pos() + QPoint(0, RISE_PX)
    way, pointer = widget.rect().adjusted(0, 0, 0, RISE_PX), widget.mapFromGlobal(QCursor.pos())
    if is_calm or not GLIDE_MS or way.contains(pointer):
        return
    rising = QPropertyAnimation(widget, b"pos", widget)
    rising.setDuration(GLIDE_MS)
    rising.setStartValue(below)
    rising.setEndValue(place)
    rising.setEasingCurve(QEasingCurve.Type.OutCubic)
    rising.start(QAbstractAnimation.DeletionPolicy.DeleteWhenStopped)
    widget.move(below)


class SystemMotion(QObject):
    """Asks the system, in the background, whether the person prefers less motion; if so, ``wanted_less`` is emitted."""

    wanted_less = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._process = QProcess(self)
        self._process.finished.connect(self._read)

    def ask(self) -> None:
        """Ask once; if the system gives no answer, nothing is emitted."""
        if QGuiApplication.platformName() in WITHOUT_SYSTEM:
            return
        if sys.platform == "win32":
            moves = ctypes.c_int(1)
            ctypes.windll.user32.SystemParametersInfoW(SPI_GETCLIENTAREAANIMATION, 0, ctypes.byref(moves), 0)
            if not moves.value:
                self.wanted_less.emit()
        elif sys.platform in ASKED:
            program, arguments, _ = ASKED[sys.platform]
            if QStandardPaths.findExecutable(program):
                self._process.start(program, arguments)

    @Slot()
    def _read(self) -> None:
        answer = bytes(self._process.readAllStandardOutput().data()).decode(errors="replace").strip()
        if answer == ASKED[sys.platform][2]:
            self.wanted_less.emit()
