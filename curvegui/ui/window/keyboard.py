"""The keyboard: the order in which Tab goes through the window, and the space bar, which runs and pauses."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QWidget,
)

COMPOUND = QAbstractScrollArea, QAbstractSpinBox, QComboBox
"""They have the focus for their parts. A part's ``focusProxy`` would say so, but asking keeps them in memory."""


def order_tabs(window: QWidget, regions: Sequence[QWidget]) -> None:
    """Let Tab go from region to region, and within each as it did before; then through all the rest."""

    def place(widget: QWidget) -> int:
        inside = (number for number, region in enumerate(regions) if region is widget or region.isAncestorOf(widget))
        return next(inside, len(regions))

    policy = window.focusPolicy()
    window.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # for now, as Qt moves nothing behind what takes no focus
    for first, second in pairwise([window, *sorted(_chain(window), key=place)]):
        QWidget.setTabOrder(first, second)
    window.setFocusPolicy(policy)


def _chain(window: QWidget) -> list[QWidget]:
    """What Tab goes to, in the present order."""
    chain, each = [], window.nextInFocusChain()
    while each is not None and each is not window:
        if each.focusPolicy() != Qt.FocusPolicy.NoFocus and not isinstance(each.parentWidget(), COMPOUND):
            chain.append(each)
        each = each.nextInFocusChain()
    return chain


class SpaceKey(QObject):
    """Keeps the space bar for buttons and lists as long as they have the focus.

    A shortcut comes before the widget that has the focus, unless that widget says it wants the key. Boxes for
    text do, buttons do not. The filter is on one widget at a time: on all of them it would cost every frame.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    @Slot(QWidget, QWidget)
    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        if before is not None:
            before.removeEventFilter(self)
        if isinstance(now, QAbstractButton | QComboBox):
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Want the space bar."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() == Qt.Key.Key_Space
        ):
            event.accept()
        return False
