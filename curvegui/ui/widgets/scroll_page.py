"""A page with a height of its own, which scrolls if there is less room."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

LEAST_LINES = 5  # of text, visible of a page that scrolls


class ScrollPage(QScrollArea):
    """Shows a page whose height depends on its width."""

    def __init__(self, page: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page = page
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(page)
        page.setObjectName("scrolled")

    def sizeHint(self) -> QSize:
        """All of the page, at the present width."""
        page, width = self._page, self.viewport().width()
        high = page.heightForWidth(width) if page.hasHeightForWidth() else page.sizeHint().height()
        return QSize(page.sizeHint().width(), high)

    def minimumSizeHint(self) -> QSize:
        """A few lines of it; its whole width."""
        least = min(LEAST_LINES * self.fontMetrics().height(), self._page.sizeHint().height())
        return QSize(self._page.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width(), least)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for another height at another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask for another height when something on the page does."""
        taken = super().eventFilter(watched, event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return taken
