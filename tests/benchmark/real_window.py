"""The app's own window, opened as the app opens it, and how late its frames are: for programs that measure it."""

import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PySide6.QtCore import QEventLoop, QTimer, SignalInstance
from PySide6.QtWidgets import QApplication

from curvegui.app import give_memory_back, share_the_processor
from curvegui.core.engine.backend import NUMPY, Backend
from curvegui.core.settings.config import FULL_SPEED, TrainingConfig
from curvegui.session.jobs.garbage import Collector
from curvegui.session.run.delivery import Delivery
from curvegui.session.run.session import Session
from curvegui.session.stored.preferences import PreferencesFile
from curvegui.ui.actions.views import SIZE
from curvegui.ui.canvas.canvas import FRAME_MS, Canvas
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


def live(seconds: float) -> None:
    """Let all windows live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()


class RealWindow:
    """The main window on a paused session, and ways to wait for it; ``with`` closes it.

    ``folder``: where it keeps its preferences: an empty one, so that all see the same window. ``wanted``: what
    computes; prepared before. ``settings``: settings other than those of ``endless_config``.
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
        """Close the window and end its thread in any case: Qt aborts where a thread is destroyed while it runs."""
        self.window.features["documents"].closing.allow()
        self.window.close()
        if not self.session.close():
            raise TimeoutError("The trainer's thread did not end")

    def wait_for(self, is_right: Callable[[Delivery], bool], act: Callable[[], object] | None = None) -> Delivery:
        """Do something, and let the window live until the right delivery arrives."""
        return wait_for(self.session.snapshot_ready, is_right, act)[0]


def wait_for(
    signal: SignalInstance, is_right: Callable[[Any], bool], act: Callable[[], object] | None = None
) -> tuple[Any, float]:
    """Do something, and let all windows live until a signal says what is right: that, and the milliseconds it took.

    The event loop sleeps meanwhile: a loop that polls would keep the trainer's thread waiting.
    """
    loop, found = QEventLoop(), list[tuple[Any, float]]()

    def look(said: object) -> None:
        if not found and is_right(said):
            found.append((said, 1000 * (perf_counter() - start)))
            loop.quit()

    signal.connect(look)
    start = perf_counter()
    if act:
        act()
    if not found:
        QTimer.singleShot(PATIENCE_MS, loop, loop.quit)
        loop.exec()
    signal.disconnect(look)
    if not found:
        raise TimeoutError("The window did not show what the measurement waits for")
    return found[0]


def quantiles(values: ArrayLike) -> str:
    """Median, 99th percentile and largest of some milliseconds."""
    return "{:.2f}, {:.2f}, {:.1f} ms".format(*np.percentile(values, [50, 99, 100]))


class FrameWatch:
    """Stands between every canvas's clock and its frames; to be made before the canvas is.

    A frame is due 16 ms after the one before was due. Where a frame comes later than the next one is due, Qt counts
    anew from there, and so does the watch.
    """

    def __init__(self) -> None:
        self._began, self._times = perf_counter(), list[float]()
        frame = Canvas._frame

        def watched(canvas: Canvas) -> None:
            self._times.append(perf_counter())
            frame(canvas)

        Canvas._frame = watched

    def begin(self, canvas: Canvas) -> None:
        """Forget what was noted, and start the clock at a time that is known."""
        canvas._clock.start(FRAME_MS)
        self._began = perf_counter()
        self._times.clear()

    def late_ms(self) -> NDArray[np.float64]:
        """How late the frames since ``begin`` were."""
        interval = FRAME_MS / 1000
        due, late = self._began + interval, []
        for start in self._times:
            late.append(max(start - due, 0.0))
            due = (start if start > due + interval else min(due, start)) + interval
        return 1000 * np.array(late)
