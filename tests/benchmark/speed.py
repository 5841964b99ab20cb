"""How fast it trains, side by side: the exercise as written, CurveGUI's engines, C, and the frameworks that are here.

    python -m tests.benchmark.speed
    python -m tests.benchmark.speed --avx2        the same as on a processor without AVX-512

    python -m tests.benchmark.speed --hidden 32 32 --points 1000
    python -m tests.benchmark.speed --hidden 6 7 --rounds 1               to see that it starts

All of them make the very same iterations, noise included, and arrive at the same parameters (``rivals/test_rivals.py``
sees to that), but for scikit-learn, whose output is linear and whose descent has no noise. Times are of the process's
own clock, on one core. PyTorch, JAX and scikit-learn take part where they are installed: ``pip install torch jax
scikit-learn``; C by hand where there is GCC or Clang. Takes about three minutes with all of them. See docs/speed.md.
"""

import os
import subprocess
import sys
from importlib.metadata import version
from time import process_time

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = "1"

import numpy as np

from curvegui.core.engine.backend import Backend
from curvegui.core.learner.engines import builder
from curvegui.core.learner.target import training_data
from curvegui.core.native import engine
from curvegui.core.native.library import functions
from curvegui.core.network.network import initial_parameters
from curvegui.core.optimizers.descent import Descent
from tests.benchmark.measuring import OtherPrograms, asked, machine, spread, take_turns
from tests.benchmark.rivals.contenders import AVX2, MANY_POINTS, PACKAGES, Problem, compiler, entries, missing

MEASURE_S = 0.1  # a hundred thousand ticks of the process's clock
LARGE = Problem((64, 64, 64), 100_000, together=1)
HELD = {
    "OPENBLAS_CORETYPE": "Haswell",
    "ATEN_CPU_CAPABILITY": "avx2",
    "MKL_ENABLE_INSTRUCTIONS": "AVX2",
    "ONEDNN_MAX_CPU_ISA": "AVX2",
    "XLA_FLAGS": "--xla_cpu_max_isa=AVX2",
    AVX2: "1",
}
"""What holds OpenBLAS, PyTorch with its libraries, JAX and us to AVX2: read when a process imports them."""
SIMPLE_CHAINS = """
SimpleChains.jl, as published, not measured here: 4-32-16-4, tanh, linear output, 10,000 points, single precision, Adam:
41 µs an iteration on the 18 cores of an i9 10980XE, 72 µs on the 32 of an EPYC 7513
(julialang.org/blog/2022/04/simple-chains), 164 µs on the 4 of an i7-1165G7 (docs/src/examples/smallmlp.md of its
repository); no figure for one core."""
LIKE_IT = (1, 32, 16, 2)  # 576 weights; 4-32-16-4 has 704


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


def show_published(rounds: int) -> None:
    """A figure that others have published, and what the engine in C makes of the network that is most like theirs."""
    built = builder(Backend("c", "single"))(LIKE_IT, "tanh", "linear", *training_data(10_000))
    built.parameters = initial_parameters(LIKE_IT, 1)
    descent, done = Descent(0.001, optimizer="adam", memory=0.999), 0

    def run(count: int) -> None:
        nonlocal done
        built.descend(done, count, descent)
        done += count

    run(100)
    micros = [seconds * 1e6 for seconds in take_turns([(run, 100)], rounds)[0]]
    print(SIMPLE_CHAINS)
    print(f"CurveGUI, C, single, {'-'.join(map(str, LIKE_IT))}, the same otherwise: {spread(micros, '.0f')} µs of CPU")


def hold_to_avx2() -> int:
    """Run this program once more, held to AVX2; returns how it ended."""
    features = np.show_config(mode="dicts")["SIMD Extensions"]["found"]
    more = " ".join(name for name in features if name == "X86_V4" or name.startswith("AVX512"))
    held = {**os.environ, **HELD, "NPY_DISABLE_CPU_FEATURES": more}
    return subprocess.run(
        [sys.executable, "-m", "tests.benchmark.speed", *sys.argv[1:]], env=held, check=False
    ).returncode


def main() -> int:
    """Print the tables; the exit status."""
    options = asked(__doc__, rounds=15, hidden=[0], points=100, avx2=False)
    if options.avx2 and AVX2 not in os.environ:
        return hold_to_avx2()
    if options.avx2:
        engine.functions = lambda precision: functions(precision, "avx2")
        print("Everything is held to AVX2")
    print(machine())
    there = [f"{name} {version(name.replace('PyTorch', 'torch'))}" for name in PACKAGES if name not in missing()]
    if command := compiler():
        said = subprocess.run([command[0], "--version"], check=True, capture_output=True, text=True).stdout
        there.append(f"{said.splitlines()[0]} with {' '.join(command[1:])}")
    print(", ".join(there))
    print(f"Not here, and not measured: {', '.join(missing()) or 'nobody'}")
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    if options.hidden != [0]:
        together = 100 if options.points <= MANY_POINTS else 1
        show(Problem(tuple(options.hidden), options.points, together), options.rounds)
    else:
        show(Problem(), options.rounds)
        show(LARGE, max(1, options.rounds // 3))  # the slowest takes seconds
        if "the engine in C" not in missing():
            show_published(options.rounds)
    print("scikit-learn does less: its output layer is linear, and its descent has no noise.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
