"""One button for single iterations, and for as many at once as a person has chosen last."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu, QToolButton

from curvegui.ui.look.icons import icon_size


class StepButton(QToolButton):
    """Does the chosen one of its actions; the arrow beside it, or the key Down, lets choose another one."""

    def __init__(self, actions: Sequence[QAction]) -> None:
        super().__init__()
        self.setProperty("chip", True)
        self.setObjectName("button.run.step")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setIconSize(icon_size(self, 1.1))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self._actions = list(actions)
        self._menu = QMenu(self)
        self._menu.addActions(self._actions)
        self._menu.triggered.connect(self._choose)
        self.setMenu(self._menu)
        self._choose(self._actions[0])

    @Slot(QAction)
    def _choose(self, action: QAction) -> None:
        self.setDefaultAction(action)
        self.setAccessibleName(action.iconText())

    def sizeHint(self) -> QSize:
        """Room for the longest number, so that nothing beside it moves."""
        widths = [self.fontMetrics().size(0, action.iconText()).width() for action in self._actions]  # as Qt does
        now = self.fontMetrics().size(0, self.text()).width()
        return super().sizeHint() + QSize(max(widths) - now, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.showMenu()
        else:
            super().keyPressEvent(event)
