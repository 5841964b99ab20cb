"""How smooth drawing and pushing a curve are in the real window, and what a push costs in memory.

::

    python -m tests.benchmark.drawing                         offscreen, about two minutes
    python -m tests.benchmark.drawing --seconds 0.2           to see that it starts

The network trains at full speed meanwhile. A hand moves 250 times a second, as mice and pens do. A frame's lateness is
how long after it was due its slot begins.
"""

import argparse
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from time import perf_counter, thread_time

import numpy as np
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest

from curvegui.core.curve.curve import Curve
from curvegui.core.learner.target import build_target
from tests.benchmark.frame_watch import FrameWatch
from tests.benchmark.machine import OtherPrograms
from tests.benchmark.real_window import RealWindow, application, live

HAND_MS = 4
MB = 1e6
LEFT = Qt.MouseButton.LeftButton


def print_row(what: str, figure: str, target: str = "") -> None:
    print(f"{what:<58}{figure:>22}   {target}", flush=True)


class Watched:
    """The frames, the processor time of the window's thread and that of other programs, until it ends."""

    def __init__(self, real: RealWindow, watch: FrameWatch) -> None:
        self._real, self._watch, self._others = real, watch, OtherPrograms()

    def __enter__(self) -> "Watched":
        self._others.__enter__()
        self._watch.begin(self._real.window.canvas)
        self._start = thread_time()
        return self

    def __exit__(self, *error: object) -> None:
        self.busy_s = thread_time() - self._start
        self.frames = self._watch.frames()
        self._others.__exit__(*error)
        self.load = self._others.load


def print_frames(what: str, watched: Watched, target: str = "") -> None:
    frames = watched.frames
    figures = f"{frames.late_by(50):.2f}, {frames.late_by(99):.2f}, {frames.late.max():.1f} ms"
    print_row(f"frame late, {what}: p50, p99, max", figures, target)
    took = "{:.2f}, {:.2f} ms".format(*np.percentile(frames.took, [50, 99]))
    print_row(f"  its slot: p50, p99; other programs kept {watched.load:.2f} cores", took)
    a_frame = 1000 * watched.busy_s / max(len(frames.late), 1)
    print_row("  processor time of the window's thread, for each frame", f"{a_frame:.2f} ms", "< 16 ms")


class MovingHand:
    """A hand that follows points of the plane over a canvas, as long as it is pressed."""

    def __init__(self, real: RealWindow, places: Iterator[tuple[float, float]]) -> None:
        self._canvas, self._places = real.window.canvas, places
        self.moves = 0
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._move)

    def _next(self) -> QPoint:
        x, y = next(self._places)
        across, down = self._canvas.from_plane(np.array([[x], [y]]))[:, 0].tolist()
        return QPoint(round(across), round(down))

    def _move(self) -> None:
        self.moves += 1
        QTest.mouseMove(self._canvas.viewport(), self._next())

    def drag_for(self, seconds: float) -> None:
        """Press, move, and hold still in the end."""
        QTest.mousePress(self._canvas.viewport(), LEFT, pos=self._next())
        self._timer.start(HAND_MS)
        live(seconds)
        self._timer.stop()

    def release(self) -> None:
        """Let go."""
        QTest.mouseRelease(self._canvas.viewport(), LEFT, pos=self._next())


def scribble() -> Iterator[tuple[float, float]]:
    """Round and round, about a thousand pixels a second."""
    for step in count():
        turn = 0.014 * step
        yield 0.5 + 0.4 * np.sin(3 * turn) * np.cos(0.2 * turn), 0.5 + 0.4 * np.cos(2 * turn)


def around(x: float, y: float) -> Iterator[tuple[float, float]]:
    """From a place, in a small circle."""
    for step in count():
        yield x + 0.08 * np.sin(0.03 * step), y + 0.08 * (1 - np.cos(0.03 * step))


def drawing(real: RealWindow, watch: FrameWatch, seconds: float) -> None:
    """The frames while someone draws, and with nothing in the hand."""
    with Watched(real, watch) as watched:
        live(seconds)
    print_frames("no tool", watched)
    real.window.services.actions["curve.draw"].trigger()
    hand = MovingHand(real, scribble())
    with Watched(real, watch) as watched:
        hand.drag_for(seconds)
    print_frames("drawing", watched, "p99 <= 3")
    start = perf_counter()
    hand.release()
    took = 1000 * (perf_counter() - start)
    print_row(f"{hand.moves:,} moves made a curve of {real.session.config.curve.t.size} points in", f"{took:.1f} ms")


def pushing(real: RealWindow, watch: FrameWatch, points: int, seconds: float) -> None:
    """The frames while someone drags the curve, and what the run keeps of it."""
    session = real.session
    session.reset(curve="heart", points=points)
    session.run()
    real.wait_for(lambda found: found.snapshot.iteration > 100)
    real.window.services.actions["curve.reshape"].trigger()
    tip = build_target(session.config).points[:, points // 2]
    hand = MovingHand(real, around(*tip.tolist()))
    with Watched(real, watch) as watched:
        hand.drag_for(seconds)
    print_frames(f"pushing {points:,} points", watched)
    hand.release()
    live(0.3)
    real.window.services.actions["curve.reshape"].trigger()
    changes = session._trainer.worker._driver.live.trainer.changes.all()
    curves = [config.curve for _, config in changes if isinstance(config.curve, Curve)]
    arrays = {id(array): array.nbytes for curve in curves for array in (curve.points, _owner(curve.t), curve.jumps)}
    print_row(f"  {len(curves) / seconds:.1f} changes a second; kept of them in a minute",
              f"{60 * sum(arrays.values()) / seconds / MB:.1f} MB", "<= 50 MB")  # fmt: skip


def _owner(array: np.ndarray) -> np.ndarray:
    """The array that a view looks at: several curves can share it."""
    return array if array.base is None else array.base


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--platform", choices=["offscreen", "xcb"], default="offscreen")
    parser.add_argument("--seconds", type=float, default=15.0, help="of each stroke and push")
    options = parser.parse_args()
    watch, _kept_alive = FrameWatch(), application(options.platform)
    with tempfile.TemporaryDirectory() as folder, RealWindow(Path(folder)) as real:
        real.session.run()
        live(2.0)
        drawing(real, watch, options.seconds)
        for points in (100, 1_000, 5_000):
            pushing(real, watch, points, options.seconds)


if __name__ == "__main__":
    main()
