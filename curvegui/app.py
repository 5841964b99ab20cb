"""The window's program: one window, from start to end."""

import ctypes
import logging
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, QThreadPool
from PySide6.QtGui import QPixmapCache
from PySide6.QtWidgets import QApplication

from curvegui import APP_ID, __version__
from curvegui.core.child_python import own_command
from curvegui.core.engine.backend import NUMPY, Backend
from curvegui.core.learner.target import build_target
from curvegui.core.presets.presets import PRESETS
from curvegui.core.settings.config import TrainingConfig, size_concern
from curvegui.files.disk.languages import SYSTEM, VARIABLE
from curvegui.session.jobs.garbage import Collector
from curvegui.session.jobs.job import is_apart, nothing_more_is_seen
from curvegui.session.stored.preferences import Preferences, PreferencesFile
from curvegui.ui.look.icons import file_icon
from curvegui.ui.look.language import speak_in_window
from curvegui.ui.window.failure import FailureReporter
from curvegui.ui.window.log_file import LogFile
from curvegui.ui.window.main_window import MainWindow
from curvegui.ui.window.start_up import StartUp
from curvegui.ui.window.stop_signals import StopSignals

if TYPE_CHECKING:  # loaded after the first painting
    from curvegui.ui.window.start_up import Lesson, Start

SWITCH_INTERVAL_S = 0.0005  # the window waits no longer for the trainer's thread to let it run
WRITING_MS = 30_000  # the largest picture takes a few seconds to encode
PICTURES_KB = 32_768  # that Qt keeps: the diagram's edges on a screen of twice the usual resolution need 30 MB
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8  # glibc's numbers
LARGE_BYTES, SPARE_BYTES = 1 << 20, 8 << 20  # what the system gets back at once, and what is kept for small things

logger = logging.getLogger(__name__)


def run(
    config: TrainingConfig,
    start: "Start" = None,
    wanted: Backend | None = NUMPY,
    has_curve: bool = True,
    lesson: "Lesson" = None,
) -> int:
    """Open the window and stay until it is closed; return the exit status.

    ``start`` is a file to open in the window, or a project to continue. ``wanted`` computes the runs;
    if it is None, the preferences say what does. They also choose the curve, unless the config ``has_curve``.
    ``lesson`` is a lesson to take, whether in class mode, and what it hides from the beginning.
    """
    share_the_processor()
    give_memory_back()
    application = _application()
    collector = Collector()
    collector.begin()
    try:
        return _show_window(application, config, start, wanted, has_curve, lesson=lesson)
    finally:
        collector.end()


def _show_window(
    application: QApplication,
    config: TrainingConfig,
    start: "Start",
    wanted: Backend | None,
    has_curve: bool,
    *,
    lesson: "Lesson",
) -> int:
    """Show the window until it is closed; the exit status."""
    stop = StopSignals()
    stop.requested.connect(application.closeAllWindows)  # the question below is one
    stop.install()
    if concern := size_concern(config.sizes):
        from curvegui.ui.dialogs.question import agrees

        if not agrees(concern):
            return 0
    log = LogFile(_folder(QStandardPaths.StandardLocation.AppLocalDataLocation))
    log.begin()
    preferences_file = PreferencesFile(_preferences())
    speak_in_window(preferences_file.load().language)
    favourites = _folder(QStandardPaths.StandardLocation.AppDataLocation) / "favourites"
    window = MainWindow(preferences_file, log.path, favourites)  # which loads them
    log.report_to(window.toast.notify_first)
    config, wanted = as_preferred(config, wanted, has_curve, preferences_file.present)
    if lesson is not None:
        window.withhold(lesson[2], lesson[1])  # before it is painted
    window.canvas.show_target(build_target(config))
    reporter = FailureReporter(log.path, window)
    reporter.install()
    start_up = StartUp(application, window, reporter, stop, (config, start, wanted, lesson))
    window.show()
    try:
        status = application.exec()
    finally:
        reporter.uninstall()
        ended = start_up.close()
    return _leave(status, ended, start_up.restart_with)


def _leave(status: int, ended: bool, restart_with: Path | None) -> int:
    """The exit status, when a picture that is being written is written to its end.

    ``ended`` is whether the run did. Where a thread still runs, the process ends here and now. The app is started anew
    last, when its files and locks are free, if there is a run to ``restart_with``.
    """
    with nothing_more_is_seen():
        in_time = QThreadPool.globalInstance().waitForDone(WRITING_MS) and ended
    if not in_time:
        logger.error("A thread did not stop in time")
    if restart_with is not None:
        _start_anew(restart_with)
    if is_apart() or not in_time:  # destroying a thread that still runs would abort the process
        logging.shutdown()
        for stream in filter(None, (sys.stdout, sys.stderr)):
            with suppress(OSError):
                stream.flush()
        os._exit(status)
    return status


def _start_anew(run: Path) -> None:
    """Start the app again with the run in a file, or in a copy of its own, in the language that the preferences say.

    Where the system starts no program, the log says so, and the next start offers the copy.
    """
    from curvegui.session.document.file import RESTARTED  # loaded after the first painting

    environment = {name: value for name, value in os.environ.items() if name != VARIABLE} | {RESTARTED: str(run)}
    try:
        subprocess.Popen(own_command(), stdin=subprocess.DEVNULL, start_new_session=True, env=environment)
    except OSError:
        logger.exception("The app could not be started again")


def handed_over(start: "Start") -> bool:
    """Whether a window that is open has taken what this start is to open: a file, if the preferences say so."""
    if not isinstance(start, Path):
        return False
    from curvegui.ui.second_start.channel import hand_over

    _application()  # whose name leads to the preferences
    return hand_over(start, _preferences())


def as_preferred(
    config: TrainingConfig, wanted: Backend | None, has_curve: bool, preferred: Preferences
) -> tuple[TrainingConfig, Backend]:
    """The config and what computes it, after the preferences where nothing else was asked for; see `run`."""
    if not has_curve and preferred.start_curve in PRESETS:
        config = config.changed(curve=preferred.start_curve)
    return config, wanted or Backend(preferred.engine, preferred.precision)


def share_the_processor() -> None:
    """Divide the processor between the window and the trainer's thread; call this before Qt paints anything."""
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    # Qt would spread every small painting over all cores, one of which the trainer is busy on
    os.environ.setdefault("QT_NO_GUI_THREADPOOL", "1")


def give_memory_back() -> None:
    """Let the memory of pictures and large arrays be the system's again as soon as they go, where glibc has it.

    By itself, it takes memory for large things from its heap once the first of them has gone, and what is small
    settles between them: the holes came to 120 MB. It also has a heap for each of the threads that come and go, up to
    eight times as many as there are cores, with holes of its own: here all have the same one.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library
            library = ctypes.CDLL(None)
            library.mallopt(M_MMAP_THRESHOLD, LARGE_BYTES)
            library.mallopt(M_TRIM_THRESHOLD, SPARE_BYTES)
            library.mallopt(M_ARENA_MAX, 1)


def _application() -> QApplication:
    kind = QApplication
    if sys.platform == "darwin":
        from curvegui.ui.second_start.file_events import FileEventApplication

        kind = FileEventApplication
    application = QApplication.instance() or kind([sys.argv[0]])
    assert isinstance(application, QApplication)
    application.setApplicationName("curvegui")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName(APP_ID)
    speak_in_window(SYSTEM)
    application.setWindowIcon(file_icon("app"))
    QPixmapCache.setCacheLimit(PICTURES_KB)
    return application


def _folder(location: QStandardPaths.StandardLocation) -> Path:
    return Path(QStandardPaths.writableLocation(location))


def _preferences() -> Path:
    return _folder(QStandardPaths.StandardLocation.AppConfigLocation) / "preferences.json"
