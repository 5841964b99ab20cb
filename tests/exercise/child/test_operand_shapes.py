"""What met in a learner's line, from the child's own frames."""

from functools import cache

import numpy as np
import pytest

from curvegui.exercise.problem import JACOBIANS
from curvegui.exercise.runner.outcome import Operands
from curvegui.exercise.runner.process import Limits
from curvegui.exercise.training import LearnerTraining
from tests.exercise.learner import START, file, problem
from tests.exercise.processes import unhurried

N1, N2, N = 4, 3, 6
HELPER = "def through(J, W):\n    return (W @\n        J)"


MET = [
    ("return W2 @ J", "W2 @ J", ((N2, N1), (2, N))),
    ("return 1 + J.T @ W2 @ a1", "J.T @ W2", ((N, 2), (N2, N1))),
    ("return np.dot(J, a1)", "np.dot(J, a1)", ((2, N), (N1, N))),
    ("return J.T.dot(W2)", "J.T.dot(W2)", ((N, 2), (N2, N1))),
    ("return J * d_sigma(z2)", "J * d_sigma(z2)", ((2, N), (N2, N))),
    ("J *= d_sigma(z2)\nreturn J", "J *= d_sigma(z2)", ((2, N), (N2, N))),
    ("return np.einsum('ij,jk->ik', J, a1)", "np.einsum('ij,jk->ik', J, a1)", ((2, N), (N1, N))),
    ("return (lambda d: W2 @ d)(J)", "W2 @ d", ((N2, N1), (2, N))),
    ("return network_function(x.T)", "network_function(x.T)", ((N, 1),)),
    ("return J @ 2", "J @ 2", ((2, N), ())),
]
CALLS_THE_HELPER = "return through(J, W2)"
MAY_CHANGE_SOMETHING = [
    "return (J := W2) @ shown.append(1)",
    "return W2 @ [print('again') or J][0]",
    "return W2 @ (lambda: J)()",
    "return undefined @ J",
    "raise ValueError('matmul')",
]
ALL = (*(body for body, *_ in MET), CALLS_THE_HELPER, *MAY_CHANGE_SOMETHING)


@cache
def answers():
    """What is raised by each body, of which a child runs six: one in each function."""
    found = {}
    for some in (ALL[start : start + 6] for start in range(0, len(ALL), 6)):
        bodies = {name: f"{START}\nJ = 2 * (a3 - y)\n{body}" for name, body in zip(JACOBIANS, some, strict=False)}
        outcome = unhurried(file(before=f"{HELPER}\nshown = []", **bodies), [problem(N1, N2, N)], Limits())
        found |= {body: outcome.answers[name][0] for name, body in zip(JACOBIANS, some, strict=False)}
    return found


@pytest.mark.parametrize(("body", "text", "shapes"), MET)
def test_what_met_is_told(body, text, shapes):
    assert answers()[body].operands == Operands(text, shapes)


def test_a_helper_is_named_with_its_line():
    answer = answers()[CALLS_THE_HELPER]
    assert (answer.function, answer.line, answer.operands) == ("through", 2, Operands("", ((N2, N1), (2, N))))


@pytest.mark.parametrize("body", MAY_CHANGE_SOMETHING)
def test_nothing_that_may_change_something_is_computed_once_more(body):
    assert answers()[body].operands is None


def test_a_training_tells_what_met_in_which_line():
    course = LearnerTraining(
        file(J_b3=f"{START}\nreturn W2 @ (a3 - y)"), problem(6, 7, 30), aggression=1, noise=0, seed=1, iterations=9
    )
    list(course.frames())
    assert course.reason.startswith(
        "J_b3 stops with ValueError in line 8: W2 @ (a3 - y): the shapes (n2 = 7, n1 = 6) and (2, N = 30) do not fit: "
        "n1 = 6 columns on the left, 2 rows on the right."
    )
    assert "gufunc" not in course.reason


def test_an_altered_function_and_a_line_between_say_it_as_well():
    before = "def sigma(z):\n    return z @ z\nshape = np.ones((2, 3)) @ np.ones((2, 3))\nused = shape"
    outcome = unhurried(file(before=before, J_b3="return used"), [problem(N1, N2, N)], Limits())
    assert outcome.given_answers["sigma"][0].operands == Operands("z @ z", ((1, 6), (1, 6)))
    assert outcome.top_level[0].operands == Operands("np.ones((2, 3)) @ np.ones((2, 3))", ((2, 3), (2, 3)))
    assert np.isfinite(outcome.answers["J_W3"][0].array).all()
