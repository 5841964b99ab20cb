"""How many iterations many networks make together, against one network at a time.

    python -m tests.benchmark.ensemble

Times are of the process's own clock on one core, in rounds that take every measurement in turn. The wall's figure,
16 networks with 10,000 iterations each, is by the clock on the wall, notes and costs on the way included.
"""

import argparse
import os
from collections.abc import Sequence
from statistics import median
from time import perf_counter

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = "1"

from curvegui.core.config import TrainingConfig
from curvegui.core.ensemble import Ensemble
from tests.benchmark.engine import HEART, Measurement, engine, machine, spread, take_all
from tests.benchmark.machine import OtherPrograms

COUNTS = [1, 4, 8, 16, 32, 64]
SHAPES: list[tuple[tuple[int, ...], int]] = [
    ((6, 7), 30),
    ((6, 7), 400),
    ((6, 7), 1_000),
    ((6, 7), 5_000),
    ((16, 16), 100),
    ((32, 32), 100),
    ((64, 64), 100),
]
NETWORKS = 32
WALL, WALL_ITERATIONS, WALL_S = 16, 10_000, 2.0


def together(count: int, hidden: Sequence[int], points: int, iterations: int) -> Measurement:
    """An ensemble, past its first iterations."""
    built = Ensemble([TrainingConfig(hidden=tuple(hidden), points=points, seed=seed) for seed in range(count)])
    built.advance(100)
    return Measurement(built.advance, iterations)


def show(title: str, rows: dict[str, tuple[int, Measurement]], rounds: int) -> None:
    """Network-iterations a CPU second, and times those of the first row, with the smallest and the largest."""
    take_all([row for _, row in rows.values()], rounds)
    _, first = next(iter(rows.values()))
    print(f"\n{title}\n")
    for name, (count, row) in rows.items():
        ratios = [count * alone / each for alone, each in zip(first.seconds, row.seconds, strict=True)]
        speeds = spread([count / each for each in row.seconds], "9,.0f")
        print(f"{name:24} {speeds:40} x {spread(ratios, '5.2f')}")


def by_count(rounds: int) -> None:
    rows = {"one engine": (1, engine(HEART, 100, iterations=3_000))}
    for count in COUNTS:
        iterations = max(100, 3_200 // count // 100 * 100)
        rows[f"{count} together"] = count, together(count, HEART, 100, iterations)
    show("1-6-7-2, 100 points: network-iterations per CPU second", rows, rounds)


def by_shape(hidden: tuple[int, ...], points: int, rounds: int) -> None:
    alone = engine(hidden, points)
    rows = {"one engine": (1, alone)}
    rows[f"{NETWORKS} together"] = NETWORKS, together(NETWORKS, hidden, points, max(20, alone.iterations // NETWORKS))
    name = "-".join(map(str, (1, *hidden, 2)))
    show(f"{name}, {points:,} points: network-iterations per CPU second", rows, rounds)


def wall(rounds: int) -> None:
    seconds = []
    for _ in range(rounds):
        start = perf_counter()
        Ensemble([TrainingConfig(seed=seed) for seed in range(WALL)]).advance(WALL_ITERATIONS)
        seconds.append(perf_counter() - start)
    print(f"\n{WALL} networks, {WALL_ITERATIONS:,} iterations each: {spread(seconds, '.2f')} s on the wall's clock;")
    print(f"at most {WALL_S:g} s are allowed: {'kept' if median(seconds) < WALL_S else 'MISSED'}")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.ensemble", description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15, help="how often everything is measured (15)")
    rounds = parser.parse_args().rounds
    print(machine())
    with OtherPrograms() as others:
        by_count(rounds)
        for hidden, points in SHAPES:
            by_shape(hidden, points, rounds)
        wall(max(3, rounds // 3))
    print(f"Other programs kept {others.load:.1f} cores busy.")


if __name__ == "__main__":
    main()
