"""Uses the window for a while, as people do, and watches whether anything grows.

    python -m tests.endurance.soak --seconds 90                    in a hurry
    python -m tests.endurance.soak --seconds 3600 --pause 2        calmly: the runs get long

The real window trains at full speed, offscreen, while settings are turned, runs are reset and brought back, the views
are gone through, the canvas zoomed, the window resized, pictures saved, looks changed. What the runs take that Undo
keeps depends on how long they are, and so on what else the machine is at: after every second round a new document is
begun, with which all of them go, and memory, Python objects, threads and open files are sampled just then. Before a
time of more than ten minutes begins, the rounds are gone through in a hurry until each panel has been seen in each
look, view and size: what the window makes only once is there then.

Ends with status 1 if the last third holds more than the first third after the warm-up by more than the bounds below, if
in an hour or more the memory's slope after the first ten minutes is over 1 MB an hour and not by chance, if Undo keeps
more than it may, or if anything was logged as an error or said by Qt as a warning.
"""

import ctypes
import gc
import mmap
import statistics
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from itertools import cycle
from pathlib import Path
from time import monotonic
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QDialog

from curvegui.core.network.parts import Neuron, Parameter
from curvegui.core.settings.config import FULL_SPEED
from curvegui.session.run.history import MAX_GB
from curvegui.session.run.session import Session
from curvegui.session.study.inspection import Pass, Stage
from curvegui.ui.window.main_window import MainWindow
from tests.benchmark.measuring import asked
from tests.benchmark.real_window import ENDLESS, RealWindow, application, live
from tests.help.left_over import threads
from tests.monkey.watch import Watch

ROUNDS = 2  # of each document, in which Undo fills up with its twenty runs
NOTHING_MB = 0.1  # of the new run
HURRIED = 24  # rounds, after which eight panels, four views, three looks and two sizes have met
HURRY_S, LIVE_S = 0.02, 0.15  # between two things that a person does
KEPT_MB = 1_000 * MAX_GB + 100  # of earlier runs, and of the present one with the window's copy of its trail
WARM_UP = 0.5  # of the time, in which caches fill
WARM_S = 600  # the same, at most
LONG_S = 2_700  # of samples, from which on a slope can be told from chance: an hour has them after its warm-up
SLOPE_MB = 1.0  # an hour
BOUNDS = {"memory": 12.0, "objects": 3_000, "threads": 0, "files": 0}
"""Of the growth. The allocator keeps some MB; a leak of one picture or one run a round would be ten times that."""


class Sample(NamedTuple):
    """What the process holds at one time."""

    at: float
    memory: float  # MB, resident
    kept: float  # MB by runs, just before they went
    objects: int
    threads: int
    files: int  # with pipes and sockets, but without what wakes a thread that Qt's pool keeps a while


def kept_by_runs(session: Session) -> float:
    """MB: what Undo can bring back, the present run, and the trail of it that the window has."""
    return (session.history.nbytes + session.mark().noted + session.received.trail.nbytes) / 1e6


def sample(start: float, kept: float) -> Sample:
    """Look now; what the C library only keeps in reserve is given back before."""
    gc.collect()
    with suppress(OSError, AttributeError):  # another C library
        ctypes.CDLL(None).malloc_trim(0)
    resident, files = int(Path("/proc/self/statm").read_text().split()[1]) * mmap.PAGESIZE / 1e6, 0
    for handle in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # the list itself
            files += "eventfd" not in str(handle.readlink())
    return Sample(monotonic() - start, resident, kept, len(gc.get_objects()), sum(threads().values()), files)


def save(window: MainWindow, folder: Path, ending: str) -> None:
    """Save a picture through the dialog."""
    window.features["pictures"].save()
    while (dialog := window.findChild(QDialog, "picture")) is None:  # it waits for the last iteration before a pause
        live(LIVE_S)
    loop = QEventLoop()
    dialog.finished.connect(loop.quit)
    dialog.save(folder / f"fit.{ending}")
    loop.exec()


def one_round(window: MainWindow, session: Session, folder: Path) -> list[Callable[[], object]]:
    """What a person does, over and over."""
    endings, looks = cycle(("png", "svg", "pdf")), cycle(("light", "dark", "classic"))
    sizes, views = cycle(((900, 700), (1180, 830))), cycle(("watch", "understand", "exercise", "play"))
    panels = cycle([record.name for record in window.services.docks.records if record.panel])
    parts = cycle((Neuron(1, 2), Parameter(2, 1, 1), Parameter(3, 0)))
    inspection = window.features["study"].inspection
    return [
        partial(session.edit, aggression=5.0), partial(session.edit, noise=0.5),
        partial(session.edit, hidden=(8, 5, 4)),
        session.undo, session.reset, lambda: session.time.look_back(session.time.latest // 2),
        session.go_on_from_here, partial(session.time.play, -1), session.time.go_to_now,
        window.canvas.zoom_in, window.canvas.show_all, lambda: window.resize(*next(sizes)),
        lambda: window.services.actions[f"look.{next(looks)}"].trigger(),  # noqa: PLW0108
        partial(session.edit, aggression=7.0, noise=1.0, trail_every=100),
        lambda: save(window, folder, next(endings)),
        window.features["timeline"].reset_with_new_seed, session.toggle, partial(session.step, 1_000), session.toggle,
        lambda: window.services.views.show(next(views)),
        lambda: window.features["study"].show_panel(next(panels)),
        lambda: inspection.select(next(parts)), lambda: inspection.mute(Neuron(1, 0), not inspection.muted),
        partial(session.set_parameters, {Parameter(2, 1, 1): 0.5}), partial(session.add_neuron, 1),
        partial(inspection.light, Stage(Pass.BACKWARD, 2)), partial(session.remove_neuron, None, 1),
    ]  # fmt: skip


def use(seconds: float, pause: float, window: MainWindow, session: Session, folder: Path) -> list[Sample]:
    """Use the window for so long, with a pause after each deed; a sample after each document."""
    deeds, samples = one_round(window, session, folder), list[Sample]()

    def go_through(rounds: int, pause: float) -> None:
        for deed in rounds * deeds:
            deed()
            live(pause)

    session.run()
    if seconds > WARM_S:
        go_through(HURRIED, HURRY_S)
    start = monotonic()
    while not samples or samples[-1].at < seconds:
        go_through(ROUNDS, pause)
        kept = kept_by_runs(session)
        if session.phase.is_learning:
            session.toggle()
        window.features["documents"].document.new()
        while session.phase.is_learning or kept_by_runs(session) > NOTHING_MB:  # until the runs before are gone
            live(LIVE_S)
        live(LIVE_S)
        samples.append(sample(start, kept))
        session.edit(speed=FULL_SPEED, iterations=ENDLESS)
        session.toggle()
    return samples


def slope(warm: list[Sample]) -> tuple[float, float]:
    """By how many MB the memory grows an hour, and the standard error of that; 0, 0 for a short time."""
    if warm[-1].at - warm[0].at < LONG_S:
        return 0.0, 0.0
    (steep, _), covariance = np.polyfit([each.at / 3_600 for each in warm], [each.memory for each in warm], 1, cov=True)
    return float(steep), float(np.sqrt(covariance[0, 0]))


def growth(warm: list[Sample], name: str) -> float:
    """By how much the median of the last third exceeds that of the first third."""
    values, third = [getattr(each, name) for each in warm], max(1, len(warm) // 3)
    return statistics.median(values[-third:]) - statistics.median(values[:third])


def main() -> int:
    """Run it; the exit status."""
    options, watch, application_ = asked(__doc__, seconds=60.0, pause=LIVE_S), Watch(), application("offscreen")
    with tempfile.TemporaryDirectory() as made, watch.watching():
        with RealWindow(Path(made)) as real:
            samples = use(options.seconds, options.pause, real.window, real.session, Path(made))
        application_.processEvents()
    for each in samples[:: max(1, len(samples) // 20)]:
        counts = f"{each.objects:9,} objects {each.threads:3} threads {each.files:4} files"
        print(f"{each.at:7.0f} s {each.memory:8.1f} MB, {each.kept:6.1f} more of runs {counts}")
    warm = [each for each in samples if each.at > min(WARM_S, WARM_UP * samples[-1].at)]
    grown = {name: growth(warm, name) for name in BOUNDS}
    print("growth:", ", ".join(f"{name} {value:+.1f} (at most {BOUNDS[name]:+.1f})" for name, value in grown.items()))
    steep, chance = slope(warm)
    fine = not watch.found and all(grown[name] <= bound for name, bound in BOUNDS.items())
    fine = fine and steep - 2 * chance <= SLOPE_MB and max(each.kept for each in samples) <= KEPT_MB
    hourly = f"{steep:+.1f} MB (give or take {chance:.1f}) an hour, at most {SLOPE_MB:+.1f}"
    print(f"soak: {'nothing grows' if fine else 'FAILED'}; {samples[-1].memory:.0f} MB, {hourly}")
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
