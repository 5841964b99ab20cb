"""Another style on widgets that are there, a few at a time: all at once they hold up the window for half a second.

When the application gets another style sheet, Qt styles anew all widgets whose rules it remembers, each of them several
times over. It forgets the rules when its style lets go of the application; then each widget is styled here, once.
"""

from collections import deque
from time import perf_counter

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

ICON_LINES = "icon_lines"  # the property of a widget that says how high its icon is
SLICE_S = 0.008  # of styling between two looks at the event loop


class Restyling(QObject):
    """Styles all widgets; windows stand still until it is ``done``, so that nobody sees one in two styles."""

    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._waiting: deque[QWidget] = deque()
        self._still: list[QWidget] = []
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._go_on)

    @property
    def is_done(self) -> bool:
        """Whether no widget waits for it."""
        return not self._timer.isActive()

    def begin(self, application: QApplication, sheet: str) -> None:
        """Style all widgets by a style sheet, and by the palette and the font that the application has now."""
        application.style().unpolish(application)
        application.setStyleSheet(sheet)
        windows = [each for each in application.topLevelWidgets() if each.parentWidget() is None]
        self._waiting = deque(each for window in windows for each in (window, *window.findChildren(QWidget)))
        self._still = [each for each in application.topLevelWidgets() if each.isVisible()]
        self._timer.start(0)
        self._go_on()

    @Slot()
    def _go_on(self) -> None:
        until = perf_counter() + SLICE_S
        self._let_be_painted(False)
        while self._waiting:
            widget = self._waiting.popleft()
            if isValid(widget):
                _restyle(widget)
            if perf_counter() > until:
                return
        self._timer.stop()
        self.done.emit()  # whoever fails there is told of by Qt, and does not fail here
        self._let_be_painted(True)
        for window in filter(isValid, self._still):  # what became due meanwhile would never be painted
            QCoreApplication.postEvent(window, QEvent(QEvent.Type.UpdateRequest))
        self._still = []  # nor is a window kept that is gone

    def _let_be_painted(self, painted: bool) -> None:
        """Others may say otherwise meanwhile."""
        for window in self._still:
            if isValid(window) and window.updatesEnabled() != painted:
                window.setUpdatesEnabled(painted)


def _restyle(widget: QWidget) -> None:
    widget.style().polish(widget)
    QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))
    lines = widget.property(ICON_LINES)
    if lines:
        widget.setProperty("iconSize", icon_size(widget, lines))


def icon_size(widget: QWidget, lines: float) -> QSize:
    """A square for an icon beside a widget's text, as high as so many lines of it: it grows with large fonts.

    An ``iconSize`` of the widget itself follows when they change.
    """
    widget.setProperty(ICON_LINES, lines)
    side = round(lines * widget.fontMetrics().height())
    return QSize(side, side)
