"""What a window may leave behind: threads, open files, running timers, widgets."""

import gc
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QThreadPool, QTimer
from PySide6.QtWidgets import QApplication, QMenu

from curvegui.session.jobs import job

Held = tuple[Counter[str], Counter[str]]


def threads() -> Counter[str]:
    """The operating system's own list, where it has one: the names of the trainers' threads, and Python's own.

    Those of `curvegui.core.engine.threads` are the whole process's, which keeps them; where a trainer has begun them,
    the system calls them by its name.
    """
    named = [each for each in threading.enumerate() if not isinstance(each, threading._DummyThread)]  # those are Qt's
    kept = {str(each.native_id) for each in named if each.name.startswith("core_")}
    names = []
    for path in Path("/proc/self/task").glob("*/comm"):
        with suppress(OSError):  # one may end while the list is read
            names += [path.read_text().strip()] if path.parent.name not in kept else []
    ours = [str(each) for each in named if not each.name.startswith("core_")]
    return Counter(name for name in names if name == "trainer") + Counter(ours)


def open_files() -> Counter[str]:
    """The paths of the files that are open, where the system lists them."""
    paths = Counter[str]()
    for handle in Path("/proc/self/fd").glob("*"):
        with suppress(OSError):  # the list itself
            paths[str(handle.readlink())] += 1
    theirs = {path for path in paths if path[:1] != "/" or path[:5] in ("/proc", "/usr/")}  # the system's
    return Counter({path: count for path, count in paths.items() if path not in theirs})


def running_timers() -> list[str]:
    """Timers that somebody made and did not stop; what was there before the tests is not looked through."""
    objects = gc.get_objects()
    kinds = {kind for kind in set(map(type, objects)) if issubclass(kind, QTimer)}
    timers = (each for each in objects if type(each) in kinds and shiboken6.isValid(each))
    return [f"{timer} of {timer.parent()}, {timer.interval()} ms" for timer in timers if timer.isActive()]


def jobs_left() -> set[int]:
    """The jobs of which this thread has not heard how they ended; those with a thread of their own may go on."""
    post = job._post()
    return post._jobs.keys() - post.apart


def held() -> Held:
    """The threads and the open files of now."""
    return threads(), open_files()


def left_over(before: Held, wait_until: Callable[[Callable[[], bool]], object]) -> dict[str, object]:
    """What is there that was not ``before``, by its kind; nothing, after a window that has cleared up behind itself.

    ``wait_until`` waits for a condition for as long as is sensible, and returns then in any case.
    """
    QThreadPool.globalInstance().waitForDone()
    wait_until(lambda: not jobs_left())  # what a job has brought may be large, or hold a file
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    wait_until(lambda: not threads() - before[0])
    plots_menus = QMenu  # pyqtgraph's live until their plot is collected
    found = {
        "widgets": [each for each in QApplication.topLevelWidgets() if not isinstance(each, plots_menus)],
        "timers": running_timers(),
        "threads": threads() - before[0],
        "files": open_files() - before[1],
    }
    return {kind: things for kind, things in found.items() if things}
