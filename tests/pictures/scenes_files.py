"""What is asked and told about files of runs, and what is brought back after a crash."""

import os
import subprocess
import sys
from functools import partial
from pathlib import Path
from threading import Thread

from looking import Lost
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from scene import HEART, Scene
from trained import STEPS
from visitor import Visitor

OPENED_MS = 3_000  # in which another window has opened its file
HUGE = "--hidden", "1200", "1000"  # neurons: asked about before it is built


def questions(visitor: Visitor) -> None:
    """Whether to save, to go back, to replace: each question about a run with changes."""
    mine = visitor.home / "mine.curvegui"
    visitor.while_chosen("file.save_as", partial(visitor.name_file, path=mine))
    visitor.wait_for_message("Saved")
    visitor.learn(100)
    visitor.hush()
    visitor.see("changed")
    visitor.see_dialog("unsaved", "file.new")
    visitor.see_dialog("revert", "file.revert")
    visitor.while_chosen("app.quit", partial(visitor.see, "unsaved-at-the-end"))
    mine.write_bytes(b"Somebody else was here.")
    visitor.see_dialog("found-changed", "file.save")
    visitor.while_chosen("file.save_as", partial(_name_existing, visitor, visitor.runs / "learnt.curvegui"))


def _name_existing(visitor: Visitor, path: Path, chooser: QWidget) -> None:
    visitor.while_open(lambda: visitor.name_file(chooser, path), partial(visitor.see, "existing"))


def troubles(visitor: Visitor) -> None:
    """What is said of a file that is none, that is gone, and of an error that nobody expects."""
    documents = visitor.home / "Documents"
    visitor.while_open(partial(visitor.drop, documents / "broken.curvegui"), partial(visitor.see, "broken"))
    visitor.come_back()
    gone = visitor.home / "gone.curvegui"
    visitor.while_chosen("file.save_as", partial(visitor.name_file, path=gone))
    visitor.wait_for_message("Saved")
    gone.unlink()
    visitor.hush()
    visitor.while_open(partial(_open_recent, visitor, gone.name), partial(visitor.see, "gone"))
    visitor.come_back()
    visitor.while_open(Thread(target=_fail).start, partial(visitor.see, "unexpected"))


def _open_recent(visitor: Visitor, name: str) -> None:
    """Choose one of the recent files, which are listed in their menu."""
    menu = next((each for each in visitor.menus() if "recent" in each.objectName()), None)
    if menu is None:
        raise Lost("There is no menu of recent files")
    visitor.wait("the file is listed", lambda: _listed(menu, name))
    _listed(menu, name)[0].trigger()


def _listed(menu: QMenu, name: str) -> list[QAction]:
    """The lines of a menu that have a word in them, as if the menu was opened."""
    menu.aboutToShow.emit()
    return [each for each in menu.actions() if name in each.text()]


def _fail() -> None:
    raise RuntimeError("a mistake of the visitor's")


def in_use(visitor: Visitor) -> None:
    """What is asked about a file that another window has."""
    path, ready = visitor.runs / "star.curvegui", visitor.home / "ready"
    environment = {**os.environ, "CURVEGUI_READY_FILE": str(ready)}
    with subprocess.Popen([sys.executable, "-m", "curvegui", str(path)], env=environment) as other:
        try:
            visitor.wait("the other window is there", ready.exists)
            QTest.qWait(OPENED_MS)
            visitor.while_open(partial(visitor.drop, path), partial(visitor.see, "question"))
        finally:
            other.terminate()


def huge(visitor: Visitor) -> None:
    """What is asked before a very large network is built."""
    visitor.wait("there is a question", QApplication.activeModalWidget)
    visitor.see("question", QApplication.activeModalWidget())


def crash(visitor: Visitor) -> None:
    """Change a run and be ended: an autosave is left behind."""
    visitor.learn(100)


def recovery(visitor: Visitor) -> None:
    """The copies that a crash has left, the question before they are discarded, and one that is brought back."""

    visitor.wait_for_window()
    dialog = visitor.find("recovery")
    visitor.see("offer", dialog)
    visitor.while_open(lambda: visitor.click("recovery.discard"), partial(visitor.see, "discard"))
    visitor.click("recovery.bring_back")
    visitor.wait_for_iteration(STEPS + 100)
    visitor.hide_what_remembers()
    visitor.see("brought-back")


FILES = (
    Scene("questions", questions),
    Scene("troubles", troubles),
    Scene("in-use", in_use),
    Scene("huge", huge, HUGE),
    Scene("recovery", recovery, (), before=crash, before_arguments=HEART),
)
