"""With which aggression each kind of neurons learns best, by optimiser and output: the heart, 1-6-7-2, noise as usual.

    nice -n 10 python -m tests.benchmark.usual_aggressions            what the table in curvegui was measured with
    python -m tests.benchmark.usual_aggressions --small               to see that it starts

Costs are looked at after 5,000 and after 20,000 iterations, as the median of ten that are a hundred iterations apart:
with noise, single ones jump. How good an aggression is, the medians over the seeds tell, both multiplied. Those within
1.3 times of the best are marked with *, but for such as a quarter of the seeds are lost with. The tables in
``curvegui/core/settings/usual_aggression.py`` are to have marked ones; where they do not, it says MISSED.
"""

import os
from collections.abc import Sequence
from dataclasses import replace

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = "1"

import numpy as np

from curvegui.core.engine.backend import AUTO, Backend
from curvegui.core.learner.engines import usable_backend
from curvegui.core.learner.learner import Learner
from curvegui.core.network.activations import ACTIVATIONS
from curvegui.core.network.network import initial_parameters
from curvegui.core.settings.config import TrainingConfig, usual
from curvegui.core.settings.usual_aggression import GENTLE, STEEP
from tests.help.program import asked

AS_GOOD = 1.3**2  # times the lowest product of two medians
LOST = 0.1  # the cost of a network that draws a single point, or that has run away
LOOKS, APART = 10, 100
RATES = {  # a grid of √10 around what may suit
    "descent": (0.01, 0.03, 0.1, 0.3, 0.7, 2, 7, 20),
    "momentum": (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3),
    "nesterov": (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3),
    "rmsprop": (0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3),
    "adam": (0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3),
}


def costs_of(config: TrainingConfig, at: Sequence[int], learner: Learner) -> list[float]:
    """The cost around each of some iterations; inf where the numbers ran away."""
    engine, found, done = learner.engine, list[float](), 0
    engine.parameters, engine.state = initial_parameters(config.sizes, config.seed), np.zeros(0)
    for goal in at:
        seen = list[float]()
        for iteration in range(max(goal - (LOOKS - 1) * APART, done + 1), goal + 1, APART):
            engine.descend(done, iteration - done, config.descent)
            seen.append(engine.evaluate()[1])
            done = iteration
        found.append(float(np.median(np.nan_to_num(seen, nan=np.inf, posinf=np.inf))))
    return found


def show(config: TrainingConfig, seeds: int, at: Sequence[int], backend: Backend) -> None:
    """The medians by aggression, first and last, with the usual one."""
    learner, costs = Learner(config, backend), dict[str, np.ndarray]()
    for rate in RATES[config.optimizer]:
        seeded = [replace(config, aggression=rate, seed=seed) for seed in range(1, seeds + 1)]
        costs[f"{rate:g}"] = np.transpose([costs_of(each, at, learner) for each in seeded])
    medians = {rate: np.median(each, axis=1) for rate, each in costs.items()}
    is_safe = {rate: np.sort(each[-1])[int(0.75 * len(each[-1]))] < LOST for rate, each in costs.items()}
    products = {rate: float(np.prod(each)) if is_safe[rate] else np.inf for rate, each in medians.items()}
    best = {rate for rate, product in products.items() if product <= AS_GOOD * min(products.values())}
    cells = [f"{rate}{'*' * (rate in best)} {each[0]:.2g} {each[-1]:.2g}" for rate, each in medians.items()]
    mine = f"{usual(config):g}"
    named = " ".join((config.activation, config.output_activation, config.optimizer))
    print(f"{named:28} {mine:>6} {'' if mine in best else 'MISSED':6}  {' | '.join(cells)}", flush=True)


def main() -> None:
    """Print the table."""
    seeds, at = (1, (50, 200)) if asked(__doc__, small=False).small else (9, (5_000, 20_000))
    backend = Backend(AUTO)
    for output in ("logistic", "linear"):
        for activation in (name for name, entry in ACTIVATIONS.items() if entry.is_hidden):
            for optimizer in (name for name in RATES if output == GENTLE or name in STEEP[activation]):
                config = TrainingConfig(activation=activation, output_activation=output, optimizer=optimizer)
                show(config, seeds, at, usable_backend(backend, config.sizes))


if __name__ == "__main__":
    main()
