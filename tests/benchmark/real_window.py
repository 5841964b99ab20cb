"""The app's own window, opened as the app opens it, for scripts that measure it."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from curvegui.app import give_memory_back, share_the_processor
from curvegui.core.engine.backend import NUMPY, Backend
from curvegui.core.settings.config import FULL_SPEED, TrainingConfig
from curvegui.session.jobs.garbage import Collector
from curvegui.session.run.delivery import Delivery
from curvegui.session.run.session import Session
from curvegui.session.stored.preferences import PreferencesFile
from curvegui.ui.actions.views import SIZE
from curvegui.ui.window.main_window import MainWindow

ENDLESS = 1_000_000_000  # iterations: no measurement reaches the goal
PATIENCE_MS = 60_000


def endless_config(**settings: Any) -> TrainingConfig:
    """The app's own settings, at full speed and without an end."""
    return TrainingConfig(**{"iterations": ENDLESS, "speed": FULL_SPEED, **settings})


def application(platform: str) -> QApplication:
    """Qt on a platform, "offscreen" or "xcb", tuned as the app tunes it."""
    share_the_processor()
    give_memory_back()
    application = QApplication([sys.argv[0], "-platform", platform])
    Collector(application).begin()
    return application


class RealWindow:
    """The main window on a paused session, and ways to wait for it.

    ``folder``: where it keeps its preferences: an empty one, so that all see the same window. ``wanted``: what
    computes; prepared before. ``settings``: settings other than those of ``endless_config``. ``with`` closes it.
    """

    def __init__(self, folder: Path, wanted: Backend = NUMPY, **settings: Any) -> None:
        self.session = Session(endless_config(**settings), wanted=wanted)
        self.window = MainWindow(PreferencesFile(folder / "preferences.json"), folder / "log", folder / "favourites")
        self.window.begin(self.session)
        self.window.finish()
        self.window.resize(SIZE)  # offscreen, the screen would be too small for it
        self.window.show()
        self.wait_for(lambda delivery: True)
        live(0.5)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        """End its thread whatever has happened: Qt aborts where one is destroyed while it runs."""
        self.close()

    def wait_for(self, is_right: Callable[[Delivery], bool]) -> Delivery:
        """Let the window live until the right delivery arrives."""
        loop, found = QEventLoop(), list[Delivery]()

        def look(delivery: Delivery) -> None:
            if not found and is_right(delivery):
                found.append(delivery)
                loop.quit()

        self.session.snapshot_ready.connect(look)
        guard = QTimer()
        guard.timeout.connect(loop.quit)
        guard.start(PATIENCE_MS)
        loop.exec()
        self.session.snapshot_ready.disconnect(look)
        if not found:
            raise TimeoutError("The window did not show what the measurement waits for")
        return found[0]

    def close(self) -> None:
        """Close the window and end its thread."""
        self.window.features["documents"].closing.allow()
        self.window.close()
        if not self.session.close():
            raise TimeoutError("The trainer's thread did not end")


def live(seconds: float) -> None:
    """Let all windows live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()
