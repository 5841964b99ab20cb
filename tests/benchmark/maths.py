"""What the maths panel costs a frame: its mathematics, laying it out and painting it.

::

    python -m tests.benchmark.maths                           offscreen, about half a minute
    python -m tests.benchmark.maths --rounds 3                to see that it starts

Each way is measured in turn within every round, so that other programs disturb all alike. A frame is
`show_inspected` with a snapshot that nobody has asked anything yet, and the painting that follows.
"""

import argparse
import tempfile
from pathlib import Path
from time import perf_counter

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot
from curvegui.core.network.parts import Parameter
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.session.study.inspection import Inspection
from curvegui.ui.look import theme
from curvegui.ui.maths.equation_view import EquationView
from tests.benchmark.machine import OtherPrograms
from tests.benchmark.real_window import RealWindow, application

BUDGET_MS = 4.0
WAYS = {
    "W3 at a point": (Parameter(3, 0, 2), 36),
    "W2 at a point": (Parameter(2, 3, 4), 36),
    "W1 at a point": (Parameter(1, 2, 0), 36),
    "W1 on average": (Parameter(1, 2, 0), None),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=100, help="how often everything is measured (100)")
    rounds = parser.parse_args().rounds
    _kept_alive = application("offscreen")
    theme.set_theme(theme.LIGHT)
    with tempfile.TemporaryDirectory() as folder, RealWindow(Path(folder)) as real:
        measure(real, rounds)


def measure(real: RealWindow, rounds: int) -> None:
    """Print what a frame costs, a line for each way."""
    study, holder = real.window.features["study"], QWidget()
    panel = study.panel("maths")
    QVBoxLayout(holder).addWidget(panel)
    holder.resize(440, 1_700)
    holder.show()
    trainer = Trainer(TrainingConfig(points=100))
    snapshots = []
    for _ in range(rounds):
        trainer.advance(3)
        snapshots.append(trainer.snapshot())
    shown, painted = {name: [] for name in WAYS}, {name: [] for name in WAYS}
    views = holder.findChildren(EquationView)
    canvas = QImage(440, 1_700, QImage.Format.Format_ARGB32_Premultiplied)
    with OtherPrograms() as others:
        for snapshot in snapshots:
            for name, (parameter, point) in WAYS.items():
                look_at(study.inspection, parameter, point)
                panel.show_inspected(InspectedSnapshot(snapshot))  # lays out what is new, which stays for many frames
                settle()
                for view in views:
                    view.render(canvas)
                start = perf_counter()
                panel.show_inspected(InspectedSnapshot(snapshot))
                settle()
                middle = perf_counter()
                for view in views:
                    view.render(canvas)
                painted[name].append(1000 * (perf_counter() - middle))
                shown[name].append(1000 * (middle - start))
    for name in WAYS:
        both = np.array(shown[name]) + np.array(painted[name])
        figures = "{:.2f}, {:.2f} ms".format(*np.percentile(both, [50, 99]))
        parts = f"shown {np.median(shown[name]):.2f}, painted {np.median(painted[name]):.2f}"
        print(f"{name:<20} p50, p99: {figures:<18} ({parts})   < {BUDGET_MS} ms")
    print(f"other programs kept {others.load:.2f} cores")
    holder.close()


def look_at(inspection: Inspection, parameter: Parameter, point: int | None) -> None:
    inspection.select(parameter)
    inspection.look_at_point(point)


def settle() -> None:
    for _ in range(5):  # layouts within layouts
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)


if __name__ == "__main__":
    main()
