"""Why a function is wrong, in the words that help most: the mistake, the exception, the shape, or the worst entry."""

from dataclasses import replace

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.exercise.mistakes.as_written import as_written
from curvegui.exercise.mistakes.multiples import apart
from curvegui.exercise.mistakes.recognition import Recognised, recognise
from curvegui.exercise.mistakes.reference import finite_difference
from curvegui.exercise.problem import Problem
from curvegui.exercise.runner.outcome import NoNumbers, Raised, Value
from curvegui.exercise.verdict.case import Case
from curvegui.exercise.verdict.pointing import code_lines, shows
from curvegui.exercise.verdict.raised import in_words
from curvegui.exercise.verdict.shape_words import ADVICE, NUMBER_ADVICE, SHAPE_WORDS, named
from curvegui.exercise.verdict.verdict import Verdict
from curvegui.exercise.verdict.words import no_numbers

NEAR = 0.02  # of the largest entry: four places after the point are that near; a forgotten factor hardly ever is


def why_wrong(case: Case) -> Verdict:
    """Why the answers are wrong: a known mistake, an exception, no numbers, the shape, or the entry most off."""
    number = next((each for each in case.deciding if not case.is_right(each)), 0)
    answer, problem = case.answer(number), case.problems[number]
    known = recognise(case.name, case.problems, case.arrays())
    if isinstance(answer, Raised):
        return _kept(case, answer, number) or of_exception(case, answer, problem, known)
    if isinstance(answer, NoNumbers):
        return case.wrong(no_numbers(answer, case.name))
    if not isinstance(answer, Value):
        return case.wrong(Recognised("not-reached", f"{case.name} gave no answer."))
    if known is not None and case.definition is not None:
        known = as_written(case.name, "\n".join(code_lines(case.definition.source)), known)
    if answer.array.shape != case.right[number].shape:
        return _of_shape(case, answer.array, number, known)
    return _of_numbers(case, answer.array, number, known)


def of_exception(case: Case, raised: Raised, problem: Problem, known: Recognised | None = None) -> Verdict:
    """What an exception says, with the mistake that was recognised where sizes coincide, if there is one."""
    if raised.line is None and "not callable" in raised.message:  # by the app's own call
        words = f"{case.name} is no function any more once the file has run: its name was given to something else."
        return case.wrong(Recognised("not-callable", words))
    found = in_words(raised, problem, case.definition)
    if found.kind == "shape-mismatch" and known is not None:
        fault = found.sentence.removesuffix(ADVICE)
        verdict = case.wrong(Recognised(known.kind, f"{known.sentence} ({fault})", known.clues))
        clued = case.definition is not None and verdict.line != case.definition.line
        there = raised.line is None or (clued and not shows(case.definition, raised.line, known.clues))
        return verdict if there else replace(verdict, line=raised.line, cell=raised.cell)
    if raised.line is None:
        return case.wrong(found)
    return case.wrong(found, raised.line, raised.cell)


def _kept(case: Case, raised: Raised, number: int) -> Verdict | None:
    """Right at first, and then arrays of another network's sizes meet."""
    if not SHAPE_WORDS.search(raised.message) or not any(
        each < number for each in case.deciding if case.is_right(each)
    ):
        return None
    words = "It was right for one network, and stops with the next: is a size written down as a number, or does it "
    words += "keep anything from the call before?"
    return case.wrong(Recognised("kept-from-before", words), raised.line, raised.cell)


def _of_shape(case: Case, found: FloatArray, number: int, known: Recognised | None) -> Verdict:
    wanted = case.right[number].shape
    problem, parameter = case.problems[number], case.name[2:]
    words = (
        f"The shape is {named(found.shape, problem)}, and should be {named(wanted, problem)}, as {parameter} has it."
    )
    if known is not None:
        return case.wrong(Recognised(known.kind, f"{known.sentence} {words}", known.clues))
    shapes = {each.shape for each in case.arrays() if each is not None}
    if len(case.deciding) > 1 and len(shapes) == 1 and found.ndim == 2:
        more = f" It is the same for every network. {NUMBER_ADVICE}"
        return case.wrong(Recognised("fixed-shape", words + more))
    return case.wrong(Recognised("shape", words))


def _of_numbers(case: Case, found: FloatArray, number: int, known: Recognised | None) -> Verdict:
    right, problem = case.right[number], case.problems[number]
    if not np.all(np.isfinite(found)):
        return case.wrong(Recognised("not-finite", "Some of its numbers are infinite, or none at all (nan)."))
    row, column = (int(each) for each in np.unravel_index(np.argmax(np.abs(found - right)), right.shape))
    expected = finite_difference(problem, case.name, row, column)
    is_now, should_be = apart(float(found[row, column]), expected)
    entry = f"On one network, row {row + 1}, column {column + 1} is {is_now}; it should be {should_be}, "
    entry += "as a finite difference shows."
    known = _unvarying(case) or known or _unknown(case)
    verdict = case.wrong(Recognised(known.kind, f"{known.sentence} {entry}", known.clues))
    return replace(verdict, entry=(row, column), found=float(found[row, column]), expected=expected)


def _unvarying(case: Case) -> Recognised | None:
    """An answer that takes no notice of the question."""
    arrays = [array for array in case.arrays() if array is not None]
    if all(not np.any(array) for array in arrays):
        return Recognised("all-zero", "All of it is zero.")
    if len(arrays) > 1 and all(np.array_equal(array, arrays[0]) for array in arrays):
        return Recognised("hard-coded", "The answer is the same whatever the network: it has to be computed.")
    return None


def _unknown(case: Case) -> Recognised:
    """Wrong numbers of the right shape, and no mistake that is known."""
    numbers = case.deciding
    fitting = sum(map(case.is_right, numbers))
    if fitting:
        words = f"It is right for {fitting} of {len(numbers)} networks only: it must be for networks of any size."
        return Recognised("sometimes-right", words)
    if case.definition is not None and "training_data(" in case.definition.source:
        words = "It asks for training_data() itself: it should use the x and y that it is given."
        return Recognised("own-training-data", words, (r"training_data\(",))
    if all(_is_near(case, each) for each in numbers):
        words = "The numbers are nearly right: is something rounded on the way?"
        return Recognised("nearly-right", words, (r"round|astype|float16",))
    return Recognised("numbers", "The numbers are wrong.")


def _is_near(case: Case, number: int) -> bool:
    answer, right = case.answer(number), case.right[number]
    if not isinstance(answer, Value) or answer.array.shape != right.shape:
        return False
    return bool(np.max(np.abs(answer.array - right)) <= NEAR * np.max(np.abs(right)))
