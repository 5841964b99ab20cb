"""How fast the engine is, and how its cost grows with the points and with the layers.

    python -m tests.benchmark.engine
    python -m tests.benchmark.engine --rounds 1          to see that it starts

Times are of the process's own clock on one core, in rounds that take every measurement in turn, so that a
machine that slows down for a while slows all of them. The exercise's six functions, each with its own forward
pass, count as 1.
"""

import argparse
import os
import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from statistics import median
from time import process_time

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = "1"

import numpy as np

from curvegui.core.engine.numpy_engine import Engine
from curvegui.core.learner.target import training_data
from curvegui.core.network.network import initial_parameters, parameter_count
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from tests.help import exercise_reference

HEART = (6, 7)
LAYERS = [(6, 7), (16, 16), (32, 32), (64, 64), (64, 64, 64)]
POINTS = [100, 300, 1_000, 3_000, 10_000, 30_000, 100_000]
MEASURE_S = 0.02  # a thousand ticks of the process's clock


@dataclass
class Measurement:
    """Seconds an iteration, once for every round."""

    run: Callable[[int], object]
    iterations: int
    seconds: list[float] = field(default_factory=list)

    def take(self) -> None:
        start = process_time()
        self.run(self.iterations)
        self.seconds.append((process_time() - start) / self.iterations)


def six_functions() -> Measurement:
    """The exercise as it is written, each Jacobian with its own forward pass."""
    x, y = training_data()
    parameters = exercise_reference.reset(*HEART, np.random.RandomState(1))
    random = np.random.RandomState(2)

    def run(count: int) -> None:
        exercise_reference.train(parameters, x, y, count - 1, aggression=7, noise=1, random=random)

    return Measurement(run, iterations=400)


def engine(hidden: Sequence[int], points: int, iterations: int = 0) -> Measurement:
    """The engine alone; as many iterations as fit the time, unless given."""
    sizes = (1, *hidden, 2)
    built = Engine(sizes, "logistic", "logistic", *training_data(points))
    built.parameters = initial_parameters(sizes, 1)
    done = 0

    def run(count: int) -> None:
        nonlocal done
        built.run(done, count, 0.5, 1.0, 1)
        done += count

    run(1)
    if not iterations:
        start = process_time()
        run(3)
        iterations = max(1, min(3_000, round(MEASURE_S / ((process_time() - start) / 3))))
    return Measurement(run, iterations)


def trainer() -> Measurement:
    """The whole trainer at its usual settings, past the first iterations that it records one by one."""
    built = Trainer(TrainingConfig(seed=1))
    built.advance(10_000)
    return Measurement(built.advance, iterations=6_000)


def take_all(measurements: Sequence[Measurement], rounds: int) -> None:
    for _ in range(rounds):
        for each in measurements:
            each.take()


def spread(values: Sequence[float], digits: str) -> str:
    """Median, smallest and largest."""
    return f"{median(values):{digits}}   ({min(values):{digits}} to {max(values):{digits}})"


def machine() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        cpu = next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        cpu = platform.processor() or platform.machine()
    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    kernels = os.environ.get("OPENBLAS_CORETYPE", "chosen by itself")
    return (
        f"{cpu}, one core; {platform.system()}; Python {platform.python_version()}, NumPy {np.__version__}, "
        f"{blas['name']} {blas['version']}, kernels: {kernels}"
    )


def compare(rounds: int) -> None:
    """The heart at 1-6-7-2 with 100 points, against the six functions."""
    rows = {
        "six functions": six_functions(),
        "engine": engine(HEART, 100, iterations=6_000),
        "trainer": trainer(),
    }
    take_all(list(rows.values()), rounds)
    baseline = rows["six functions"].seconds
    print("\n1-6-7-2, 100 points, float64: iterations per CPU second, and times the six functions\n")
    for name, row in rows.items():
        ratios = [slow / fast for slow, fast in zip(baseline, row.seconds, strict=True)]
        print(f"{name:14} {spread([1 / s for s in row.seconds], '9,.0f'):40} x {spread(ratios, '5.1f')}")


def grow(rounds: int) -> None:
    """Time an iteration over layers and points, and how it compares with growing linearly."""
    cells = {(hidden, points): engine(hidden, points) for hidden in LAYERS for points in POINTS}
    take_all(list(cells.values()), rounds)
    best = {cell: min(measurement.seconds) for cell, measurement in cells.items()}
    count = {hidden: parameter_count((1, *hidden, 2)) for hidden in LAYERS}
    _table("Microseconds an iteration", lambda hidden, points: best[hidden, points] * 1e6, count)
    _table(
        "Picoseconds an iteration, a point, and a weight or bias (level or falling: no faster than linearly)",
        lambda hidden, points: best[hidden, points] / points / count[hidden] * 1e12,
        count,
    )
    by_points = [
        best[hidden, more] / best[hidden, fewer] / (more / fewer)
        for hidden in LAYERS
        for fewer, more in pairwise(POINTS)
    ]
    by_weights = [
        best[larger, points] / best[smaller, points] / (count[larger] / count[smaller])
        for points in POINTS
        for smaller, larger in pairwise(LAYERS)
    ]
    print(f"\nGrowth from one column to the next, against linear: at most {max(by_points):.2f} times")
    print(f"Growth from one row to the next, against linear: at most {max(by_weights):.2f} times")


def _table(title: str, value: Callable[[tuple[int, ...], int], float], count: dict[tuple[int, ...], int]) -> None:
    print(f"\n{title}\n")
    print(f"{'layers':10} {'weights':>7}" + "".join(f"{f'N = {points:,}':>13}" for points in POINTS))
    for hidden in LAYERS:
        name = "-".join(map(str, hidden))
        print(f"{name:10} {count[hidden]:7,}" + "".join(f"{value(hidden, points):13,.1f}" for points in POINTS))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.engine", description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=9, help="how often everything is measured (9)")
    rounds = parser.parse_args().rounds
    print(machine())
    compare(2 * rounds)
    grow(rounds)


if __name__ == "__main__":
    main()
