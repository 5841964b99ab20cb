"""Uses the window for a while, as people do, and watches whether anything grows.

    python -m tests.endurance.soak --seconds 90                    in a hurry
    python -m tests.endurance.soak --seconds 3600 --pause 2        calmly: the runs get long

The real window trains at full speed, offscreen, while settings are turned, runs are reset and brought back, the views
are gone through, the canvas zoomed, the window resized, pictures saved, looks changed. What the runs take that Undo
keeps depends on how long they are, and so on what else the machine is at: after every second round a new document is
begun, with which all of them go, and memory, Python objects, threads and open files are sampled just then. Before a
time of more than ten minutes begins, the rounds are gone through in a hurry until each panel has been seen in each
look, view and size: what the window makes only once is there then.

Ends with status 1 if the last third holds more than the first third after the warm-up by more than the bounds below, or
if anything was logged as an error or said by Qt as a warning.
"""

import ctypes
import gc
import mmap
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from itertools import cycle
from pathlib import Path
from statistics import median
from time import monotonic
from typing import NamedTuple

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QDialog

from curvegui.core.network.parts import Neuron, Parameter
from curvegui.core.settings.config import FULL_SPEED
from curvegui.session.run.session import Session
from curvegui.session.study.inspection import Pass, Stage
from curvegui.ui.window.main_window import MainWindow
from tests.benchmark.real_window import ENDLESS, RealWindow, application, live
from tests.help.left_over import threads
from tests.help.program import asked
from tests.monkey.watch import Watch

ROUNDS = 2  # of each document, in which Undo fills up with its twenty runs
NOTHING_MB = 0.1  # of the new run
HURRIED = 24  # rounds, after which eight panels, four views, three looks and two sizes have met
HURRY_S, LIVE_S = 0.02, 0.15  # between two things that a person does
WARM_UP = 0.5  # of the time, in which caches fill
HURRIED_S = 600  # of time, from which on it begins with these rounds
BOUNDS = {"memory": 12.0, "objects": 3_000, "threads": 0, "files": 0}
"""Of the growth. The allocator keeps some MB; a leak of one picture or one run a round would be ten times that."""


class Sample(NamedTuple):
    """What the process holds at one time."""

    at: float
    memory: float  # MB, resident
    objects: int
    threads: int
    files: int  # with pipes and sockets, but without what wakes a thread that Qt's pool keeps a while


def kept_by_runs(session: Session) -> float:
    """MB: what Undo can bring back, the present run, and the trail of it that the window has."""
    return (session.history.nbytes + session.mark().noted + session.received.trail.nbytes) / 1e6


def sample(start: float) -> Sample:
    """Look now; what the C library only keeps in reserve is given back before."""
    gc.collect()
    with suppress(OSError, AttributeError):  # another C library
        ctypes.CDLL(None).malloc_trim(0)
    resident, files = int(Path("/proc/self/statm").read_text().split()[1]) * mmap.PAGESIZE / 1e6, 0
    for handle in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # the list itself
            files += "eventfd" not in str(handle.readlink())
    return Sample(monotonic() - start, resident, len(gc.get_objects()), sum(threads().values()), files)


def save(window: MainWindow, folder: Path, ending: str) -> None:
    """Save a picture through the dialog."""
    window.features["share"].open("picture")
    while (dialog := window.findChild(QDialog, "share")) is None:  # it waits for the last iteration before a pause
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
    if seconds > HURRIED_S:
        go_through(HURRIED, HURRY_S)
    start = monotonic()
    while not samples or samples[-1].at < seconds:
        go_through(ROUNDS, pause)
        if session.phase.is_learning:
            session.toggle()
        window.features["documents"].document.new()
        while session.phase.is_learning or kept_by_runs(session) > NOTHING_MB:  # until the runs before are gone
            live(LIVE_S)
        live(LIVE_S)
        samples.append(sample(start))
        session.edit(speed=FULL_SPEED, iterations=ENDLESS)
        session.toggle()
    return samples


def main() -> int:
    """Run it; the exit status."""
    options, watch = asked(__doc__, seconds=60.0, pause=LIVE_S), Watch()
    with watch.watching(), tempfile.TemporaryDirectory() as made:
        qt = application("offscreen")
        with RealWindow(Path(made)) as real:
            samples = use(options.seconds, options.pause, real.window, real.session, Path(made))
        qt.processEvents()
    for each in samples[:: max(1, len(samples) // 20)]:
        counts = f"{each.objects:9,} objects {each.threads:3} threads {each.files:4} files"
        print(f"{each.at:7.0f} s {each.memory:8.1f} MB {counts}")
    warm = [each for each in samples if each.at > WARM_UP * samples[-1].at]
    first, last = warm[: len(warm) // 3 or 1], warm[-(len(warm) // 3 or 1) :]
    held = {name: [median(getattr(each, name) for each in third) for third in (first, last)] for name in BOUNDS}
    grown = {name: after - before for name, (before, after) in held.items()}
    print("growth:", ", ".join(f"{name} {value:+.1f} (at most {BOUNDS[name]:+.1f})" for name, value in grown.items()))
    fine = not watch.found and all(grown[name] <= bound for name, bound in BOUNDS.items())
    print(f"soak: {'nothing grows' if fine else 'FAILED'}; {samples[-1].memory:.0f} MB")
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
