"""Paints scenes of the app that is in the current folder, in one variant: a process that `__main__` starts.

The app is started as a person starts it, by `curvegui.__main__`, the one name of the package that is known here.
"""

import argparse
import datetime
import faulthandler
import json
import logging
import os
import shutil
import signal
import sys
import traceback
from collections.abc import Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from time import perf_counter
from types import MappingProxyType

from comparing import VARIANTS, Variant
from PIL import Image, ImageDraw
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
from scenes import ARGUMENTS, BEFORE, HEART, PREFERENCES, SCENES
from visitor import TRAINED, Lost, Visitor

DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">
<circle cx="30" cy="30" r="20"/><rect id="house" x="55" y="50" width="30" height="35"/>
<path d="M 10 90 C 20 60 30 60 40 90 Z" fill="none" stroke="black"/></svg>
"""
TABLE = "number;x;y\n" + "".join(f"{n};{n % 7};{(n * n) % 11}\n" for n in range(24)) + "24;nothing;3\n"
LESSON = """# How bold may it be?

## A careful start

The **aggression** says how far each iteration goes.

look: aggression
set: aggression = 0.5, noise = 0
do: Look at the box.
until: aggression >= 20
chapter: What you see
"""
BROKEN_LESSON = "# A lesson\n\n## A step\n\nlook: nowhere\nuntil: cost <\nset: speed = very\n"
LEARNER = """import numpy as np

sigma = lambda z: 1 / (1 + np.exp(-z))
d_sigma = lambda z: np.cosh(z / 2) ** (-2) / 4


def J_W3(x, y):
    a0, z1, a1, z2, a2, z3, a3 = network_function(x)
    J = 2 * (a3 - y)
    J = J * d_sigma(z3)
    J = J @ a2.T / x.size
    return J


def J_b3(x, y):
    a0, z1, a1, z2, a2, z3, a3 = network_function(x)
    J = 2 * (a3 - y)
    J = J * d_sigma(z3)
    J = np.sum(J, axis=1, keepdims=True) / x.size
    return J


def J_W2(x, y):
    a0, z1, a1, z2, a2, z3, a3 = network_function(x)
    J = 2 * (a3 - y)
    J = J * d_sigma(z3)
    J = (J.T @ W4).T
    J = J @ a1.T / x.size
    return J


def J_b2(x, y):
    pass
"""
DOCUMENTS = {
    "drawing.svg": DRAWING, "points.csv": TABLE, "no-points.csv": "a,b\nc,d\n", "lesson.md": LESSON,
    "no-lesson.md": BROKEN_LESSON, "jacobians.py": LEARNER, "broken.curvegui": "This is no run.",
}  # fmt: skip

STUCK_S = 180  # a scene that takes so long is given up, with the process
NOON = datetime.datetime(2026, 5, 4, 12, 0, 0, tzinfo=datetime.UTC)
ENGINE = "--engine", "numpy"  # which every checkout has


class StoppedClock(datetime.datetime):
    """A clock that always says the same, for what is dated."""

    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> "StoppedClock":
        return cls.fromtimestamp(NOON.timestamp(), tz)


class Painter:
    """Paints one scene after the other.

    ``place``: a folder for the app's home; beside it is that of the runs. ``pictures``: where the pictures go, a
    folder for each scene.
    """

    def __init__(self, variant: Variant, place: Path, pictures: Path) -> None:
        self._variant, self._pictures = variant, pictures
        self._home, self._runs = place / "home", place.parent / "runs"

    def prepare(self) -> None:
        """Make the runs that scenes begin with: most by `curvegui train`, and one in the window."""
        shutil.rmtree(self._runs, ignore_errors=True)
        self._runs.mkdir(parents=True)
        self._clean()
        for name, words in TRAINED.items():
            _start(["train", "--iterations", *words, *ENGINE, "--save", str(self._runs / f"{name}.curvegui")])
        self._visit("new", HEART, self._pictures)
        shutil.move(self._home / "heart.curvegui", self._runs)

    def paint(self, name: str) -> int:
        """Paint a scene; return how many pictures it has."""
        self._clean(PREFERENCES.get(name, {}))
        line, rows = SCENES[name]
        if name in BEFORE:
            self._visit("heart", BEFORE[name], self._pictures / name)
        return self._visit(line.split(":")[0].split()[1], rows, self._pictures / name, ARGUMENTS.get(name, ()))

    def _clean(self, preferences: Mapping[str, object] = MappingProxyType({})) -> None:
        shutil.rmtree(self._home, ignore_errors=True)
        for folder in ("Documents", "config/curvegui"):
            (self._home / folder).mkdir(parents=True)
        chosen = json.dumps({**self._variant.preferences, **preferences})
        (self._home / "config/curvegui/preferences.json").write_text(chosen, encoding="utf-8")
        for name, text in DOCUMENTS.items():
            (self._home / "Documents" / name).write_text(text, encoding="utf-8")
        picture = Image.new("RGB", (120, 90), "white")
        ImageDraw.Draw(picture).ellipse((20, 15, 100, 75), fill="navy")
        picture.save(self._home / "Documents/ellipse.png")

    def _visit(self, run: str, rows: Sequence[str], album: Path, arguments: Sequence[str] = ()) -> int:
        """Start the app with a run, and play the lines in it; how many pictures were taken."""
        errors: list[Exception] = []
        visitor = Visitor(album, self._home, self._runs, self._variant.look)

        def live() -> None:
            try:
                if run != "new":
                    visitor.wait_for_window()
                    visitor.wait_for_run(run)
                    visitor.reset_view()
                visitor.play(rows)
            except Exception as error:  # of a timer's, Qt would tell the app, which shows them in a box
                errors.append(error)
                visitor.show_trouble()
            finally:
                signal.raise_signal(signal.SIGTERM)  # nobody is asked about what is not saved

        QTimer.singleShot(0, live)
        _start([*([] if run == "new" else [str(self._runs / f"{run}.curvegui")]), *arguments, *ENGINE])
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


def _start(arguments: list[str]) -> None:
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


def paint_all(painter: Painter, scenes: Sequence[str]) -> int:
    """Paint scenes, and tell of each; return how many could not be painted."""
    failed, parent = 0, os.getppid()
    for scene in scenes:
        if os.getppid() != parent:  # which has been ended: nobody waits for the pictures
            return failed
        began = perf_counter()
        try:
            print(f"{scene}: {painter.paint(scene)} pictures, {perf_counter() - began:.1f} s", flush=True)
        except Exception:  # whatever it is, the other scenes are painted
            failed += 1
            print(f"{scene}: FAILED", flush=True)
            traceback.print_exc()
    return failed


def main() -> int:
    """Paint what the arguments say; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("variant", choices=VARIANTS)
    parser.add_argument("place", type=Path, help="the folder for the app's home")
    parser.add_argument("pictures", type=Path, help="the folder for the pictures")
    parser.add_argument("scenes", nargs="*", metavar="SCENE", help="without any, make the runs that they begin with")
    options = parser.parse_args()
    datetime.datetime = StoppedClock  # type: ignore[misc]  # before the app takes it
    application = QApplication([sys.argv[0]])
    application.setCursorFlashTime(0)
    import curvegui

    if Path.cwd() not in Path(curvegui.__file__).parents:
        parser.error(f"The app comes from {curvegui.__file__}, and not from this folder")
    painter = Painter(VARIANTS[options.variant], options.place, options.pictures)
    if not options.scenes:
        painter.prepare()
    return 1 if paint_all(painter, options.scenes) else 0


if __name__ == "__main__":
    sys.exit(main())
