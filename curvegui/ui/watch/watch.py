"""Only the picture: what the view Watch takes away, and the presentation that fills the screen."""

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QFont, QKeyEvent

from curvegui.ui.actions.actions import TEXT, chip
from curvegui.ui.actions.centre import TRANSPORT
from curvegui.ui.actions.services import Services
from curvegui.ui.actions.view import View
from curvegui.ui.look.theme import follow_theme
from curvegui.ui.watch import VIEW
from curvegui.ui.watch.floating import FloatingBar, Message
from curvegui.ui.watch.pane import SecondPane

GALLERY = "gallery.start"  # an action of another feature
LINES_HIGH = 32  # of the canvas's own words, in the height of the window: they are read from the back of a room
PERCENT = 150  # of the usual type at least, for all else in a presentation
FULL = Qt.WindowState.WindowFullScreen


class Watch(QObject):
    """Enters and leaves the view, and the presentation."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._services, self._window = services, services.window
        services.features.want("timeline")  # whose controls float over the picture
        self._pane, self._message = SecondPane(services), Message(services.canvas)
        self._window.statusBar().messageChanged.connect(self._say)
        self._bar: FloatingBar | None = None
        self._returning, self._leaving = QTimer(self, singleShot=True), QTimer(self, singleShot=True)
        self._returning.timeout.connect(self._return)  # each a piece: all at once, the window would stop for 0.1 s
        self._leaving.timeout.connect(self._leave)
        services.closed.connect(self._returning.stop)
        self._window.state_changed.connect(self._check)
        self._window.state_changed.connect(self._size_type)
        self._window.resized.connect(self._size_type)
        self._window.pressed.connect(self._heed_key)
        services.views.changed.connect(self._follow)
        services.closed.connect(self._leave)
        self._follow(services.views.now)
        follow_theme(self._size_type)  # and the font

    @property
    def is_presenting(self) -> bool:
        """Whether the picture fills the screen; a full screen with another view is the system's affair."""
        return self._window.isFullScreen() and self._services.views.now.id == VIEW

    @Slot(object)
    def _follow(self, view: View) -> None:
        self._returning.stop()
        self._leaving.stop()
        if view.id == VIEW and self._bar is None:
            self._enter()
        elif view.id != VIEW and self._bar is not None:
            self._leaving.start()
            self._message.hide()
            self._fill(False)
        self._check()

    def _enter(self) -> None:
        services = self._services
        more = [chip(services.actions[GALLERY], "", TEXT)] if "gallery" in services.features else []
        self._bar = FloatingBar(services.centre.take(TRANSPORT), services.canvas, more)
        self._size_type()

    @Slot()
    def _leave(self) -> None:
        self._leaving.stop()
        if self._bar is not None:
            transport = self._bar.give_back()
            self._bar = None
            self._services.centre.put(TRANSPORT, transport)
            self._services.canvas.setFont(QFont())

    @Slot()
    def _size_type(self) -> None:
        """Write on the picture in letters that suit its size."""
        if self._bar is None:
            return
        line = self._window.fontMetrics().height()
        canvas, font = self._services.canvas, QFont()
        font.setPixelSize(max(round(self._window.height() / LINES_HIGH), line))
        canvas.setFont(font)
        self._bar.place()

    @Slot(str)
    def _say(self, words: str) -> None:
        """Say over the picture what the status bar cannot."""
        self._message.say("" if self._window.statusBar().isVisible() else words)

    # What the actions do

    def show_pane(self, name: str) -> None:
        """Show something beside the picture."""
        self._services.views.show(VIEW)
        self._pane.show(name)

    def show_next_pane(self) -> None:
        """Show the next thing beside the picture."""
        self._services.views.show(VIEW)
        self._pane.show_next()

    def present(self, fill: bool) -> None:
        """Fill the screen with the picture, or go back to what there was before."""
        if fill:
            self._services.views.presented_from = self._services.views.now.id
            self._services.views.show(VIEW)
            self._fill(True)
        else:
            self._fill(False)
            self._returning.start()
        self._check()

    @Slot()
    def _return(self) -> None:
        """Show what was there before a presentation, which is no longer one."""
        with self._services.session.gate:
            self._services.views.show(self._services.views.presented_from or VIEW)

    def _fill(self, fill: bool) -> None:
        """Fill the screen; a maximised window stays maximised."""
        state = self._window.windowState()
        self._window.setWindowState(state | FULL if fill else state & ~FULL)

    @Slot(object)
    def _heed_key(self, event: QKeyEvent) -> None:
        """Escape leaves the full screen, also where the system, or the last time, chose it."""
        if event.key() == Qt.Key.Key_Escape and self.is_presenting:
            self.present(False)
            event.accept()

    @Slot()
    def _check(self) -> None:
        """Let the menus say what there is, and be away in a presentation."""
        self._services.actions["view.full_screen"].setChecked(self.is_presenting)
        least = PERCENT if self.is_presenting else 0
        if self._services.display.now.least_text_size != least:
            self._services.display.see(least_text_size=least)
        if not self._window.menuBar().isNativeMenuBar():
            self._window.menuBar().setVisible(not self.is_presenting)
        self._pane.check()
