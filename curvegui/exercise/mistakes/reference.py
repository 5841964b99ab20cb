"""The right answers to a problem: the six Jacobians by the mathematics of ``core``, and finite differences."""

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.network.network import Network, named_parameters, parameter_count
from curvegui.exercise.problem import PARAMETERS, Problem

STEP = 1e-5  # near the cube root of the rounding error, where a central difference is best


def network_of(problem: Problem) -> Network:
    """The network of a problem, with a copy of its parameters."""
    sizes = (1, problem.parameters["b1"].size, problem.parameters["b2"].size, 2)
    network = Network(sizes, np.empty(parameter_count(sizes)))
    for name, view in named_parameters(sizes, network.parameters).items():
        view[...] = problem.parameters[name]
    return network


def right_answers(problem: Problem) -> dict[str, FloatArray]:
    """All six Jacobians, by name; ``"J_W1"`` has the shape of W1, and so on."""
    pairs = network_of(problem).jacobians(problem.x, problem.y)
    weights = {f"J_W{layer}": pair[0] for layer, pair in enumerate(pairs, start=1)}
    return weights | {f"J_b{layer}": pair[1] for layer, pair in enumerate(pairs, start=1)}


def finite_difference(problem: Problem, name: str, row: int, column: int) -> float:
    """How the cost changes with one entry of a parameter, by trying it, without the chain rule.

    ``name`` is the Jacobian's: ``"J_W3"``. Raises ``KeyError`` or ``IndexError`` if there is no such entry.
    """
    costs = []
    for step in (STEP, -STEP):
        network = network_of(problem)
        named_parameters(network.sizes, network.parameters)[name.removeprefix("J_")][row, column] += step
        costs.append(network.cost(problem.x, problem.y))
    return (costs[0] - costs[1]) / (2 * STEP)


def passed(problem: Problem) -> dict[str, FloatArray]:
    """All that is known inside a function: x and y, the six parameters, and what ``network_function`` returns."""
    layers = network_of(problem).feed_forward(problem.x)
    known = {"x": problem.x, "y": problem.y, "a0": problem.x} | {name: problem.parameters[name] for name in PARAMETERS}
    for layer, (z, a) in enumerate(layers[1:], start=1):
        known |= {f"z{layer}": z, f"a{layer}": a}
    return known
