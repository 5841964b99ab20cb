"""Functions that the exercise gives, in files that extend or replace them."""

import pytest

from curvegui.exercise.child.given_functions import extended
from curvegui.exercise.problem import random_problems
from curvegui.exercise.runner.process import Limits
from curvegui.exercise.training import LearnerTraining
from curvegui.exercise.verdict.judge import judge
from curvegui.exercise.verdict.verdict import Grade
from tests.exercise.learner import BODIES, file, problem
from tests.exercise.processes import unhurried

pytestmark = [pytest.mark.costly, pytest.mark.usefixtures("nothing_is_left")]

PROBLEMS = random_problems(7)
SIGMA = "1 / (1 + np.exp(-z))"
DERIV = f"def sigma(z, deriv=False):\n    return sigma(z) * (1 - sigma(z)) if deriv else {SIGMA}"
EXTENDED = [
    (DERIV, "d_sigma(z3)", "sigma(z3, deriv=True)"),
    (DERIV, "d_sigma(z3)", "sigma(z3, True)"),
    ("def d_sigma(z, a=None):\n    a = sigma(z) if a is None else a\n    return a * (1 - a)", "(z3)", "(z3, a3)"),
    ("def d_sigma(x):\n    return sigma(x) * (1 - sigma(x))", "(z3)", "(x=z3)"),
    (f"def sigma(z): return {SIGMA}\nsigma.prime = lambda z: sigma(z) * (1 - sigma(z))", "d_sigma", "sigma.prime"),
    (
        f"class Sigma:\n    def __call__(self, z): return {SIGMA}\n"
        "    def prime(self, z): return self(z) * (1 - self(z))\nsigma = Sigma()",
        "d_sigma",
        "sigma.prime",
    ),
    (
        "def network_function(a0, W=None):\n    W = W or [W1, W2, W3]\n    z1 = W[0] @ a0 + b1\n    a1 = sigma(z1)\n"
        "    z2 = W[1] @ a1 + b2\n    a2 = sigma(z2)\n    z3 = W[2] @ a2 + b3\n"
        "    return a0, z1, a1, z2, a2, z3, sigma(z3)",
        "network_function(x)",
        "network_function(x, W=[W1, W2, W3])",
    ),
    (
        "def cost(x, y, reg=0.0):\n    return np.linalg.norm(network_function(x)[-1] - y) ** 2 / x.size + reg",
        "2 *",
        "2 * (cost(x, y, reg=1.0) - cost(x, y)) *",
    ),
]


def report_on(before, old, new):
    mine = file(before, J_b3="\n".join(BODIES["J_b3"]).replace(old, new))
    return judge(mine, PROBLEMS, unhurried(mine, PROBLEMS, Limits()))


@pytest.mark.parametrize(("before", "old", "new"), EXTENDED)
def test_a_given_function_that_the_file_extends_takes_what_it_takes_there(before, old, new):
    report = report_on(before, old, new)

    assert report.all_right and not report.altered


@pytest.mark.parametrize(
    "before",
    [
        "def d_sigma(z, a=None):\n    return 2 * np.cosh(z / 2) ** (-2) / 4",  # wrong everywhere
        "def d_sigma(z, a=None):\n    slope = np.cosh(z / 2) ** (-2) / 4\n"
        "    return slope if z.shape == (1, 6) else 2 * slope",  # right for what the app asks only
        "def d_sigma(z, a=None):\n    while z.shape[0] == 2: pass",  # never ends in the network
    ],
)
def test_what_calls_it_as_the_exercise_does_gets_the_exercises_own(before):
    assert report_on(before, "", "").functions["J_b3"].grade is Grade.RIGHT
    halved = report_on(before, "2 * (a3", "(a3").functions["J_b3"]
    assert halved.grade is Grade.WRONG and halved.reason == report_on("", "2 * (a3", "(a3").functions["J_b3"].reason


def test_an_extension_that_is_wrong_makes_the_jacobian_wrong():
    report = report_on(DERIV.replace("(1 - sigma(z))", "sigma(z)"), "d_sigma(z3)", "sigma(z3, deriv=True)")

    assert report.functions["J_b3"].grade is Grade.WRONG


def test_training_calls_it_with_them_too():
    mine = file(DERIV, J_b3="\n".join(BODIES["J_b3"]).replace("d_sigma(z3)", "sigma(z3, deriv=True)"))
    training = LearnerTraining(mine, problem(), aggression=1.0, noise=0.0, seed=0, iterations=3)

    frames = list(training.frames())

    assert (frames[-1].iteration, training.reason) == (3, "")


def test_ours_is_called_by_its_own_names_and_theirs_by_any_others():
    def ours(z, size=1):
        return "ours"

    def theirs(*given, **named):
        return "theirs"

    both = extended(ours, theirs)

    assert [both(1), both(1, 2), both(z=1), both(1, size=2)] == ["ours"] * 4
    assert [both(), both(1, 2, 3), both(x=1), both(1, deriv=True)] == ["theirs"] * 4
    assert extended(ours, ours) is extended(ours, 5) is ours
