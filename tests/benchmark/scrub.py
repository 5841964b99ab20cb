"""How soon a scrub is on the screen: from the mouse on the timeline to the canvas painted.

::

    python -m tests.benchmark.scrub                          offscreen, about half a minute
    python -m tests.benchmark.scrub --platform xcb           on the display, e.g. of Xvfb
    python -m tests.benchmark.scrub --tries 3                to see that it starts

A run of 50,000 iterations is looked back to at random places of its linear timeline, paused and then while it
goes on learning, slowly and at full speed. The target is 16 ms for 99 in 100.
"""

import argparse
import tempfile
from pathlib import Path
from random import Random
from time import perf_counter

import numpy as np
from PySide6.QtCore import QEventLoop, QPoint, Qt
from PySide6.QtTest import QTest

from curvegui.core.learner.learner import Snapshot
from curvegui.core.settings.config import FULL_SPEED
from curvegui.session.run.delivery import Phase
from tests.benchmark.real_window import RealWindow, application, live

ITERATIONS = 50_000
TARGET_MS = 16.0


def scrub(real: RealWindow, tries: int, name: str) -> None:
    """Print the milliseconds from a press on the timeline to the canvas that shows the iteration.

    The canvas paints an earlier iteration when it hears of it, before ``look`` does. The event loop sleeps meanwhile: a
    loop that polls would keep the trainer's thread waiting.
    """
    timeline, random, took = real.window.features["timeline"].timeline, Random(1), list[float]()
    loop, time = QEventLoop(), real.session.time

    def look(past: Snapshot | None) -> None:
        if past is not None and past.iteration == time.playhead and loop.isRunning():
            took.append(1000 * (perf_counter() - start))
            loop.quit()

    time.moved.connect(look)
    for _ in range(tries):
        spot = QPoint(random.randrange(60, timeline.width() - 40), timeline.height() // 2)
        start = perf_counter()
        QTest.mousePress(timeline.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        loop.exec()
        QTest.mouseRelease(timeline.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        live(random.random() / 50)  # in no step with the clocks
    time.moved.disconnect(look)
    p50, p99 = np.percentile(took, [50, 99])
    print(f"{name:<28} p50 {p50:5.1f} ms   p99 {p99:5.1f} ms   max {max(took):5.1f} ms   target p99 {TARGET_MS} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--platform", default="offscreen")
    parser.add_argument("--tries", type=int, default=500)
    options = parser.parse_args()
    _application = application(options.platform)
    with tempfile.TemporaryDirectory() as folder, RealWindow(Path(folder), iterations=ITERATIONS) as real:
        real.window.services.display.see(log_time=False)
        real.session.run()
        real.wait_for(lambda found: found.phase is Phase.FINISHED)
        live(2.0)
        scrub(real, options.tries, "at rest")
        real.session.time.go_to_now()
        real.session.edit(iterations=100 * ITERATIONS)
        for words, speed in (("while learning at 2,000/s", 2_000.0), ("while learning at full speed", FULL_SPEED)):
            real.session.edit(speed=speed)
            real.session.run()
            scrub(real, options.tries, words)


if __name__ == "__main__":
    main()
