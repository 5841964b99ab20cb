"""How long the wall of seeds takes to learn while it is shown, and what it costs the window.

::

    python -m tests.benchmark.wall                   offscreen, about a minute
    python -m tests.benchmark.wall --platform xcb    on the display, e.g. of Xvfb
    python -m tests.benchmark.wall --engine numpy    without the engine in C
    python -m tests.benchmark.wall --engine numpy --rounds 1     to see that it starts

The real window is open, its run paused unless said otherwise. A wall is timed from the call that begins it until the
window has heard that it is done, by the clock on the wall and by the process's own (all threads, painting included).
Other programs make it slower: the fastest of several rounds counts, and all of them are printed.
"""

import argparse
import os
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = "1"

import numpy as np
from PySide6.QtCore import QEventLoop, QTimer

from curvegui.core.engine.backend import Backend
from curvegui.core.ensemble.plan import WallPlan
from curvegui.core.learner.engines import ENGINES, usable_backend, words_for
from curvegui.session.run.delivery import Phase
from curvegui.ui.wall.dialog import WallDialog
from tests.benchmark.frame_watch import FrameWatch
from tests.benchmark.machine import OtherPrograms
from tests.benchmark.real_window import PATIENCE_MS, RealWindow, application, live

GOAL_S = 0.2  # for 16 networks, 10,000 iterations each
FRAME_GOAL_MS = 4.0  # for the grid, at 64 networks
SIZE = 1_040, 830
PAINTINGS = 40


def learn(dialog: WallDialog, plan: WallPlan) -> tuple[float, float]:
    """Seconds that a wall takes, by the clock on the wall and by the process's."""
    wall, loop, guard = dialog.wall, QEventLoop(), QTimer()
    dialog.form.plan = lambda: plan
    guard.timeout.connect(loop.quit)
    guard.start(PATIENCE_MS)
    wall.phase_changed.connect(loop.quit)
    started, used = perf_counter(), process_time()
    dialog._begin()
    while wall.phase is Phase.LEARNING and perf_counter() < started + PATIENCE_MS / 1000:
        loop.exec()
    took = perf_counter() - started, process_time() - used
    wall.phase_changed.disconnect(loop.quit)
    return took


def painting_ms(dialog: WallDialog) -> tuple[float, float]:
    """What the grid and the plot cost each time something is new, medians."""
    grid, plot, times = dialog.grid, dialog.plot, list[tuple[float, float]]()
    for _ in range(PAINTINGS):
        grid._is_stale = plot._is_stale = True
        started = perf_counter()
        grid.refresh()
        between = perf_counter()
        plot.refresh()
        times.append((between - started, perf_counter() - between))
    first, second = (1000 * median(part) for part in zip(*times, strict=True))
    return first, second


def row(what: str, figure: str, goal: str = "") -> None:
    print(f"{what:<62}{figure:>26}   {goal}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--platform", choices=["offscreen", "xcb"], default="offscreen")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--engine", choices=list(ENGINES), default="c")
    options = parser.parse_args()
    wanted = Backend(options.engine)
    watch = FrameWatch()
    kept_alive = application(options.platform)
    with tempfile.TemporaryDirectory() as folder, OtherPrograms() as others:
        row(
            f"platform {kept_alive.platformName()}, {words_for(usable_backend(wanted, (1, 6, 7, 2)))}",
            "measured",
            "goal",
        )
        with RealWindow(Path(folder), wanted) as real:
            measure(real, watch, options.rounds)
    row("other programs kept busy meanwhile", f"{others.load:.1f} cores")


def measure(real: RealWindow, watch: FrameWatch, rounds: int) -> None:
    """Print the table."""
    real.window.features["wall"].open()
    (dialog,) = real.window.findChildren(WallDialog)
    dialog.resize(*SIZE)
    live(0.3)
    plan = WallPlan(16, 10_000)
    took = np.array([learn(dialog, plan) for _ in range(rounds)])
    for name, seconds, goal in (("wall clock", took[:, 0], f"< {GOAL_S:g} s"), ("CPU", took[:, 1], "")):
        figure = f"{seconds.min():.2f} s ({median(seconds):.2f}, {seconds.max():.2f})"
        row(f"16 networks x 10,000 iterations, {name}: best (median, worst)", figure, goal)
    for count in (16, 64):
        plan = WallPlan(count, 1_500)
        watch.begin(real.window.canvas)
        learn(dialog, plan)
        row(f"main frames late, {count} networks, run paused: p50, p99, max", str(watch.frames()))
        grid, plot = painting_ms(dialog)
        row(f"{count} networks: grid, plot painted in", f"{grid:.2f}, {plot:.2f} ms", f"grid <= {FRAME_GOAL_MS:g} ms")
    real.session.run()
    watch.begin(real.window.canvas)
    learn(dialog, plan)
    row("main frames late, 64 networks, run at full speed: p50, p99, max", str(watch.frames()))
    real.session.pause()


if __name__ == "__main__":
    main()
