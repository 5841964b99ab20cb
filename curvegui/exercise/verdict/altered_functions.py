"""What is different about functions that the exercise gives, where a learner's file has changed them."""

from collections.abc import Sequence

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import mark, tr
from curvegui.exercise.child.given_functions import SLOPE_POINTS, given_answer
from curvegui.exercise.mistakes.multiples import TOLERANCE
from curvegui.exercise.mistakes.problems import passed
from curvegui.exercise.mistakes.recognition import same
from curvegui.exercise.problem import GIVEN, PARAMETERS, Problem
from curvegui.exercise.runner.outcome import Answer, NoNumbers, Outcome, Raised, Unfinished, Value
from curvegui.exercise.verdict.exception_words import told_of
from curvegui.exercise.verdict.shape_words import named
from curvegui.exercise.verdict.words import ENDINGS, NOT_RUN

PASSED = ("a0", "z1", "a1", "z2", "a2", "z3", "a3")
"""What ``network_function`` returns."""
USUAL_SIZE = (0.3, 0.7)
"""Between which the root of the mean square of random numbers / 2 is, whatever chance brings."""


def altered_functions(problems: Sequence[Problem], outcome: Outcome) -> dict[str, str]:
    """What is different about each that was altered, by name; ``problems`` are those that were asked."""
    found = {}
    for name in GIVEN:
        for problem, answer in zip(problems, outcome.given_answers.get(name, []), strict=False):
            words = _difference(name, problem, answer)
            if words:
                found[name] = words
                break
    return found


def _difference(name: str, problem: Problem, answer: Answer) -> str:
    match answer:
        case Raised():
            return told_of(name, answer, problem)
        case Unfinished(ending=ending):
            return "" if ending in NOT_RUN else tr("{text}: {sentence}", text=name, sentence=tr(ENDINGS[ending]))
        case NoNumbers(kind=kind):
            return tr("{name} returns the wrong kind of value: {kind}.", name=name, kind=kind)
        case Value(array=array):
            return _of_numbers(name, problem, array)
    return ""


def _of_numbers(name: str, problem: Problem, found: FloatArray) -> str:
    wanted = given_answer(name, problem)
    if found.size == 1 and wanted.size == 1:
        found = found.reshape(wanted.shape)  # a cost may come as an array of one number
    if found.shape != wanted.shape:
        return tr(
            "{name} returns the shape {shape} instead of {wanted}.",
            name=name,
            shape=named(found.shape, None),
            wanted=named(wanted.shape, None),
        )
    match name:
        case "sigma" | "d_sigma":
            return _of_curve(name, found, wanted)
        case "reset_network":
            return _of_reset(found, wanted)
    if same(found, wanted):
        return ""
    if name == "network_function":
        part = _part(found, wanted, problem)
        different = mark("network_function returns a different {found}.")
        return tr(different, found=part) if part else tr("network_function returns a different array.")
    return tr("cost is {found:.4g} instead of {wanted:.4g} for a test network.", found=found, wanted=wanted)


def _of_curve(name: str, found: FloatArray, wanted: FloatArray) -> str:
    """Where a function of z differs: at the first z of those that are tried, which is 0."""
    off = ~(np.abs(found - wanted) <= TOLERANCE)  # true for nan too
    if not np.any(off):
        return ""
    place = tuple(np.argwhere(off)[0].tolist())
    return tr(
        "{name} at z = {z:g} is {found:.4g} instead of {wanted:.4g}.",
        name=name,
        z=float(SLOPE_POINTS[place]),
        found=float(found[place]),
        wanted=float(wanted[place]),
    )


def _part(found: FloatArray, wanted: FloatArray, problem: Problem) -> str:
    """Which of the seven arrays differs first."""
    known, start = passed(problem), 0
    for each in PASSED:
        stop = start + known[each].shape[0]
        if not same(found[start:stop], wanted[start:stop]):
            return each
        start = stop
    return ""


def _of_reset(found: FloatArray, wanted: FloatArray) -> str:
    """What a reset leaves: shapes, and random numbers of about the right size."""
    for name, row, right in zip(PARAMETERS, found, wanted, strict=True):
        shape, needed = tuple(map(int, row[:2])), tuple(map(int, right[:2]))
        if shape != needed:
            return tr(
                "reset_network gives {name} the shape {shape} instead of {needed}.",
                name=name,
                shape=named(shape, None),
                needed=named(needed, None),
            )
        if row[2] < right[2]:
            return tr("reset_network gives {name} the same numbers every time; they have to be random.", name=name)
        if not USUAL_SIZE[0] < row[3] < USUAL_SIZE[1]:
            return tr(
                "reset_network gives {name} numbers of about {row:.2g}; the exercise has about 0.5.",
                name=name,
                row=row[3],
            )
    return ""
