"""A pool with room for one thread: what must not wait for what takes long is done there all the same, or never."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

from PySide6.QtCore import QThreadPool
from pytestqt.qtbot import QtBot

from curvegui.session.jobs.job import Job


@contextmanager
def room_for_one() -> Iterator[None]:
    """Leave the pool one thread."""
    Job(Event().set).start()  # the first one of all gives the pool its threads
    pool = QThreadPool.globalInstance()
    most = pool.maxThreadCount()
    pool.setMaxThreadCount(1)
    try:
        yield
    finally:
        pool.setMaxThreadCount(most)


def wait_for_another(qtbot: QtBot) -> None:
    """Wait until the pool has done something else, beside what it does already."""
    done = Event()
    Job(done.set).start()
    qtbot.waitUntil(done.is_set)
