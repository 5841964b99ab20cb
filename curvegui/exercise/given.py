"""The functions that the exercise gives, where a learner's file has changed them: what is different about them."""

from collections.abc import Sequence

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.exercise.mistake import d_sigma, sigma
from curvegui.exercise.outcome import Answer, NoNumbers, Outcome, Raised, Unfinished, Value
from curvegui.exercise.problem import GIVEN, Problem
from curvegui.exercise.recognition import same
from curvegui.exercise.reference import network_of, passed
from curvegui.exercise.words import ENDINGS, dimensions

SLOPE_POINTS = np.array([[0.0, 1.0, -1.0, 2.5, -2.5, 5.0]])
"""The z at which ``sigma`` and ``d_sigma`` are tried, shape (1, 6)."""
PASSED = ("a0", "z1", "a1", "z2", "a2", "z3", "a3")
"""What ``network_function`` returns."""


def arguments_of(name: str, problem: Problem) -> tuple[FloatArray, ...]:
    """What one of these functions is called with."""
    match name:
        case "sigma" | "d_sigma":
            return (SLOPE_POINTS,)
        case "network_function":
            return (problem.x,)
        case "cost":
            return (problem.x, problem.y)
    return ()


def altered_functions(problems: Sequence[Problem], outcome: Outcome) -> dict[str, str]:
    """What is different about each that was altered, by name."""
    found = {}
    for name in GIVEN:
        for problem, answer in zip(problems, outcome.given_answers.get(name, []), strict=False):
            words = _difference(name, problem, answer)
            if words:
                found[name] = words
                break
    return found


def right_given(name: str, problem: Problem) -> FloatArray:
    """What one of these functions should answer, as one array."""
    match name:
        case "sigma":
            return sigma(SLOPE_POINTS)
        case "d_sigma":
            return d_sigma(SLOPE_POINTS)
        case "network_function":
            known = passed(problem)
            return np.vstack([known[each] for each in PASSED])
    return np.asarray(network_of(problem).cost(problem.x, problem.y))


def _difference(name: str, problem: Problem, answer: Answer) -> str:
    match answer:
        case Raised(kind=kind, message=message):
            return f"{name} stops with {kind}{': ' + message if message else ''}."
        case Unfinished(ending=ending):
            return f"{name}: {ENDINGS[ending]}"
        case NoNumbers(kind=kind):
            return "" if name == "reset_network" else f"{name} returns something of the type {kind}."
        case Value(array=array):
            return "" if name == "reset_network" else _of_numbers(name, problem, array)
    return ""


def _of_numbers(name: str, problem: Problem, found: FloatArray) -> str:
    wanted = right_given(name, problem)
    if found.size == 1 and wanted.size == 1:
        found = found.reshape(wanted.shape)  # a cost may come as an array of one number
    if same(found, wanted):
        return ""
    if found.shape != wanted.shape:
        return f"{name} answers with the shape {dimensions(found.shape)} instead of {dimensions(wanted.shape)}."
    place = np.unravel_index(np.argmax(np.abs(found - wanted)), wanted.shape)
    if name in ("sigma", "d_sigma"):
        far = [at for at in range(wanted.size) if not same(found[:, at], wanted[:, at])]
        at = far[0]
        return f"{name} differs at z = {SLOPE_POINTS[0, at]:g}: {found[0, at]:.4g} instead of {wanted[0, at]:.4g}."
    if name == "network_function":
        return f"network_function differs in {_part(int(place[0]), problem)}."
    return f"{name} differs: {float(found[place]):.4g} instead of {float(wanted[place]):.4g} on one network."


def _part(row: int, problem: Problem) -> str:
    """Which of the seven arrays a row belongs to."""
    known = passed(problem)
    for each in PASSED:
        row -= known[each].shape[0]
        if row < 0:
            return each
    return "its last part"
