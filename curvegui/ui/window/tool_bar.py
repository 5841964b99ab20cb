"""What stands at the right of the menus: the switch of views, and buttons for what is needed most."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QMenuBar, QToolBar, QToolButton

from curvegui.core.language.text import tr
from curvegui.ui.actions.actions import Actions
from curvegui.ui.look.icons import icon_size
from curvegui.ui.window.view_switch import ViewSwitch


def add_tool_bar(window: QMainWindow, actions: Actions, switch: ViewSwitch) -> QToolBar:
    """Put it into the corner of the menu bar; where the system has that itself, below the title."""
    tools, bar = QToolBar(tr("Tools"), window, movable=False), window.menuBar()
    tools.setObjectName("tools")
    tools.setIconSize(icon_size(tools, 1.4))
    tools.addWidget(switch)
    tools.addSeparator()
    for action in actions.for_toolbar():
        tools.addAction(action)
        button = tools.widgetForAction(action)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if isinstance(button, QToolButton):
            button.setAutoRaise(False)  # or its icon would have the colour of a menu's under the pointer
    if bar.isNativeMenuBar():
        window.addToolBar(tools)
    else:
        bar.setCornerWidget(tools, Qt.Corner.TopRightCorner)
        tools.show()
    return tools


def fit_switch(switch: ViewSwitch, tools: QToolBar, bar: QMenuBar, width: int) -> None:
    """Let the switch be one button where the menus leave no room for all of it."""
    native = bar.isNativeMenuBar()
    menus = 0 if native else _width_of_menus(bar, tools)
    others = tools.sizeHint().width() - switch.sizeHint().width()
    switch.set_narrow(menus + others + switch.whole_width() > width)
    if not native:
        bar.setCornerWidget(tools, Qt.Corner.TopRightCorner)  # anew: it is laid out then


def _width_of_menus(bar: QMenuBar, tools: QToolBar) -> int:
    """What the menus themselves take; Qt's hint for a bar that is read from the right grows with the window."""
    if bar.isRightToLeft():
        return sum(bar.actionGeometry(each).width() for each in bar.actions())
    return bar.sizeHint().width() - tools.sizeHint().width()
