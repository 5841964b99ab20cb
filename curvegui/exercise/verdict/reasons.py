"""Why a function is wrong, in the most helpful words: the mistake, the exception, the shape, or the worst entry."""

import re
from dataclasses import replace

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import listed, mark, tr, tr_n
from curvegui.exercise.mistakes.multiples import TOLERANCE, apart
from curvegui.exercise.mistakes.problems import finite_difference
from curvegui.exercise.mistakes.recognition import Recognised, recognise, same
from curvegui.exercise.mistakes.wording import reworded
from curvegui.exercise.problem import Problem
from curvegui.exercise.runner.outcome import NoNumbers, Raised, Value
from curvegui.exercise.verdict.checked_function import TELLS_NOTHING, CheckedFunction, ideas, shows
from curvegui.exercise.verdict.exception_words import in_words
from curvegui.exercise.verdict.shape_words import NUMBER_ADVICE, SHAPE_WORDS, named
from curvegui.exercise.verdict.verdict import Verdict
from curvegui.exercise.verdict.words import no_numbers

ROUNDS = r"round|astype|float16"
NEAR = 0.02  # of the largest entry: four places after the point are that near; a forgotten factor hardly ever is


def why_wrong(function: CheckedFunction) -> Verdict:
    """Why the answers are wrong: a known mistake, an exception, no numbers, the shape, or the worst entry."""
    number = next((each for each in function.deciding if not function.is_right(each)), 0)
    answer, problem = function.answer(number), function.problems[number]
    source = "\n".join(line for line in function.code.split("\n") if not TELLS_NOTHING.search(line))
    known = recognise(function.name, function.problems, function.arrays(), source)
    if isinstance(answer, Raised):
        return _kept(function, answer, number) or of_exception(function, answer, problem, known)
    if isinstance(answer, NoNumbers):
        return function.wrong(no_numbers(answer, function.name))
    if not isinstance(answer, Value):
        return function.wrong(Recognised("not-reached", tr("{name} returned nothing.", name=function.name)))
    if known is not None and function.definition is not None:
        known = reworded(function.name, function.code, known)
    if answer.array.shape != function.right[number].shape:
        return _of_shape(function, answer.array, number, known)
    return _of_numbers(function, answer.array, number, known)


def of_exception(
    function: CheckedFunction, raised: Raised, problem: Problem, known: Recognised | None = None
) -> Verdict:
    """What an exception means, and the mistake that was recognised where sizes coincide, if there is one."""
    if raised.line is None and "not callable" in raised.message:  # by the app's own call
        words = tr(
            "{name} is not a function any more: later in the file, its name is given to something else.",
            name=function.name,
        )
        return function.wrong(Recognised("not-callable", words))
    found = in_words(raised, problem, function.definition)
    if found.kind == "shape-mismatch" and known is not None:
        verdict = function.wrong(known, evidence=found.sentence)
        clued = function.definition is not None and verdict.line != function.definition.line
        there = raised.line is None or (clued and not shows(function.definition, raised.line, known.clues))
        return verdict if there else replace(verdict, line=raised.line, cell=raised.cell)
    if raised.line is None:
        return function.wrong(found)
    return function.wrong(found, raised.line, raised.cell)


def _kept(function: CheckedFunction, raised: Raised, number: int) -> Verdict | None:
    """Right at first, then an exception because arrays of another network's sizes are still there."""
    if not SHAPE_WORDS.search(raised.message) or not any(
        each < number for each in function.deciding if function.is_right(each)
    ):
        return None
    words = tr("It is right for one network and stops at the next: something of the first network is still in it.")
    hints = (tr(NUMBER_ADVICE), tr("Compute everything anew in each call: keep nothing from an earlier one."))
    return function.wrong(Recognised("kept-from-before", words, hints=hints), raised.line, raised.cell)


def _of_shape(function: CheckedFunction, found: FloatArray, number: int, known: Recognised | None) -> Verdict:
    wanted = function.right[number].shape
    problem, parameter = function.problems[number], function.name[2:]
    words = tr(
        "The result has the shape {shape}; {parameter} has {wanted}.",
        shape=named(found.shape, problem),
        parameter=parameter,
        wanted=named(wanted, problem),
    )
    if known is not None:
        return function.wrong(known, evidence=words)
    if found.shape == wanted[:1]:
        return _of_no_column(function, words)
    shapes = {each.shape for each in function.arrays() if each is not None}
    if len(function.deciding) > 1 and len(shapes) == 1 and found.ndim == 2:
        more = f" {tr('The shape is the same for every network.')}"
        return function.wrong(Recognised("fixed-shape", words + more, hints=(tr(NUMBER_ADVICE),)))
    return function.wrong(Recognised("shape", words, hints=ideas(function.name)))


def _of_no_column(function: CheckedFunction, words: str) -> Verdict:
    """As many numbers as there should be, with one axis instead of a column."""
    arrays = ((each.ravel(), function.right[number].ravel()) for number, each in enumerate(function.arrays())
              if each is not None)  # fmt: skip
    is_right = all(found.shape == right.shape and same(found, right) for found, right in arrays)
    numbers = tr("The numbers are right, but a column is missing.") if is_right else tr("A column is missing.")
    hints = () if is_right else ideas(function.name)
    column = tr("Write .reshape(-1, 1) behind the result, or keepdims=True in the sum.")
    return function.wrong(Recognised("no-column", f"{numbers} {words}", (r"\breturn\b",), (column, *hints)))


def _of_numbers(function: CheckedFunction, found: FloatArray, number: int, known: Recognised | None) -> Verdict:
    right, problem = function.right[number], function.problems[number]
    if not np.all(np.isfinite(found)):
        return function.wrong(Recognised("not-finite", tr("Some entries are infinite or not a number (nan).")))
    row, column = (int(each) for each in np.unravel_index(np.argmax(np.abs(found - right)), right.shape))
    expected = finite_difference(problem, function.name, row, column)
    is_now, should_be = apart(float(found[row, column]), expected)
    entry = tr(
        "For a test network, the entry in row {row}, column {column} is {found}; a finite difference gives {right}.",
        row=row + 1,
        column=column + 1,
        found=is_now,
        right=should_be,
    )
    verdict = function.wrong(_unvarying(function) or known or _unknown(function), evidence=entry)
    return replace(verdict, entry=(row, column), found=float(found[row, column]), expected=expected)


def _unvarying(function: CheckedFunction) -> Recognised | None:
    """The same answer to every question."""
    arrays = [array for array in function.arrays() if array is not None]
    if all(not np.any(array) for array in arrays):
        return Recognised("all-zero", tr("Every entry is zero."))
    if len(arrays) > 1 and all(np.array_equal(array, arrays[0]) for array in arrays):
        return Recognised(
            "hard-coded", tr("The result is the same for every network. It has to depend on the weights.")
        )
    return None


def _unknown(function: CheckedFunction) -> Recognised:
    """Wrong numbers of the right shape, and no known mistake."""
    numbers = function.deciding
    fitting = sum(map(function.is_right, numbers))
    if fitting:
        words = tr(
            "It is right for only {fitting} of {numbers} networks. It has to be right for all sizes.",
            fitting=fitting,
            numbers=len(numbers),
        )
        return Recognised("sometimes-right", words)
    if function.definition is not None and "training_data(" in function.definition.source:
        words = tr("It calls training_data() itself instead of using the x and y that it is given.")
        return Recognised("own-training-data", words, (r"training_data\(",))
    if all(_is_near(function, each) for each in numbers):
        is_rounded = re.search(ROUNDS, function.code)
        more = tr("Is something rounded on the way?") if is_rounded else tr("None is exact.")
        return Recognised("nearly-right", tr("The numbers are nearly right. {more}", more=more), (ROUNDS,))
    return Recognised(
        "numbers",
        tr("The shape is right, but {function}.", function=_what_differs(function)),
        hints=ideas(function.name),
    )


def _what_differs(function: CheckedFunction) -> str:
    """Which numbers are wrong, where it is not known why: signs, a row, a column, or all of them."""
    everything = tr("the numbers are wrong")
    answers = ((function.answer(each), function.right[each]) for each in function.deciding)
    pairs = [(found.array, right) for found, right in answers if isinstance(found, Value)]
    if any(found.shape != right.shape for found, right in pairs):
        return everything
    if all(same(np.abs(found), np.abs(right)) for found, right in pairs):
        return tr("some entries have the wrong sign")
    off = [np.abs(found - right) > TOLERANCE * np.max(np.abs(right)) for found, right in pairs]
    in_row = mark("the numbers in row {place} are wrong. The others are right")
    in_column = mark("the numbers in column {place} are wrong. The others are right")
    for axis, words in ((1, in_row), (0, in_column)):
        places = {tuple(np.flatnonzero(each.any(axis=axis)).tolist()) for each in off}
        place = places.pop()
        if not places and len(place) == 1 and min(each.shape[1 - axis] for each in off) > 1:
            return tr(words, place=place[0] + 1)
    return everything


def _is_near(function: CheckedFunction, number: int) -> bool:
    answer, right = function.answer(number), function.right[number]
    if not isinstance(answer, Value) or answer.array.shape != right.shape:
        return False
    return bool(np.max(np.abs(answer.array - right)) <= NEAR * np.max(np.abs(right)))


def changing(function: CheckedFunction, is_right: bool) -> Verdict:
    """The verdict on a function that changes x, y or a parameter, at that line; ``is_right`` is about its numbers.

    Such numbers may be right, but the next iteration is ruined.
    """
    changed = function.changes
    words = tr_n(
        "It changes {names}, which is not its own: the next iteration is ruined. Work with a copy, under another name.",
        "It changes {names}, which are not its own: the next iteration is ruined. Work with a copy, under "
        "another name.",
        len(changed),
        names=listed(changed),
    )
    words = f"{tr('The numbers are right.')} {words}" if is_right else words
    clues = tuple(clue for name in changed for clue in _writes(name))
    hint = tr("For example: {code}", code=f"my_{changed[0]} = {changed[0]}.copy()")
    return function.wrong(Recognised("changes-arguments", words, clues, (hint,)))


def _writes(name: str) -> tuple[str, ...]:
    """Clues to a line that changes an array; a0 is x itself."""
    names = "(?:x|a0)" if name == "x" else name
    assigned = rf"(?<![\w.]){names}\s*(?:\[.*\]\s*)?(?:[-+*/@]|\*\*|//)?=(?!=)"
    return assigned, rf"\bout\s*=\s*{names}\b", r"\breset_network\s*\("
