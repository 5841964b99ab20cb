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

from album import Album
from heart import make_heart
from looking import Lost
from props import write as write_props
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
from scene import Play, Scene, filled
from scenes import SCENES
from trained import TRAINED, training_of
from variants import IN_LANGUAGES, VARIANTS, Variant
from visitor import Visitor

STUCK_S = 180  # a scene that takes so long is given up, with the process
NOON = datetime.datetime(2026, 5, 4, 12, 0, 0, tzinfo=datetime.UTC)
ENGINE = "--engine", "numpy"  # which every checkout has


class StoppedClock(datetime.datetime):
    """A clock that always says the same, for what is dated."""

    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> "StoppedClock":
        """Noon."""
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
        """Make a home that nobody has lived in, but for a choice of colours."""
        shutil.rmtree(self._home, ignore_errors=True)
        for folder in ("Documents", "config/curvegui"):
            (self._home / folder).mkdir(parents=True)
        chosen = json.dumps({**self._variant.preferences, **preferences})
        write_props(self._home / "Documents")
        (self._home / "config/curvegui/preferences.json").write_text(chosen, encoding="utf-8")

    def _visit(self, arguments: tuple[str, ...], play: Play, album: Album) -> None:
        """Start the app, let someone live in it, and end it."""
        errors: list[Exception] = []
        words = filled(arguments, self._runs)
        opened = words[0] if words and not words[0].startswith("-") else ""
        visitor = Visitor(album, self._home, self._runs, self._variant.look)
        QTimer.singleShot(0, partial(_live, play, visitor, opened, errors))
        _start([*words, *ENGINE])
        _clear_up()
        if errors:
            raise errors[0]


def _live(play: Play, visitor: Visitor, opened: str, errors: list[Exception]) -> None:
    """Do what a scene is about, and let the app end."""
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
    """Start the app, and return when it has ended."""
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
    """Let nothing of a window that has been closed reach the next one."""
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
