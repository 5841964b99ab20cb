"""Ends the real app while all sorts of things are under way, and measures how long that takes.

    python -m tests.endurance.closings --times 60 [--only film wall] [--busy 4]

Each end has an app of its own, which is brought to do something, and told to end after a random time: by closing its
window, or by SIGTERM. It must be gone in 2 s, with status 0 and nothing on stderr. A picture, or the last copy of a
large run, is written to its end: then it is the window that must be gone in 2 s. ``--busy`` adds processes that do
nothing but take the processors' time.
"""

import argparse
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from tests.endurance.under_way import KINDS, WRITES, Step

PATIENCE_S = 2.0  # what is promised
LONGEST_S = 120
LATEST_S = 0.6  # from when something is under way to the end
HARMLESS = "This plugin does not support"  # the offscreen platform says so of many things
BUSY = "while True: pass"


# In the app


def child(kind: str, delay: float, by_signal: bool, folder: Path) -> int:
    """Open the window, do something, and end; tells when it is told to, and when the window is gone."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from curvegui import app
    from curvegui.core.settings.config import FULL_SPEED, TrainingConfig
    from curvegui.ui.window import start_up
    from curvegui.ui.window.main_window import MainWindow

    def begin(variable: str) -> None:
        if variable != start_up.COMPLETE_FILE:
            return
        window = next(each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow))
        window.closed.connect(lambda: print(json.dumps({"gone": monotonic()}), flush=True))
        go_on(window, list(KINDS[kind]))

    def go_on(window: MainWindow, steps: list[Step]) -> None:
        if not steps:
            QTimer.singleShot(round(1_000 * delay), lambda: end(window))
            return
        QTimer.singleShot(5, lambda: go_on(window, steps[bool(steps[0](window, folder)) :]))

    def end(window: MainWindow) -> None:
        print(json.dumps({"told": monotonic()}), flush=True)
        if by_signal:
            os.kill(os.getpid(), signal.SIGTERM)
        else:
            window.features["documents"].closing.leave_unasked()
            QApplication.closeAllWindows()

    start_up.tell_script = begin
    return app.run(TrainingConfig(speed=FULL_SPEED, iterations=1_000_000_000), wanted=None)


# Outside


@dataclass(frozen=True)
class Ending:
    """How an app ended: the seconds until the window, and the app, were gone, and what was wrong."""

    window: float = 0.0
    app: float = 0.0
    trouble: str = ""


def _environment(folder: Path) -> dict[str, str]:
    places = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "USERPROFILE"), str(folder))
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", **places}


def ending(kind: str, delay: float, by_signal: bool) -> Ending:
    """Bring an app to do something, end it, and see how."""
    with tempfile.TemporaryDirectory() as made:
        command = [sys.executable, "-m", "tests.endurance.closings", "--child", kind, str(delay), made]
        if by_signal:
            command.append("--signal")
        with subprocess.Popen(
            command,
            env=_environment(Path(made)),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        ) as app:
            try:
                out, err = app.communicate(timeout=LONGEST_S)
            except subprocess.TimeoutExpired:
                app.kill()
                return Ending(trouble=f"it never ended: {app.communicate()}")
            ended = monotonic()
    told: dict[str, float] = {}
    for line in out.splitlines():
        told |= json.loads(line)
    said = [line for line in err.splitlines() if HARMLESS not in line and line]
    if "told" not in told or app.returncode or said:
        return Ending(trouble="\n".join([f"status {app.returncode}, {out!r}", *said[-20:]]))
    return Ending(told.get("gone", ended) - told["told"], ended - told["told"])


@contextmanager
def busy(count: int) -> Iterator[None]:
    """So many processes that take the processors' time."""
    with ExitStack() as loops:
        for _ in range(count):
            loop = loops.enter_context(subprocess.Popen([sys.executable, "-c", BUSY]))
            loops.callback(loop.kill)
        yield


def measure(kind: str, times: int, chance: random.Random) -> bool:
    """End so many apps; whether all went well. Prints a line."""
    endings = [
        ending(kind, chance.uniform(0, LATEST_S), sys.platform != "win32" and chance.random() < 0.5)
        for _ in range(times)
    ]
    troubles, well = [each.trouble for each in endings if each.trouble], [each for each in endings if not each.trouble]
    late = sum((each.window if kind in WRITES else each.app) > PATIENCE_S for each in well)
    windows, apps = (sorted(getattr(each, name) for each in well) or [0.0] for name in ("window", "app"))
    print(
        f"{kind:17} {times:3} ends: "
        f"window gone after {statistics.median(windows):5.2f} s, at most {windows[-1]:5.2f} s, "
        f"app after {statistics.median(apps):5.2f} s, at most {apps[-1]:5.2f} s: {late} late, {len(troubles)} wrong"
    )
    print(*troubles[:2], sep="\n", end="\n" if troubles else "", flush=True)
    return not troubles and not late


def main() -> int:
    """Run it; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=60, help="ends of each kind")
    parser.add_argument("--only", nargs="+", choices=KINDS, default=list(KINDS))
    parser.add_argument("--busy", type=int, default=0, help="so many busy processes beside")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    parser.add_argument("--signal", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        kind, delay, folder = options.child
        return child(kind, float(delay), options.signal, Path(folder))
    with busy(options.busy):
        fine = [measure(kind, options.times, random.Random(f"{options.seed} {kind}")) for kind in options.only]
    print(f"closings: {'each in time' if all(fine) else 'FAILED'}")
    return 0 if all(fine) else 1


if __name__ == "__main__":
    sys.exit(main())
