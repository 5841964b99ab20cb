"""Random networks to ask about."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.exercise.problem import (
    JACOBIANS,
    alike_problems,
    decides,
    finite_difference,
    problems_for_check,
    random_problems,
    right_answers,
)
from tests.help.exercise_reference import JACOBIANS as SLOW
from tests.help.exercise_reference import Parameters

SEEDS = st.integers(0, 2**32 - 1)


@given(SEEDS)
def test_sizes_differ_from_each_other_and_from_the_exercise(seed):
    for problem in random_problems(seed):
        n1, n2, points = problem.parameters["b1"].size, problem.parameters["b2"].size, problem.x.size
        assert 2 < n1 < 10
        assert 2 < n2 < 10
        assert n1 != n2
        assert (n1, n2) != (6, 7)
        assert 9 < points <= 30
        assert decides(problem)
        assert problem.parameters["W2"].shape == (n2, n1)
        assert problem.parameters["W3"].shape == (2, n2)
        assert problem.y.shape == (2, points)


@given(SEEDS)
def test_no_size_written_as_a_number_fits_twice(seed):
    problems = random_problems(seed)
    for bias in ("b1", "b2"):
        assert len({problem.parameters[bias].size for problem in problems}) == len(problems)


def test_those_whose_sizes_coincide_decide_nothing():
    assert [decides(problem) for problem in problems_for_check(1)] == [True, True, True, False, False]
    assert len(alike_problems(1)) == 2


def test_nobody_can_change_a_problem():
    problem = random_problems(0)[0]
    assert not problem.x.flags.writeable
    assert not any(array.flags.writeable for array in problem.parameters.values())


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
