"""The actions of the View menu: looks, themes, what is on the canvas, and how the window is laid out; and Quit."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QWheelEvent, QWindow
from PySide6.QtWidgets import QApplication, QDockWidget, QMenu, QWidget

from curvegui.ui.actions.actions import give_letters
from curvegui.ui.actions.centre import TIMELINE
from curvegui.ui.actions.display import SIZES, SWITCHES, Display
from curvegui.ui.actions.services import Services
from curvegui.ui.actions.view import View
from curvegui.ui.look.motion import SystemMotion, glide
from curvegui.ui.window.keyboard import FocusKeys, Panes

SUMMARY = "help.summary"


class ViewActions(QObject):
    """Checks the actions of the View menu as the display and the view are, and carries these actions out."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._services = services
        self._menus, self._actions = ContextMenus(services), services.actions
        self._panes = Panes(services.window, services.centre, services.docks)
        self.step_through_panes, self.quit = self._panes.step, services.window.close
        self.reset_view = services.views.reset
        self.zoom_in, self.zoom_out = services.canvas.zoom_in, services.canvas.zoom_out
        self.show_all = services.canvas.show_all
        self._summary_keys = self._actions[SUMMARY].shortcuts() if SUMMARY in self._actions else []
        help_keys = QKeySequence.keyBindings(QKeySequence.StandardKey.HelpContents)
        self._keys = FocusKeys(services.window, [*self._summary_keys, *help_keys])
        self._keys.pressed.connect(self._answer)
        self._text_wheel, self._motion = TextWheel(self), SystemMotion(self)
        self._text_wheel.turned.connect(self.scale_text)
        self._motion.wanted_less.connect(self._heed_system)
        self._motion.ask()
        services.display.changed.connect(self._check)
        self._check(services.display.now)
        services.views.changed.connect(self._check_view)
        for toggle in services.docks.toggles():
            toggle.triggered.connect(self._enter_panel)
        self._check_view(services.views.now)

    @Slot(QKeySequence)
    def _answer(self, key: QKeySequence) -> None:
        """Say how the run stands, or open the guide at the widget under the pointer or with the focus."""
        if key in self._summary_keys:
            self._actions[SUMMARY].trigger()
        elif "help" in self._services.features:
            self._services.features["help"].show_here()

    @Slot(object)
    def _check(self, display: Display) -> None:
        self._actions[f"look.{display.look_key}"].setChecked(True)
        self._actions[f"theme.{display.theme}"].setChecked(True)
        for name in (*SWITCHES, "reduced_motion"):
            self._actions[f"view.{name}"].setChecked(getattr(display, name))

    @Slot(object)
    def _check_view(self, view: View) -> None:
        self._actions[f"view.{view.id}"].setChecked(True)

    @Slot(bool)
    def _enter_panel(self, opened: bool) -> None:
        name = self.sender().objectName().removeprefix("action.dock.")
        if opened and name in self._services.docks:
            dock = self._services.docks[name]
            dock.raise_()
            self._panes.enter_soon(dock)

    def show_view(self, name: str) -> None:
        """Show a view; the view before fades over it."""
        views, display = self._services.views, self._services.display.now
        glide(self._services.window, partial(views.show, name), display.reduced_motion or views.now.id == name)

    def float_panel(self) -> None:
        """Float the panel with the focus, or else the last one in sight; or put it back."""
        seen, focus = self._services.docks.in_sight(), QApplication.focusWidget()
        held = [dock for dock in seen if focus is not None and dock.isAncestorOf(focus)]
        for dock in (held or seen)[-1:]:
            dock.float_action.trigger()

    def see(self, name: str, value: object) -> None:
        """Set a field of the `Display`: a look, a theme, or whether a layer or a list is shown."""
        self._services.display.see(**{name: value})

    def reduce_motion(self, reduced: bool) -> None:
        """Switch needless motion off or on, whatever the system prefers."""
        self._services.display.see(motion="reduced" if reduced else "full")

    @Slot()
    def _heed_system(self) -> None:
        self._services.display.see(system_is_calm=True)

    @Slot(int)
    def scale_text(self, steps: int) -> None:
        """Make text larger or smaller by so many ``steps``; for 0, text has the size of the system again."""
        sizes = list(SIZES)
        index = sizes.index(self._services.display.now.text_size) + steps
        size = sizes[min(max(index, 0), len(sizes) - 1)] if steps else Display.text_size
        self._services.display.see(text_size=size)


NOTCH = 120  # of a wheel, in the units of Qt's events
REST_MS = 120  # without another notch before the text gets its new size, which lays out the whole window


class TextWheel(QObject):
    """Listens to Ctrl and the wheel over panels; an event filter on every widget would slow down every frame."""

    turned = Signal(int)  # the number of notches; above 0 for larger text

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._units = 0
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._emit_turned)
        application = QGuiApplication.instance()
        if isinstance(application, QApplication):
            application.focusWindowChanged.connect(self._listen_to)

    @Slot(QWindow)
    def _listen_to(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QWheelEvent) or event.modifiers() != Qt.KeyboardModifier.ControlModifier:
            return False
        each = QApplication.widgetAt(event.globalPosition().toPoint())
        while each is not None and not isinstance(each, QDockWidget):
            each = each.parentWidget()
        if each is not None:
            self._units += event.angleDelta().y()
            self._rest.start()
        return each is not None

    @Slot()
    def _emit_turned(self) -> None:
        notches, self._units = round(self._units / NOTCH), 0
        if notches:
            self.turned.emit(notches)


LINE = ""  # between groups
ON_CANVAS = (
    "share.open", "picture.copy", "favourite.keep", LINE,
    "view.target", "view.trail", "view.axes", "view.residuals", "view.pulls", LINE,
    "curve.draw", "curve.reshape", "inspect.brush", LINE,
    "view.show_all", "view.full_screen",
)  # fmt: skip
ON_TIMELINE = (
    "time.best", "time.now", "time.go_on", LINE, "time.play", "time.play_back", LINE, "view.log_time", LINE,
    "picture.cost", "picture.copy_cost",
)  # fmt: skip


class ContextMenus(QObject):
    """Opens a menu of actions on the canvas and on the timeline, after the right mouse button or the menu key."""

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

    def _open(self, widget: QWidget, ids: Sequence[str], point: QPoint) -> None:
        menu = QMenu(widget)
        menu.setObjectName("context.menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for id_ in ids:
            if id_ == LINE:
                menu.addSeparator()
            elif id_ in self._actions:
                menu.addAction(_copy_of(self._actions[id_], menu))
        give_letters(menu.actions(), menu.actions())
        menu.popup(widget.mapToGlobal(point))


def _copy_of(action: QAction, menu: QMenu) -> QAction:
    """An entry of a context menu that copies an action, so that its access key may be another one."""
    entry = QAction(action.icon(), action.text(), menu)
    entry.setObjectName(action.objectName().replace("action.", "context."))
    entry.setShortcuts(action.shortcuts())
    entry.setCheckable(action.isCheckable())
    entry.setChecked(action.isChecked())
    entry.setEnabled(action.isEnabled())
    entry.setVisible(action.isVisible())
    entry.triggered.connect(action.trigger)
    return entry
