"""How fast it trains, side by side: the exercise as written, CurveGUI's engines, C, and the frameworks that are here.

    python -m tests.benchmark.speed
    python -m tests.benchmark.speed --avx2        the same as on a processor without AVX-512

    python -m tests.benchmark.speed --hidden 32 32 --points 1000
    python -m tests.benchmark.speed --hidden 6 7 --rounds 1               to see that it starts

All of them make the very same iterations, noise included, and arrive at the same parameters (``rivals/test_rivals.py``
sees to that), but for scikit-learn, whose output is linear and whose descent has no noise. Times are of the process's
own clock, on one core, in rounds that take every contender in turn, so that a machine that slows down for a while slows
all of them; what more cores make of large work is measured by the clock on the wall. PyTorch, JAX and scikit-learn take
part where they are installed: ``pip install torch jax scikit-learn``; C where there is GCC or Clang; C with the same
activations as the engine where there is Clang or Zig. Takes about three minutes with all of them. See docs/speed.md.
"""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from itertools import product
from time import perf_counter, process_time

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = "1"

from curvegui.core.engine import threads as workers
from curvegui.core.engine.backend import PRECISIONS
from tests.benchmark.machine import Measurement, OtherPrograms, machine, spread, take_all
from tests.benchmark.rivals import published
from tests.benchmark.rivals.all_contenders import PACKAGES, Entry, OurEngine, entries, has_c, missing
from tests.benchmark.rivals.avx2 import hold_engine, is_held, run_held
from tests.benchmark.rivals.problem import Contender, Problem
from tests.benchmark.rivals.with_c import clang, compiler, compiler_version

BY_HAND = "C, by hand"
MEASURE_S = 0.1  # a hundred thousand ticks of the process's clock
SMALL = Problem()
LARGE = Problem((64, 64, 64), 100_000, together=1)
FEW_POINTS = 10_000  # and fewer: a call makes a hundred iterations
LARGE_ITERATIONS = 3
LARGE_ROUNDS = 3  # times fewer: the slowest takes seconds


@dataclass
class Row:
    """A contender and its times."""

    entry: Entry
    measurement: Measurement

    @property
    def speeds(self) -> list[float]:
        """Iterations a CPU second, once for every round."""
        return [1 / seconds for seconds in self.measurement.seconds]

    def times(self, other: "Row") -> list[float]:
        """How many times as fast as another one, once for every round."""
        return [fast / slow for fast, slow in zip(self.speeds, other.speeds, strict=True)]


def row(entry: Entry, problem: Problem) -> Row:
    """Ready to be measured, with as many iterations as fit the time."""
    contender = entry.build(problem)
    contender.run(problem.together)  # compiles, lays out, warms up
    start = process_time()
    contender.run(problem.together)
    calls = max(1, round(MEASURE_S / max(process_time() - start, 1e-6)))
    return Row(entry, Measurement(contender.run, calls * problem.together))


def show(problem: Problem, rounds: int) -> None:
    """Measure all contenders, and print a table that can be pasted where Markdown is understood."""
    rows = [row(entry, problem) for entry in entries(problem)]
    with OtherPrograms() as others:
        take_all([each.measurement for each in rows], rounds)
    name = "-".join(map(str, problem.sizes))
    first, by_name = rows[0], {each.entry.name: each for each in rows}
    digits = "9,.0f" if min(first.speeds) > 10 else "9,.2f"
    print(f"\n{name}, {problem.points:,} points: iterations per CPU second, median (min to max) of {rounds} rounds\n")
    print(f"| {'':44} | {'iterations/s':36} | {f'times {first.entry.name}':31} | {'times C, by hand':26} |")
    print("|---|---|---|---|")
    for each in rows:
        what = each.entry.name + ("" if each.entry.is_exact else " (see below)")
        by_hand = by_name.get(f"{BY_HAND}, {each.entry.precision}")
        of_c = spread(each.times(by_hand), ".2f") if by_hand else ""
        print(f"| {what:44} | {spread(each.speeds, digits):36} | {spread(each.times(first), '7.1f'):31} | {of_c:26} |")
    print(f"\nOther programs kept {others.load:.1f} of {os.cpu_count()} cores busy meanwhile")


def show_cores(rounds: int) -> None:
    """What our engines make of large work on all cores, against one of them, in turn."""
    engines = ("numpy", "c") if has_c() else ("numpy",)
    for engine, precision in product(engines, PRECISIONS) if workers.cores() > 1 else ():
        contender = OurEngine(LARGE, engine, precision)
        contender.run(1)
        alone, together = [], []
        for _ in range(rounds):
            together.append(wall_s(contender))
            with one_core():
                alone.append(wall_s(contender))
        ratios = [slow / fast for slow, fast in zip(alone, together, strict=True)]
        print(f"{engine}, {precision}, on all {workers.cores()} cores, by the wall's clock: x {spread(ratios, '.2f')}")


def wall_s(contender: Contender) -> float:
    """Seconds that an iteration takes by the clock on the wall."""
    start = perf_counter()
    contender.run(LARGE_ITERATIONS)
    return (perf_counter() - start) / LARGE_ITERATIONS


@contextmanager
def one_core() -> Iterator[None]:
    """Let this thread, and those that it starts, compute on one core, where the system can be told."""
    all_cores = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else None
    if all_cores:
        os.sched_setaffinity(0, {max(all_cores)})
    workers.cores.cache_clear()
    try:
        yield
    finally:
        if all_cores:
            os.sched_setaffinity(0, all_cores)
        workers.cores.cache_clear()


def show_machine() -> None:
    print(machine())
    there = [f"{name} {version(package)}" for name, package in DISTRIBUTIONS.items() if name not in missing()]
    there += [compiler_version(command) for command in (compiler(), clang()) if command]
    print(", ".join(there))
    if missing():
        print(f"Not here, and not measured: {', '.join(missing())}")


DISTRIBUTIONS = {**PACKAGES, "scikit-learn": "scikit-learn"}


def asked(hidden: Sequence[int], points: int) -> Problem:
    return Problem(tuple(hidden), points, together=100 if points <= FEW_POINTS else 1)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.speed", description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15, help="how often everything is measured (15); large work less")
    parser.add_argument("--hidden", type=int, nargs="+", help="other layers than the usual and the large ones")
    parser.add_argument("--points", type=int, default=100, help="with --hidden (100)")
    parser.add_argument("--avx2", action="store_true", help="hold everything to AVX2")
    options = parser.parse_args()
    if options.avx2 and not is_held():
        sys.exit(run_held("tests.benchmark.speed", sys.argv[1:]))
    if is_held():
        hold_engine()
        print("Everything is held to AVX2")
    show_machine()
    with one_core():
        if options.hidden:
            show(asked(options.hidden, options.points), options.rounds)
        else:
            show(SMALL, options.rounds)
            show(LARGE, max(1, options.rounds // LARGE_ROUNDS))
            if has_c():
                published.show(options.rounds)
    if not options.hidden:
        with OtherPrograms() as others:
            show_cores(options.rounds)
        print(f"Other programs kept {others.load:.1f} of {os.cpu_count()} cores busy meanwhile")
    print("scikit-learn does less: its output layer is linear, and its descent has no noise.")


if __name__ == "__main__":
    main()
