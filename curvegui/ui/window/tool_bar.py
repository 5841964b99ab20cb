"""What stands at the right of the menus: the switch of views, and buttons for what is needed most."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QToolBar, QToolButton

from curvegui.ui.actions.actions import Actions
from curvegui.ui.actions.views import VIEWS
from curvegui.ui.look.icons import icon_size
from curvegui.ui.window.view_switch import ViewSwitch


class ToolBar(QToolBar):
    """In the corner of the menu bar; where the system has that itself, below the title."""

    def __init__(self, window: QMainWindow, actions: Actions) -> None:
        super().__init__("Tools", window)
        self._bar = window.menuBar()
        self._switch = ViewSwitch([actions[f"view.{id_}"] for id_ in VIEWS])
        self.setObjectName("tools")
        self.setMovable(False)
        self.setIconSize(icon_size(window, 1.4))
        self.addWidget(self._switch)
        self.addSeparator()
        for action in actions.for_toolbar():
            self.addAction(action)
            button = self.widgetForAction(action)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            if isinstance(button, QToolButton):
                button.setAutoRaise(False)  # or its icon would have the colour of a menu's under the pointer
        if self._bar.isNativeMenuBar():
            window.addToolBar(self)
        else:
            self._bar.setCornerWidget(self, Qt.Corner.TopRightCorner)
            self.show()

    def fit(self, width: int) -> None:
        """Let the switch be one button where the menus leave no room for all of it."""
        native = self._bar.isNativeMenuBar()
        menus = 0 if native else self._bar.sizeHint().width() - self.sizeHint().width()
        others = self.sizeHint().width() - self._switch.sizeHint().width()
        self._switch.set_narrow(menus + others + self._switch.whole_width() > width)
        if not native:
            self._bar.setCornerWidget(self, Qt.Corner.TopRightCorner)  # anew: it is laid out then
