"""What the arrows, the curve without a neuron and the error along t cost at full speed: prints a table.

::

    python -m tests.benchmark.insight                         offscreen, about a minute
    python -m tests.benchmark.insight --rounds 1              to see that it starts

Everything is shown and hidden in turn, while the same window trains at full speed, so that what disturbs the machine
disturbs both. The window's own time is that of its thread; it holds Python's lock, and the trainer waits meanwhile.
"""

import argparse
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter, thread_time

from curvegui.core.network.parts import Neuron
from tests.benchmark.frame_watch import FrameWatch
from tests.benchmark.real_window import RealWindow, application, live

SHARE_S = 2.5  # of each turn
SWITCHES = ("residuals", "pulls", "errors")


def show(real: RealWindow, shown: bool) -> None:
    """Show everything that explains the fit, or nothing."""
    window, inspection = real.window, real.window.features["study"].inspection
    for name in SWITCHES:
        action = window.services.actions[f"view.{name}"]
        if action.isChecked() != shown:
            action.trigger()
    inspection.brush((0.2, 0.4) if shown else None)
    inspection.look_at_point(60 if shown else None)
    inspection.mute(Neuron(2, 2), shown)


def turn(real: RealWindow, watch: FrameWatch) -> tuple[float, float, float, float]:
    """The thread's time a frame, the 99th percentiles of the slots and of how late frames are, in ms; iterations/s."""
    live(0.4)
    before = real.session.snapshot
    watch.begin(real.window.canvas)
    start, own = perf_counter(), thread_time()
    live(SHARE_S)
    took, own = perf_counter() - start, thread_time() - own
    frames, after = watch.frames(), real.session.snapshot
    if before is None or after is None:
        raise AssertionError("The window shows no run")
    slots = sorted(frames.took.tolist())
    rate = (after.iteration - before.iteration) / took
    return 1000 * own / len(slots), slots[int(0.99 * len(slots))], frames.late_by(99), rate


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--platform", choices=["offscreen", "xcb"], default="offscreen")
    parser.add_argument("--rounds", type=int, default=6)
    options = parser.parse_args()
    watch = FrameWatch()
    kept_alive = application(options.platform)
    with tempfile.TemporaryDirectory() as folder, RealWindow(Path(folder)) as real:
        for record in real.window.services.docks.records:
            real.window.services.docks[record.name].hide()
        real.session.run()
        live(1.0)
        found: dict[bool, list[tuple[float, float, float, float]]] = {False: [], True: []}
        for _ in range(options.rounds):
            for shown in (False, True):
                show(real, shown)
                found[shown].append(turn(real, watch))
        real.session.pause()
        live(0.2)
    print(f"platform {kept_alive.platformName()}, medians of {options.rounds} turns each")
    print(f"{'':<46}{'hidden':>12}{'shown':>12}")
    rows = ("the window's thread, ms a frame", "frame's slot, p99, ms", "frame late, p99, ms", "iterations/s")
    for number, what in enumerate(rows):
        hidden, shown = (median(each[number] for each in found[key]) for key in (False, True))
        print(f"{what:<46}{hidden:>12,.2f}{shown:>12,.2f}")


if __name__ == "__main__":
    main()
