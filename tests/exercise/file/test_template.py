"""The exercise that "New exercise" gives."""

import json
import subprocess
import sys

import pytest

from curvegui.exercise.file.learner_file import read_learner_file
from curvegui.exercise.file.template import exercise_for, exercise_text
from curvegui.exercise.problem import ExerciseError
from curvegui.exercise.verdict.judge import check
from curvegui.exercise.verdict.verdict import Grade
from tests.notebook.validity import assert_valid

pytestmark = pytest.mark.costly

MISSING = {"J_b3", "J_b2", "J_W1", "J_b1"}
SOLUTIONS = {
    "J_b3": "np.sum(2 * (a3 - y) * d_sigma(z3), axis=1, keepdims=True) / x.size",
    "J_b2": "np.sum((W3.T @ (2 * (a3 - y) * d_sigma(z3))) * d_sigma(z2), axis=1, keepdims=True) / x.size",
    "J_W1": "((W2.T @ ((W3.T @ (2 * (a3 - y) * d_sigma(z3))) * d_sigma(z2))) * d_sigma(z1)) @ a0.T / x.size",
    "J_b1": "np.sum((W2.T @ ((W3.T @ (2 * (a3 - y) * d_sigma(z3))) * d_sigma(z2))) * d_sigma(z1), 1, keepdims=True)"
    " / x.size",
}


def completed(text):
    """With the four written in the place of ``J = ...``."""
    for name, solution in SOLUTIONS.items():
        start = text.index(f"def {name}(")
        text = text[:start] + text[start:].replace("J = ...", f"J = {solution}", 1)
    return text


@pytest.mark.parametrize("name", ["mine.py", "mine.ipynb"])
def test_what_is_given_is_right_and_the_rest_is_missing(name, tmp_path):
    (tmp_path / name).write_bytes(exercise_for(name))
    report = check(read_learner_file(tmp_path / name), seed=1)
    assert {each for each, verdict in report.functions.items() if verdict.grade is Grade.MISSING} == MISSING
    assert {each for each, verdict in report.functions.items() if verdict.grade is Grade.RIGHT} == {"J_W3", "J_W2"}
    assert (report.altered, report.remarks) == ({}, ())


@pytest.mark.parametrize("name", ["mine.py", "mine.ipynb"])
def test_completed_it_is_all_right(name, tmp_path):
    (tmp_path / name).write_text(completed(exercise_text("ipynb" if name.endswith("nb") else "py")), encoding="utf-8")
    report = check(read_learner_file(tmp_path / name), seed=1)
    assert report.all_right
    assert report.altered == {}


def told_by_itself(path):
    done = subprocess.run([sys.executable, path], capture_output=True, text=True, check=True)
    return dict(line.split(maxsplit=1) for line in done.stdout.splitlines())


def test_it_runs_by_itself_and_tells_what_is_missing(tmp_path):
    path = tmp_path / "mine.py"
    path.write_bytes(exercise_for(path))
    told = told_by_itself(path)
    assert {name for name, words in told.items() if words == "not written yet"} == MISSING
    path.write_text(completed(path.read_text(encoding="utf-8")), encoding="utf-8")
    assert set(told_by_itself(path).values()) == {"right"}
    path.write_text(path.read_text(encoding="utf-8").replace("J = 2 *", "J = 3 *", 1), encoding="utf-8")
    assert told_by_itself(path)["J_W3"].startswith("wrong: off by 0.5")


def test_the_notebook_is_valid_and_its_cells_run(tmp_path):
    text = exercise_text("ipynb")
    path = tmp_path / "exercise.ipynb"
    path.write_text(text, encoding="utf-8")
    assert_valid(path)
    world = {"__name__": "__main__"}
    for cell in json.loads(text)["cells"]:
        if cell["cell_type"] == "code":
            exec(cell["source"], world)


def test_another_ending_is_refused():
    with pytest.raises(ExerciseError, match="py or"):
        exercise_for("mine.txt")
