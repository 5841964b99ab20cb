"""What the right button offers on the canvas and on the timeline: what the menus can do there."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from curvegui.ui.actions.actions import give_letters, letter_of, without_letter
from curvegui.ui.actions.centre import TIMELINE
from curvegui.ui.actions.services import Services

LINE = ""  # between groups
ON_CANVAS = (
    "picture.save", "picture.copy", "favourite.keep", LINE,
    "view.target", "view.trail", "view.axes", "view.residuals", "view.pulls", LINE,
    "curve.draw", "curve.reshape", "inspect.brush", LINE,
    "view.show_all", "view.full_screen",
)  # fmt: skip
ON_TIMELINE = (
    "time.best", "time.now", "time.go_on", LINE, "time.play", "time.play_back", LINE, "view.log_time", LINE,
    "picture.cost", "picture.copy_cost",
)  # fmt: skip


class ContextMenus(QObject):
    """Opens a menu of actions where the right button, or the menu key, is pressed."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._actions = services.actions
        self._offer(services.canvas, ON_CANVAS)
        timeline = services.centre.widget(TIMELINE)
        if timeline is not None:
            self._offer(timeline, ON_TIMELINE)

    def _offer(self, widget: QWidget, ids: Sequence[str]) -> None:
        widget.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        widget.customContextMenuRequested.connect(partial(self._open, widget, ids))

    def _open(self, widget: QWidget, ids: Sequence[str], place: QPoint) -> None:
        menu = QMenu(widget)
        menu.setObjectName("context.menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for id_ in ids:
            if id_ == LINE:
                menu.addSeparator()
            elif id_ in self._actions:
                menu.addAction(_entry_for(self._actions[id_], menu))
        give_letters(menu.actions(), menu.actions())
        menu.popup(widget.mapToGlobal(place))


def _entry_for(action: QAction, menu: QMenu) -> QAction:
    """An entry that is as an action is now and does what it does, with its letter only if that is free in this menu."""
    text = action.text()
    if letter_of(text) in [letter_of(entry.text()) for entry in menu.actions()]:
        text = without_letter(text)
    entry = QAction(action.icon(), text, menu)
    entry.setObjectName(action.objectName().replace("action.", "context."))
    entry.setShortcuts(action.shortcuts())
    entry.setCheckable(action.isCheckable())
    entry.setChecked(action.isChecked())
    entry.setEnabled(action.isEnabled())
    entry.setVisible(action.isVisible())
    entry.triggered.connect(action.trigger)
    return entry
