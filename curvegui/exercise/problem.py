"""One question that a learner's functions are asked: a network and training points of random sizes."""

from dataclasses import dataclass

import numpy as np

from curvegui.core.arrays import FloatArray, read_only
from curvegui.core.network.network import Network, named_parameters, parameter_count

JACOBIANS = ("J_W1", "J_W2", "J_W3", "J_b1", "J_b2", "J_b3")
GIVEN = ("sigma", "d_sigma", "network_function", "cost", "reset_network")
"""What the exercise gives: learners need not write these."""
PARAMETERS = ("W1", "W2", "W3", "b1", "b2", "b3")
ARRAYS = ("a0", "z1", "a1", "z2", "a2", "z3", "a3")
"""What ``network_function`` returns."""


@dataclass(frozen=True, eq=False)
class Problem:
    """A network of two hidden layers, and points to train on."""

    parameters: dict[str, FloatArray]  # W1 (n1, 1), W2 (n2, n1), W3 (2, n2), b1 (n1, 1), b2 (n2, 1), b3 (2, 1)
    x: FloatArray  # shape (1, N)
    y: FloatArray  # shape (2, N)


class ExerciseError(ValueError):
    """A learner's file cannot be used; the message says why, in sentences for people."""


SMALLEST, LARGEST = 3, 9  # hidden neurons; never 2, so that they are told from the outputs by their number
FEWEST, MOST = 12, 30  # points; more than there are neurons, for the same reason
EXERCISE_SIZES = (6, 7)  # what a learner may have written down as numbers


def random_problems(seed: int, count: int = 3) -> list[Problem]:
    """Problems in which every size is a different number: they decide whether a function is right.

    As long as there are enough sizes, no hidden layer has as many neurons as in the exercise or in another problem, so
    that a size written down as a number fits only once. The same seed gives the same problems.
    """
    random = np.random.default_rng([seed, 0])
    points, choices = random.permutation(np.arange(FEWEST, MOST + 1)), np.arange(SMALLEST, LARGEST + 1)
    first, second = (choices[choices != size] for size in EXERCISE_SIZES)
    first = random.permutation(first)
    while np.any(first == (second := random.permutation(second))):
        pass
    sizes = [
        (int(first[n % first.size]), int(second[n % first.size]), int(points[n % points.size])) for n in range(count)
    ]
    return [_problem(*each, random) for each in sizes]


def alike_problems(seed: int) -> list[Problem]:
    """Two problems with coinciding sizes: a factor from the wrong layer, or not transposed, gives numbers here, which
    can be recognised. On networks of different sizes, the factor raises an exception."""
    random = np.random.default_rng([seed, 1])
    return [_problem(2, 2, int(random.integers(FEWEST, MOST + 1)), random), _problem(2, 2, 2, random)]


def problems_for_check(seed: int) -> list[Problem]:
    """All problems of a check: three that decide, then two that show why an answer is wrong."""
    return random_problems(seed) + alike_problems(seed)


def decides(problem: Problem) -> bool:
    """Whether all sizes of a problem are different, so that nothing fits by accident."""
    sizes = (1, 2, problem.parameters["b1"].size, problem.parameters["b2"].size, problem.x.size)
    return len(set(sizes)) == len(sizes)


def _problem(n1: int, n2: int, points: int, random: np.random.Generator) -> Problem:
    shapes = {"W1": (n1, 1), "W2": (n2, n1), "W3": (2, n2), "b1": (n1, 1), "b2": (n2, 1), "b3": (2, 1)}
    parameters = {name: read_only(random.standard_normal(shape) * 0.8) for name, shape in shapes.items()}
    x = read_only(random.uniform(0.05, 1, (1, points)))
    return Problem(parameters, x, read_only(random.uniform(0.1, 0.9, (2, points))))


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
    """How the cost changes with one entry of a parameter, by trying, without the chain rule. ``name`` is the
    Jacobian's: ``"J_W3"``. Raises ``KeyError`` or ``IndexError`` if there is no such entry."""
    costs = []
    for step in (STEP, -STEP):
        network = network_of(problem)
        named_parameters(network.sizes, network.parameters)[name.removeprefix("J_")][row, column] += step
        costs.append(network.cost(problem.x, problem.y))
    return (costs[0] - costs[1]) / (2 * STEP)


def passed(problem: Problem) -> dict[str, FloatArray]:
    """All that a function knows: x and y, the six parameters, and the arrays from ``network_function``."""
    layers = network_of(problem).feed_forward(problem.x)
    known = {"x": problem.x, "y": problem.y, "a0": problem.x} | {name: problem.parameters[name] for name in PARAMETERS}
    for layer, (z, a) in enumerate(layers[1:], start=1):
        known |= {f"z{layer}": z, f"a{layer}": a}
    return known
