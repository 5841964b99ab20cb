"""Learners' mistakes of every kind: each is named, at its own line; and what is right is called so, however written."""

import json
from pathlib import Path

import pytest

from curvegui.exercise.file.learner_file import learner_file
from curvegui.exercise.problem import problems_for_check
from curvegui.exercise.runner.outcome import Ending, Outcome, Unfinished, Value
from curvegui.exercise.verdict.judge import judge
from curvegui.exercise.verdict.verdict import Grade
from tests.exercise.double import file_of, run_here
from tests.exercise.learner import BIAS, BODIES, START, text

PROBLEMS = problems_for_check(seed=3)
ONES = "J @ np.ones((x.size, 1))"
LOOP = f"""{START}
total = np.zeros((2, 1))
for i in range(x.size):
    total += 2 * (a3[:, [i]] - y[:, [i]]) * d_sigma(z3[:, [i]])
return total / x.size"""
OTHER_NAMES = """h0, s1, h1, s2, h2, s3, out = network_function(inp)
g = np.dot(W3.T, d_sigma(s3) * 2 * (out - y))
g = np.multiply(g, d_sigma(s2))
return np.dot(g, h1.T) / inp.size""".replace("inp", "x")
SUM = "np.sum(J, axis=1, keepdims=True) / x.size"
MISTAKES = (
    ("J_W3", "d_sigma(z3)", "d_sigma(a3)", "d_sigma-of-a"),
    ("J_W2", "d_sigma(z2)", "sigma(z2)", "sigma-for-d_sigma"),
    ("J_b1", " * d_sigma(z2)", "", "missing-d_sigma"),
    ("J_b2", "d_sigma(z2)", "d_sigma(z3)", "d_sigma-of-wrong-z"),
    ("J_W1", "d_sigma(z1)", "a1 * (1 + a1)", "slope-formula"),
    ("J_b3", "* d_sigma(z3)", "+ d_sigma(z3)", "plus-for-times"),
    ("J_W1", "* d_sigma(z2)", "@ d_sigma(z2)", "at-for-star"),
    ("J_W3", "J @ a2.T", "J * a2.T", "shape-mismatch"),
    ("J_W3", "@ a2.T", "@ a3.T", "wrong-a"),
    ("J_W2", "@ a1.T", "@ a1", "missing-transpose"),
    ("J_b2", "(J.T @ W3).T", "J.T @ W3", "missing-transpose"),
    ("J_W1", "@ W2", "@ W3", "wrong-W"),
    ("J_W3", "(a3 - y)", "(y - a3)", "sign"),
    ("J_b3", "(a3 - y)", "(a3 + y)", "plus-y"),
    ("J_b3", "(a3 - y)", "(a3 - x)", "x-for-y"),
    ("J_b3", "d_sigma(z3)", "z3 * (1 - z3)", "slope-of-z"),
    ("J_b2", "(J.T @ W3)", "-(J.T @ W3)", "sign"),
    ("J_b1", "d_sigma(z1)", "a1 * (a1 - 1)", "sign"),
    ("J_W2", "2 * (a3 - y)", "2 * np.mean(a3 - y, axis=1, keepdims=True)", "averaged-early"),
    ("J_b2", "J = (J.T @ W3).T", "J = W3.T @ J_b3(x, y)", "averaged-early"),
    ("J_W2", "x.size", "y.size", "y-size"),
    ("J_b3", "x.size", "(2 * x.size)", "twice-size"),
    ("J_W3", "x.size", "(x.size - 1)", "wrong-size"),
    ("J_W2", "x.size", "a1.size", "wrong-size"),
    ("J_b1", "x.size", "len(y)", "len-for-size"),
    ("J_b2", "x.size", "100", "fixed-size"),
    ("J_b3", SUM, "np.max(J, axis=1, keepdims=True)", "maximum"),
    ("J_b2", SUM, "np.linalg.norm(J, axis=1, keepdims=True)", "norm"),
    ("J_b1", SUM, "np.abs(J).mean(axis=1, keepdims=True)", "absolute-sum"),
    ("J_b3", SUM, "J[:, :1]", "single-point"),
    ("J_W3", "J @ a2.T", "J[:, 1:] @ a2[:, 1:].T", "misses-a-point"),
    ("J_b1", SUM, "np.sum(J[:, :9], axis=1, keepdims=True) / x.size", "few-points"),
    ("J_b3", "axis=1", "axis=0", "wrong-axis"),
    ("J_W2", "J = (J", "J == (J", "equals-for-assignment"),
    ("J_b2", "J = (J", "(J", "result-unused"),
    ("J_W1", "a0, z1, a1, z2, a2, z3, a3", "a0, a1, z1, a2, z2, a3, z3", "wrong-order"),
    ("J_b1", "network_function(x)", "network_function(y)", "network-of-y"),
)
"""A Jacobian, what is changed in it, into what, and the name that it gets."""
IN_LOOPS = (
    ("+=", "=", "overwritten-in-loop"),
    ("return", "    return", "return-in-loop"),
    ("x.size):", "1, x.size):", "misses-a-point"),
    ("+=", "-=", "sign"),
)
IN_OTHER_NAMES = (
    ("(out - y)", "(y - out)", "sign"),
    ("d_sigma(s3)", "d_sigma(out)", "d_sigma-of-a"),
    ("h1.T", "h2.T", "wrong-a"),
    ("h0, s1, h1", "h0, h1, s1", "wrong-order"),
)
CHANGES = {
    "J_W3": (f"{START}\ny -= a3\nreturn -2 * y * d_sigma(z3) @ a2.T / x.size", "y -= a3"),
    "J_W2": (f"global W3\n{START}\n{BODIES['J_W2'][1]}\nW3 = W3.T\nJ = W3 @ J * d_sigma(z2)\n{BODIES['J_W2'][-1]}",
             "W3 = W3.T"),
    "J_b3": ("x += 0.1\n" + "\n".join(BODIES["J_b3"]), "x += 0.1"),
    "J_W1": ("\n".join(BODIES["J_W1"]).replace("return", "W2[:] = 0\nreturn"), "W2[:] = 0"),
}  # fmt: skip
RIGHT = {
    "J_W3": f"y = y.copy()\n{START}\ny -= a3\nreturn -2 * y * d_sigma(z3) @ a2.T / x.size",
    "J_W2": OTHER_NAMES,
    "J_b2": "W3[:] = W3\n" + "\n".join(BODIES["J_b2"]).replace(SUM, f"{ONES} / x.size"),
    "J_b3": LOOP,
}


def verdict_on(name, before="", **bodies):
    file = file_of(text(before=before, **bodies))
    verdict = judge(file, PROBLEMS, run_here(file, PROBLEMS)).functions[name]
    return verdict, file.text_of(verdict.line, None) if verdict.line else ""


@pytest.mark.parametrize(("name", "old", "new", "kind"), MISTAKES)
def test_a_mistake_is_named_at_its_line(name, old, new, kind):
    lines = [line.replace(old, new) for line in BODIES[name]]
    verdict, line = verdict_on(name, **{name: "\n".join(lines)})
    wrong = [after for before, after in zip(BODIES[name], lines, strict=True) if before != after]
    assert (verdict.grade, verdict.kind) == (Grade.WRONG, kind), verdict
    assert line in wrong, verdict


@pytest.mark.parametrize(("old", "new", "kind"), IN_LOOPS)
def test_a_mistake_in_a_loop_is_named_at_its_line(old, new, kind):
    body = LOOP.replace(old, new) if kind != "misses-a-point" else LOOP.replace("range(", "range(1, ")
    verdict, line = verdict_on("J_b3", J_b3=body)
    assert verdict.kind == kind, verdict
    assert line not in LOOP or kind == "return-in-loop"


@pytest.mark.parametrize(("old", "new", "kind"), IN_OTHER_NAMES)
def test_a_mistake_is_named_whatever_the_arrays_are_called(old, new, kind):
    verdict, line = verdict_on("J_W2", J_W2=OTHER_NAMES.replace(old, new))
    assert verdict.kind == kind, verdict
    assert new in line


def test_what_changes_its_arguments_or_the_weights_is_not_praised():
    report = {name: verdict_on(name, **{name: body}) for name, (body, _) in CHANGES.items()}
    assert {name: (verdict.kind, line) for name, (verdict, line) in report.items()} == {
        name: ("changes-arguments", line) for name, (_, line) in CHANGES.items()
    }
    said = {name: verdict.reason for name, (verdict, _) in report.items()}
    assert "W3" in said["J_W2"]
    assert "next iteration" in said["J_W3"]
    assert ["numbers are right" in said[name] for name in CHANGES] == [True, True, False, True]


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_right_is_called_so(name):
    assert verdict_on(name, **{name: RIGHT[name]})[0].grade is Grade.RIGHT


def test_arguments_that_are_exchanged_or_come_from_outside_are_named():
    source = text("x, y = training_data()\na0, z1, a1, z2, a2, z3, a3 = network_function(x)\nreset_network()")
    source = source.replace("def J_b3(x, y)", "def J_b3(y, x)").replace("def J_W3(x, y)", "def J_W3(x, target)")
    source = source.replace(f"def J_b2(x, y):\n    {START}\n", "def J_b2(x, y):\n")
    file = file_of("import numpy as np\n" + source)
    found = judge(file, PROBLEMS, run_here(file, PROBLEMS)).functions
    kinds = {name: found[name].kind for name in ("J_b3", "J_W3", "J_b2", "J_W2")}
    assert kinds == {"J_b3": "exchanged-arguments", "J_W3": "from-outside", "J_b2": "from-outside", "J_W2": ""}
    assert "y is not made" in found["J_W3"].reason


def test_what_does_no_harm_is_not_blamed():
    body = "\n".join(BODIES["J_b3"]).replace("a0, z1, a1", "a0, a1, z1").replace("(a3 - y)", "(y - a3)")
    training = "x, y = training_data()\nW3 = W3 - 0 * J_W3(x, y)"
    file = file_of(f"{text(J_b3=body, J_W3=chr(10).join(BODIES['J_W3']).replace('2 *', '3 *'))}\n{training}")
    found = judge(file, PROBLEMS, run_here(file, PROBLEMS)).functions
    assert {name: found[name].kind for name in ("J_b3", "J_W3", "J_W2")} == {
        "J_b3": "sign", "J_W3": "constant-factor", "J_W2": "",
    }  # fmt: skip


def test_a_return_that_is_not_indented_gets_one_sentence():
    source = text(J_W3="\n".join(BODIES["J_W3"][:-1])).replace("def J_b3", "return J\ndef J_b3")
    file = file_of(source)
    report = judge(file, PROBLEMS, run_here(file, PROBLEMS))
    verdict = report.functions["J_W3"]
    assert (verdict.kind, source.splitlines()[verdict.line - 1]) == ("return-outside", "return J")
    assert report.remarks == ()


@pytest.mark.parametrize(
    ("after", "words"),
    [("J[:, 0] *= 2", "column 1"), ("J[1] = 0", "row 2"), ("J[0] *= -1", "wrong sign"), ("J += 1", "the numbers")],
)
def test_where_no_cause_is_known_it_says_what_differs(after, words):
    body = "\n".join(BODIES["J_W2"]).replace("return J @ a1.T / x.size", f"J = J @ a1.T / x.size\n{after}\nreturn J")
    verdict, _ = verdict_on("J_W2", J_W2=body)
    assert verdict.kind == "numbers"
    assert words in verdict.reason


def test_a_slow_function_is_judged_by_what_it_answered_and_is_no_endless_loop():
    file = file_of(text(J_b3="import time\ntime.sleep(0.2)\n" + BIAS))
    right = run_here(file_of(text()), PROBLEMS).answers["J_b3"]
    late = Unfinished(Ending.TIMED_OUT)
    for answers, kind in (([*right[:3], late], ""), ([*right[:1], late], "too-slow"), ([late], "too-slow")):
        verdict = judge(file, PROBLEMS, Outcome({"J_b3": answers})).functions["J_b3"]
        assert verdict.kind == kind
        assert "endless" not in verdict.reason


def test_a_cell_is_called_by_the_function_in_it():
    cells = [{"cell_type": "markdown"}, {"cell_type": "code", "source": "def J_b3(x, y):\n    return x"}]
    file = learner_file(Path("mine.ipynb"), json.dumps({"nbformat": 4, "cells": cells}).encode())
    verdict = judge(file, PROBLEMS, Outcome({"J_b3": [Value(PROBLEMS[0].x)]})).functions["J_b3"]
    assert verdict.location == "in the cell of J_b3, its line 1"
