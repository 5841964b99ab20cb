"""Learners' files of our own making, each with the verdict that it should get."""

import json
from pathlib import Path

import pytest

from curvegui.exercise.file.learner_file import read_learner_file
from curvegui.exercise.problem import problems_for_check
from curvegui.exercise.runner.process import Limits
from curvegui.exercise.verdict.judge import judge
from tests.exercise.double import run_here
from tests.exercise.processes import unhurried

pytestmark = pytest.mark.costly

FOLDER = Path(__file__).parents[1] / "learners"
EXPECTED = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))


def assert_judged_as_expected(name, report):
    expected = EXPECTED[name]
    for function, wanted in expected["functions"].items():
        verdict = report.functions[function]
        said = f"{function} in {name}: {verdict}"
        assert verdict.grade.value == wanted["verdict"], said
        if wanted["verdict"] == "right":
            assert verdict.reason == "", said
            continue
        assert verdict.reason.endswith((".", "?", ")")), said
        assert "Traceback" not in verdict.reason, said
        if wanted["kind"] is not None:
            assert verdict.kind == wanted["kind"], said
        if wanted["line"] is not None:
            assert (verdict.line, verdict.cell) == (wanted["line"], wanted["cell"]), said
    assert sorted(report.altered) == sorted(expected["altered"])


def test_every_file_has_its_verdict_in_the_table():
    assert {path.name for path in FOLDER.iterdir()} == {*EXPECTED, "expected.json"}
    assert len(EXPECTED) >= 35


@pytest.mark.parametrize("name", [name for name in EXPECTED if "needs_child" not in EXPECTED[name]])
def test_a_file_gets_its_verdict_from_what_it_answers(name):
    file, problems = read_learner_file(FOLDER / name), problems_for_check(seed=11)
    assert_judged_as_expected(name, judge(file, problems, run_here(file, problems)))


QUICK = Limits(seconds=1.6, patience=0.2)
FROM_A_CHILD = [name for place, name in enumerate(EXPECTED) if place % 32 == 0 or "needs_child" in EXPECTED[name]]


@pytest.mark.parametrize("name", FROM_A_CHILD)
def test_a_file_gets_its_verdict_from_a_child(name):
    file, problems = read_learner_file(FOLDER / name), problems_for_check(seed=12)
    wanted = EXPECTED[name]["functions"]
    endless = [function for function in wanted if wanted[function]["kind"] in ("timed-out", None)]
    assert_judged_as_expected(name, judge(file, problems, unhurried(file, problems, QUICK, endless)))
