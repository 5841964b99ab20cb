"""Paints scenes of the app that is in the current folder, in one variant: a process that `__main__` starts.

Its arguments: the variant, a folder for the app's home, one for the pictures, and the scenes; without any, it makes the
runs that scenes begin with. The app is started by `curvegui.__main__`, the one name of the package that is known here.
"""

import datetime
import faulthandler
import json
import logging
import shutil
import signal
import sys
import traceback
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
from scenes import BEFORE, HEART, PREFERENCES, SCENES, VARIANTS
from visitor import TRAINED, Lost, Visitor

import curvegui

VARIANT = VARIANTS[sys.argv[1]]
HOME, RUNS, PICTURES = Path(sys.argv[2], "home"), Path(sys.argv[2]).with_name("runs"), Path(sys.argv[3])
STUCK_S = 180  # a scene that takes so long is given up, with the process
NOON = datetime.datetime(2026, 5, 4, 12, 0, 0, tzinfo=datetime.UTC)
ENGINE = "--engine", "numpy"  # which every checkout has
DOCUMENTS = Path(__file__).with_name("documents")  # what a visitor's folder holds


class StoppedClock(datetime.datetime):
    """A clock that always says the same, for what is dated."""

    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> "StoppedClock":
        return cls.fromtimestamp(NOON.timestamp(), tz)


def prepare() -> None:
    """Make the runs that scenes begin with: most by `curvegui train`, and one in the window."""
    shutil.rmtree(RUNS, ignore_errors=True)
    RUNS.mkdir(parents=True)
    clean_home()
    for name, words in TRAINED.items():
        start(["train", "--iterations", *words.split(), *ENGINE, "--save", str(RUNS / f"{name}.curvegui")])
    visit("new", HEART, PICTURES)
    shutil.move(HOME / "heart.curvegui", RUNS)


def paint(name: str) -> int:
    """Paint a scene; return how many pictures it has."""
    clean_home(**PREFERENCES.get(name, {}))
    line, rows = SCENES[name]
    _, run, *arguments = line.split(":")[0].split()
    if name in BEFORE:
        visit("heart", BEFORE[name], PICTURES / name)
    return visit(run, rows, PICTURES / name, arguments)


def clean_home(**preferences: object) -> None:
    """An empty home, but for the visitor's documents, and preferences; the tour has been offered before."""
    shutil.rmtree(HOME, ignore_errors=True)
    documents, settings = HOME / "Documents", HOME / "config/curvegui/preferences.json"
    shutil.copytree(DOCUMENTS, documents)
    (documents / "jacobians.txt").rename(documents / "jacobians.py")  # no Python file of ours has such mistakes
    settings.parent.mkdir(parents=True)
    chosen = {"theme": VARIANT.theme, "look": VARIANT.look, "tour": "{}", "text_size": VARIANT.text, **preferences}
    settings.write_text(json.dumps(chosen), encoding="utf-8")


def visit(run: str, rows: list[str], album: Path, arguments: Sequence[str] = ()) -> int:
    """Start the app with a run, and play the lines in it; how many pictures were taken."""
    errors: list[Exception] = []
    visitor = Visitor(album, HOME, RUNS, VARIANT.look)

    def live() -> None:
        try:
            if run != "new":
                visitor.wait_for_window()
                visitor.wait_for_run(run)
                visitor.play(["reset_view"])
            visitor.play(rows)
        except Exception as error:  # of a timer's, Qt would tell the app, which shows them in a box
            errors.append(error)
            visitor.show_trouble()
        finally:
            signal.raise_signal(signal.SIGTERM)  # nobody is asked about what is not saved

    QTimer.singleShot(0, live)
    start([*([] if run == "new" else [str(RUNS / f"{run}.curvegui")]), *arguments, *ENGINE])
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QMainWindow):  # what belongs to it goes along; other things, to whom they belong
            widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QCoreApplication.removePostedEvents(QCoreApplication.instance(), QEvent.Type.Quit.value)
    QApplication.clipboard().clear()
    for handler in logging.getLogger().handlers[:]:  # to a file in a home that is about to go
        logging.getLogger().removeHandler(handler)
        handler.close()
    if errors:
        raise errors[0]
    return visitor.count


def start(arguments: list[str]) -> None:
    """Start the app, or a command of its, and wait for its end."""
    from curvegui.__main__ import main

    faulthandler.dump_traceback_later(STUCK_S, exit=True)
    try:
        with redirect_stdout(StringIO()) as said, redirect_stderr(said):  # by `curvegui train`
            status = main(arguments)
    except SystemExit as stop:
        status = stop.code
    finally:
        faulthandler.cancel_dump_traceback_later()
    if status:
        raise Lost(f"curvegui {' '.join(arguments)} ended with {status}: {said.getvalue()}")


datetime.datetime = StoppedClock  # type: ignore[misc]  # before the app takes it
application, failed = QApplication(sys.argv[:1]), 0
application.setCursorFlashTime(0)
assert Path.cwd() in Path(curvegui.__file__).parents, f"The app comes from {curvegui.__file__}, not from this folder"
if not sys.argv[4:]:
    prepare()
for scene in sys.argv[4:]:
    began = perf_counter()
    try:
        print(f"{scene}: {paint(scene)} pictures, {perf_counter() - began:.1f} s", flush=True)
    except Exception:  # whatever it is, the other scenes are painted
        failed = 1
        print(f"{scene}: FAILED", flush=True)
        traceback.print_exc()
sys.exit(failed)
