"""The dock of one panel, without a frame: its buttons come with the pointer or the focus, and in its menu."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QLabel, QMainWindow, QMenu, QTabBar, QToolButton, QWidget

from curvegui.core.language.text import mark, tr
from curvegui.ui.look.icons import icon, icon_size
from curvegui.ui.look.layouts import filled, named, styled, wrapped
from curvegui.ui.look.scale import BETWEEN_PX

SIGN_LINES = 1.1  # the side of a button's icon, in heights of a line of text
SIGNS = "float", "remove"  # of the buttons: its own window, and close
EDGES_PX = 2 * BETWEEN_PX, BETWEEN_PX, BETWEEN_PX, BETWEEN_PX  # of the title: left, top, right, bottom
WAKING = {
    QEvent.Type.Enter, QEvent.Type.Leave, QEvent.Type.FocusIn, QEvent.Type.FocusOut, QEvent.Type.Resize,
    QEvent.Type.LayoutRequest,
}  # fmt: skip


class Dock(QDockWidget):
    """The dock of one panel. Its title and its buttons are seen while it floats; beside the canvas, its tab says what
    it is, and for screen readers its name. ``ways`` are the actions of its menu."""

    def __init__(self, name: str, title: str, window: QMainWindow) -> None:
        super().__init__(title, window)
        self.setObjectName(f"dock.{name}")
        self.setAccessibleName(title)
        self.name = name
        toggle = self.toggleViewAction()
        toggle.setObjectName(f"action.dock.{name}")
        toggle.setText(title)
        toggle.setToolTip(wrapped(tr("Show or hide: {title}", title=title)))
        self.float_action, self.close_action = QAction(self), QAction(tr("Close {title}", title=title), self)
        self.float_action.triggered.connect(self._float)
        self.close_action.triggered.connect(self.close)
        self.ways = self.float_action, self.close_action
        self.addActions(self.ways)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._title = QWidget(self)
        words = styled(QLabel(title, self._title), "heading")
        buttons = [_button(self._title, sign) for sign in SIGNS]
        for button, way in zip(buttons, self.ways, strict=True):
            button.clicked.connect(way.trigger)
        self._float_button, self._close_button = buttons
        self._row = filled(QHBoxLayout(self._title), words, 1, *buttons, spacing=0)
        self.setTitleBarWidget(self._title)
        self.topLevelChanged.connect(self._follow)
        self._follow(False)

    @Slot()
    def _float(self) -> None:
        self.setFloating(not self.isFloating())

    @Slot(bool)
    def _follow(self, floats: bool) -> None:
        """Show the title of a dock that is a window of its own, with an edge around it: not every system draws one."""
        self._row.setContentsMargins(*EDGES_PX if floats else (0, 0, 0, 0))
        for part in self._title.findChildren(QWidget):
            part.setVisible(floats)
        words = mark("Put {title} back beside the canvas") if floats else mark("Show {title} in its own window")
        self.float_action.setText(tr(words, title=self.windowTitle()))
        for button, way in ((self._float_button, self.float_action), (self._close_button, self.close_action)):
            button.setAccessibleName(way.text())
            button.setToolTip(way.text())
        self.style().unpolish(self)  # the style sheet looks at ``floating`` only then
        self.style().polish(self)


def _button(parent: QWidget, sign: str) -> QToolButton:
    button = styled(QToolButton(parent), "bare")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setIcon(icon(sign, "muted"))
    button.setIconSize(icon_size(button, SIGN_LINES))
    return button


class TabTools(QWidget):
    """The buttons of the panel in front, at the end of the row of tabs: they come with the pointer or the focus, where
    no tab is in their place. The ``docks`` are all docks by their titles."""

    def __init__(self, bar: QTabBar, docks: Mapping[str, Dock]) -> None:
        super().__init__(bar)
        self._bar, self._docks = bar, docks
        self._buttons = [_button(self, sign) for sign in SIGNS]
        filled(QHBoxLayout(self), *self._buttons, spacing=0)
        named(self, "dock.tools").hide()
        bar.setElideMode(Qt.TextElideMode.ElideNone)
        bar.setUsesScrollButtons(True)
        bar.setDrawBase(False)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        bar.customContextMenuRequested.connect(self._open_menu)
        bar.currentChanged.connect(self._fill)
        for each in (bar, *self._buttons):
            each.installEventFilter(self)
        for at, button in enumerate(self._buttons):
            button.clicked.connect(partial(self._do, at))

    def _front(self) -> Dock | None:
        return self._docks.get(self._bar.tabText(self._bar.currentIndex()))

    def _do(self, at: int) -> None:
        if (dock := self._front()) is not None:
            dock.ways[at].trigger()

    @Slot()
    def _fill(self) -> None:
        dock, width = self._front(), self.sizeHint().width()
        for button, way in zip(self._buttons, dock.ways if dock is not None else (), strict=False):
            button.setAccessibleName(way.text())
            button.setToolTip(way.text())
        whole, last = self._bar.rect(), self._bar.tabRect(self._bar.count() - 1)
        at_left = self._bar.isRightToLeft()
        room = last.left() if at_left else whole.right() - last.right()
        self.setGeometry(0 if at_left else whole.width() - width, 0, width, whole.height())
        focus = self.window().focusWidget()
        is_wanted = self._bar.underMouse() or focus is self._bar or focus in self._buttons
        self.setVisible(is_wanted and room >= width)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in WAKING:
            self._fill()
        return False

    @Slot(QPoint)
    def _open_menu(self, point: QPoint) -> None:
        at = self._bar.tabAt(point) if self._bar.underMouse() else self._bar.currentIndex()
        dock = self._docks.get(self._bar.tabText(at))
        if dock is not None:
            menu = named(QMenu(self._bar), "dock.menu")
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addActions(dock.ways)
            menu.popup(self._bar.mapToGlobal(point))
