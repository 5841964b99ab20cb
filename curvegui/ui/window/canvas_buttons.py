"""Buttons at the top right of the canvas, seen while the pointer is over the canvas or the keyboard is used."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtWidgets import QApplication, QMenu, QToolButton, QWidget

from curvegui.ui.actions.actions import BESIDE_ICON, ICON, Actions, chip, give_letters, menu_names, without_letter
from curvegui.ui.canvas.canvas import Canvas
from curvegui.ui.look.icons import icon
from curvegui.ui.look.scale import BETWEEN_PX, GAP_PX
from curvegui.ui.look.theme import DARK, follow_theme, is_under_glass
from curvegui.ui.window import OVERLAYS

IN_USE = "favourite.keep", "share.open", "overlays"  # with a button while somebody is there
MOVED = "view.show_all"  # the action with a button while another part than all is shown
MOST = 0.6  # of the canvas's width for buttons with words; else they show their icons alone


class CanvasButtons(QWidget):
    """Buttons for adding to the favourites, sharing, choosing overlays, and showing all again. They are widgets over
    the canvas: pictures of the run do not have them."""

    guide = "Favourites"

    def __init__(self, canvas: Canvas, actions: Actions) -> None:
        super().__init__(canvas)
        self.setObjectName("canvas.buttons")
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)  # the canvas below would be shifted
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._canvas, self._state = canvas, (False, False, -1, -1)
        self._overlays = QMenu(self)
        offered = {id_: actions[id_] for id_ in (*IN_USE, MOVED) if id_ in actions}
        offered["overlays"] = self._chooser(actions)
        self._buttons = {
            id_: chip(offered[id_], offered[id_].iconText(), BESIDE_ICON) for id_ in (*IN_USE, MOVED) if id_ in offered
        }
        self._buttons["overlays"].setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        for each in self._buttons.values():
            each.setParent(self)
            each.defaultAction().changed.connect(self.suit)
        canvas.visited.connect(self.follow)
        canvas.view_moved.connect(self.follow)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self.follow)
        self.follow()
        follow_theme(self.suit)

    def _chooser(self, actions: Actions) -> QAction:
        """The action that opens the menu of overlays."""
        (words,) = menu_names(OVERLAYS)
        chooser, menu = QAction(icon("layers", "muted"), without_letter(words), self), self._overlays
        chooser.setObjectName("action.overlays")
        chooser.setMenu(menu)
        menu.setObjectName("menu.overlays")
        menu.setToolTipsVisible(True)
        for record in (record for record in actions.records if record.menu == OVERLAYS):
            if record.separated:
                menu.addSeparator()
            menu.addAction(actions[record.id])
        give_letters(menu.actions(), ())
        menu.aboutToHide.connect(self.follow, Qt.ConnectionType.QueuedConnection)
        return chooser

    @Slot()
    def suit(self) -> None:
        """Be dark glass over a dark picture, except with high contrast; else in the colours of the window."""
        is_glass = is_under_glass(self._canvas)
        for each in self._buttons.values():
            each.setIcon(icon(each.defaultAction().icon().name(), DARK.text if is_glass else "text"))
        if is_glass != self.property("glass"):
            self.setProperty("glass", is_glass)
            for each in self._buttons.values():
                each.style().unpolish(each)
                each.style().polish(each)
            self._state = (False, False, -1, -1)  # their edges are others
            self.follow()

    @Slot()
    def follow(self) -> None:
        """Show the buttons that are of use now."""
        canvas, by_keys = self._canvas, Qt.WidgetAttribute.WA_KeyboardFocusChange
        is_used = canvas.underMouse() or canvas.window().testAttribute(by_keys) or QAccessible.isActive()
        is_used |= self._overlays.isVisible()
        state = is_used, canvas.shows_all, canvas.width(), self.fontMetrics().height()
        if state == self._state:
            return
        self._state, shown = state, list[QWidget]()
        for id_, button in self._buttons.items():
            is_wanted = not canvas.shows_all if id_ == MOVED else is_used
            button.setVisible(is_wanted and button.defaultAction().isVisible())
            button.setToolButtonStyle(ICON if id_ == "overlays" else BESIDE_ICON)
            shown += [] if button.isHidden() else [button]
        if sum(each.sizeHint().width() for each in shown) > MOST * canvas.width():
            for button in self._buttons.values():
                button.setToolButtonStyle(ICON)
        while sum(each.sizeHint().width() + BETWEEN_PX for each in shown) > canvas.width() - GAP_PX and len(shown) > 1:
            shown.pop().hide()  # the canvas has no room for it
        left, height = 0, max((each.sizeHint().height() for each in shown), default=0)
        for each in shown:
            width = each.sizeHint().width()
            each.setGeometry(left, 0, width, height)
            left += width + BETWEEN_PX
        self.setVisible(bool(shown))
        self.setGeometry(canvas.width() - left + BETWEEN_PX - GAP_PX, GAP_PX, left - BETWEEN_PX, height)
        self.raise_()
