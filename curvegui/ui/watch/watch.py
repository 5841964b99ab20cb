"""The view Watch, which shows only the picture, and the presentation that fills the screen."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QCursor, QFont, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QToolButton, QWidget

from curvegui.ui.actions.actions import TEXT, chip
from curvegui.ui.actions.centre import TIMELINE, TRANSPORT
from curvegui.ui.actions.services import Services
from curvegui.ui.actions.view import View
from curvegui.ui.canvas.plane_view import PlaneView
from curvegui.ui.look.icons import icon
from curvegui.ui.look.layouts import filled, named, styled
from curvegui.ui.look.scale import BETWEEN_PX
from curvegui.ui.look.theme import DARK, follow_theme, is_under_glass, style_sheet
from curvegui.ui.timeline.transport import Transport
from curvegui.ui.watch import PANES, VIEW
from curvegui.ui.widgets.toast import Toast

RESTING_MS = 2_000
ABOVE_PX = 24  # the bottom of the picture
KEYS = {QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride}  # of a shortcut, only the latter comes
STIRS = {QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel} | KEYS


class FloatingBar(QFrame):
    """Holds the transport, with ``more`` beside it, in one row over the bottom of ``picture``, which shows through it;
    visible while a person does something."""

    def __init__(self, transport: Transport, picture: PlaneView, toast: Toast, more: Sequence[QWidget] = ()) -> None:
        super().__init__(picture)
        styled(named(self, "watch.bar"), "glass")
        self._transport, self._picture, self._toast, self._more = transport, picture, toast, more
        self._row = filled(QHBoxLayout(self), (transport, 1), *more, edges=(12, 6, 12, 6), spacing=BETWEEN_PX)
        transport.show()
        self._resting = QTimer(self, singleShot=True, interval=RESTING_MS)
        self._resting.timeout.connect(self._rest)
        self._watched = picture, picture.viewport(), picture.window()
        for each in self._watched:
            each.installEventFilter(self)
        self._buttons = [each for each in self.findChildren(QToolButton) if each.icon().name()]
        self._is_dark = False
        for action in {each.defaultAction() or transport.toggle for each in self._buttons}:
            action.changed.connect(self._draw_icons, Qt.ConnectionType.QueuedConnection)  # after the action's own
        self.suit()
        self.move_to_corner()
        self.wake()

    def suit(self) -> None:
        """Be dark glass over a dark picture, else in the colours of the window."""
        is_dark = is_under_glass(self._picture)
        if is_dark != self._is_dark:
            self._is_dark = is_dark
            self.setStyleSheet(style_sheet(DARK) if is_dark else "")
            self._draw_icons()

    @Slot()
    def _draw_icons(self) -> None:
        for button in self._buttons:
            role = "muted" if button.defaultAction() else "on_accent"
            colours = [getattr(DARK, each) if self._is_dark else each for each in (role, "faint")]
            button.setIcon(icon(button.icon().name(), *colours))

    def give_back(self) -> Transport:
        for each in self._watched:
            each.removeEventFilter(self)
        self._resting.stop()
        self._picture.viewport().unsetCursor()
        self._toast.stand_above(0)
        self._transport.fit_in_row(None)
        self._transport.setParent(None)
        self._is_dark = False
        self._draw_icons()
        self.hide()
        self.deleteLater()
        return self._transport

    def move_to_corner(self) -> None:
        """Move this bar to the middle of the picture's bottom, as wide as its contents want, in one row."""
        across, high, edges = self._picture.width(), self._picture.height(), self._row.contentsMargins()
        room = across - 2 * ABOVE_PX - edges.left() - edges.right()
        beside = sum(each.sizeHint().width() + BETWEEN_PX for each in self._more)
        has_room = self._transport.fit_in_row(room - beside)
        if not has_room:
            self._transport.fit_in_row(room)
        for each in self._more:
            each.setVisible(has_room)
        least = self._transport.row_hint()
        width = least.width() + edges.left() + edges.right() + (beside if has_room else 0)
        height = least.height() + edges.top() + edges.bottom()
        self.setGeometry((across - width) // 2, high - height - ABOVE_PX, width, height)
        self._toast.stand_above(height + ABOVE_PX)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the picture, and become visible when a person does something."""
        if event.type() in (KEYS if watched is self.window() else STIRS):
            self.wake()
        elif watched is self._picture and event.type() == QEvent.Type.Resize:
            self.move_to_corner()
        return False

    @Slot()
    def wake(self) -> None:
        if self.isHidden():
            self.show()
            self.raise_()
            self._picture.viewport().unsetCursor()
        self._resting.start()

    @Slot()
    def _rest(self) -> None:
        focus = QApplication.focusWidget()
        has_focus = focus is not None and self.isAncestorOf(focus)
        if has_focus or self.rect().contains(self.mapFromGlobal(QCursor.pos())):
            self._resting.start()
        else:
            self.hide()
            self._picture.viewport().setCursor(Qt.CursorShape.BlankCursor)


SHARE = 0.45  # of the window's width, for the second pane
GALLERY = "gallery.start"  # an action of another feature
LINES_HIGH = 32  # of the canvas's own words, in the height of the window: they are read from the back of a room
PERCENT = 150  # of the usual type at least, for all else in a presentation
FULL = Qt.WindowState.WindowFullScreen


class Watch(QObject):
    """Enters and leaves the view Watch, and the presentation that fills the screen."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._services, self._window = services, services.window
        services.features.want("timeline")  # whose controls float over the picture
        for name in PANES:
            if name in services.docks:
                services.docks[name].visibilityChanged.connect(self._check_pane)
        self._bar: FloatingBar | None = None
        self._returning, self._leaving = QTimer(self, singleShot=True), QTimer(self, singleShot=True)
        self._returning.timeout.connect(self._return)  # each a piece: all at once, the window would stop for 0.1 s
        self._leaving.timeout.connect(self._leave)
        services.closed.connect(self._returning.stop)
        self._window.state_changed.connect(self._check)
        for changed in (self._window.state_changed, self._window.resized):
            changed.connect(self._size_type)
        self._window.pressed.connect(self._heed_key)
        services.views.changed.connect(self._follow)
        services.closed.connect(self._leave)
        self._follow(services.views.now)
        services.display.changed.connect(self._size_type)
        follow_theme(self._size_type)  # and the font

    @property
    def is_presenting(self) -> bool:
        """Whether the picture fills the screen; with another view, a full screen is the system's choice."""
        return self._window.isFullScreen() and self._services.views.now.id == VIEW

    @Slot(object)
    def _follow(self, view: View) -> None:
        self._returning.stop()
        self._leaving.stop()
        if view.id == VIEW and self._bar is None:
            services = self._services
            more = [chip(services.actions[GALLERY], "", TEXT)] if "gallery" in services.features else []
            services.centre.take(TRANSPORT)
            transport = services.features["timeline"].transport
            self._bar = FloatingBar(transport, services.canvas, services.toast, more)
            services.canvas.words.is_covered_below = True  # by the bar
            self._size_type()
        elif view.id != VIEW and self._bar is not None:
            self._leaving.start()
            self._fill(False)
        self._check()

    @Slot()
    def _leave(self) -> None:
        self._leaving.stop()
        if self._bar is not None:
            transport = self._bar.give_back()
            self._bar = None
            self._services.centre.put(TRANSPORT, transport)
            self._services.canvas.words.is_covered_below = False
            self._services.canvas.setFont(QFont())

    @Slot()
    def _size_type(self) -> None:
        if self._bar is None:
            return
        line = self._window.fontMetrics().height()
        canvas, font = self._services.canvas, QFont()
        font.setPixelSize(max(round(self._window.height() / LINES_HIGH), line))
        canvas.setFont(font)
        self._bar.suit()
        self._bar.move_to_corner()

    @property
    def _pane(self) -> str:
        """The pane beside the picture, whether opened here or in another way."""
        docks, centre = self._services.docks, self._services.centre
        opened = (name for name in PANES if name in docks and not docks[name].isHidden())
        return next(opened, "cost" if TIMELINE in centre.shown else "")

    def show_pane(self, name: str) -> None:
        """Show one of `PANES` beside the picture instead of the present pane; none for an empty name."""
        docks, centre = self._services.docks, self._services.centre
        self._services.views.show(VIEW)
        for other in PANES:
            if other in docks and other != name:
                docks[other].hide()
        centre.show_only(frozenset({TIMELINE}) if name == "cost" else frozenset())
        if name in docks:
            docks.share = SHARE
            docks.show(name)
            docks.share_out(((name,),))
        self._check_pane()

    def show_next_pane(self) -> None:
        """Show the next pane; after the last one, show none."""
        docks = self._services.docks
        self._services.views.show(VIEW)
        names = [name for name in PANES if name not in docks or docks.offers(name)]
        self.show_pane(names[(names.index(self._pane) + 1) % len(names)])

    @Slot()
    def _check_pane(self) -> None:
        """Mark the present pane in the menu; in another view, the mark stays at the last pane."""
        if self._services.views.now.id == VIEW:
            self._services.actions[f"watch.pane.{self._pane or 'none'}"].setChecked(True)

    def present(self, fill: bool) -> None:
        """Fill the screen with the picture, or go back to the view before."""
        if fill:
            self._services.views.presented_from = self._services.views.now.id
            self._services.views.show(VIEW)
        self._fill(fill)
        if not fill:
            self._returning.start()
        self._check()

    @Slot()
    def _return(self) -> None:
        with self._services.session.gate:
            self._services.views.show(self._services.views.presented_from or VIEW)

    def _fill(self, fill: bool) -> None:
        """Fill the screen, or no longer; a maximised window stays maximised."""
        state = self._window.windowState()
        self._window.setWindowState(state | FULL if fill else state & ~FULL)

    @Slot(object)
    def _heed_key(self, event: QKeyEvent) -> None:
        """Let Escape leave the full screen, whether a person or the system has chosen it."""
        if event.key() == Qt.Key.Key_Escape and self.is_presenting:
            self.present(False)
            event.accept()

    @Slot()
    def _check(self) -> None:
        self._services.actions["view.full_screen"].setChecked(self.is_presenting)
        least = PERCENT if self.is_presenting else 0
        if self._services.display.now.least_text_size != least:
            self._services.display.see(least_text_size=least)
        if not self._window.menuBar().isNativeMenuBar():
            self._window.menuBar().setVisible(not self.is_presenting)
        self._check_pane()
