"""How fast it trains, side by side: the exercise as written, CurveGUI's engines, C, and the frameworks that are here.

    python -m tests.benchmark.speed
    python -m tests.benchmark.speed --hidden 32 32 --points 1000
    python -m tests.benchmark.speed --hidden 6 7 --rounds 1               to see that it starts

All of them make the very same iterations, noise included, and arrive at the same parameters (``rivals/test_rivals.py``
sees to that), but for scikit-learn, whose output is linear and whose descent has no noise. Times are of the process's
own clock, on one core. PyTorch, JAX and scikit-learn take part where they are installed: ``pip install torch jax
scikit-learn``; C by hand where there is GCC or Clang. Takes about three minutes with all of them. See docs/speed.md.
"""

import os
import subprocess
from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from time import process_time
from typing import Any, NamedTuple

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = "1"

import numpy as np

from curvegui.core.learner.engines import ENGINES
from tests.benchmark.measuring import OtherPrograms, machine, spread, take_turns
from tests.benchmark.rivals import frameworks
from tests.benchmark.rivals.contenders import FunctionEach, InC, OurEngine, Problem, compiler
from tests.help.program import asked

MEASURE_S = 0.1  # a hundred thousand ticks of the process's clock
LARGE = Problem((64, 64, 64), 100_000, together=1)
TORCH_COLUMNS = 300  # the best of what was tried from 136 to 2,000
MANY_POINTS = 10_000  # where passing the points in blocks is worth while


class Entry(NamedTuple):
    """A row of the table; ``is_exact``: whether it makes the very same numbers, but for rounding."""

    name: str
    build: Callable[[Problem], Any]
    precision: str = "double"
    is_exact: bool = True


def entries(problem: Problem) -> list[Entry]:
    """The rows for a problem; the first one is what the others are compared with."""
    functions, absent = 2 * (len(problem.sizes) - 1), missing()
    first = "six functions" if functions == 6 else f"{functions} functions, in the style of the six"
    rows = [Entry(first, FunctionEach)]

    def add(name: str, build: Callable[..., Any], needed: str = "") -> None:
        if needed not in absent:
            rows.extend(Entry(f"{name}, {kind}", partial(build, precision=kind), kind) for kind in ("double", "single"))

    add("CurveGUI, NumPy", partial(OurEngine, engine="numpy"))
    add("CurveGUI, C", partial(OurEngine, engine="c"), "the engine in C")
    add("C, by hand", InC, "a C compiler")
    add("PyTorch, by hand", frameworks.TorchByHand, "PyTorch")
    if "PyTorch" not in absent:
        if problem.points >= MANY_POINTS:
            add("PyTorch, by hand in blocks", partial(frameworks.TorchByHand, columns=TORCH_COLUMNS))
        rows.append(Entry("PyTorch, autograd, double", frameworks.TorchAutograd))
    add("JAX, jit and scan", frameworks.Jax, "JAX")
    if "scikit-learn" not in absent:
        rows.append(Entry("scikit-learn, sgd, double", frameworks.Sklearn, is_exact=False))
    return rows


def missing() -> list[str]:
    """Who would take part if it were installed."""
    wanted = {"the engine in C": not ENGINES["c"].obstacle(), "a C compiler": bool(compiler())}
    return [name for name, is_there in {**wanted, **frameworks.FRAMEWORKS}.items() if not is_there]


def show(problem: Problem, rounds: int) -> None:
    """Measure all contenders, and print a table that can be pasted where Markdown is understood."""
    rows, runs = entries(problem), []
    for entry in rows:
        run = entry.build(problem).run
        run(problem.together)  # compiles, lays out, warms up
        start = process_time()
        run(problem.together)
        calls = max(1, round(MEASURE_S / max(process_time() - start, 1e-6)))
        runs.append((run, calls * problem.together))
    with OtherPrograms() as others:
        seconds = dict(zip([each.name for each in rows], map(np.array, take_turns(runs, rounds)), strict=True))
    name, first = "-".join(map(str, problem.sizes)), seconds[rows[0].name]
    digits = "9,.0f" if 1 / max(first) > 10 else "9,.2f"
    print(f"\n{name}, {problem.points:,} points: iterations per CPU second, median (min to max) of {rounds} rounds\n")
    print(f"| {'':44} | {'iterations/s':36} | {f'times {rows[0].name}':31} | {'times C, by hand':26} |")
    print("|---|---|---|---|")
    for each in rows:
        took, by_hand = seconds[each.name], seconds.get(f"C, by hand, {each.precision}")
        what = each.name + ("" if each.is_exact else " (see below)")
        of_c = "" if by_hand is None else spread(by_hand / took, ".2f")
        print(f"| {what:44} | {spread(1 / took, digits):36} | {spread(first / took, '7.1f'):31} | {of_c:26} |")
    print(f"\nOther programs kept {others.load:.1f} of {os.cpu_count()} cores busy meanwhile")


def main() -> None:
    """Print the tables."""
    options, absent = asked(__doc__, rounds=15, hidden=[0], points=100), missing()
    print(machine())
    there = [
        f"{name} {version(name.replace('PyTorch', 'torch'))}" for name in frameworks.FRAMEWORKS if name not in absent
    ]
    if command := compiler():
        said = subprocess.run([command[0], "--version"], check=True, capture_output=True, text=True).stdout
        there.append(f"{said.splitlines()[0]} with {' '.join(command[1:])}")
    print(", ".join(there))
    print(f"Not here, and not measured: {', '.join(absent) or 'nobody'}")
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    if options.hidden != [0]:
        together = 100 if options.points <= MANY_POINTS else 1
        show(Problem(tuple(options.hidden), options.points, together), options.rounds)
    else:
        show(Problem(), options.rounds)
        show(LARGE, max(1, options.rounds // 3))  # the slowest takes seconds
    print("scikit-learn does less: its output layer is linear, and its descent has no noise.")


if __name__ == "__main__":
    main()
