"""In a child: training with a learner's functions."""

from collections.abc import Callable, Sequence
from functools import partial
from time import monotonic
from typing import Any

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.network.noise import BLOCK_ITERATIONS, noise_block
from curvegui.exercise.child.limits import grant_time
from curvegui.exercise.child.namespace import LearnerNamespace
from curvegui.exercise.problem import PARAMETERS, Problem

FRAME_S = 1 / 30
LIFE_S = 6.0  # an iteration may take half of it; a child whose app has vanished ends after it

Send = Callable[[dict[str, Any], Sequence[FloatArray]], None]


class _Stopped(Exception):  # noqa: N818
    """Training cannot go on; ``news`` says why."""

    def __init__(self, news: dict[str, Any]) -> None:
        super().__init__()
        self.news = news


def train(namespace: LearnerNamespace, request: dict[str, Any], arrays: Sequence[FloatArray], send: Send) -> None:
    """Train for the requested iterations, and send a frame thirty times a second.

    Each Jacobian is multiplied by ``aggression * (1 + noise * N(0, 1))`` and subtracted. All six are computed before
    the first parameter changes. A parameter without a function stays as it is.
    """
    parameters = dict(zip(PARAMETERS, arrays, strict=False))
    x, y = arrays[6], arrays[7]
    functions = {name: namespace.function(f"J_{name}") for name in PARAMETERS if f"J_{name}" in request["functions"]}
    made, next_frame, noise = int(request["first"]), monotonic(), np.empty((0, 0))
    last = made + int(request["iterations"])
    try:
        for name, function in functions.items():
            if not callable(function):
                raise _Stopped({"is": "no function", "name": f"J_{name}"})
        while True:
            now = monotonic()
            if now >= next_frame or made >= last:
                _tell(namespace, Problem(parameters, x, y), made, send)
                next_frame = now + FRAME_S
                grant_time(LIFE_S, LIFE_S)
            if made >= last:
                return
            block, row = divmod(made, BLOCK_ITERATIONS)
            if row == 0 or not noise.size:
                noise = noise_block(request["seed"], block, len(PARAMETERS))
            factors = request["aggression"] * (1.0 + request["noise"] * noise[row])
            parameters = _moved(namespace, functions, Problem(parameters, x, y), factors)
            made += 1
    except _Stopped as stopped:
        send(stopped.news | {"news": "stopped", "iteration": made}, ())


def _tell(namespace: LearnerNamespace, problem: Problem, made: int, send: Send) -> None:
    namespace.prepare(problem)
    curve = namespace.names["network_function"](problem.x)[-1]
    cost = float(((curve - problem.y) ** 2).sum() / problem.x.size)
    send({"news": "frame", "iteration": made}, [np.array(cost), curve, *problem.parameters.values()])


def _moved(
    namespace: LearnerNamespace, functions: dict[str, Any], problem: Problem, factors: FloatArray
) -> dict[str, FloatArray]:
    """The parameters after one iteration."""
    moved = dict(problem.parameters)
    for factor, name in zip(factors, PARAMETERS, strict=True):
        if name not in functions:
            continue
        namespace.prepare(problem)
        news, found = namespace.answer(partial(functions[name], problem.x.copy(), problem.y.copy()))
        if news["is"] != "value":
            raise _Stopped(news | {"name": f"J_{name}"})
        if found[0].shape != moved[name].shape:
            raise _Stopped({"is": "shape", "name": f"J_{name}", "found": found[0].shape, "expected": moved[name].shape})
        moved[name] = moved[name] - factor * found[0]
        if not abs(moved[name]).max() < 1e100:  # false for nan too
            raise _Stopped({"is": "not finite", "name": f"J_{name}"})
    return moved
