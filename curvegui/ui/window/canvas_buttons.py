"""Buttons at the top right of the canvas, seen while the pointer is over the canvas or the keyboard is used."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QHBoxLayout, QToolButton, QWidget

from curvegui.ui.actions.actions import BESIDE_ICON, ICON, Actions, chip
from curvegui.ui.canvas.canvas import Canvas
from curvegui.ui.look.layouts import filled
from curvegui.ui.look.scale import BETWEEN_PX, GAP_PX

IN_USE = "favourite.keep", "picture.save"  # actions with a button while somebody is there
MOVED = "view.show_all"  # the action with a button while another part than all is shown
MOST = 0.6  # of the canvas's width for buttons with words; else they show their icons alone


class CanvasButtons(QWidget):
    """Buttons for adding to the favourites, sharing, and showing all again. They are widgets over the canvas: pictures
    of the run do not have them."""

    guide = "Favourites"

    def __init__(self, canvas: Canvas, actions: Actions) -> None:
        super().__init__(canvas)
        self.setObjectName("canvas.buttons")
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)  # the canvas below would be shifted
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._canvas, self._state = canvas, (False, False, -1, -1)
        self._pair, self._back, self._buttons = QWidget(), QWidget(), list[QToolButton]()
        for holder, ids in ((self._pair, IN_USE), (self._back, (MOVED,))):
            found = [actions[id_] for id_ in ids if id_ in actions]
            buttons = [chip(action, action.iconText(), BESIDE_ICON) for action in found]
            filled(QHBoxLayout(holder), *buttons, spacing=BETWEEN_PX)
            self._buttons += buttons
        self._row = filled(QHBoxLayout(self), self._pair, self._back, spacing=BETWEEN_PX)
        canvas.visited.connect(self.follow)
        canvas.view_moved.connect(self.follow)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self.follow)
        self.follow()

    @Slot()
    def follow(self) -> None:
        """Show the buttons that are of use now."""
        canvas, by_keys = self._canvas, Qt.WidgetAttribute.WA_KeyboardFocusChange
        is_used = canvas.underMouse() or canvas.window().testAttribute(by_keys) or QAccessible.isActive()
        state = is_used, not canvas.shows_all, canvas.width(), self.fontMetrics().height()
        if state == self._state:
            return
        self._state = state
        self._pair.setVisible(is_used)
        self._back.setVisible(not canvas.shows_all)
        self._show_as(BESIDE_ICON)
        if self._row.sizeHint().width() > MOST * canvas.width():
            self._show_as(ICON)
        self.setVisible(is_used or not canvas.shows_all)
        size = self.sizeHint()
        self.setGeometry(canvas.width() - size.width() - GAP_PX, GAP_PX, size.width(), size.height())
        self.raise_()

    def _show_as(self, style: Qt.ToolButtonStyle) -> None:
        for each in self._buttons:
            each.setToolButtonStyle(style)
        for layout in (self._pair.layout(), self._back.layout(), self._row):
            if layout is not None:
                layout.invalidate()  # else Qt would ask for the sizes of before
