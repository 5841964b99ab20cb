"""Which lines of a file have run when its functions are asked, told by the verdicts."""

import pytest

from curvegui.exercise.problem import random_problems
from curvegui.exercise.runner.process import Limits
from curvegui.exercise.verdict.judge import judge
from tests.exercise.learner import BODIES, file
from tests.exercise.processes import unhurried

pytestmark = [pytest.mark.costly, pytest.mark.usefixtures("nothing_is_left")]


@pytest.mark.parametrize(
    ("before", "two"),
    [
        ("w = {}\nfor k in range(2): w[k] = 2", "w[1]"),
        ("w = []\nw.append(2)", "w[0]"),
        ("w = {}\nw.update(two=2)", "w['two']"),
        ("class P: pass\nsetattr(P, 'two', 2)", "P.two"),
        ("def setup():\n    global two\n    two = 2\nsetup()", "two"),
    ],
)
def test_a_file_that_is_right_in_python_is_right_here_however_it_fills_its_tables(before, two):
    problems = random_problems(6)
    right = file(before, J_b3="\n".join(BODIES["J_b3"]).replace("2 *", f"{two} *"))

    report = judge(right, problems, unhurried(right, problems, Limits()))

    assert report.all_right and not report.remarks
