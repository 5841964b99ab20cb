"""What every test needs: Qt without a screen, mathematics without a stopwatch, and garbage that ends in this thread."""

import gc
import os
import sys

import pytest
from hypothesis import settings

from curvegui.core.engine.threads import keep_libraries_to_one_thread

keep_libraries_to_one_thread()  # as the app does
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile("no stopwatch", deadline=None)
settings.load_profile("no stopwatch")

gc.disable()  # as the app does, for whose sake `curvegui.session.jobs.garbage` says


@pytest.fixture(scope="session", autouse=True)
def nothing_left_on_the_clipboard():
    """What a test has copied must end before Python does: Qt's clipboard without a screen outlives it."""
    yield
    if "PySide6.QtGui" in sys.modules:
        from PySide6.QtGui import QGuiApplication

        if QGuiApplication.instance() is not None:
            QGuiApplication.clipboard().clear()


@pytest.hookimpl(wrapper=True, trylast=True)  # inside of what watches over a test
def pytest_runtest_protocol(item, nextitem):
    """Collect after each test what it has left, and after each file also what has grown old."""
    ran = yield
    is_last = nextitem is None or nextitem.path != item.path
    gc.collect(2 if is_last else 1)
    return ran
