"""What films cost beyond their painting, how much memory they take, and how smooth the window stays meanwhile.

::

    python -m tests.benchmark.film
    python -m tests.benchmark.film --rounds 1 --iterations 1000 --long 9       to see that it starts

A round paints the 200 frames of a film alone and then saves it in each format, one after the other, so that a machine
that slows down for a while slows all of them. Seconds are of the process's own clock, all its threads together. A
frame's lateness is how long after it was due its slot begins; see `window`.
"""

import argparse
import resource
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import process_time

from PySide6.QtCore import QEventLoop

from curvegui.core.run.record import RunRecord
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.figure.drawing.look import CLASSIC
from curvegui.figure.film.film import FilmOptions, Reel, film_pieces, render_film
from curvegui.figure.formats import FilmFormat, formats
from curvegui.ui.film.dialog import FilmJob
from tests.benchmark.frame_watch import FrameWatch
from tests.benchmark.machine import OtherPrograms
from tests.benchmark.real_window import RealWindow, application, live

TARGET_S = 2.5  # of CPU beyond painting, for a GIF of 200 frames of 600 x 600 pixels
KILOBYTES = 1 if sys.platform != "darwin" else 1_024  # what the system counts memory in
WARM_UP = 1_000  # iterations before the window's frames count


@dataclass
class Costs:
    """CPU seconds of each round, and bytes of the file."""

    seconds: list[float] = field(default_factory=list)
    size: int = 0

    @property
    def middle(self) -> float:
        return median(self.seconds)


def seconds_of(work: Callable[[], object]) -> float:
    start = process_time()
    work()
    return process_time() - start


def paint_alone(record: RunRecord, options: FilmOptions) -> None:
    """All frames of a film, which nobody sees."""
    reel = Reel(record, CLASSIC, options)
    for shot in reel.shots:
        for _ in reel.frame(shot.iteration):
            pass


def measure(record: RunRecord, time: str, rounds: int, folder: Path) -> tuple[Costs, dict[str, Costs]]:
    """What painting costs, and painting and saving in each format."""
    painting, encoding = Costs(), {ending: Costs() for ending in formats(FilmFormat)}
    for _ in range(rounds):
        painting.seconds.append(seconds_of(lambda: paint_alone(record, FilmOptions(time=time))))
        for ending, costs in encoding.items():
            options, path = FilmOptions(ending=ending, time=time), folder / f"film.{ending}"
            costs.seconds.append(seconds_of(lambda o=options, p=path: render_film(record, CLASSIC, o, p)))
            costs.size = path.stat().st_size
    return painting, encoding


def print_row(what: str, figure: str, target: str = "") -> None:
    print(f"{what:<52}{figure:>30}   {target}", flush=True)


def print_costs(record: RunRecord, rounds: int, folder: Path) -> None:
    """Even time, where 200 frames differ, and logarithmic, where early ones are shown for longer."""
    for time in ("even", "log"):
        painting, encoding = measure(record, time, rounds, folder)
        shots = len(Reel(record, CLASSIC, FilmOptions(time=time)).shots)
        print_row(f"{time} time, {shots} frames: painting", f"{painting.middle:.2f} s of CPU")
        for ending, costs in encoding.items():
            beyond = [whole - alone for whole, alone in zip(costs.seconds, painting.seconds, strict=True)]
            figure = f"{median(beyond):.2f} s of CPU, {costs.size / 1e6:.2f} MB"
            print_row(f"  {ending} beyond painting", figure, f"<= {TARGET_S} s" if ending == "gif" else "")


def peak_mb() -> float:
    """The most memory that this process has had so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTES / 1e3


def print_memory(record: RunRecord, seconds: float, folder: Path) -> None:
    """How much more memory a long film takes than one of 200 frames."""
    for ending in formats(FilmFormat):
        path = folder / f"film.{ending}"
        render_film(record, CLASSIC, FilmOptions(ending=ending, time="even"), path)
        before = peak_mb()
        render_film(record, CLASSIC, FilmOptions(ending=ending, time="even", seconds=seconds), path)
        figure = f"{peak_mb() - before:.1f} MB more, {path.stat().st_size / 1e6:.1f} MB long"
        print_row(f"{ending}, {seconds:g} s instead of 200 frames: memory", figure, "about 0")


def film_in_background(record: RunRecord, ending: str, folder: Path) -> Callable[[], None]:
    """Saves a film beside the window, and returns when it is there."""

    def film() -> None:
        loop, path = QEventLoop(), folder / f"film.{ending}"
        job = FilmJob(film_pieces(record, CLASSIC, FilmOptions(ending=ending, time="even"), path), path)
        job.saved.connect(loop.quit)
        job.failed.connect(loop.quit)
        job.start()
        loop.exec()

    return film


def print_window(record: RunRecord, rounds: int, folder: Path) -> None:
    """How late the window's frames are, paused and at full speed, without and with a film being saved."""
    watch = FrameWatch()
    with RealWindow(folder) as real:
        print_lateness(real, watch, record, rounds, folder)


def print_lateness(real: RealWindow, watch: FrameWatch, record: RunRecord, rounds: int, folder: Path) -> None:
    """Films are saved in turn, in every format."""
    works = {"nothing else": lambda: live(2.0)}
    works |= {ending: film_in_background(record, ending, folder) for ending in formats(FilmFormat)}
    for is_learning in (False, True):
        if is_learning:
            real.session.run()
            real.wait_for(lambda found: found.snapshot.iteration >= WARM_UP)
        late: dict[str, list[tuple[float, float]]] = {name: [] for name in works}
        with OtherPrograms() as others:
            for _ in range(rounds):
                for name, work in works.items():
                    watch.begin(real.window.canvas)
                    work()
                    frames = watch.frames()
                    late[name].append((frames.late_by(50), frames.late_by(99)))
        state = "at full speed" if is_learning else "paused"
        print_row(f"{state}: other programs", f"{others.load:.2f} cores")
        for name, pairs in late.items():
            p50, p99 = (median(numbers) for numbers in zip(*pairs, strict=True))
            print_row(f"  frames late, with {name}: p50, p99", f"{p50:.1f}, {p99:.1f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.film", description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5, help="how often everything is measured (5)")
    parser.add_argument(
        "--long", type=float, default=81.0, metavar="SECONDS", help="of the long film (81: 2,000 frames)"
    )
    parser.add_argument("--iterations", type=int, default=50_000, help="of the run (50,000)")
    options = parser.parse_args()
    app = application("offscreen")
    trainer = Trainer(TrainingConfig())
    trainer.advance(options.iterations)
    record = trainer.record()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print_memory(record, options.long, folder)
        print_costs(record, options.rounds, folder)
        print_window(record, options.rounds, folder)
    del app


if __name__ == "__main__":
    main()
