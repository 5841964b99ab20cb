"""The engines side by side: the exercise's six functions, NumPy, and compiled in double and single precision.

    python -m tests.benchmark.engines

Times are of the process's own clock on one core, in rounds that take every engine in turn, so that a machine that
slows down for a while slows all of them. The exercise's six functions, each with its own forward pass, count as 1;
where there are more points or neurons, the NumPy engine does.
"""

import argparse
import os
from collections.abc import Sequence
from functools import partial
from time import perf_counter, process_time

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = "1"

from curvegui.core.compiled_engine import CompiledEngine, is_available, prepare
from curvegui.core.engine import Engine
from curvegui.core.network import initial_parameters
from curvegui.core.target import training_data
from tests.benchmark.engine import HEART, Measurement, machine, six_functions, spread, take_all
from tests.benchmark.machine import OtherPrograms

COMPILED: dict[str] = {"compiled, double": "double", "compiled, single": "single"}
LARGER = [((6, 7), 1_000), ((6, 7), 5_000), ((32, 32), 1_000), ((64, 64, 64), 1_000)]
MEASURE_S = 0.05  # thousands of ticks of the process's clock


def measurement(engine: Engine | CompiledEngine, hidden: Sequence[int], noise: float) -> Measurement:
    """So many iterations as fit the time."""
    engine.parameters = initial_parameters((1, *hidden, 2), 1)
    done = 0

    def run(count: int) -> None:
        nonlocal done
        engine.run(done, count, 0.5, noise, 1)
        done += count

    run(100)
    start = process_time()
    run(100)
    return Measurement(run, max(10, round(MEASURE_S / max((process_time() - start) / 100, 1e-6))))


def engines(hidden: Sequence[int], points: int, noise: float = 1.0) -> dict[str, Measurement]:
    """NumPy, and what Numba makes of it."""
    arguments = (1, *hidden, 2), "logistic", "logistic", *training_data(points)
    rows = {"NumPy": measurement(Engine(*arguments), hidden, noise)}
    for name, precision in COMPILED.items() if is_available() else ():
        rows[name] = measurement(CompiledEngine(*arguments, precision=precision), hidden, noise)
    return rows


def show(title: str, rows: dict[str, Measurement], rounds: int) -> None:
    take_all(list(rows.values()), rounds)
    first = next(iter(rows.values())).seconds
    print(f"\n{title}\n")
    for name, row in rows.items():
        ratios = [slow / fast for slow, fast in zip(first, row.seconds, strict=True)]
        print(f"{name:18} {spread([1 / s for s in row.seconds], '9,.0f'):40} x {spread(ratios, '6.1f')}")


def show_preparation() -> None:
    """How long compiling takes, or loading what was compiled before."""
    for name, precision in COMPILED.items():
        start = perf_counter()
        prepare(precision)
        print(f"{name}: prepared in {perf_counter() - start:.2f} s (Numba's import is in the first)")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.engines", description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15, help="how often everything is measured (15)")
    rounds = parser.parse_args().rounds
    print(machine())
    if is_available():
        show_preparation()
    with OtherPrograms() as others:
        what = "iterations per CPU second: median (min to max), and times the first"
        small = partial(engines, HEART, 100)
        show(f"1-6-7-2, 100 points, {what}", {"six functions": six_functions(), **small()}, rounds)
        show("The same without noise", {"six functions": six_functions(), **small(noise=0.0)}, rounds)
        for hidden, points in LARGER:
            name = "-".join(map(str, (1, *hidden, 2)))
            show(f"{name}, {points:,} points", engines(hidden, points), rounds)
    print(f"\nOther programs kept {others.load:.1f} cores busy meanwhile")


if __name__ == "__main__":
    main()
