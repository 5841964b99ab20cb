"""Why a function is wrong, in the words that help most: the mistake, the exception, the shape, or the worst entry."""

import re
from dataclasses import replace

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.exercise.case import Case
from curvegui.exercise.multiples import SIGN_WORDS, SIGNS
from curvegui.exercise.outcome import NoNumbers, Raised, Value
from curvegui.exercise.pointing import code_lines, shows
from curvegui.exercise.problem import Problem
from curvegui.exercise.raised import in_words
from curvegui.exercise.recognition import Recognised, recognise
from curvegui.exercise.reference import finite_difference
from curvegui.exercise.shape_words import ADVICE, NUMBER_ADVICE, SHAPE_WORDS, named
from curvegui.exercise.verdict import Verdict
from curvegui.exercise.words import no_numbers


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
    if known is not None:
        known = _as_written(case, known)
    if answer.array.shape != case.right[number].shape:
        return _of_shape(case, answer.array, number, known)
    return _of_numbers(case, answer.array, number, known)


def _as_written(case: Case, known: Recognised) -> Recognised:
    """The same mistake in other words, where the source says how it was made."""
    source = "\n".join(code_lines(case.definition.source)) if case.definition else ""
    if known.kind == "missing-size" and "len(x)" in source.replace(" ", ""):
        words = "len(x) is 1, the number of rows: divide by x.size, the number of points."
        return Recognised("len-for-size", words, (r"len\(\s*x\s*\)",))
    if known.kind == "missing-2" and "y.size" in source:
        return Recognised("y-size", "y.size is twice the number of points: divide by x.size.", (r"y\.size",))
    if known.kind == "missing-size" and case.name[2] == "W" and "mean(" in source:
        words = "np.mean is no mean over the points here: @ has summed over them already. Divide by x.size."
        return Recognised("mean-of-weights", words, (r"mean\(",))
    if known.kind == "size-twice" and "mean(" in source:
        return replace(known, sentence="np.mean divides by the number of points already: leave / x.size out.")
    if SIGN_WORDS in known.sentence:
        return replace(known, sentence=known.sentence.replace(SIGN_WORDS, _sign_words(source)))
    return known


def _sign_words(source: str) -> str:
    """How the sign came to be wrong."""
    if re.search(SIGNS[0], source):
        return "The sign is wrong: (a3 - y) belongs there, not (y - a3)."
    if re.search(SIGNS[1], source):
        return "The sign is wrong: 2 * (a3 - y) belongs there, without a minus before it."
    return (
        "There is a minus too many: dC/da3 is 2 * (a3 - y)." if re.search("|".join(SIGNS[2:]), source) else SIGN_WORDS
    )


def of_exception(case: Case, raised: Raised, problem: Problem, known: Recognised | None = None) -> Verdict:
    """What an exception says, with the mistake that was recognised where sizes coincide, if there is one."""
    words = in_words(raised, problem, case.definition)
    if words.kind == "shape-mismatch" and known is not None:
        fault = words.sentence.removesuffix(ADVICE)
        verdict = case.wrong(Recognised(known.kind, f"{known.sentence} ({fault})", known.clues))
        clued = case.definition is not None and verdict.line != case.definition.line
        there = raised.line is None or (clued and not shows(case.definition, raised.line, known.clues))
        return verdict if there else replace(verdict, line=raised.line, cell=raised.cell)
    if raised.line is None:
        return case.wrong(words)
    return case.wrong(words, raised.line, raised.cell)


def _kept(case: Case, raised: Raised, number: int) -> Verdict | None:
    """Right at first, and then arrays of another network's sizes meet."""
    if not SHAPE_WORDS.search(raised.message) or not any(
        each < number for each in case.deciding if case.is_right(each)
    ):
        return None
    words = "It was right for one network, and stops with the next: does it keep anything from the call before?"
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
    words = f"On one network, row {row + 1}, column {column + 1} is {found[row, column] + 0.0:.4g}"
    entry = f"{words}; it should be {expected:.4g}, as a finite difference shows."
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
    return Recognised("numbers", "The numbers are wrong.")
