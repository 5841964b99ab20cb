"""Ends the real app while all sorts of things are under way, and measures how long that takes.

    python -m tests.endurance.closings --times 60 [--only film wall] [--busy 4]

Each end has an app of its own, which is brought to do something, and told to end after a random time: by closing its
window, or by SIGTERM. It must be gone in 2 s, with status 0 and nothing on stderr. A picture, or the last copy of a
large run, is written to its end: then it is the window that must be gone in 2 s. ``--busy`` adds processes that do
nothing but take the processors' time.
"""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from math import inf
from pathlib import Path
from statistics import median
from time import monotonic
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget

from curvegui.ui.window.main_window import MainWindow
from tests.benchmark.real_window import endless_config
from tests.help.program import asked, own_environment
from tests.help.whole_app import run_app
from tests.monkey.watch import HARMLESS

PATIENCE_S = 2.0  # what is promised
LONGEST_S = 120
LATEST_S = 0.6  # from when something is under way to the end
JOB = "CURVEGUI_CLOSING"  # an environment variable: what an app is to do, as JSON
ENDLESS = "import numpy as np\nsigma = lambda z : 1 / (1 + np.exp(-z))\ndef J_W3(x, y):\n    while True: pass\n"

Step = Callable[[Any, Path], object]
"""Does something with the window and a folder; it is tried again until it returns what counts as true."""


def act(name: str) -> Step:
    """Choose an action."""
    return lambda window, folder: window.services.actions[name].trigger() or True


def has(name: str) -> Step:
    """Wait until a widget of that name is seen."""
    return lambda window, folder: (found := window.findChild(QWidget, name)) is not None and found.isVisible()


def learned(count: int) -> Step:
    """Wait until so many iterations have been made."""
    return lambda window, folder: (now := window.services.session.snapshot) is not None and now.iteration >= count


def set_to(**settings: Any) -> Step:
    """Change settings of the run, and let it learn."""
    return lambda window, folder: window.services.session.edit(**settings) or window.services.session.run() or True


def save_in(name: str, file: str, **changes: int) -> Step:
    """Save in the dialog of that name, once it is there; ``changes`` are values of its fields."""

    def done(window: Any, folder: Path) -> bool:
        if (dialog := window.findChild(QDialog, name)) is not None:
            for key, value in changes.items():
                dialog.findChild(QWidget, f"picture.{key}").setValue(value)
            dialog.save(folder / file)
        return dialog is not None

    return done


def begin_sweep(window: Any, folder: Path) -> bool:
    """Click the dialog's button, once it is there."""
    if is_there := (button := window.findChild(QAbstractButton, "sweep.begin")) is not None and button.isEnabled():
        button.click()
    return is_there


def judge_endless(window: Any, folder: Path) -> bool:
    """Open a learner's file that never ends."""
    (folder / "mine.py").write_text(ENDLESS, encoding="utf-8")
    window.features["exercise"].open(str(folder / "mine.py"))
    return True


def consent(window: Any, folder: Path) -> bool:
    """Let the file's code run, once it has been read."""
    files = window.features["exercise"]
    if is_read := files._asked is not None:
        files._allow(files._asked, follow=True)
    return is_read


LARGE = {"hidden": (900, 900)}
KINDS: dict[str, tuple[Step, ...]] = {
    "full speed": (set_to(),),
    "large network": (set_to(**LARGE),),
    "panels": (set_to(**LARGE, points=5_000), learned(1), act("view.understand"), act("view.pulls")),
    "second order": (set_to(optimizer="levenberg-marquardt", hidden=(40, 40), points=200),),
    "looking back": (
        set_to(**LARGE), learned(20), lambda window, folder: window.services.session.time.look_back(1) or True
    ),
    "film": (learned(3_000), act("film.save"), save_in("share", "run.gif")),
    "wall": (act("wall.open"), has("networks")),
    "race": (act("wall.race"), has("networks")),
    "sweep": (act("run.sweep"), begin_sweep),
    "child": (judge_endless, consent),
    "valley": (learned(500), lambda window, folder: window.features["study"].show_panel("valley") or True),
    "dialog": (act("curve.formula"), has("curve")),
    "question": (set_to(aggression=3.0), learned(500), act("file.new"), has("unsaved")),
    "saving a picture": (act("picture.save"), save_in("share", "fit.png", scale=8)),
    "saving": (
        set_to(**LARGE), learned(3),
        lambda window, folder: window.features["documents"].document.save_as(folder / "run.curvegui") or True,
    ),
}  # fmt: skip
WRITES = {"saving a picture", "saving", "large network", "panels", "looking back", "second order"}  # to the end


def child(kind: str, delay: float, by_signal: bool, folder: str) -> int:
    """Open the window, do something, and end; tells when it is told to, and when the window is gone."""

    def begin(window: MainWindow) -> None:
        window.closed.connect(lambda: print(json.dumps({"gone": monotonic()}), flush=True))
        go_on(window, KINDS[kind])

    def go_on(window: MainWindow, steps: tuple[Step, ...]) -> None:
        if steps:
            QTimer.singleShot(5, lambda: go_on(window, steps[bool(steps[0](window, Path(folder))) :]))
        else:
            QTimer.singleShot(round(1_000 * delay), lambda: end(window))

    def end(window: MainWindow) -> None:
        print(json.dumps({"told": monotonic()}), flush=True)
        if by_signal:
            os.kill(os.getpid(), signal.SIGTERM)
        else:
            window.features["documents"].closing.leave_unasked()
            QApplication.closeAllWindows()

    return run_app(endless_config(), begin, wanted=None)


def ending(kind: str, chance: random.Random) -> tuple[float, float, str]:
    """Bring an app to do something and end it; the seconds until its window, and it, were gone, and what was wrong."""
    delay, by_signal = chance.uniform(0, LATEST_S), sys.platform != "win32" and chance.random() < 0.5
    with tempfile.TemporaryDirectory() as folder:
        job = {JOB: json.dumps((kind, delay, by_signal, folder))}
        options = {"env": os.environ | own_environment(folder) | job, "capture_output": True, "encoding": "utf-8"}
        try:
            command = [sys.executable, "-m", "tests.endurance.closings"]
            ended = subprocess.run(command, check=False, timeout=LONGEST_S, **options)
        except subprocess.TimeoutExpired as error:
            return inf, inf, f"it never ended: {error.stdout!r} {error.stderr!r}"
        now, times = monotonic(), dict[str, float]()
    for line in ended.stdout.splitlines():
        times |= json.loads(line)
    said = [line for line in ended.stderr.splitlines() if line and not any(each in line for each in HARMLESS)]
    if "told" not in times or ended.returncode or said:
        return inf, inf, "\n".join([f"status {ended.returncode}, {ended.stdout!r}", *said[-20:]])
    return times.get("gone", now) - times["told"], now - times["told"], ""


def main() -> int:
    """Run it; the exit status."""
    if JOB in os.environ:
        return child(*json.loads(os.environ[JOB]))
    options, failed = asked(__doc__, times=60, only=list(KINDS), busy=0, seed=1), 0
    with ExitStack() as loops:
        for _ in range(options.busy):
            loops.callback(loops.enter_context(subprocess.Popen([sys.executable, "-c", "while True: pass"])).kill)
        for kind in options.only:
            chance = random.Random(f"{options.seed} {kind}")
            windows, apps, troubles = zip(*(ending(kind, chance) for _ in range(options.times)), strict=True)
            late = sum(each > PATIENCE_S for each in (windows if kind in WRITES else apps))
            window, app_ = (f"{median(each):5.2f} s, at most {max(each):5.2f} s" for each in (windows, apps))
            print(f"{kind:17} {options.times:3} ends: window gone after {window}, app after {app_}: {late} not in time")
            for trouble in filter(None, troubles):
                print(trouble, flush=True)
            failed += late
    print(f"closings: {'FAILED' if failed else 'each in time'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
