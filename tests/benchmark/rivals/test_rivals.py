"""All contenders of the speed table make the same iterations; nothing is timed here."""

import numpy as np
import pytest

from curvegui.core.engine.numpy_engine import Engine
from tests.benchmark.rivals.contenders import Problem
from tests.benchmark.speed import Entry, entries

PROBLEMS = Problem(), Problem((5, 9, 4), 1_030, together=10)
ALL = [
    pytest.param(problem, entry, id=f"{entry.name}, {problem.hidden}")
    for problem in PROBLEMS
    for entry in entries(problem)
]


@pytest.mark.parametrize(("problem", "entry"), ALL)
def test_gradients_and_a_hundred_noisy_iterations_agree(problem: Problem, entry: Entry) -> None:
    """Those of scikit-learn have no noise and a linear output, and its gradient is told by an iteration."""
    output, noise, told_by = ("logistic", problem.noise, 0) if entry.is_exact else ("linear", 0.0, 1)
    engine = Engine(problem.sizes, "logistic", output, *problem.data)
    engine.parameters = problem.parameters
    contender, gradient, is_double = entry.build(problem), engine.gradient(), entry.precision == "double"

    assert np.allclose(contender.parameters, problem.parameters, rtol=0 if is_double else 1e-6)
    tolerance = (1e-12 if is_double else 3e-6) * np.abs(gradient).max()
    np.testing.assert_allclose(contender.gradient(), gradient, rtol=0, atol=tolerance)
    for count in (10, 20, 70 - told_by) if problem.together == 10 else (100 - told_by,):
        contender.run(count)
    engine.run(0, 100, problem.aggression, noise, problem.seed)
    assert np.abs(engine.parameters - problem.parameters).max() > 0.01
    np.testing.assert_allclose(contender.parameters, engine.parameters, rtol=0, atol=1e-10 if is_double else 1e-4)
