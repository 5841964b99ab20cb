"""The toolbar at the right of the menus: a switch between the views, and buttons for the most important actions."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QMenuBar,
    QSizePolicy,
    QStyle,
    QStyleOptionMenuItem,
    QToolBar,
    QToolButton,
    QWidget,
)

from curvegui.core.language.text import tr
from curvegui.ui.actions.actions import ActionButton, Actions
from curvegui.ui.look.icons import icon_size
from curvegui.ui.look.layouts import filled, named


class ViewSwitch(QWidget):
    """A button for each view, side by side, one of them checked; in a narrow window, one button with a menu."""

    guide = "The four views"

    def __init__(self, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("views")
        self.setAccessibleName(tr("Views"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._segments = named(QWidget(), "views.segments")
        self._buttons = [_button(action, action.objectName().replace("action.", "button.")) for action in actions]
        filled(QHBoxLayout(self._segments), *self._buttons, edges=(2, 2, 2, 2), spacing=0)
        self._menu = QMenu(self)
        self._menu.addActions(list(actions))
        self._one = _button(None, "views.menu")
        self._one.setMenu(self._menu)
        self._one.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._one.hide()
        filled(QHBoxLayout(self), self._segments, self._one, edges=(0, 3, 0, 3), spacing=0)
        for action in actions:
            action.changed.connect(self._write)
        self._write()

    def fit(self, available: int) -> None:
        """Show a button for each view, or if these are wider than ``available`` px, one button with a menu."""
        is_narrow = self._segments.sizeHint().width() > available
        words = [self._one.fontMetrics().horizontalAdvance(button.text()) for button in self._buttons]
        present = self._one.fontMetrics().horizontalAdvance(self._one.text())
        self._one.setMinimumWidth(0)
        self._one.setMinimumWidth(self._one.sizeHint().width() - present + max(words, default=0))
        self._segments.setVisible(not is_narrow)
        self._one.setVisible(is_narrow)
        self.updateGeometry()

    def _write(self) -> None:
        checked = next((button.text() for button in self._buttons if button.isChecked()), tr("View"))
        self._one.setText(checked)
        self._one.setAccessibleName(tr("View: {checked}", checked=checked))


def _button(action: QAction | None, name: str) -> QToolButton:
    button = ActionButton(action) if action is not None else QToolButton()
    button.setProperty("segment", True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    if action is not None:
        button.setAccessibleName(action.iconText())
    button.setObjectName(name)
    return button


def add_tool_bar(window: QMainWindow, actions: Actions, switch: ViewSwitch) -> QToolBar:
    """Put the toolbar into the corner of the menu bar, or on macOS below the title of the window."""
    tools, bar = QToolBar(tr("Tools"), window, movable=False), window.menuBar()
    tools.setObjectName("tools")
    tools.setIconSize(icon_size(tools, 1.4))
    tools.addWidget(switch)
    tools.addSeparator()
    for action in (actions[record.id] for record in actions.records if record.toolbar):
        tools.addAction(action)
        button = tools.widgetForAction(action)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if isinstance(button, QToolButton):
            button.setAutoRaise(False)  # else its icon under the pointer would have the colour that it has in a menu
    if bar.isNativeMenuBar():
        window.addToolBar(tools)
    else:
        bar.setCornerWidget(tools, Qt.Corner.TopRightCorner)
        tools.show()
    return tools


def fit_switch(switch: ViewSwitch, tools: QToolBar, bar: QMenuBar, width: int) -> None:
    """Show the switch of views as one button if the menus leave too little room for a button for each view."""
    native = bar.isNativeMenuBar()
    menus = 0 if native else _width_of_menus(bar)
    others = tools.sizeHint().width() - switch.sizeHint().width()
    switch.fit(width - menus - others)
    if not native:
        bar.setCornerWidget(tools, Qt.Corner.TopRightCorner)  # set anew, so that the corner is laid out anew


def _width_of_menus(bar: QMenuBar) -> int:
    """The width of the menus alone: in a bar that is read from the right, Qt's size hint grows with the window."""
    style, kind, metric = bar.style(), QStyle.ContentsType.CT_MenuBarItem, QStyle.PixelMetric
    around = style.pixelMetric(metric.PM_MenuBarHMargin, None, bar)
    around += style.pixelMetric(metric.PM_MenuBarPanelWidth, None, bar)
    between, width = style.pixelMetric(metric.PM_MenuBarItemSpacing, None, bar), 2 * around
    for each in bar.actions():
        option = QStyleOptionMenuItem()
        bar.initStyleOption(option, each)
        words = bar.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, each.text())
        width += style.sizeFromContents(kind, option, words, bar).width() + between
    return width
