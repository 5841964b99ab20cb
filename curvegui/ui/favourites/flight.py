"""A picture of the fit that flies from the canvas to the favourites when it has been saved."""

from PySide6.QtCore import QEasingCurve, QPoint, QPropertyAnimation, QRect, QSize, Qt
from PySide6.QtWidgets import QDockWidget, QLabel, QMainWindow, QTabBar, QWidget

FLIGHT_MS = 200
SIDE_PX, LANDED_PX = 240, 24  # of the picture, when it leaves and when it has landed


def fly(picture_of: QWidget, dock: QDockWidget, window: QMainWindow) -> None:
    """Let a small picture of a widget fly to a panel, or to its tab; nothing where neither is seen."""
    goal = _place_of(dock, window)
    if goal is None:
        return
    side = QSize(SIDE_PX, SIDE_PX)
    pixmap = picture_of.grab().scaled(
        side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    picture = QLabel(window, scaledContents=True, pixmap=pixmap)
    picture.setObjectName("favourites.flight")
    picture.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    middle = picture_of.mapTo(window, picture_of.rect().center())
    flight = QPropertyAnimation(picture, b"geometry", picture)
    flight.setDuration(FLIGHT_MS)
    flight.setStartValue(_around(middle, pixmap.size()))
    flight.setEndValue(_around(goal, pixmap.size().scaled(LANDED_PX, LANDED_PX, Qt.AspectRatioMode.KeepAspectRatio)))
    flight.setEasingCurve(QEasingCurve.Type.InOutCubic)
    flight.finished.connect(picture.deleteLater)
    picture.show()
    flight.start()


def _place_of(dock: QDockWidget, window: QMainWindow) -> QPoint | None:
    for bar in window.findChildren(QTabBar):
        for tab in range(bar.count()):
            if bar.isVisible() and bar.tabText(tab).replace("&", "") == dock.windowTitle().replace("&", ""):
                return bar.mapTo(window, bar.tabRect(tab).center())
    if dock.isVisible() and not dock.isFloating():
        return dock.mapTo(window, dock.rect().center())
    return None


def _around(middle: QPoint, size: QSize) -> QRect:
    rect = QRect(QPoint(), size)
    rect.moveCenter(middle)
    return rect
