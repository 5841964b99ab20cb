"""What every test needs: Qt without a screen, mathematics without a stopwatch, garbage that ends in this thread.

And which tests are the rapid set: those that are not marked ``slow``. ``pytest`` alone runs these, on all cores;
who names a file or a folder runs all that is there, in one process unless ``-n`` says otherwise.
"""

import ctypes
import gc
import linecache
import os
import sys
from collections import Counter
from contextlib import suppress
from functools import partial
from importlib import import_module
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings

from curvegui.core.engine.threads import keep_libraries_to_one_thread
from curvegui.core.language.catalogue import trial
from curvegui.core.language.text import speak
from curvegui.files.disk.languages import use
from tests.help.patience import patience_ms

RAPID = "not slow"
CASES = 1  # of one test with many
COSTLY = 1  # of one file: those with a window, and all where it is marked so
EXAMPLES = 20  # that Hypothesis makes up, other ones each time
MANY_FILES = 25  # after so many, all that Python has is looked through: 0.3 s
MOST_S = 10  # of computing, for one of the rapid set: not of waiting, or a busy machine would fail it

LAYOUT = (  # files and folders of tests that look at a layout, or at text in pixels
    "figure/drawing", "figure/film/test_frame_painter.py", "figure/outline/test_text.py", "figure/report", "reader",
    "ui/actions/test_docks.py", "ui/actions/test_views.py", "ui/fourier/test_panel.py", "ui/gallery/test_gallery.py",
    "ui/help/test_guide.py", "ui/look/test_layouts.py", "ui/look/test_text_size.py", "ui/look/test_tips.py", "ui/maths",
    "ui/network", "ui/preferences", "ui/settings", "ui/tour/test_welcome.py",
    "ui/widgets/test_elided_label.py", "ui/widgets/test_form.py", "ui/widgets/test_scroll",
    "ui/widgets/test_still_place.py", "ui/widgets/test_text_box.py", "ui/window/test_main_window.py",
    "ui/window/test_room.py", "ui/window/test_start.py", "ui/window/test_targets.py",
)  # fmt: skip

M_ARENA_MAX, M_MMAP_THRESHOLD = -8, -3  # one heap for all threads, without what is large: it goes back as a whole

keep_libraries_to_one_thread()  # as the app does
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # programs that a test starts find what the ones before have compiled

settings.register_profile("no stopwatch", deadline=None, max_examples=EXAMPLES)
settings.load_profile("no stopwatch")

gc.disable()  # as the app does, for whose sake `curvegui.session.jobs.garbage` says


@pytest.fixture(autouse=True)
def rapid_or_marked_slow(request):
    """See to it that a test of the rapid set is rapid, with its fixtures and programs."""
    begun = sum(os.times()[:4])
    yield
    spent = sum(os.times()[:4]) - begun
    assert spent <= MOST_S or request.config.option.markexpr != RAPID, f"It took {spent:.0f} s: mark it slow."


@pytest.fixture
def qtbot(qtbot):
    """Wait patiently: pytest-qt's own five seconds fail on a busy machine."""
    for name in ("waitSignal", "waitSignals", "waitUntil", "waitCallback"):
        setattr(qtbot, name, partial(getattr(qtbot, name), timeout=patience_ms()))
    return qtbot


@pytest.fixture
def in_brackets():
    """Everything is said in a language that puts brackets around each translated text."""
    speak(trial("brackets"))
    yield
    speak(None)


@pytest.fixture
def german():
    """Everything is said in German, with its decimal comma."""
    use("de")
    yield
    speak(None)


@pytest.fixture(scope="session", autouse=True)
def nothing_left_on_the_clipboard():
    """What a test has copied must end before Python does: Qt's clipboard without a screen outlives it."""
    yield
    if "PySide6.QtGui" in sys.modules:
        from PySide6.QtGui import QGuiApplication

        if QGuiApplication.instance() is not None:
            QGuiApplication.clipboard().clear()


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config):
    """Choose the rapid set and all cores where nobody has chosen anything."""
    if hasattr(config, "workerinput"):  # one of pytest's workers, for whom all has been chosen
        config.option.markexpr = config.workerinput["markexpr"]
        return
    option, has_cores = config.option, config.pluginmanager.hasplugin("xdist")
    if config.args_source is not pytest.Config.ArgsSource.ARGS:
        option.markexpr = option.markexpr or RAPID
        if has_cores and option.numprocesses is None:
            option.numprocesses = "auto"
    if has_cores and option.numprocesses and option.dist == "no":
        option.dist = "worksteal"  # a file stays in one process, mostly


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node):
    """Tell a worker what has been chosen."""
    node.workerinput["markexpr"] = node.config.option.markexpr


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session):
    """Let one of two workers begin with the last file: each compiles half of what has not been compiled yet."""
    worker = getattr(session.config, "workerinput", {"workerid": "gw0"})["workerid"]
    if session.config.option.markexpr != RAPID or int(worker.removeprefix("gw")) % 2 == 0:
        return
    root = Path(__file__).parents[1]
    for path in sorted(root.glob("tests/**/test_*.py"), reverse=True):
        if "rivals" not in path.parts:
            with suppress(Exception, pytest.skip.Exception):  # is told when it is collected
                import_module(".".join(path.relative_to(root).with_suffix("").parts))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark as slow what the rapid set can do without: all but the first case of a test, and costly tests of a file.

    And mark what looks at a layout.
    """
    cases, costly = Counter(), Counter()
    looking = tuple(str(Path(__file__).parent / each) for each in LAYOUT)
    for item in items:
        if str(item.path).startswith(looking):
            item.add_marker(pytest.mark.layout)
        cases[item.path, item.originalname] += 1
        is_costly = "open_window" in item.fixturenames or item.get_closest_marker("costly") is not None
        costly[item.path] += is_costly
        if cases[item.path, item.originalname] > CASES or (is_costly and costly[item.path] > COSTLY):
            item.add_marker(pytest.mark.slow)


def pytest_collectreport():
    """Look through modules and tests no more: they stay. The text of the tests, read to find them, goes."""
    linecache.clearcache()
    gc.collect()
    gc.freeze()


files = count(1)  # of tests, in this process


@pytest.hookimpl(wrapper=True, trylast=True)  # inside of what watches over a test
def pytest_runtest_protocol(item, nextitem):
    """Collect after each test what it has left; after those with widgets and after each file also what is older.

    A window that is shared stays, and is large: it is not looked through after each of its tests.
    """
    ran = yield
    is_last, has_widgets = nextitem is None or nextitem.path != item.path, "qapp" in item.fixturenames
    if has_widgets:
        delete_widgets()
    gc.collect(2 if is_last or (has_widgets and "visit" not in item.fixturenames) else 1)
    if is_last:
        forget_pictures()
        if nextitem is None or next(files) % MANY_FILES == 0:  # what was kept then may be garbage by now
            gc.unfreeze()
            gc.collect()
        gc.freeze()
        give_memory_back()
    return ran


def delete_widgets():
    """Delete what was said to be deleted later: Qt does so in an event loop only, and few tests have one."""
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def forget_pictures():
    """Let go of what Qt keeps of the pictures that were shown: up to 30 MB, as the app allows."""
    if "PySide6.QtGui" in sys.modules:
        from PySide6.QtGui import QPixmapCache

        QPixmapCache.clear()


def _of_the_c_library(name):
    """A function of the C library; one that does nothing where it has none of that name."""
    found = getattr(ctypes.CDLL(None), name, None) if sys.platform == "linux" else None
    return found or (lambda *_: 0)


give_memory_back = partial(_of_the_c_library("malloc_trim"), 0)
for option, value in ((M_ARENA_MAX, 1), (M_MMAP_THRESHOLD, 1_000_000)):
    _of_the_c_library("mallopt")(option, value)
