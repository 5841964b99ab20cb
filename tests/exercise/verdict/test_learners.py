"""Learners' files of our own making, each with the verdict that it should get."""

from pathlib import Path

import pytest

from curvegui.exercise.file.learner_file import learner_file
from curvegui.exercise.problem import JACOBIANS, problems_for_check
from curvegui.exercise.runner.process import Limits
from curvegui.exercise.verdict.judge import judge
from tests.exercise.cases import cases
from tests.exercise.double import run_here
from tests.exercise.processes import unhurried

pytestmark = pytest.mark.costly

RIGHT = "right", "", None, None
QUICK = Limits(seconds=1.6, patience=0.2)
ALONE = [name for name, case in cases().items() if case.needs_child]


def assert_judged_as_expected(name, report):
    case = cases()[name]
    for function in JACOBIANS:
        verdict, (grade, kind, line, cell) = report.functions[function], case.verdicts.get(function, RIGHT)
        said = f"{function} in {name}: {verdict}"
        assert verdict.grade.value == grade, said
        if grade == "right":
            assert verdict.reason == "", said
            continue
        assert verdict.reason.endswith((".", "?", ")")), said
        assert "Traceback" not in verdict.reason, said
        assert kind in (None, verdict.kind), said
        assert line is None or (verdict.line, verdict.cell) == (line, cell), said
    assert sorted(report.altered) == sorted(case.altered)


@pytest.mark.parametrize("name", [name for name in cases() if name not in ALONE])
def test_a_file_gets_its_verdict_from_what_it_answers(name):
    file, problems = learner_file(Path(name), cases()[name].data), problems_for_check(seed=11)
    assert_judged_as_expected(name, judge(file, problems, run_here(file, problems)))


@pytest.mark.parametrize("name", [*list(cases())[::32], *ALONE])
def test_a_file_gets_its_verdict_from_a_child(name):
    file, problems = learner_file(Path(name), cases()[name].data), problems_for_check(seed=12)
    endless = [function for function, (_, kind, *_) in cases()[name].verdicts.items() if kind in ("timed-out", None)]
    assert_judged_as_expected(name, judge(file, problems, unhurried(file, problems, QUICK, endless)))
