"""Mistakes are recognised by what they give; and nothing wrong is ever taken for right."""

from functools import cache

import numpy as np
import pytest

from curvegui.core.language.text import speak
from curvegui.exercise import problem as of_problems
from curvegui.exercise.file.learner_file import LearnerFile
from curvegui.exercise.mistakes.factors import chain_of
from curvegui.exercise.mistakes.multiples import MULTIPLES, apart
from curvegui.exercise.mistakes.recognition import recognise, same
from curvegui.exercise.problem import JACOBIANS, problems_for_check
from curvegui.exercise.runner.outcome import Outcome, Value
from curvegui.exercise.verdict.judge import judge
from curvegui.exercise.verdict.verdict import Grade
from curvegui.files.disk.languages import use

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


def test_numbers_have_the_signs_of_the_language():
    use("de")
    try:
        assert apart(0.25, 0.5) == ("0,25", "0,5")
    finally:
        speak(None)
    assert apart(0.25, 0.5) == ("0.25", "0.5")
