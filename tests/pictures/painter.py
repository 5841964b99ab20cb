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
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from time import perf_counter

from comparing import VARIANTS, Variant
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
from scenes import BEFORE, HEART, PREFERENCES, SCENES
from visitor import TRAINED, Lost, Visitor

STUCK_S = 180  # a scene that takes so long is given up, with the process
NOON = datetime.datetime(2026, 5, 4, 12, 0, 0, tzinfo=datetime.UTC)
ENGINE = "--engine", "numpy"  # which every checkout has
DOCUMENTS = Path(__file__).with_name("documents")  # what a visitor's folder holds


class StoppedClock(datetime.datetime):
    """A clock that always says the same, for what is dated."""

    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> "StoppedClock":
        return cls.fromtimestamp(NOON.timestamp(), tz)


class Painter:
    """Paints one scene after the other.

    ``folder``: for the app's home; beside it is that of the runs. ``pictures``: has a folder for each scene.
    """

    def __init__(self, variant: Variant, folder: Path, pictures: Path) -> None:
        self._variant, self._pictures = variant, pictures
        self._home, self._runs = folder / "home", folder.parent / "runs"

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
        self._clean(**PREFERENCES.get(name, {}))
        line, rows = SCENES[name]
        _, run, *arguments = line.split(":")[0].split()
        if name in BEFORE:
            self._visit("heart", BEFORE[name], self._pictures / name)
        return self._visit(run, rows, self._pictures / name, arguments)

    def _clean(self, **preferences: object) -> None:
        """An empty home, but for the visitor's documents, and preferences; the tour has been offered before."""
        shutil.rmtree(self._home, ignore_errors=True)
        documents, settings = self._home / "Documents", self._home / "config/curvegui/preferences.json"
        shutil.copytree(DOCUMENTS, documents)
        (documents / "jacobians.txt").rename(documents / "jacobians.py")  # no Python file of ours has such mistakes
        settings.parent.mkdir(parents=True)
        theme, look, _, _, text, _ = self._variant
        chosen = {"theme": theme, "look": look, "tour": "{}", "text_size": text, **preferences}
        settings.write_text(json.dumps(chosen), encoding="utf-8")

    def _visit(self, run: str, rows: list[str], album: Path, arguments: Sequence[str] = ()) -> int:
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


def main() -> int:
    """Paint what the arguments say, and tell of each scene; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("variant", choices=VARIANTS)
    parser.add_argument("folder", type=Path, help="the folder for the app's home")
    parser.add_argument("pictures", type=Path, help="the folder for the pictures")
    parser.add_argument("scenes", nargs="*", metavar="SCENE", help="without any, make the runs that they begin with")
    options = parser.parse_args()
    datetime.datetime = StoppedClock  # type: ignore[misc]  # before the app takes it
    application = QApplication([sys.argv[0]])
    application.setCursorFlashTime(0)
    import curvegui

    if Path.cwd() not in Path(curvegui.__file__).parents:
        parser.error(f"The app comes from {curvegui.__file__}, and not from this folder")
    painter, status, parent = Painter(VARIANTS[options.variant], options.folder, options.pictures), 0, os.getppid()
    if not options.scenes:
        painter.prepare()
    for scene in options.scenes:
        if os.getppid() != parent:  # which has been ended: nobody waits for the pictures
            break
        began = perf_counter()
        try:
            print(f"{scene}: {painter.paint(scene)} pictures, {perf_counter() - began:.1f} s", flush=True)
        except Exception:  # whatever it is, the other scenes are painted
            status = 1
            print(f"{scene}: FAILED", flush=True)
            traceback.print_exc()
    return status


if __name__ == "__main__":
    sys.exit(main())
