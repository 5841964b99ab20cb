"""The keyboard: where Tab and F6 go, when the space bar runs and pauses, and keys that work in dialogs too."""

import math
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDockWidget,
    QMainWindow,
    QTabBar,
    QWidget,
)

from curvegui.ui.actions.centre import Centre
from curvegui.ui.actions.docks import Docks

COMPOUND = QAbstractScrollArea, QAbstractSpinBox, QComboBox
"""They have the focus for their parts. A part's ``focusProxy`` would say so, but asking keeps them in memory."""

READY_MS, READY_TRIES = 20, 250  # how often, and how many times, to look whether an opened panel has been made


def next_stop(
    window: QWidget, regions: Sequence[QWidget], start: QWidget, forwards: bool, inside: QWidget | None = None
) -> QWidget | None:
    """The widget that Tab goes to from the widget ``start``: the next visible one that takes the focus by Tab; None if
    there is none. Tab goes through the regions in their order, then through the rest of the window, and in each from
    left to right and from the top. With ``inside``, only widgets in that widget count. Qt's own order,
    ``nextInFocusChain``, is not asked: PySide takes its links for parents, which keeps windows in memory, and for Qt a
    panel behind another panel is visible."""
    read: dict[QWidget, None] = {}
    for part in (*regions, window):
        _read(part, start, read)
    ring = list(read)
    index = ring.index(start)
    others = [*ring[index + 1 :], *ring[:index]]
    for each in others if forwards else reversed(others):
        if (
            each.focusPolicy() & Qt.FocusPolicy.TabFocus
            and not isinstance(each.parentWidget(), COMPOUND)
            and each.isEnabled()
            and (inside is None or inside.isAncestorOf(each))
            and is_in_sight(each)
            and not (isinstance(each, QTabBar) and each.visibleRegion().isEmpty())  # Qt keeps some out of the window
        ):
            return each
    return None


def _read(widget: QWidget, start: QWidget, read: dict[QWidget, None]) -> None:
    """Add a widget and all widgets in it to the order of reading; hidden ones only if they contain the ``start``."""
    if widget in read:  # and all widgets in it are read, too
        return
    read[widget] = None
    parts = [part for part in widget.children() if isinstance(part, QWidget) and not part.isWindow()]
    shown = [part for part in parts if not part.isHidden() or part is start or part.isAncestorOf(start)]
    for part in _in_rows(shown) if len(shown) > 1 else shown:
        _read(part, start, read)


def _in_rows(widgets: list[QWidget]) -> list[QWidget]:
    """Widgets of one parent in the order of reading: cut into rows, these into columns, and so on."""
    groups = _apart(widgets, QWidget.y, QWidget.height)
    if len(groups) == 1:
        groups = _apart(widgets, QWidget.x, QWidget.width)
        if widgets[0].layoutDirection() == Qt.LayoutDirection.RightToLeft:
            groups.reverse()
    if len(groups) == 1:
        return sorted(widgets, key=lambda each: (each.y(), each.x()))
    return [each for group in groups for each in _in_rows(group)]


def _apart(
    widgets: list[QWidget], begin: Callable[[QWidget], int], length: Callable[[QWidget], int]
) -> list[list[QWidget]]:
    """Groups of widgets that straight lines can separate, from the top or from the left."""
    groups: list[list[QWidget]] = []
    end = -math.inf
    for each in sorted(widgets, key=begin):
        if begin(each) >= end:
            groups.append([])
        groups[-1].append(each)
        end = max(end, begin(each) + length(each))
    return groups


def is_in_sight(widget: QWidget) -> bool:
    """Whether a widget is shown, if need be after scrolling, and not in a panel behind another panel."""
    each: QWidget | None = widget
    while each is not None and not each.isWindow():
        if isinstance(each, QDockWidget):
            return widget.isVisible() and not each.visibleRegion().isEmpty()
        each = each.parentWidget()
    return widget.isVisible()


class Panes(QObject):
    """The parts of the window that F6 goes round: a lesson's card, the widgets around the canvas, visible panels."""

    def __init__(self, window: QMainWindow, centre: Centre, docks: Docks) -> None:
        super().__init__(window)
        self._window, self._centre, self._docks = window, centre, docks
        self._awaited: tuple[QWidget, int] | None = None
        self._clock = QTimer(self, interval=READY_MS)
        self._clock.timeout.connect(self._enter_awaited)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._raise)

    def step(self, direction: int) -> None:
        """Give the focus to the next pane, or for a ``direction`` of -1 to the pane before."""
        docks = self._docks.in_sight()
        panes = [pane for pane in (*self._centre.regions, *docks) if pane.isVisible()]
        focus = QApplication.focusWidget()
        held = [index for index, pane in enumerate(panes) if focus and (pane is focus or pane.isAncestorOf(focus))]
        begin = held[-1] if held else -1 if direction > 0 else 0
        for step in range(1, len(panes) + 1):
            if self.enter(panes[(begin + direction * step) % len(panes)]):
                return

    def enter(self, pane: QWidget) -> bool:
        """Give a pane the focus: the pane itself, its focus proxy, or else the first widget in it that takes focus."""
        first = pane if pane.focusPolicy() & Qt.FocusPolicy.TabFocus else self._docks.first_in(pane)
        target = first or next_stop(self._window, [pane], pane, forwards=True, inside=pane)
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)
        return target is not None

    def enter_soon(self, pane: QWidget) -> None:
        """Give a pane the focus as soon as there is a widget in it: a panel is made only when it is first seen."""
        self._awaited = pane, READY_TRIES
        self._clock.start()

    @Slot()
    def _enter_awaited(self) -> None:
        if self._awaited is not None:
            pane, tries = self._awaited
            is_done = is_in_sight(pane) and self.enter(pane)  # not behind a panel that was chosen meanwhile
            self._awaited = None if is_done or not pane.isVisible() or tries == 0 else (pane, tries - 1)
        if self._awaited is None:
            self._clock.stop()

    @Slot(QWidget, QWidget)
    def _raise(self, before: QWidget | None, now: QWidget | None) -> None:
        """Raise the panel of the widget that gets the focus: Alt with a letter may lead to a hidden panel."""
        each = now
        while each is not None and not isinstance(each, QDockWidget):
            each = each.parentWidget()
        if each is not None and each.visibleRegion().isEmpty():
            each.raise_()


class FocusKeys(QObject):
    """Listens to the keys of the widget that has the focus; an event filter on all widgets would slow down every frame.
    Some ``keys`` are taken before any window gets them, in dialogs too. The space bar, a shortcut of the window, is
    left to a button or a list that has the focus: unlike boxes for text, these do not tell Qt that they want the
    key."""

    pressed = Signal(QKeySequence)

    def __init__(self, window: QWidget, keys: Sequence[QKeySequence]) -> None:
        super().__init__(window)
        self._keys = keys
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)
            self._follow(None, application.focusWidget())

    @Slot(QWidget, QWidget)
    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        if before is not None:
            before.removeEventFilter(self)
        if now is not None:
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent):
            return False
        is_taken = QKeySequence(event.keyCombination()) in self._keys
        wants = event.type() == QEvent.Type.ShortcutOverride
        if is_taken or (wants and event.key() == Qt.Key.Key_Space and isinstance(watched, QAbstractButton | QComboBox)):
            event.accept()
        if is_taken and event.type() == QEvent.Type.KeyPress and not event.isAutoRepeat():
            self.pressed.emit(QKeySequence(event.keyCombination()))
        return is_taken
