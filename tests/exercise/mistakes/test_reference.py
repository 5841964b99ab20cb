"""The right answers, against trying and against the exercise written out the slow way."""

import numpy as np
import pytest

from curvegui.exercise.mistakes.problems import problems_for_check, random_problems
from curvegui.exercise.mistakes.reference import finite_difference, right_answers
from curvegui.exercise.problem import JACOBIANS
from tests.exercise_reference import JACOBIANS as SLOW
from tests.exercise_reference import Parameters


@pytest.mark.parametrize("name", JACOBIANS)
def test_they_are_what_the_exercise_written_out_gives(name):
    for problem in problems_for_check(4):
        slow = SLOW[name[2:]](Parameters(**problem.parameters), problem.x, problem.y)
        np.testing.assert_allclose(right_answers(problem)[name], slow, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("name", JACOBIANS)
def test_they_are_what_trying_gives(name):
    problem = random_problems(8)[0]
    right = right_answers(problem)[name]
    tried = [finite_difference(problem, name, row, column) for row, column in np.ndindex(*right.shape)]
    np.testing.assert_allclose(right.ravel(), tried, rtol=1e-6, atol=1e-9)
