"""Mistakes are recognised by what they give; and nothing wrong is ever taken for right."""

import itertools
from functools import cache

import numpy as np
import pytest

from curvegui.core.language.text import speak
from curvegui.exercise import problem as of_problems
from curvegui.exercise.file.learner_file import LearnerFile
from curvegui.exercise.mistakes.factors import chain_of, d_sigma
from curvegui.exercise.mistakes.multiples import MULTIPLES, apart
from curvegui.exercise.mistakes.recognition import recognise, same
from curvegui.exercise.problem import JACOBIANS, problems_for_check, random_problems
from curvegui.exercise.runner.outcome import Outcome, Value
from curvegui.exercise.verdict.judge import judge
from curvegui.exercise.verdict.verdict import Grade
from curvegui.files.disk.languages import use
from curvegui.notebook import sigma

passed, right_answers = cache(of_problems.passed), cache(of_problems.right_answers)  # of the same few problems
MISTAKES = [
    (name, at, each) for name in JACOBIANS for at, place in enumerate(chain_of(name)) for each in place.mistakes
]


def made_with(name, mistakes, problem):
    """The Jacobian with mistakes at places of its chain; None where that does not fit."""
    known, j = passed(problem), None
    for at, place in enumerate(chain_of(name)):
        try:
            j = (mistakes[at].move if at in mistakes else place.right)(j, known)
        except ValueError:
            return None
    return np.asarray(j * (2 / problem.x.size))


def answers_with(name, mistakes, problems):
    return [made_with(name, mistakes, problem) for problem in problems]


def grade_of(name, answers, problems):
    file = LearnerFile(None, "", (), ())
    values = [Value(np.zeros(0) if answer is None else answer) for answer in answers]
    return judge(file, problems, Outcome({name: values})).functions[name].grade


@pytest.mark.parametrize("name", JACOBIANS)
def test_without_a_mistake_the_chain_is_the_jacobian(name):
    for problem in problems_for_check(2):
        assert same(made_with(name, {}, problem), right_answers(problem)[name])


@pytest.mark.slow
@pytest.mark.parametrize("name", JACOBIANS)
def test_every_mistake_is_recognised_alone(name):
    problems, other = problems_for_check(3), []
    own = [(at, mistake) for of, at, mistake in MISTAKES if of == name]
    for at, mistake in own:
        answers = answers_with(name, {at: mistake}, problems)
        if all(answer is None for answer in answers):
            continue  # an exception on every network
        if all(a is not None and same(a, right_answers(p)[name]) for a, p in zip(answers, problems, strict=True)):
            other.append(mistake.kind)  # no mistake here
            continue
        found = recognise(name, problems, answers)
        assert found is not None, (name, mistake)
        if found.kind != mistake.kind:
            other.append(mistake.kind)
    assert len(other) < len(own) / 10, other  # what gives the same numbers as another


def test_there_are_many_mistakes_to_recognise():
    assert len(MISTAKES) > 250


@pytest.mark.parametrize("name", JACOBIANS)
def test_multiples_are_recognised(name):
    problems = problems_for_check(5)
    for multiple in MULTIPLES:
        answers = [right_answers(each)[name] * multiple.of(each.x.size) for each in problems]
        assert recognise(name, problems, answers).kind == multiple.kind
    hundred = [right_answers(each)[name] * each.x.size / 100 for each in problems]
    assert recognise(name, problems, hundred).kind == "fixed-size"


@pytest.mark.slow
@pytest.mark.parametrize("name", JACOBIANS)
def test_two_mistakes_are_recognised_together(name):
    problems, places = problems_for_check(6), chain_of(name)
    random = np.random.default_rng(1)
    tried = 0
    while tried < 10:
        first, second = sorted(random.choice(len(places), 2, replace=False).tolist())
        pairs = {at: [each for each in places[at].mistakes if not each.alone] for at in (first, second)}
        made = {at: found[random.integers(len(found))] for at, found in pairs.items()}
        answers = answers_with(name, made, problems)
        if sum(answer is not None for answer in answers) < 4:
            continue
        tried += 1
        found = recognise(name, problems, answers)
        right = [right_answers(each)[name] for each in problems]
        assert found is not None or all(a is not None and same(a, b) for a, b in zip(answers, right, strict=True)), made


@pytest.mark.slow
def test_a_right_answer_is_no_mistake():
    for seed in range(6):
        problems = problems_for_check(seed)
        for name in JACOBIANS:
            right = [right_answers(each)[name] for each in problems]
            assert recognise(name, problems, right) is None
            assert grade_of(name, right, problems) is Grade.RIGHT
            single = [np.float64(each.astype(np.float32)) for each in right]
            assert grade_of(name, single, problems) is Grade.RIGHT


def random_formula(random):
    """A formula that looks like one of the exercise's, of factors that anyone might take."""
    slopes = [lambda k, z: d_sigma(k[z]), lambda k, z: sigma(k[z]), lambda k, z: 1.0, lambda k, z: k[z]]
    factor = float(random.choice([1, 2, 2, 2, 0.5, -2]))
    divide = int(random.integers(4))
    chosen = [random.integers(4) if random.random() < 0.4 else 0 for _ in range(3)]
    links = [random.integers(3) if random.random() < 0.3 else 0 for _ in range(2)]
    end = int(random.integers(4)) if random.random() < 0.4 else 0
    wobble = 1 + (0 if random.random() < 0.8 else 1e-4)

    def formula(name, known):
        last, n = int(name[3]), known["x"].size
        j = factor * (known["a3"] - known["y"] * wobble)
        for layer in range(3, last - 1, -1):
            j = j * slopes[chosen[layer - 1]](known, f"z{layer}")
            if layer > last:
                w = known[f"W{layer}"]
                j = [lambda w, j: w.T @ j, lambda w, j: np.abs(w).T @ j, lambda w, j: (w**2).T @ j][links[layer - 2]](
                    w, j
                )
        a = known[f"a{last - 1}"]
        if name[2] == "W":
            j = [lambda: j @ a.T, lambda: j @ (1 - a).T, lambda: j @ (a * a).T, lambda: np.cumsum(j @ a.T, axis=1)][
                end
            ]()
        else:
            s = j.sum(axis=1, keepdims=True)
            j = [lambda: s, lambda: j.max(axis=1, keepdims=True), lambda: np.median(j, axis=1, keepdims=True) * n,
                 lambda: j[:, :1] * n][end]()  # fmt: skip
        return np.asarray(j / (n, n, n + 1, 1)[divide])

    is_right = (factor, divide < 2, not any(chosen), not any(links), end, wobble) == (2, True, True, True, 0, 1)
    return formula, (factor, divide, chosen, links, end, wobble), is_right


@pytest.mark.slow
def test_hundreds_of_wrong_formulas_are_never_called_right():
    random, wrong, right_ones = np.random.default_rng(20), 0, 0
    for number, name in zip(range(120), itertools.cycle((*JACOBIANS, JACOBIANS[0]))):
        problems = random_problems(number)
        formula, choices, _ = random_formula(random)
        answers = [formula(name, passed(each)) for each in problems]
        truth = [right_answers(each)[name] for each in problems]
        off = max(np.max(np.abs(a - b)) / np.max(np.abs(b)) for a, b in zip(answers, truth, strict=True))
        file = LearnerFile(None, "", (), ())
        right = all(same(a, b) for a, b in zip(answers, truth, strict=True))
        assert right == (off < 1e-9), (name, choices, off)  # nothing is nearly right
        if right:
            right_ones += 1
            continue
        wrong += 1
        if number % 6:
            continue  # looking for the reason takes its time
        verdict = judge(file, problems, Outcome({name: [Value(each) for each in answers]})).functions[name]
        assert verdict.grade is Grade.WRONG, (name, choices)
        assert verdict.reason
    assert wrong >= 90
    assert right_ones > 1  # it can tell both


def test_numbers_have_the_signs_of_the_language():
    use("de")
    try:
        assert apart(0.25, 0.5) == ("0,25", "0,5")
    finally:
        speak(None)
    assert apart(0.25, 0.5) == ("0.25", "0.5")
