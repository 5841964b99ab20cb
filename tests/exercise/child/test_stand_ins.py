"""The names of NumPy that pylab brings, wherever a learner's file takes them from."""

import json
from pathlib import Path

import pytest

from curvegui.exercise.file.learner_file import learner_file
from curvegui.exercise.file.template import WORKSHEET, worksheet_files
from curvegui.exercise.problem import random_problems
from curvegui.exercise.runner.process import Limits
from curvegui.exercise.verdict.judge import judge
from curvegui.exercise.verdict.verdict import Grade
from tests.exercise.learner import START, TO_3, text
from tests.exercise.processes import unhurried

pytestmark = [pytest.mark.costly, pytest.mark.usefixtures("nothing_is_left")]

PROBLEMS = random_problems(5)
SUM = f"{START}\n{TO_3}\nreturn sum(J, axis=1, keepdims=True) / x.size"
DOT = f"{START}\n{TO_3}\nreturn {{0}}dot(J, {{0}}ones((x.size, 1))) / x.size"
STREAM = f"{START}\n{TO_3}\nreturn sum(J[:, i : i + 1] for i in range(x.size)) / x.size"  # NumPy 2.4 refuses that


def report_on(source, name):
    file = learner_file(Path(name), source.encode())
    return judge(file, PROBLEMS, unhurried(file, PROBLEMS, Limits()))


def notebook(*cells):
    return json.dumps({"cells": [{"cell_type": "code", "source": each} for each in cells], "nbformat": 4})


def test_our_own_worksheet_has_the_names_of_numpy_as_in_jupyter():
    cells = json.loads(worksheet_files()[WORKSHEET])["cells"]
    sources = ["".join(each["source"]) for each in cells if each["cell_type"] == "code"]
    body = SUM.replace("\n", "\n    ")

    report = report_on(notebook(*sources, f"def J_b3(x, y):\n    {body}"), WORKSHEET)

    assert report.functions["J_b3"].grade is Grade.RIGHT


@pytest.mark.parametrize(
    ("magic", "body"),
    [
        ("%pylab inline", DOT.format("")),
        ("%pylab", f"{START}\n{TO_3}\nreturn J.sum(axis=1, keepdims=True) / max(x.shape, axis=0)"),
        ('%run "readonly/BackpropModule.ipynb"', DOT.format("")),
        ("%pylab --no-import-all", DOT.format("np.")),
        ("%pylab", STREAM),
    ],
)
def test_a_magic_brings_the_names_that_it_brings_in_jupyter(magic, body):
    report = report_on(notebook(magic, text(J_b3=body)), "mine.ipynb")

    assert report.all_right


@pytest.mark.parametrize(
    ("before", "body"),
    [
        ("from pylab import *", DOT.format("")),
        ("from pylab import *", SUM.replace("x.size", "max(x.shape[0], x.size)")),
        ("from matplotlib.pylab import *\nfrom pylab import norm, rand", DOT.format("")),
        ("from pylab import dot, ones, plot, figure", DOT.format("")),
        ("import pylab as pl\npl.figure()", DOT.format("pl.")),
        ("from matplotlib import pylab as pl", f"pl.plot(x[0])\n{DOT.format('pl.')}"),
        ("get_ipython().run_line_magic('pylab', 'inline')", DOT.format("")),
        ("get_ipython().magic('run \"readonly/BackpropModule.ipynb\"')", STREAM),
    ],
)
def test_a_script_takes_them_from_pylab(before, body):
    report = report_on(text(before, J_b3=body), "mine.py")

    assert report.all_right
