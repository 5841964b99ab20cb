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
from functools import partial
from io import StringIO
from pathlib import Path
from time import perf_counter
from types import MappingProxyType

from comparing import IN_LANGUAGES, VARIANTS, Variant
from PIL import Image, ImageDraw
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
from scenes_dialogs import SCENES
from visitor import STEPS, TRAINED, Album, Lost, Play, Scene, Visitor, training_of

DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">
<circle cx="30" cy="30" r="20"/><rect id="house" x="55" y="50" width="30" height="35"/>
<path d="M 10 90 C 20 60 30 60 40 90 Z" fill="none" stroke="black"/></svg>
"""
TABLE = "number;x;y\n" + "".join(f"{n};{n % 7};{(n * n) % 11}\n" for n in range(24)) + "24;nothing;3\n"
BROKEN_TABLE = "a,b\nc,d\n"
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
WRONG_LEARNER = "def J_W3(x, y:\n    return\n"


def write_files(folder: Path) -> None:
    """Put all of them into a folder."""
    texts = {
        "drawing.svg": DRAWING, "points.csv": TABLE, "no-points.csv": BROKEN_TABLE, "lesson.md": LESSON,
        "no-lesson.md": BROKEN_LESSON, "jacobians.py": LEARNER, "no-jacobians.py": WRONG_LEARNER,
        "broken.curvegui": "This is no run.",
    }  # fmt: skip
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    picture = Image.new("RGB", (120, 90), "white")
    ImageDraw.Draw(picture).ellipse((20, 15, 100, 75), fill="navy")
    picture.save(folder / "ellipse.png")


def make_heart(visitor: Visitor, path: Path) -> None:
    """Make the first iterations of the usual run, and save it while it is paused."""
    visitor.wait_for_window()
    visitor.pause_at_start()
    visitor.learn(STEPS)
    visitor.while_chosen("file.save_as", lambda dialog: visitor.name_file(dialog, path))
    visitor.wait("the run is saved", lambda: path.is_file() and not visitor.window.isWindowModified())


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
        """Make the runs that scenes begin with."""
        shutil.rmtree(self._runs, ignore_errors=True)
        self._runs.mkdir(parents=True)
        self._clean()
        for name in TRAINED:
            _start(training_of(name, self._runs / f"{name}.curvegui"))
        heart = self._runs / "heart.curvegui"
        self._visit((), lambda visitor: make_heart(visitor, heart), Album(self._pictures))

    def paint(self, scene: Scene) -> int:
        """Paint a scene; return how many pictures it has."""
        self._clean(scene.preferences)
        album = Album(self._pictures / scene.name)
        if scene.before is not None:
            self._visit(scene.before_arguments, scene.before, album)
        self._visit(scene.arguments, scene.play, album)
        return album.count

    def _clean(self, preferences: Mapping[str, object] = MappingProxyType({})) -> None:
        shutil.rmtree(self._home, ignore_errors=True)
        for folder in ("Documents", "config/curvegui"):
            (self._home / folder).mkdir(parents=True)
        chosen = json.dumps({**self._variant.preferences, **preferences})
        write_files(self._home / "Documents")
        (self._home / "config/curvegui/preferences.json").write_text(chosen, encoding="utf-8")

    def _visit(self, arguments: tuple[str, ...], play: Play, album: Album) -> None:
        errors: list[Exception] = []
        words = [each.replace("{runs}", str(self._runs)) for each in arguments]
        opened = words[0] if words and not words[0].startswith("-") else ""
        visitor = Visitor(album, self._home, self._runs, self._variant.look)
        QTimer.singleShot(0, partial(_live, play, visitor, opened, errors))
        _start([*words, *ENGINE])
        _clear_up()
        if errors:
            raise errors[0]


def _live(play: Play, visitor: Visitor, opened: str, errors: list[Exception]) -> None:
    try:
        if opened:
            visitor.wait_for_window()
            visitor.wait_for_run(Path(opened))
            visitor.reset_view()
        play(visitor)
    except Exception as error:  # of a timer's, Qt would tell the app, which shows them in a box
        errors.append(error)
        visitor.show_trouble()
    finally:
        signal.raise_signal(signal.SIGTERM)  # nobody is asked about what is not saved


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


def _clear_up() -> None:
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QMainWindow):  # what belongs to it goes along; other things, to whom they belong
            widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    if (application := QCoreApplication.instance()) is not None:
        QCoreApplication.removePostedEvents(application, QEvent.Type.Quit.value)
    QApplication.clipboard().clear()
    for handler in logging.getLogger().handlers[:]:  # to a file in a home that is about to go
        logging.getLogger().removeHandler(handler)
        handler.close()


def paint_all(painter: Painter, scenes: Sequence[Scene]) -> int:
    """Paint scenes, and tell of each; return how many could not be painted."""
    failed, parent = 0, os.getppid()
    for scene in scenes:
        if os.getppid() != parent:  # which has been ended: nobody waits for the pictures
            return failed
        began = perf_counter()
        try:
            count = painter.paint(scene)
        except Exception:  # whatever it is, the other scenes are painted
            failed += 1
            print(f"{scene.name}: FAILED", flush=True)
            traceback.print_exc()
        else:
            print(f"{scene.name}: {count} pictures, {perf_counter() - began:.1f} s", flush=True)
    return failed


def main() -> int:
    """Paint what the arguments say; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("variant", choices=[*VARIANTS, *IN_LANGUAGES])
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
    painter = Painter((VARIANTS | IN_LANGUAGES)[options.variant], options.place, options.pictures)
    if not options.scenes:
        painter.prepare()
    return 1 if paint_all(painter, [SCENES[name] for name in options.scenes]) else 0


if __name__ == "__main__":
    sys.exit(main())
