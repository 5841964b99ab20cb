"""What may be under way when the app ends: steps that bring its window there."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

ENDLESS = """import numpy as np
sigma = lambda z : 1 / (1 + np.exp(-z))
def J_W3(x, y):
    while True:
        pass
"""

Step = Callable[[Any, Path], object]
"""Does something with the window and a folder; it is tried again until it returns what counts as true."""


def act(name: str) -> Step:
    """Choose an action."""
    return lambda window, folder: window.services.actions[name].trigger() or True


def click(name: str) -> Step:
    """Click a button, once it is there."""

    def done(window: Any, folder: Path) -> bool:
        from PySide6.QtWidgets import QAbstractButton

        button = window.findChild(QAbstractButton, name)
        if button is None or not button.isEnabled():
            return False
        button.click()
        return True

    return done


def save_in(name: str, file: str, **changes: int) -> Step:
    """Save in the dialog of that name, once it is there; ``changes`` are values of its fields."""

    def done(window: Any, folder: Path) -> bool:
        from PySide6.QtWidgets import QDialog, QWidget

        dialog = window.findChild(QDialog, name)
        if dialog is None:
            return False
        for key, value in changes.items():
            dialog.findChild(QWidget, f"{name}.{key}").setValue(value)
        dialog.save(folder / file)
        return True

    return done


def has(name: str) -> Step:
    """Wait until a widget of that name is seen."""

    def done(window: Any, folder: Path) -> bool:
        from PySide6.QtWidgets import QWidget

        found = window.findChild(QWidget, name)
        return found is not None and found.isVisible()

    return done


def set_to(**settings: Any) -> Step:
    """Change settings of the run, and let it learn."""

    def done(window: Any, folder: Path) -> bool:
        window.services.session.edit(**settings)
        window.services.session.run()
        return True

    return done


def learned(count: int) -> Step:
    """Wait until so many iterations have been made."""

    def done(window: Any, folder: Path) -> bool:
        snapshot = window.services.session.snapshot
        return snapshot is not None and snapshot.iteration >= count

    return done


def judge_endless(window: Any, folder: Path) -> bool:
    """Open a learner's file that never ends, with consent."""
    path = folder / "mine.py"
    path.write_text(ENDLESS, encoding="utf-8")
    window.features["exercise"].open(str(path))
    return True


def consent(window: Any, folder: Path) -> bool:
    """Let the file's code run, once it has been read."""
    files = window.features["exercise"]
    if files._asked is None:
        return False
    files._allow(files._asked, follow=True)
    return True


def save_run(window: Any, folder: Path) -> bool:
    """Save the run to a file."""
    window.features["documents"].document.save_as(folder / "run.curvegui")
    return True


def show_valley(window: Any, folder: Path) -> bool:
    """Show the panel that computes most."""
    window.features["study"].show_panel("valley")
    return True


def look_back(window: Any, folder: Path) -> bool:
    """Ask for an iteration long ago."""
    window.services.session.time.look_back(1)
    return True


LARGE = {"hidden": (900, 900)}
KINDS: dict[str, tuple[Step, ...]] = {
    "full speed": (set_to(),),
    "large network": (set_to(**LARGE),),
    "panels": (set_to(**LARGE, points=5_000), learned(1), act("view.understand"), act("view.pulls")),
    "second order": (set_to(optimizer="levenberg-marquardt", hidden=(40, 40), points=200),),
    "looking back": (set_to(**LARGE), learned(20), look_back),
    "film": (learned(3_000), act("film.save"), save_in("film", "run.gif")),
    "wall": (act("wall.open"), has("wall")),
    "race": (act("wall.race"), has("wall")),
    "sweep": (act("run.sweep"), click("sweep.begin")),
    "child": (judge_endless, consent),
    "valley": (learned(500), show_valley),
    "dialog": (act("curve.formula"), has("curve")),
    "question": (set_to(aggression=3.0), learned(500), act("file.new"), has("unsaved")),
    "saving a picture": (act("picture.save"), save_in("picture", "fit.png", scale=8)),
    "saving": (set_to(**LARGE), learned(3), save_run),
}
WRITES = frozenset(
    {"saving a picture", "saving", "large network", "panels", "looking back", "second order"}
)  # to the end
