"""Someone in front of the app, who lets runs learn, opens dialogs, and takes pictures."""

import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import monotonic

from album import Album, words_in
from hands import Hands
from looking import LOOK_MS, PATIENCE_S, Lost, is_pool_idle, seen_windows
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMainWindow, QMenu, QWidget
from trained import ITERATIONS

from tests.room.fitting import faults
from tests.room.untranslated import untranslated

LAID_OUT_MS = 200  # in which all is laid out, and each dock has had a turn to be brought up to date
CALM_MS, CALM_LOOKS = 140, 2  # a picture that stays the same for so many looks is at rest

UNSAVED = "unsaved"  # the name of the question whether to save


class Visitor(Hands):
    """Someone in front of the app.

    ``album``: where the pictures go. ``home``, ``runs``: the visitor's own folder, and the one of the runs that were
    made before. ``look``: in which the canvas is wanted, whatever a file says.
    """

    def __init__(self, album: Album, home: Path, runs: Path, look: str) -> None:
        self._album, self._look, self.home, self.runs = album, look, home, runs

    # The window and its run

    def wait_for_window(self) -> None:
        """Live on until the main window is there with all that is in it at first, and is the one that keys go to."""
        self.wait("the window opens", lambda: any(isinstance(each, QMainWindow) for each in seen_windows()))
        self.wait("the controls are there", lambda: self.window.findChild(QWidget, "run") is not None)
        before = -1
        while before != (now := len(self.window.findChildren(QWidget))):  # it is filled piece by piece
            before = now
            QTest.qWait(LAID_OUT_MS)
        self.window.setAnimated(False)
        self.come_back()
        self.take_pointer_away()

    def come_back(self) -> None:
        """Make the main window the one that keys go to, as it is after a dialog, unless one is in front of it."""
        if QApplication.activeModalWidget() is None:
            self.window.activateWindow()
            self.wait("the window is active", lambda: self.window.isActiveWindow() or QApplication.activeModalWidget())

    def hush(self) -> None:
        """Let the status bar say nothing in passing: it would end when its time is over."""
        self.window.statusBar().showMessage("")
        self.rest()

    def reset_view(self) -> None:
        """Put the panels where they belong: which heights they have goes by what was in them when they got them."""
        QTest.qWait(LAID_OUT_MS)
        self.choose("view.reset")
        QTest.qWait(LAID_OUT_MS)

    def go_to(self, view: str) -> None:
        """Show one of the views, as a new user finds it."""
        self.choose(f"view.{view}")
        self.reset_view()

    def wait_for_run(self, path: Path) -> None:
        """Live on until the run of a file is there, and nothing is said about that any more."""
        self.wait(f"{path} is opened", lambda: self._has(path))
        self.wait_for_message("Opened")
        self.wait_for_iteration(ITERATIONS[path.stem])
        self.check(f"look.{self._look}")
        self.hush()

    def open(self, name: str) -> None:
        """Open another of the runs that were made before."""
        path = self.runs / f"{name}.curvegui"
        self.drop(path)
        self.wait("it opens, or a question", lambda: self._has(path) or self.all_of(QWidget, UNSAVED))
        for question in self.all_of(QWidget, UNSAVED):  # about the look, which belongs to a run
            self.click(self.find("discard", question))
        self.wait_for_run(path)

    def _has(self, path: Path) -> bool:
        return self.window.windowFilePath() == str(path)

    def wait_for_iteration(self, iteration: int) -> None:
        """Live on until the run has come so far, and the window says so: "0 of", not "400 of"."""
        self.wait_for_words("status.iteration", f" {iteration:,} of ", lambda: " " + self.read("status.iteration"))

    def wait_for_pause(self) -> None:
        """Live on until the run stands still."""
        self.wait_for_words("the button", "Run", lambda: self.action("run.toggle").text())

    def learn(self, iterations: int) -> None:
        """Make some hundreds of iterations, and wait for the last one."""
        said = re.search(r"([\d,]+) of", self.read("status.iteration"))
        goal = (int(said[1].replace(",", "")) if said else 0) + iterations
        for _ in range(iterations // 100):
            self.action("run.step_100").trigger()
        self.wait_for_iteration(goal)
        self.wait_for_pause()

    def pause_at_start(self) -> None:
        """Pause a run that has begun by itself, and go back to where it began."""
        self.wait_for_words("the button", "Pause", lambda: self.action("run.toggle").text())
        self.choose("run.toggle")
        self.wait_for_pause()
        self.choose("run.reset")
        self.wait_for_iteration(0)

    # Dialogs

    def while_open(self, trigger: Callable[[], object], act: Callable[[QWidget], object]) -> None:
        """Do something that opens a dialog or a menu, act on that, and close it.

        The dialog may hold up the caller, as those do that run an event loop of their own: a timer acts meanwhile.

        ``trigger``: opens it. ``act``: is handed the window that has come.
        """
        before = seen_windows()
        ended: list[Exception | None] = []
        timer = QTimer()

        def look() -> None:
            fresh = [each for each in seen_windows() if each not in before]
            if not fresh:
                return
            timer.stop()
            try:
                self._face(fresh[0])
                act(fresh[0])
                ended.append(None)
            except Exception as error:  # Qt would swallow it
                ended.append(error)
                self.show_trouble()
            finally:
                _close_all_but(before)

        timer.timeout.connect(look)
        timer.start(LOOK_MS)
        try:
            trigger()
            self.wait("a dialog opens", lambda: ended)
        finally:
            timer.stop()
        if ended[0] is not None:
            raise ended[0]
        self.rest()

    def _face(self, opened: QWidget) -> None:
        """Make a dialog the window that keys go to; a menu takes them anyway."""
        if opened.windowType() != Qt.WindowType.Popup:
            opened.activateWindow()
            self.wait("the dialog is active", opened.isActiveWindow)

    def while_chosen(self, id_: str, act: Callable[[QWidget], object]) -> None:
        """Choose an action that opens a dialog, and act on that."""
        self.while_open(lambda: self.choose(id_), act)
        self.come_back()

    # Pictures

    def see(self, name: str, widget: QWidget | None = None) -> None:
        """Take a picture of a widget, or of the window, as soon as it is at rest."""
        shown = self.window if widget is None else widget
        if isinstance(shown, QFileDialog):
            shown.setViewMode(QFileDialog.ViewMode.List)  # without dates and sizes
        self._album.add(name, self.settled(shown), words_in(shown), self._faults(shown))

    def _faults(self, shown: QWidget) -> list[str]:
        """What has no room in it, and, where one language can tell, what is not translated."""
        found = faults(shown) if self.language != "en" else []
        return found + (untranslated(shown) if self.language == "brackets" else [])

    def see_moving(self, name: str, widget: QWidget) -> None:
        """Take a picture of what never comes to rest, as soon as something has been seen in it."""
        self.linger()
        self._album.add(name, widget.grab().toImage(), words_in(widget), self._faults(widget))

    def see_menu(self, name: str, menu: QMenu) -> None:
        """Take a picture of a menu, opened."""
        corner = self.window.mapToGlobal(QPoint(40, 40))
        self.while_open(lambda: menu.popup(corner), lambda opened: self.see(name, opened))

    def see_dialog(self, name: str, id_: str) -> None:
        """Take a picture of the dialog that an action opens."""
        self.while_chosen(id_, lambda dialog: self.see(name, dialog))

    def show_trouble(self) -> None:
        """Take pictures of all windows, whether they are at rest or not: something has gone wrong."""
        for window in seen_windows():
            with suppress(Exception):  # the first trouble is the one that is told
                self._album.add(f"failed-{self._album.count}", window.grab().toImage(), words_in(window))

    def settled(self, widget: QWidget) -> QImage:
        """What a widget looks like when nothing changes in it any more."""
        until, last, same = monotonic() + PATIENCE_S, QImage(), 0
        while same < CALM_LOOKS:
            if monotonic() > until:
                raise Lost("A picture never comes to rest")
            QTest.qWait(CALM_MS)
            image = widget.grab().toImage()
            same = same + 1 if image == last and is_pool_idle() else 0
            last = image
        return last


def _close_all_but(kept: list[QWidget]) -> None:
    """Close what has been opened, the latest first."""
    for each in reversed([each for each in seen_windows() if each not in kept]):
        if isinstance(each, QDialog):
            each.reject()
        else:
            each.close()
