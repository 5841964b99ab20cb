"""How the cost of the NumPy engine grows with the points and with the layers.

    python -m tests.benchmark.engine
    python -m tests.benchmark.engine --rounds 1          to see that it starts

Times are of the process's own clock on one core. How fast it is beside others, `speed` tells.
"""

import argparse
import os
from collections.abc import Callable, Sequence
from itertools import pairwise
from time import process_time

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = "1"

from curvegui.core.engine.numpy_engine import Engine
from curvegui.core.learner.target import training_data
from curvegui.core.network.network import initial_parameters, parameter_count
from tests.benchmark.machine import Measurement, machine, take_all

LAYERS = [(6, 7), (16, 16), (32, 32), (64, 64), (64, 64, 64)]
COUNTS = {hidden: parameter_count((1, *hidden, 2)) for hidden in LAYERS}
POINTS = [100, 300, 1_000, 3_000, 10_000, 30_000, 100_000]
MEASURE_S = 0.02  # a thousand ticks of the process's clock


def engine(hidden: Sequence[int], points: int) -> Measurement:
    """The engine alone, with as many iterations as fit the time."""
    sizes, done = (1, *hidden, 2), 0
    built = Engine(sizes, "logistic", "logistic", *training_data(points))
    built.parameters = initial_parameters(sizes, 1)

    def run(count: int) -> None:
        nonlocal done
        built.run(done, count, 0.5, 1.0, 1)
        done += count

    run(1)
    start = process_time()
    run(3)
    return Measurement(run, max(1, min(3_000, round(MEASURE_S / ((process_time() - start) / 3)))))


def show(title: str, value: Callable[[tuple[int, ...], int], float]) -> None:
    print(f"\n{title}\n\n{'layers':10} {'weights':>7}" + "".join(f"{f'N = {points:,}':>13}" for points in POINTS))
    for hidden in LAYERS:
        name = "-".join(map(str, hidden))
        print(f"{name:10} {COUNTS[hidden]:7,}" + "".join(f"{value(hidden, points):13,.1f}" for points in POINTS))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.engine", description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=9, help="how often everything is measured (9)")
    cells = {(hidden, points): engine(hidden, points) for hidden in LAYERS for points in POINTS}
    print(machine())
    take_all(list(cells.values()), parser.parse_args().rounds)
    took = {cell: min(measurement.seconds) for cell, measurement in cells.items()}
    share = {(hidden, points): took[hidden, points] / points / COUNTS[hidden] for hidden, points in took}
    show("Microseconds an iteration", lambda *cell: took[cell] * 1e6)
    words = "Picoseconds an iteration, a point, and a weight or bias (level or falling: no faster than linearly)"
    show(words, lambda *cell: share[cell] * 1e12)
    by_points = max(share[each, more] / share[each, fewer] for each in LAYERS for fewer, more in pairwise(POINTS))
    by_weights = max(share[more, each] / share[fewer, each] for each in POINTS for fewer, more in pairwise(LAYERS))
    print(f"\nGrowth from one column to the next, against linear: at most {by_points:.2f} times")
    print(f"Growth from one row to the next, against linear: at most {by_weights:.2f} times")


if __name__ == "__main__":
    main()
