"""Uses the window for a while, as people do, and watches whether anything grows.

    python tests/soak/soak.py --seconds 60        (3600 for a thorough one)

The real window trains at full speed, offscreen, while settings are turned, runs are reset and brought back, the views
are gone through, the canvas zoomed, the window resized, pictures saved, looks changed. Memory, Python objects, threads
and open files are sampled after every round. Ends with status 1 if the last third holds more than the first third after
the warm-up by more than the bounds below, or if anything was logged as an error or said by Qt as a warning.
"""

import argparse
import gc
import itertools
import logging
import os
import statistics
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from curvegui.app import SWITCH_INTERVAL_S
from curvegui.core.network.parts import Neuron, Parameter
from curvegui.core.settings.config import FULL_SPEED, TrainingConfig
from curvegui.session.jobs.garbage import Collector
from curvegui.session.kept.preferences import PreferencesFile
from curvegui.session.run.session import Session
from curvegui.session.study.inspection import Pass, Stage
from curvegui.ui.picture.dialog import PictureDialog
from curvegui.ui.window.main_window import MainWindow

ROUND = 27  # deeds
LIVE_S = 0.15  # between two things that a person does
WARM_UP = 0.5  # of the time, in which caches and the undo history with its twenty runs fill
MEMORY_MB = 12.0  # the allocator keeps some; a leak of one picture or one run a round would be ten times that
OBJECTS = 3_000
HARMLESS = "This plugin does not support"  # the offscreen platform says so of many things


@dataclass(frozen=True)
class Sample:
    """What the process holds at one time."""

    at: float
    memory: float
    objects: int
    threads: int
    files: int


def sample(start: float) -> Sample:
    """Look now."""
    gc.collect()
    status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    kilobytes = next(line.split()[1] for line in status if line.startswith("VmRSS"))
    threads = threading.active_count()
    return Sample(
        monotonic() - start,
        int(kilobytes) / 1000,
        len(gc.get_objects()),
        threads,
        sum(1 for _ in Path("/proc/self/fd").iterdir()),
    )


class Trouble(logging.Handler):
    """Collects errors that are logged and warnings of Qt."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Of logging."""
        self.heard.append(self.format(record))

    def hear_qt(self, kind: QtMsgType, context: object, message: str) -> None:
        """Of Qt."""
        if kind != QtMsgType.QtDebugMsg and HARMLESS not in message:
            self.heard.append(f"Qt: {message}")


def live(seconds: float = LIVE_S) -> None:
    """Let the window live."""
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()


def save(window: MainWindow, folder: Path, ending: str) -> None:
    """Save a picture through the dialog."""
    window.features["pictures"].save()
    while (dialog := window.findChild(PictureDialog)) is None:  # it waits for the last iteration before a pause
        live()
    loop = QEventLoop()
    dialog.finished.connect(loop.quit)
    dialog.save(folder / f"fit.{ending}")
    loop.exec()


def deeds(window: MainWindow, session: Session, folder: Path) -> Iterator[Callable[[], object]]:
    """What a person does, over and over."""
    endings = itertools.cycle(("png", "svg", "pdf"))
    looks = itertools.cycle(("light", "dark", "classic"))
    sizes = itertools.cycle(((900, 700), (1180, 830)))
    panels, views, parts = (
        itertools.cycle([record.name for record in window.services.docks.records if record.panel]),
        itertools.cycle(("watch", "understand", "exercise", "play")),
        itertools.cycle((Neuron(1, 2), Parameter(2, 1, 1), Parameter(3, 0))),
    )
    inspection = window.features["study"].inspection
    while True:
        yield lambda: session.edit(aggression=5.0)
        yield lambda: session.edit(noise=0.5)
        yield lambda: session.edit(hidden=(8, 5, 4))
        yield session.undo
        yield session.reset
        yield lambda: session.time.look_back(session.time.latest // 2)
        yield session.go_on_from_here
        yield lambda: session.time.play(-1)
        yield session.time.go_to_now
        yield window.canvas.zoom_in
        yield window.canvas.show_all
        yield lambda: window.resize(*next(sizes))
        yield window.services.actions[f"look.{next(looks)}"].trigger
        yield lambda: session.edit(aggression=7.0, noise=1.0, trail_every=100)
        yield lambda: save(window, folder, next(endings))
        yield window.features["timeline"].reset_with_new_seed
        yield session.toggle
        yield lambda: session.step(1_000)
        yield session.toggle
        yield lambda: window.services.views.show(next(views))
        yield lambda: window.features["study"].show_panel(next(panels))
        yield lambda: inspection.select(next(parts))
        yield lambda: inspection.mute(Neuron(1, 0), not inspection.muted)
        yield lambda: session.network.set_parameters({Parameter(2, 1, 1): 0.5})
        yield lambda: session.network.add_neuron(1)
        yield lambda: inspection.light(Stage(Pass.BACKWARD, 2))
        yield lambda: session.network.remove_neuron(None, 1)


def use(seconds: float, window: MainWindow, session: Session, folder: Path) -> list[Sample]:
    """Use the window for so long; a sample after every round."""
    start, samples = monotonic(), list[Sample]()
    for count, deed in enumerate(deeds(window, session, folder)):
        deed()
        live()
        if count % ROUND == ROUND - 1:
            samples.append(sample(start))
            if monotonic() - start > seconds:
                return samples
    raise AssertionError("The deeds never end")


def growth(samples: list[Sample], name: str) -> float:
    """By how much the median of the last third exceeds that of the first third after the warm-up."""
    warm = samples[round(WARM_UP * len(samples)) :]
    third = max(1, len(warm) // 3)
    values = [getattr(each, name) for each in warm]
    return statistics.median(values[-third:]) - statistics.median(values[:third])


def main() -> int:
    """Run it; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60)
    options = parser.parse_args()
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    trouble = Trouble()
    logging.getLogger().addHandler(trouble)
    qInstallMessageHandler(trouble.hear_qt)
    application = QApplication([])
    collector = Collector()
    collector.begin()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        session = Session(TrainingConfig(speed=FULL_SPEED, iterations=1_000_000_000))
        window = MainWindow(PreferencesFile(folder / "preferences.json"), folder / "log", folder / "favourites")
        window.begin(session)
        window.finish()
        window.show()
        session.run()
        samples = use(options.seconds, window, session, folder)
        window.features["documents"].closing.leave_unasked()
        window.close()
        ended = session.close()
        application.processEvents()
    for each in samples[:: max(1, len(samples) // 20)]:
        counts = f"{each.objects:9,} objects {each.threads:3} threads {each.files:4} files"
        print(f"{each.at:7.0f} s {each.memory:8.1f} MB {counts}")
    bounds = {"memory": MEMORY_MB, "objects": OBJECTS, "threads": 0, "files": 0}
    grown = {name: growth(samples, name) for name in bounds}
    print("growth:", ", ".join(f"{name} {value:+.1f} (at most {bounds[name]:+.1f})" for name, value in grown.items()))
    print(*(f"trouble: {line}" for line in trouble.heard), sep="\n", end="\n" if trouble.heard else "")
    fine = ended and not trouble.heard and all(grown[name] <= bound for name, bound in bounds.items())
    print("soak: nothing grows" if fine else "soak: FAILED")
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
