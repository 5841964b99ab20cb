"""The window's program from start to end: what it asks, where it writes, and that nothing keeps it from ending well."""

import ctypes
import gc
import logging
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QStandardPaths, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from curvegui import __version__, app
from curvegui.core.engine.backend import NUMPY, Backend
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import FULL_SPEED, TrainingConfig
from curvegui.files.project.project import Project, save
from curvegui.session.run.session import Session
from curvegui.session.stored.preferences import Preferences
from curvegui.ui.widgets.toast import Toast
from curvegui.ui.window import start_up
from curvegui.ui.window.main_window import MainWindow
from tests.session.engines import NO_LIBRARY, without_c

pytestmark = pytest.mark.costly

LARGE = TrainingConfig(hidden=(1_100, 1_000))
HANGUP = getattr(signal, "SIGHUP", signal.SIGTERM)  # the terminal is closed
SIGNALS = signal.SIGINT, signal.SIGTERM, HANGUP


@pytest.fixture(autouse=True)
def places(qapp, tmp_path, monkeypatch):
    """The app's folders, in a temporary one; all that the app sets for its process is set back."""
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda where: str(tmp_path / where.name / "curvegui"))
    monkeypatch.delenv(start_up.READY_FILE, raising=False)
    monkeypatch.setenv("QT_NO_GUI_THREADPOOL", "1")
    monkeypatch.setattr(os, "_exit", lambda status: pytest.fail(f"All tests would have ended, with status {status}"))
    for name in ("freeze", "unfreeze"):  # or all modules are looked through after each of these tests
        monkeypatch.setattr(gc, name, lambda: None)
    for module in (sys, threading):
        monkeypatch.setattr(module, "excepthook", module.excepthook)
    handlers, interval, locale = [signal.getsignal(each) for each in SIGNALS], sys.getswitchinterval(), QLocale()
    names, logs = (qapp.applicationName(), qapp.applicationDisplayName()), list(logging.getLogger().handlers)
    level = logging.getLogger("curvegui").level
    yield tmp_path
    for each, handler in zip(SIGNALS, handlers, strict=True):
        signal.signal(each, handler)
    sys.setswitchinterval(interval)
    QLocale.setDefault(locale)
    qapp.setApplicationName(names[0])
    qapp.setApplicationDisplayName(names[1])
    for added in set(logging.getLogger().handlers) - set(logs):
        logging.getLogger().removeHandler(added)
        added.close()
    logging.getLogger("curvegui").setLevel(level)


def test_the_preferences_choose_what_nobody_asked_for():
    star = Preferences(start_curve="star", engine="numpy", precision="single")
    asked, single = Backend(), Backend("numpy", "single")
    assert app.as_preferred(TrainingConfig(seed=3), None, False, star) == (TrainingConfig(seed=3, curve="star"), single)
    assert app.as_preferred(TrainingConfig(), asked, True, star) == (TrainingConfig(), asked)
    assert app.as_preferred(TrainingConfig(), asked, False, Preferences(start_curve="gone"))[0] == TrainingConfig()


def run(config, path=None, wanted=NUMPY):
    """Run the app in this process, which goes on: its window goes, and an end that is still on its way."""
    try:
        return app.run(config, path, wanted)
    finally:
        for window in QApplication.topLevelWidgets():
            if isinstance(window, MainWindow):
                window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QCoreApplication.removePostedEvents(QCoreApplication.instance(), QEvent.Type.Quit.value)


class Visitor:
    """Waits until the window is painted and has learned a little, does something, and closes it."""

    def __init__(self, act=None):
        self.windows, self._act, self._painted = 0, act, False
        self._timer = QTimer()
        self._timer.timeout.connect(self._look_for_window)
        self._timer.start(1)

    def _look_for_window(self):
        for window in QApplication.topLevelWidgets():
            if isinstance(window, MainWindow) and window.isVisible():
                self._window = window
                window.canvas.painted.connect(self._see)
                self._timer.timeout.disconnect(self._look_for_window)
                self._timer.timeout.connect(self._visit)

    def _see(self):
        self._painted = True

    def _visit(self):
        shown = self._window.canvas.snapshot
        if not self._painted or shown is None or not shown.iteration:
            return
        self._timer.stop()
        self.windows += 1
        try:
            if self._act:
                self._act(self._window)
        finally:
            self._window.close()


@pytest.fixture
def visit():
    """Send someone to the window that will open."""
    visitors = []

    def send(act=None):
        visitors.append(Visitor(act))
        return visitors[-1]

    return send


def log_of(places):
    return (places / "AppLocalDataLocation" / "curvegui" / "curvegui.log").read_text(encoding="utf-8")


def preferences_of(places):
    return (places / "AppConfigLocation" / "curvegui" / "preferences.json").read_text(encoding="utf-8")


def test_the_window_opens_learns_and_closes_with_status_0(visit):
    seen = []
    visitor = visit(lambda window: seen.append(window.windowTitle()))
    assert run(TrainingConfig(speed=FULL_SPEED)) == 0
    assert visitor.windows == 1
    assert seen == ["Heart[*] – CurveGUI"]


@pytest.mark.parametrize(("wanted", "told"), [(None, 1), (NUMPY, 0)])
def test_where_there_is_no_engine_in_c_the_status_says_so_once(visit, monkeypatch, wanted, told):
    without_c(monkeypatch)
    said = []
    monkeypatch.setattr(Toast, "notify_first", lambda bar, words: said.append(words))
    visit(lambda window: window.finish())
    assert run(TrainingConfig(), wanted=wanted) == 0
    assert [NO_LIBRARY in words for words in said] == [True] * told


@pytest.mark.slow
def test_preferences_and_log_are_kept_in_the_app_s_own_folders_and_the_ready_file_holds_the_process_id(
    places, monkeypatch, visit
):
    ready, texts = places / "ready", []

    def act(window):
        texts.append(ready.read_text())
        window.services.actions["look.dark"].trigger()

    monkeypatch.setenv(start_up.READY_FILE, str(ready))
    monkeypatch.setattr("curvegui.ui.dialogs.question.agrees", no_session)  # a usual network is not asked about
    visit(act)
    run(TrainingConfig(hidden=(64,) * 8))
    assert texts == [f"{os.getpid()}\n"]
    assert '"look": "dark"' in preferences_of(places)
    assert log_of(places) == ""


def test_folders_that_cannot_be_written_to_do_not_matter(places, visit):
    for name in ("AppConfigLocation", "AppLocalDataLocation"):
        (places / name).write_text("a file where a folder should be")
    visitor = visit()
    assert run(TrainingConfig()) == 0
    assert visitor.windows == 1


def test_a_ready_file_that_cannot_be_written_and_an_exception_are_logged_and_the_app_still_ends_well(
    places, monkeypatch, visit
):
    def fail():
        raise ValueError("no such thing")

    def act(window):
        window.canvas.painted.connect(fail)
        window.canvas.painted.emit()

    monkeypatch.setenv(start_up.READY_FILE, str(places / "none" / "ready"))
    visit(act)
    assert run(TrainingConfig()) == 0
    assert f"The file named by {start_up.READY_FILE} cannot be written" in log_of(places)
    assert "ValueError: no such thing" in log_of(places)
    assert "Traceback" in log_of(places)


# A file to begin with


def test_a_file_is_opened_paused_in_place_of_the_usual_run(places, visit):
    trainer, path, seen = Trainer(TrainingConfig(noise=0.5)), places / "heart.curvegui", []
    trainer.advance(100)
    save(path, Project(trainer.record()))
    visit(lambda window: seen.append((window.windowTitle(), window.canvas.snapshot.iteration)))
    assert run(TrainingConfig(), path) == 0
    assert seen == [("heart.curvegui[*] – CurveGUI", 100)]


def test_a_file_that_cannot_be_opened_is_said_to_be_and_the_usual_run_learns(places, visit):
    said = []
    visit(lambda window: said.extend(box.text() for box in window.findChildren(QMessageBox)))
    assert run(TrainingConfig(), places / "gone.curvegui") == 0
    assert said == ["“gone.curvegui” could not be opened. There is no such file."]


# Very large networks


def no_session(*_):
    raise AssertionError("A network was built.")


def test_a_very_large_network_is_asked_about_and_no_ends_before_anything_is_built(monkeypatch, places):
    asked = []
    monkeypatch.setattr("curvegui.ui.dialogs.question.agrees", asked.append)  # which says None: no
    monkeypatch.setattr("curvegui.session.run.session.Session", no_session)
    assert run(LARGE) == 0
    assert len(asked) == 1
    assert "1,105,202 weights and biases" in asked[0]
    assert list(places.iterdir()) == []


def test_yes_opens_the_window(monkeypatch, visit):
    monkeypatch.setattr("curvegui.ui.dialogs.question.agrees", lambda concern: True)
    visitor = visit()
    assert run(LARGE) == 0
    assert visitor.windows == 1


def when_the_question_is_there(act):
    """Do something as soon as the question is on the screen; the timer must be kept."""
    timer = QTimer()

    def look():
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            timer.stop()
            act(box)

    timer.timeout.connect(look)
    timer.start(5)
    return timer


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_program_while_it_asks(monkeypatch, number):
    monkeypatch.setattr("curvegui.session.run.session.Session", no_session)
    asking = when_the_question_is_there(lambda _: signal.raise_signal(number))
    assert run(LARGE) == 0
    assert not asking.isActive()


# Ending


@pytest.mark.parametrize("number", [signal.SIGINT, HANGUP])
def test_a_signal_closes_the_window_asks_nothing_and_keeps_preferences_and_what_was_not_saved(places, number, visit):
    def act(window):
        window.services.actions["look.light"].trigger()
        window.services.actions["run.step_10"].trigger()
        signal.raise_signal(number)

    before = signal.signal(number, signal.default_int_handler)  # under nohup, a hang-up is passed over
    visit(act)
    try:
        assert run(TrainingConfig(speed=FULL_SPEED)) == 0
    finally:
        signal.signal(number, before)
    assert '"look": "light"' in preferences_of(places)
    assert list(places.glob("AppLocalDataLocation/curvegui/autosave/*/*.curvegui"))


def test_a_window_that_cannot_be_built_leaves_no_thread(monkeypatch):
    def fail(*_):
        raise RuntimeError("no window")

    monkeypatch.setattr("curvegui.session.run.session.Session", no_session)
    monkeypatch.setattr(app, "MainWindow", fail)
    with pytest.raises(RuntimeError, match="no window"):
        run(TrainingConfig())


def test_a_thread_that_does_not_stop_is_logged_and_left_to_the_system(places, monkeypatch, visit):
    ended, close = [], Session.close
    monkeypatch.setattr(Session, "close", lambda session: close(session) and False)
    monkeypatch.setattr(os, "_exit", ended.append)
    monkeypatch.setattr(logging, "shutdown", lambda: None)
    visit()
    run(TrainingConfig())
    assert ended == [0]
    assert "A thread did not stop in time" in log_of(places)


# The application


@pytest.mark.parametrize(("system", "app_s"), [("C", "en_US"), ("de_DE", "de_DE"), ("en_GB", "en_GB")])
def test_numbers_are_grouped_also_where_the_system_has_no_language(system, app_s, monkeypatch):
    monkeypatch.setattr(QLocale, "system", lambda: QLocale(system))
    app._application()
    assert QLocale().name() == app_s
    assert QLocale().toString(50_000) != "50000"


def test_the_application_says_who_it_is(qapp):
    assert app._application() is qapp
    assert qapp.applicationName() == "curvegui"
    assert qapp.applicationVersion() == __version__
    assert not qapp.windowIcon().isNull()


LARGE_ARRAYS = """
import ctypes

import numpy as np

from curvegui import app


class Figures(ctypes.Structure):
    _fields_ = (("values", ctypes.c_size_t * 10),)


library = ctypes.CDLL(None)
library.mallinfo2.restype = Figures
library.mallopt(app.M_MMAP_THRESHOLD, 32 << 20)  # as glibc does by itself once something so large has gone


def apart():
    return library.mallinfo2().values[4]


before = apart()
on_the_heap = np.empty(4 << 20, np.uint8)
assert apart() == before
app.give_memory_back()
alone = np.empty(4 << 20, np.uint8)
assert apart() >= before + alone.nbytes
del alone, on_the_heap
assert apart() == before
"""
BESIDE_THE_PACKAGE = Path(app.__file__).parents[1]


@pytest.mark.slow
@pytest.mark.skipif(
    sys.platform != "linux" or not hasattr(ctypes.CDLL(None), "mallinfo2"), reason="another C library, or an older one"
)
def test_what_is_large_is_not_taken_from_the_heap():
    """In a process of its own, whose heap has no holes that are large."""
    subprocess.run([sys.executable, "-c", LARGE_ARRAYS], check=True, cwd=BESIDE_THE_PACKAGE)


HEAPS = """
import ctypes
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from curvegui import app

app.give_memory_back()
together = Barrier(4)


def take(_):
    together.wait()
    return [bytearray(5_000) for _ in range(100)]


with ThreadPoolExecutor(4) as pool:
    taken = list(pool.map(take, range(4)))
library = ctypes.CDLL(None)
library.fopen.restype = ctypes.c_void_p
file = ctypes.c_void_p(library.fopen(sys.argv[1].encode(), b"w"))
library.malloc_info(0, file)
library.fclose(file)
"""


@pytest.mark.slow
@pytest.mark.skipif(
    sys.platform != "linux" or not hasattr(ctypes.CDLL(None), "malloc_info"), reason="another C library"
)
def test_all_threads_have_the_same_heap(tmp_path):
    told = tmp_path / "heaps.xml"
    subprocess.run([sys.executable, "-c", HEAPS, str(told)], check=True, cwd=BESIDE_THE_PACKAGE)
    assert told.read_text(encoding="utf-8").count("<heap nr=") == 1
