"""What the diagram of the network costs: prints the processor time of each frame, beside that of an empty panel.

::

    python -m tests.benchmark.diagram                    offscreen, about half a minute
    python -m tests.benchmark.diagram --frames 3         to see that it starts

A frame is `show_inspected` with the next moment of a run, and painting the whole panel. The first holds Python's lock,
so that the trainer waits; Qt paints without it. Frames of the diagram and of an empty panel take turns.
"""

import argparse
import tempfile
from pathlib import Path
from statistics import median
from time import process_time

from PySide6.QtWidgets import QWidget

from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from tests.benchmark.machine import OtherPrograms
from tests.benchmark.real_window import RealWindow, application

SIZE = 400, 640  # of the panel, px: the diagram in it is about 370 x 300
NETWORKS = {"1-6-7-2": (6, 7), "1-20-20-2": (20, 20), "8 x 64": (64,) * 8}
TARGETS_MS = {"1-6-7-2": 5.0}


def moments(hidden: tuple[int, ...], count: int) -> list[InspectedSnapshot]:
    """A run's moments, as far apart as at full speed."""
    trainer = Trainer(TrainingConfig(hidden=hidden))
    made = []
    for _ in range(count):
        trainer.advance(200 if max(hidden) < 20 else 5)
        made.append(InspectedSnapshot(trainer.snapshot()))
    return made


def cpu_ms(show: object, inspected: InspectedSnapshot, panel: QWidget) -> tuple[float, float]:
    """Processor milliseconds to show a moment, and to paint it."""
    start = process_time()
    if callable(show):
        show(inspected)
    shown = process_time()
    panel.grab()
    return 1000 * (shown - start), 1000 * (process_time() - shown)


def measure(name: str, hidden: tuple[int, ...], count: int, real: RealWindow) -> None:
    """Print the figures of one network."""
    panel, empty = real.window.features["study"].panel("network"), QWidget()
    panel.setParent(None)
    for each in (panel, empty):
        each.resize(*SIZE)
        each.show()
    frames = moments(hidden, count)
    panel.show_inspected(frames[0])
    panel.grab()
    costs = [(cpu_ms(panel.show_inspected, frame, panel), cpu_ms(None, frame, empty)) for frame in frames[1:]]
    show, paint = (sorted(each[0][part] for each in costs) for part in (0, 1))
    nothing = median(sum(each[1]) for each in costs)
    both = sorted(sum(each[0]) for each in costs)
    target = f"< {TARGETS_MS[name]:g} ms" if name in TARGETS_MS else ""
    print(
        f"{name:<12} show {median(show):6.2f} ms (p95 {show[int(0.95 * len(show))]:6.2f})   "
        f"paint {median(paint):6.2f} ms   both {median(both):6.2f} ms   empty panel {nothing:5.2f} ms   {target}",
        flush=True,
    )
    panel.close()
    panel.deleteLater()
    empty.close()


def main() -> None:
    """Measure every network."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--frames", type=int, default=60)
    options = parser.parse_args()
    _kept_alive = application("offscreen")
    with tempfile.TemporaryDirectory() as folder, OtherPrograms() as others:
        for name, hidden in NETWORKS.items():
            with RealWindow(Path(folder), hidden=hidden) as real:
                measure(name, hidden, options.frames, real)
    print(f"other programs took {others.load:.2f} cores")


if __name__ == "__main__":
    main()
