"""How fast 1,000 favourites are there and how smoothly they scroll: prints a table of figures and their targets.

::

    python -m tests.benchmark.favourites                          offscreen, about half a minute
    python -m tests.benchmark.favourites --platform xcb           on the display, e.g. of Xvfb
    python -m tests.benchmark.favourites --count 40               to see that it starts

Opening is timed from the moment the dock is shown until all favourites are listed: the first time, when every file
is read, and later, from the index, with the trainer off and at full speed. A frame of scrolling is what moving the
scroll bar and painting the list take of the GUI thread; "cold" is the first time down the list, when the thumbnails
are painted on the way, between the frames.
"""

import argparse
import tempfile
from pathlib import Path
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEventLoop, Qt, QTimer

from curvegui.core.run.record import thinned
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.files.favourites.folder import RECORD_BYTES
from curvegui.files.project.project import Project, encode
from curvegui.ui.favourites.view import FavouritesView
from tests.benchmark.machine import OtherPrograms
from tests.benchmark.real_window import RealWindow, application, live

KINDS = 20  # different runs among them
FRAME_MS = 16
STEP_PX = 60  # a frame: the whole list in some seconds


def fill(folder: Path, count: int) -> None:
    """Make so many favourites of real runs."""
    folder.mkdir()
    for seed in range(KINDS):
        trainer = Trainer(TrainingConfig(seed=seed))
        trainer.advance(6_000)
        record = thinned(trainer.record(50_000), RECORD_BYTES)
        for number in range(seed, count, KINDS):
            project = Project(
                record, name=f"heart {number}", saved_at=f"2026-01-01T00:{number // 60:02}:{number % 60:02}Z"
            )
            (folder / f"heart {number}.curvegui").write_bytes(encode(project))


def open_ms(real: RealWindow, count: int) -> tuple[float, float]:
    """From showing the dock to the first favourites in the list, and to all of them."""
    favourites, loop, first = real.window.features["favourites"].contents.favourites, QEventLoop(), list[float]()
    start = perf_counter()

    def look() -> None:
        if favourites.items and not first:
            first.append(perf_counter() - start)
        if favourites.is_complete:
            loop.quit()

    favourites.changed.connect(look)
    real.window.services.docks.show("favourites")  # in front of the others
    QTimer.singleShot(60_000, loop.quit)
    loop.exec()
    favourites.changed.disconnect(look)
    if len(favourites.items) != count:
        raise AssertionError(f"{len(favourites.items)} favourites were found")
    return 1000 * first[0], 1000 * (perf_counter() - start)


class Scrolling:
    """Moves the list down a little in every frame, and notes what that takes and how late it is."""

    def __init__(self, view: FavouritesView) -> None:
        self._view, self._bar, self._loop = view, view.verticalScrollBar(), QEventLoop()
        self._took, self._ticks = list[float](), list[float]()

    def run(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Scroll from top to bottom; milliseconds a frame, and between two frames."""
        self._bar.setValue(0)
        live(0.3)
        self._took, self._ticks = [], []
        clock = QTimer()
        clock.setTimerType(Qt.TimerType.PreciseTimer)
        clock.timeout.connect(self._frame)
        clock.start(FRAME_MS)
        self._loop.exec()
        clock.stop()
        return 1000 * np.array(self._took), 1000 * np.diff(self._ticks)

    def _frame(self) -> None:
        start = perf_counter()
        self._ticks.append(start)
        if self._bar.value() >= self._bar.maximum():
            self._loop.quit()
        self._bar.setValue(self._bar.value() + STEP_PX)
        self._view.viewport().repaint()  # at once, and all of it: Qt itself would move what is there already
        self._took.append(perf_counter() - start)


def print_row(what: str, figure: str, target: str = "") -> None:
    print(f"{what:<62}{figure:>24}   {target}", flush=True)


def measure(real: RealWindow, where: str, count: int, *, learns: bool) -> None:
    """Open the dock in a window of its own, and scroll twice."""
    if learns:
        real.session.run()
        live(1.0)
    first, every = open_ms(real, count)
    print_row(f"{count:,} favourites, {where}: the first, all", f"{first:.0f}, {every:.0f} ms", "< 500 ms")
    live(0.3)
    scrolling = Scrolling(real.window.features["favourites"].contents.panel.view)
    for name in ("cold", "warm"):
        took, between = scrolling.run()
        p50, p99 = np.percentile(took, [50, 99])
        print_row(
            f"scrolling {name}, {where}: frame p50, p99, max",
            f"{p50:.2f}, {p99:.2f}, {took.max():.1f} ms",
            "p99 < 16 ms",
        )
        p50, p99 = np.percentile(between, [50, 99])
        print_row("    from frame to frame: p50, p99, max", f"{p50:.1f}, {p99:.1f}, {between.max():.1f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--platform", choices=["offscreen", "xcb"], default="offscreen")
    parser.add_argument("--count", type=int, default=1_000, help="how many favourites there are (1,000)")
    options = parser.parse_args()
    kept_alive = application(options.platform)
    with tempfile.TemporaryDirectory() as folder, OtherPrograms() as others:
        fill(Path(folder) / "favourites", options.count)
        print_row(f"platform {kept_alive.platformName()}", "measured", "target")
        for where in ("first time", "trainer off", "at full speed"):
            (Path(folder) / "preferences.json").unlink(missing_ok=True)  # so that the dock is closed at first
            with RealWindow(Path(folder)) as real:
                measure(real, where, options.count, learns=where == "at full speed")
    print_row("other programs", f"{others.load:.2f} cores")


if __name__ == "__main__":
    main()
