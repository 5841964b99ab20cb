"""The real window to test with: built, driven as a person would, closed, and looked over for what it leaves behind."""

import gc
import threading
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QThreadPool, QTimer
from PySide6.QtWidgets import QApplication, QMenu

from curvegui.core.engine.arithmetic import USUAL
from curvegui.core.settings.config import TrainingConfig
from curvegui.session.kept.preferences import PreferencesFile
from curvegui.session.run.session import Session
from curvegui.ui.look.text_size import USUAL as USUAL_SIZE
from curvegui.ui.look.text_size import set_text_size
from curvegui.ui.look.theme import LIGHT, current_theme, set_theme
from curvegui.ui.window.features import FEATURES
from curvegui.ui.window.main_window import MainWindow
from tests.ui.person import Person

SIZE = 1180, 830  # as on a usual screen; the offscreen one is smaller


@pytest.fixture(autouse=True)
def locale():
    """Numbers as the app writes them where the system has no language."""
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    yield
    QLocale.setDefault(before)


@pytest.fixture(autouse=True)
def first_theme():
    """Let no test begin in the theme that the one before has put on."""
    yield
    set_text_size(USUAL_SIZE)
    if current_theme() is not LIGHT:
        set_theme(LIGHT)
        QApplication.instance().setStyleSheet("")


def threads():
    """The operating system's own list, where it has one: the names of the trainers' threads, and Python's own."""
    names = []
    for path in Path("/proc/self/task").glob("*/comm"):
        with suppress(OSError):  # one may end while the list is read
            names.append(path.read_text().strip())
    ours = [each for each in threading.enumerate() if not isinstance(each, threading._DummyThread)]  # those are Qt's
    return Counter(name for name in names if name == "trainer") + Counter(map(str, ours))


def open_files():
    """The paths of the files that are open, where the system lists them."""
    paths = Counter()
    for handle in Path("/proc/self/fd").glob("*"):
        with suppress(OSError):  # the list itself
            paths[str(handle.readlink())] += 1
    theirs = {path for path in paths if path[:1] != "/" or path[:5] in ("/proc", "/usr/")}  # the system's
    return Counter({path: count for path, count in paths.items() if path not in theirs})


def running_timers():
    """Timers that somebody made and did not stop; what was there before the tests is not looked through."""
    timers = (each for each in gc.get_objects() if issubclass(type(each), QTimer) and shiboken6.isValid(each))
    return [f"{timer} of {timer.parent()}, {timer.interval()} ms" for timer in timers if timer.isActive()]


@pytest.fixture
def light_theme(qapp):
    """For a widget without a window that looks as in one."""
    set_theme(LIGHT)
    yield
    qapp.setStyleSheet("")


@pytest.fixture
def nothing_left(qtbot, qapp):
    """See to it that a window leaves no widget, timer, thread or open file behind."""
    threads_before, files_before = threads(), open_files()
    yield
    QThreadPool.globalInstance().waitForDone()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    plots_menus = QMenu  # pyqtgraph's live until their plot is collected
    assert [widget for widget in QApplication.topLevelWidgets() if not isinstance(widget, plots_menus)] == []
    assert running_timers() == []
    with suppress(qtbot.TimeoutError):  # what is left is told below
        qtbot.waitUntil(lambda: not threads() - threads_before)
    assert threads() - threads_before == Counter()
    assert open_files() - files_before == Counter()
    qapp.setStyleSheet("")  # or all of the next window is styled twice


@pytest.fixture
def open_window(qtbot, nothing_left, tmp_path):
    """Open windows with some settings set, paused; in the end all are closed and nothing of them is left.

    With ``study``, the docks about the network are open, as they are for a new user, and with ``welcomes`` a new user
    is welcomed. With ``withheld``, it begins in class mode, without these.
    """
    opened = []

    def open_with(
        size=SIZE,
        preferences=tmp_path / "preferences.json",
        study=False,
        *,
        wanted=USUAL,
        table=FEATURES,
        complete=True,
        welcomes=False,
        withheld=None,
        **settings,
    ):
        session = Session(TrainingConfig(**settings), wanted=wanted)
        log, favourites = tmp_path / "curvegui.log", tmp_path / "favourites"
        kept = PreferencesFile(preferences)
        window = MainWindow(kept, log, favourites, table)
        if not (welcomes or kept.present.tour):
            kept.remember(tour="{}")
        if withheld is not None:
            window.withhold(withheld, True)
        window.begin(session)
        if complete:
            window.finish()
        shares = any(other.services.preferences.path == preferences for _, other in opened)  # it has kept choices
        has_layout = kept.present.views if shares else preferences.exists()
        if not study and not has_layout and "network" in window.services.docks:
            window.services.docks["network"].hide()  # most tests are about the rest of the window
        opened.append((session, window))
        if size:
            window.resize(*size)
        person = Person(qtbot, window, session)
        window.show()
        window.activateWindow()
        person.wait_until(window.isActiveWindow)
        return person

    yield open_with
    ended = []
    for session, window in opened:
        window.features["documents"].closing.leave_unasked()
        window.close()
        qtbot.waitUntil(lambda: not window.isVisible())  # noqa: B023 - it is called at once
        ended.append(session.close())
        window.deleteLater()
    assert ended == [True] * len(opened)


@pytest.fixture
def person(open_window):
    """Someone in front of a window whose run is paused and shown."""
    someone = open_window()
    someone.wait_for_first_picture()
    return someone


@pytest.fixture
def window(person):
    return person.window


@pytest.fixture
def canvas(window):
    return window.canvas


@pytest.fixture
def inspection(window):
    return window.features["study"].inspection


@pytest.fixture
def session(person):
    return person.session
