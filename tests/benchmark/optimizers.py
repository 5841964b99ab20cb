"""How far each optimiser gets, over many seeds, and how fast: the heart, 1-6-7-2, 100 points, logistic neurons.

    python -m tests.benchmark.optimizers [--seeds 40] [--only adam]
    python -m tests.benchmark.optimizers --seeds 1 --only adam             to see that it starts

For each: the iterations until the cost is below 0.001, and the cost at the end, as median, 10th and 90th percentile;
and iterations a second of the process's own clock on one core. Costs are looked at every ten iterations.
"""

import argparse
import os
from dataclasses import dataclass
from time import process_time

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = "1"

import numpy as np

from curvegui.core.engine.numpy_engine import Engine
from curvegui.core.learner.target import training_data
from curvegui.core.network.network import initial_parameters
from curvegui.core.optimizers.descent import Descent

HEART = (1, 6, 7, 2)
GOOD = 1e-3
LOOK_EVERY = 10


@dataclass(frozen=True)
class Trial:
    """A way to go down, and for how many iterations."""

    descent: Descent
    iterations: int

    def __str__(self) -> str:
        way = self.descent
        words = [f"{way.optimizer} {way.learning_rate:g}", way.schedule, f"noise {way.noise:g}"]
        return ", ".join(word for word in words if word != "constant")


TRIALS = [
    Trial(Descent(7.0, 1.0), 10_000),
    Trial(Descent(7.0), 10_000),
    Trial(Descent(1.0, 1.0, optimizer="momentum"), 10_000),
    Trial(Descent(1.0, optimizer="momentum"), 10_000),
    Trial(Descent(1.0, optimizer="nesterov"), 10_000),
    Trial(Descent(0.01, 1.0, optimizer="rmsprop"), 10_000),
    Trial(Descent(0.01, optimizer="rmsprop"), 10_000),
    Trial(Descent(0.1, 1.0, optimizer="adam"), 10_000),
    Trial(Descent(0.1, optimizer="adam"), 10_000),
    Trial(Descent(0.1, optimizer="adam", schedule="cosine", schedule_over=10_000), 10_000),
    Trial(Descent(0.1, optimizer="adam", schedule="step", schedule_over=10_000), 10_000),
    Trial(Descent(0.0, optimizer="lbfgs"), 2_000),
    Trial(Descent(0.0, optimizer="levenberg-marquardt"), 200),
    Trial(Descent(0.0, optimizer="levenberg-marquardt"), 400),
]


def run(trial: Trial, seed: int) -> tuple[float, float, float]:
    """Iterations until the cost is below ``GOOD`` (inf for never), the last cost, and seconds an iteration."""
    engine = Engine(HEART, "logistic", "logistic", *training_data())
    engine.parameters = initial_parameters(HEART, seed)
    way = Descent(**{**vars(trial.descent), "seed": seed})
    found, seconds = np.inf, 0.0
    for first in range(0, trial.iterations, LOOK_EVERY):
        start = process_time()
        engine.descend(first, LOOK_EVERY, way)
        seconds += process_time() - start
        if found == np.inf and engine.evaluate()[1] < GOOD:
            found = first + LOOK_EVERY
    return found, engine.evaluate()[1], seconds / trial.iterations


def spread(values: list[float]) -> str:
    """Median, 10th and 90th percentile."""
    low, middle, high = np.quantile(values, [0.1, 0.5, 0.9], method="nearest")
    return f"{middle:9.3g} ({low:.2g} .. {high:.2g})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=40)
    parser.add_argument("--only", default="", help="trials whose name contains this")
    options = parser.parse_args()
    for trial in TRIALS:
        if options.only not in str(trial):
            continue
        rows = [run(trial, seed) for seed in range(1, options.seeds + 1)]
        below, cost, seconds = (list(column) for column in zip(*rows, strict=True))
        pace = 1 / float(np.median(seconds))
        print(
            f"{trial!s:32} {trial.iterations:6,} iterations; below {GOOD}: {spread(below)}; "
            f"cost {spread(cost)}; {pace:8,.0f} /s",
            flush=True,
        )


if __name__ == "__main__":
    main()
