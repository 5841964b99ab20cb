"""How many iterations many networks make together, against one network at a time.

    python -m tests.benchmark.ensemble
    python -m tests.benchmark.ensemble --rounds 1      to see that it starts

What the engines make of 32 networks, on all cores where they use them, and the wall's figure, 16 networks with 10,000
iterations each, are by the clock on the wall, notes and costs on the way included; programs that keep a core busy take
it from them. Rounds take every measurement in turn.
"""

import argparse
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from statistics import median
from time import perf_counter, process_time
from typing import Any

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = "1"

from curvegui.core.engine.backend import PRECISIONS, Backend
from curvegui.core.engine.threads import cores
from curvegui.core.ensemble.ensemble import Ensemble
from curvegui.core.learner.engines import ENGINES, words_for
from curvegui.core.learner.learner import Learner
from curvegui.core.network.network import initial_parameters
from curvegui.core.settings.config import TrainingConfig
from tests.benchmark.engine import machine, spread
from tests.benchmark.machine import OtherPrograms

NETWORKS = 32
ITERATIONS = 500
WALL, WALL_ITERATIONS, WALL_S = 16, 10_000, 0.2


@dataclass
class Timed:
    """Something that makes so many network-iterations a call, and how many a second it made, once for every round.

    By the clock on the wall, and by the process's own, of all its threads.
    """

    name: str
    run: Callable[[], object]
    iterations: int
    speeds: list[float] = field(default_factory=list)
    cpu_speeds: list[float] = field(default_factory=list)

    def take(self) -> None:
        start, used = perf_counter(), process_time()
        self.run()
        self.speeds.append(self.iterations / (perf_counter() - start))
        self.cpu_speeds.append(self.iterations / (process_time() - used))


def those_here() -> list[Backend]:
    """Every engine that is here, in every precision."""
    here = [name for name, kind in ENGINES.items() if not kind.obstacle()]
    return [Backend(engine, precision, ENGINES[engine].version) for engine in here for precision in PRECISIONS]


def one_at_a_time(configs: Sequence[TrainingConfig], backend: Backend) -> Timed:
    """Engines, one after the other, past their first iterations."""
    engines = [Learner(config, backend).engine for config in configs]
    for each, config in zip(engines, configs, strict=True):
        each.parameters = initial_parameters(config.sizes, config.seed)

    def run() -> None:
        for each, config in zip(engines, configs, strict=True):
            each.descend(0, ITERATIONS, config.descent)

    run()
    return Timed(f"{words_for(backend)}, one at a time", run, NETWORKS * ITERATIONS)


def by_engine(rounds: int, **settings: Any) -> None:
    """Network-iterations a second of 32 networks, by the clock on the wall, beside NumPy one at a time."""
    configs, rows = [TrainingConfig(seed=seed).changed(**settings) for seed in range(NETWORKS)], []
    for backend in those_here():
        built = Ensemble(configs, backend)
        built.advance(ITERATIONS)
        words = f"{words_for(backend)}, ensemble"
        together = Timed(words, partial(built.advance, ITERATIONS), NETWORKS * ITERATIONS)
        rows += [one_at_a_time(configs, backend), together]
    for _ in range(rounds):
        for row in rows:
            row.take()
    told = ", ".join(f"{name} {value}" for name, value in settings.items())
    print(f"\n{NETWORKS} networks, {told or 'plain descent'}, {cores()} cores: network-iterations per second\n")
    for row in rows:
        ratios = [fast / slow for fast, slow in zip(row.speeds, rows[0].speeds, strict=True)]
        told = f"{spread(row.speeds, '9,.0f'):40} x {spread(ratios, '5.2f'):27}"
        print(f"{row.name:47} {told} {median(row.cpu_speeds):9,.0f} per CPU second")


def wall(rounds: int) -> None:
    """The goal of the wall, by the clock on the wall."""
    for backend in those_here():
        seconds = []
        for _ in range(rounds):
            start = perf_counter()
            Ensemble([TrainingConfig(seed=seed) for seed in range(WALL)], backend).advance(WALL_ITERATIONS)
            seconds.append(perf_counter() - start)
        kept = "kept" if median(seconds) < WALL_S else "MISSED"
        told = f"{WALL} networks, {WALL_ITERATIONS:,} iterations each, {words_for(backend)}"
        print(f"{told}: {spread(seconds, '.2f')} s; at most {WALL_S:g} s are allowed: {kept}")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.ensemble", description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15, help="how often everything is measured (15)")
    options = parser.parse_args()
    rounds = options.rounds
    print(machine())
    with OtherPrograms() as others:
        by_engine(rounds)
        by_engine(max(3, rounds // 3), optimizer="adam")
        wall(max(3, rounds // 3))
    print(f"Other programs kept {others.load:.1f} cores busy.")


if __name__ == "__main__":
    main()
