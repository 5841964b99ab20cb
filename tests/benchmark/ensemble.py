"""How many iterations many networks make together, against one network at a time.

    python -m tests.benchmark.ensemble
    python -m tests.benchmark.ensemble --rounds 1      to see that it starts

Times are by the clock on the wall, on all cores where an engine uses them, notes and costs on the way included. Rounds
take every measurement in turn. What a wall takes in the window, `wall` tells.
"""

import argparse
import os
from collections.abc import Callable, Sequence
from functools import partial
from time import perf_counter
from typing import Any

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = "1"

from curvegui.core.engine.backend import PRECISIONS, Backend
from curvegui.core.engine.threads import cores
from curvegui.core.ensemble.ensemble import Ensemble
from curvegui.core.learner.engines import ENGINES, words_for
from curvegui.core.learner.learner import Learner
from curvegui.core.network.network import initial_parameters
from curvegui.core.settings.config import TrainingConfig
from tests.benchmark.machine import OtherPrograms, machine, spread

NETWORKS = 32
ITERATIONS = 500


def one_at_a_time(configs: Sequence[TrainingConfig], backend: Backend) -> Callable[[], object]:
    """Engines, one after the other."""
    engines = [Learner(config, backend).engine for config in configs]
    for each, config in zip(engines, configs, strict=True):
        each.parameters = initial_parameters(config.sizes, config.seed)

    def run() -> None:
        for each, config in zip(engines, configs, strict=True):
            each.descend(0, ITERATIONS, config.descent)

    return run


def by_engine(rounds: int, **settings: Any) -> None:
    """Network-iterations a second with every engine that is here, in every precision, beside NumPy one at a time."""
    configs = [TrainingConfig(seed=seed).changed(**settings) for seed in range(NETWORKS)]
    here = [name for name, kind in ENGINES.items() if not kind.obstacle()]
    calls: dict[str, Callable[[], object]] = {}
    for backend in (Backend(engine, kind, ENGINES[engine].version) for engine in here for kind in PRECISIONS):
        calls[f"{words_for(backend)}, one at a time"] = one_at_a_time(configs, backend)
        calls[f"{words_for(backend)}, ensemble"] = partial(Ensemble(configs, backend).advance, ITERATIONS)
    speeds: dict[str, list[float]] = {name: [] for name in calls}
    for number in range(rounds + 1):
        for name, call in calls.items():
            start = perf_counter()
            call()
            if number:  # the first iterations take longer
                speeds[name].append(NETWORKS * ITERATIONS / (perf_counter() - start))
    words = ", ".join(f"{name} {value}" for name, value in settings.items())
    print(f"\n{NETWORKS} networks, {words or 'plain descent'}, {cores()} cores: network-iterations per second\n")
    first = next(iter(speeds.values()))
    for name, found in speeds.items():
        ratios = [fast / slow for fast, slow in zip(found, first, strict=True)]
        print(f"{name:47} {spread(found, '9,.0f'):40} x {spread(ratios, '5.2f')}")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.ensemble", description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15, help="how often everything is measured (15)")
    rounds = parser.parse_args().rounds
    print(machine())
    with OtherPrograms() as others:
        by_engine(rounds)
        by_engine(max(3, rounds // 3), optimizer="adam")
    print(f"Other programs kept {others.load:.1f} cores busy.")


if __name__ == "__main__":
    main()
