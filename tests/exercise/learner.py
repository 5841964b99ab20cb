"""A learner's file for the tests of what runs it: right, and with any part replaced."""

from pathlib import Path

import numpy as np

from curvegui.exercise.file.learner_file import learner_file
from curvegui.exercise.problem import Problem

START = "a0, z1, a1, z2, a2, z3, a3 = network_function(x)"
TO_3 = "J = 2 * (a3 - y) * d_sigma(z3)"
TO_2 = "J = (J.T @ W3).T * d_sigma(z2)"
TO_1 = "J = (J.T @ W2).T * d_sigma(z1)"
BIAS = "return np.sum(J, axis=1, keepdims=True) / x.size"
BODIES = {
    "J_W3": (START, TO_3, "return J @ a2.T / x.size"),
    "J_b3": (START, TO_3, BIAS),
    "J_W2": (START, TO_3, TO_2, "return J @ a1.T / x.size"),
    "J_b2": (START, TO_3, TO_2, BIAS),
    "J_W1": (START, TO_3, TO_2, TO_1, "return J @ a0.T / x.size"),
    "J_b1": (START, TO_3, TO_2, TO_1, BIAS),
}


def text(before="", after="", **bodies):
    """The six functions, some with another body."""
    parts = [before]
    for name, lines in BODIES.items():
        body = bodies.get(name, "\n".join(lines))
        if body is not None:
            parts.append(f"def {name}(x, y):\n    " + body.replace("\n", "\n    "))
    return "\n".join([*parts, after, ""])


def file(before="", after="", **bodies):
    """The same, as it is read."""
    return learner_file(Path("mine.py"), text(before, after, **bodies).encode())


def problem(n1=4, n2=3, count=6, seed=0):
    """A random network, and points."""
    random = np.random.default_rng(seed)
    shapes = {"W1": (n1, 1), "W2": (n2, n1), "W3": (2, n2), "b1": (n1, 1), "b2": (n2, 1), "b3": (2, 1)}
    parameters = {name: random.normal(size=shape) for name, shape in shapes.items()}
    return Problem(parameters, random.random((1, count)), random.random((2, count)))
