"""A figure that others have published, beside ours for the network that is most like theirs."""

from curvegui.core.engine.backend import Backend
from curvegui.core.learner.engines import builder
from curvegui.core.learner.target import training_data
from curvegui.core.network.network import initial_parameters
from curvegui.core.optimizers.descent import Descent
from tests.benchmark.machine import Measurement, spread, take_all

SIMPLE_CHAINS = """\
SimpleChains.jl, as published, not measured here: 4-32-16-4, tanh, linear output, 10,000 points, single precision, Adam:
41 µs an iteration on the 18 cores of an i9 10980XE, 72 µs on the 32 of an EPYC 7513
(julialang.org/blog/2022/04/simple-chains), 164 µs on the 4 of an i7-1165G7 (docs/src/examples/smallmlp.md of its
repository); no figure for one core.\
"""
LIKE_IT = (1, 32, 16, 2)  # 576 weights; 4-32-16-4 has 704
POINTS = 10_000
ITERATIONS = 100


def show(rounds: int) -> None:
    """Print theirs, and what the engine in C makes of a network like it."""
    engine = builder(Backend("c", "single"))(LIKE_IT, "tanh", "linear", *training_data(POINTS))
    engine.parameters = initial_parameters(LIKE_IT, 1)
    descent, done = Descent(0.001, optimizer="adam", memory=0.999), 0

    def run(count: int) -> None:
        nonlocal done
        engine.descend(done, count, descent)
        done += count

    ours = Measurement(run, ITERATIONS)
    run(ITERATIONS)
    take_all([ours], rounds)
    micros = [seconds * 1e6 for seconds in ours.seconds]
    print(f"\n{SIMPLE_CHAINS}")
    print(f"CurveGUI, C, single, {'-'.join(map(str, LIKE_IT))}, the same otherwise: {spread(micros, '.0f')} µs of CPU")
