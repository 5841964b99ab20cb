"""The verdict on a learner's six Jacobians: right, wrong and why, or not written yet."""

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from threading import Event

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import listed, mark, tr, tr_n
from curvegui.exercise.child.given_functions import SLOPE_POINTS, given_answer
from curvegui.exercise.file.learner_file import Definition, LearnerFile
from curvegui.exercise.file.parsing import cannot_read
from curvegui.exercise.file.unwritten import blank_lines, is_unwritten
from curvegui.exercise.mistakes.multiples import TOLERANCE, apart
from curvegui.exercise.mistakes.recognition import Recognised, recognise, reworded, same
from curvegui.exercise.mistakes.written import data_outside
from curvegui.exercise.problem import (
    ARRAYS,
    GIVEN,
    PARAMETERS,
    Problem,
    finite_difference,
    passed,
    problems_for_check,
    right_answers,
)  # fmt: skip
from curvegui.exercise.runner.outcome import Answer, Ending, NoNumbers, Outcome, Raised, Unfinished, Value
from curvegui.exercise.runner.runner import run_learner
from curvegui.exercise.verdict.exception_words import (
    NOT_RUN,
    PRINTED_FUNCTION,
    PRINTED_FUNCTION_WORDS,
    in_words,
    no_numbers,
    remarks,
    told_of,
)  # fmt: skip
from curvegui.exercise.verdict.shape_words import NUMBER_ADVICE, SHAPE_WORDS, named
from curvegui.exercise.verdict.verdict import TELLS_NOTHING, CheckedFunction, Grade, Report, Verdict, ideas, shows

ROUNDS = r"round|astype|float16"
NEAR = 0.02  # of the largest entry: four places after the point are that near; a forgotten factor hardly ever is


def why_wrong(function: CheckedFunction) -> Verdict:
    """Why the answers are wrong: a known mistake, an exception, no numbers, the shape, or the worst entry."""
    number = next((each for each in function.deciding if not function.is_right(each)), 0)
    answer, problem = function.answer(number), function.problems[number]
    source = "\n".join(line for line in function.code.split("\n") if not TELLS_NOTHING.search(line))
    known = recognise(function.name, function.problems, function.arrays(), source)
    if isinstance(answer, Raised):
        is_shape = bool(SHAPE_WORDS.search(answer.message))
        if is_shape and any(each < number for each in function.deciding if function.is_right(each)):
            words = tr(
                "It is right for one network and stops at the next: something of the first network is still in it."
            )
            hints = (tr(NUMBER_ADVICE), tr("Compute everything anew in each call: keep nothing from an earlier one."))
            return function.wrong(Recognised("kept-from-before", words, hints=hints), answer.line, answer.cell)
        return of_exception(function, answer, problem, known)
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
    """The verdict on an exception, with the mistake that was recognised where sizes coincide, if there is one."""
    if raised.line is None and "not callable" in raised.message:  # by the app's own call
        words = mark("{name} is not a function any more: later in the file, its name is given to something else.")
        return function.wrong(Recognised("not-callable", tr(words, name=function.name)))
    found = in_words(raised, problem, function.definition)
    if found.kind == "shape-mismatch" and known is not None:
        verdict = function.wrong(known, evidence=found.sentence)
        clued = function.definition is not None and verdict.line != function.definition.line
        there = raised.line is None or (clued and not shows(function.definition, raised.line, known.clues))
        return verdict if there else replace(verdict, line=raised.line, cell=raised.cell)
    if raised.line is None:
        return function.wrong(found)
    return function.wrong(found, raised.line, raised.cell)


def _of_shape(function: CheckedFunction, found: FloatArray, number: int, known: Recognised | None) -> Verdict:
    wanted = function.right[number].shape
    problem, parameter = function.problems[number], function.name[2:]
    words = mark("The result has the shape {shape}; {parameter} has {wanted}.")
    words = tr(words, shape=named(found.shape, problem), parameter=parameter, wanted=named(wanted, problem))
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
    """The verdict on an answer with one axis, as long as the column that it should be."""
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
    entry = mark(
        "For a test network, the entry in row {row}, column {column} is {found}; a finite difference gives {right}."
    )
    entry = tr(entry, row=row + 1, column=column + 1, found=is_now, right=should_be)
    arrays = [array for array in function.arrays() if array is not None]
    if all(not np.any(array) for array in arrays):
        known = Recognised("all-zero", tr("Every entry is zero."))
    elif len(arrays) > 1 and all(np.array_equal(array, arrays[0]) for array in arrays):
        words = tr("The result is the same for every network. It has to depend on the weights.")
        known = Recognised("hard-coded", words)
    return function.wrong(known or _unknown(function), evidence=entry)


def _unknown(function: CheckedFunction) -> Recognised:
    """The verdict's words for wrong numbers of the right shape, without a known mistake."""
    numbers = function.deciding
    fitting = sum(map(function.is_right, numbers))
    if fitting:
        words = mark("It is right for only {fitting} of {numbers} networks. It has to be right for all sizes.")
        return Recognised("sometimes-right", tr(words, fitting=fitting, numbers=len(numbers)))
    if function.definition is not None and "training_data(" in function.definition.source:
        words = tr("It calls training_data() itself instead of using the x and y that it is given.")
        return Recognised("own-training-data", words, (r"training_data\(",))
    answers = [function.answer(each) for each in numbers]
    pairs = [
        (each.array, function.right[n]) for n, each in zip(numbers, answers, strict=True) if isinstance(each, Value)
    ]
    fits = len(pairs) == len(numbers) and all(found.shape == right.shape for found, right in pairs)
    if fits and all(np.max(np.abs(found - right)) <= NEAR * np.max(np.abs(right)) for found, right in pairs):
        is_rounded = re.search(ROUNDS, function.code)
        more = tr("Is something rounded on the way?") if is_rounded else tr("None is exact.")
        return Recognised("nearly-right", tr("The numbers are nearly right. {more}", more=more), (ROUNDS,))
    words = tr("The shape is right, but {function}.", function=_what_differs(pairs))
    return Recognised("numbers", words, hints=ideas(function.name))


def _what_differs(pairs: Sequence[tuple[FloatArray, FloatArray]]) -> str:
    """Which numbers are wrong, without a known reason: signs, a row, a column, or all of them."""
    everything = tr("the numbers are wrong")
    if any(found.shape != right.shape for found, right in pairs):
        return everything
    if all(same(np.abs(found), np.abs(right)) for found, right in pairs):
        return tr("some entries have the wrong sign")
    off = [np.abs(found - right) > TOLERANCE * np.max(np.abs(right)) for found, right in pairs]
    in_row = mark("the numbers in row {place} are wrong. The others are right")
    in_column = mark("the numbers in column {place} are wrong. The others are right")
    for axis, words in ((1, in_row), (0, in_column)):
        differing = {tuple(np.flatnonzero(each.any(axis=axis)).tolist()) for each in off}
        index = differing.pop()
        if not differing and len(index) == 1 and min(each.shape[1 - axis] for each in off) > 1:
            return tr(words, place=index[0] + 1)
    return everything


def changing(function: CheckedFunction, is_right: bool) -> Verdict:
    """The verdict on a function that changes x, y or a parameter, at that line; ``is_right`` is about its numbers.
    Right numbers do not help: the next iteration is ruined."""
    changed = function.changes
    words = tr_n(
        "It changes {names}, which is not its own: the next iteration is ruined. Work with a copy, under another name.",
        "It changes {names}, which are not its own: the next iteration is ruined. Work with a copy, under "
        "another name.",
        len(changed),
        names=listed(changed),
    )
    words = f"{tr('The numbers are right.')} {words}" if is_right else words
    clues: list[str] = []
    for name in changed:
        names = "(?:x|a0)" if name == "x" else name  # a0 is x itself
        clues += [rf"(?<![\w.]){names}\s*(?:\[.*\]\s*)?(?:[-+*/@]|\*\*|//)?=(?!=)", rf"\bout\s*=\s*{names}\b"]
        clues.append(r"\breset_network\s*\(")
    hint = tr("For example: {code}", code=f"my_{changed[0]} = {changed[0]}.copy()")
    return function.wrong(Recognised("changes-arguments", words, tuple(clues), (hint,)))


USUAL_SIZE = (0.3, 0.7)
"""Between which the root of the mean square of random numbers / 2 is, whatever chance brings."""


def altered_functions(problems: Sequence[Problem], outcome: Outcome) -> dict[str, str]:
    """What is different about each altered given function, by name; ``problems`` are the problems asked."""
    found = {}
    for name in GIVEN:
        answers = zip(problems, outcome.given_answers.get(name, []), strict=False)
        words = next((words for problem, answer in answers if (words := _difference(name, problem, answer))), "")
        if words:
            found[name] = words
    return found


def _difference(name: str, problem: Problem, answer: Answer) -> str:
    match answer:
        case Raised():
            return told_of(name, answer, problem)
        case Unfinished(ending=ending):
            return "" if ending in NOT_RUN else tr("{text}: {sentence}", text=name, sentence=tr(ending.value))
        case NoNumbers(kind=kind):
            return tr("{name} returns the wrong kind of value: {kind}.", name=name, kind=kind)
    wanted, found = given_answer(name, problem), answer.array
    if found.size == 1 and wanted.size == 1:
        found = found.reshape(wanted.shape)  # a cost may come as an array of one number
    if found.shape != wanted.shape:
        words = mark("{name} returns the shape {shape} instead of {wanted}.")
        return tr(words, name=name, shape=named(found.shape, None), wanted=named(wanted.shape, None))
    if name in LOOKS:
        return LOOKS[name](name, found, wanted)
    if same(found, wanted):
        return ""
    if name == "network_function":
        known, start = passed(problem), 0
        for part in ARRAYS:
            stop = start + known[part].shape[0]
            if not same(found[start:stop], wanted[start:stop]):
                return tr("network_function returns a different {found}.", found=part)
            start = stop
    return tr("cost is {found:.4g} instead of {wanted:.4g} for a test network.", found=found, wanted=wanted)


def _of_curve(name: str, found: FloatArray, wanted: FloatArray) -> str:
    """Where a function of z differs: at the first wrong z, of which the very first is 0."""
    off = ~(np.abs(found - wanted) <= TOLERANCE)  # true for nan too
    if not np.any(off):
        return ""
    index = tuple(np.argwhere(off)[0].tolist())
    words = mark("{name} at z = {z:g} is {found:.4g} instead of {wanted:.4g}.")
    z, now, should_be = (float(array[index]) for array in (SLOPE_POINTS, found, wanted))
    return tr(words, name=name, z=z, found=now, wanted=should_be)


def _of_reset(_: str, found: FloatArray, wanted: FloatArray) -> str:
    """What is wrong after a reset: the shapes, or random numbers of the wrong size."""
    for name, row, right in zip(PARAMETERS, found, wanted, strict=True):
        shape, needed = tuple(map(int, row[:2])), tuple(map(int, right[:2]))
        if shape != needed:
            words = mark("reset_network gives {name} the shape {shape} instead of {needed}.")
            return tr(words, name=name, shape=named(shape, None), needed=named(needed, None))
        if row[2] < right[2]:
            return tr("reset_network gives {name} the same numbers every time; they have to be random.", name=name)
        if not USUAL_SIZE[0] < row[3] < USUAL_SIZE[1]:
            words = mark("reset_network gives {name} numbers of about {row:.2g}; the exercise has about 0.5.")
            return tr(words, name=name, row=row[3])
    return ""


LOOKS = {"sigma": _of_curve, "d_sigma": _of_curve, "reset_network": _of_reset}

ORDER = ("J_W3", "J_b3", "J_W2", "J_b2", "J_W1", "J_b1")
"""As the exercise goes: from the output back."""
SLEEP = re.compile(r"\bsleep\(")
TOO_SLOW = mark("It is slow: it answered {answered} of {all} questions in the time that it has.")
RETURN_OUTSIDE = "return is outside a function"


def check(file: LearnerFile, seed: int | None = None, stopping: Event | None = None) -> Report:
    """Run a learner's functions in a child process and judge them. The caller has asked whether they may run. The
    networks come from ``seed``, or a fresh one. ``stopping`` ends the check, whose report then means nothing."""
    problems = problems_for_check(secrets.randbits(32) if seed is None else seed)
    return judge(file, problems, run_learner(file, problems, stopping=stopping))


def judge(file: LearnerFile, problems: Sequence[Problem], outcome: Outcome) -> Report:
    """Judge a learner's answers to ``problems``, of which at least one must have sizes that are all different. Mistakes
    are recognised best with `problems_for_check`."""
    right = [right_answers(problem) for problem in problems]
    functions, data = {}, data_outside(file.chunks)
    for name in ORDER:
        answers, rights = outcome.answers.get(name, []), [each[name] for each in right]
        function = CheckedFunction(name, file.last(name), problems, rights, answers)
        verdict = _judged(function, outcome, file, data)
        functions[name] = replace(verdict, cell_name=file.cell_name(verdict.cell, name))
    told = {verdict.line for verdict in functions.values() if verdict.kind == "return-outside"}
    unread = [each for each in file.unread if each.error != RETURN_OUTSIDE or each.line not in told]
    return Report(functions, altered_functions(problems, outcome), remarks(outcome, file, unread))


def _judged(function: CheckedFunction, outcome: Outcome, file: LearnerFile, data: Mapping[str, int]) -> Verdict:
    name, definition = function.name, function.definition
    if definition is None and not function.answers:
        letters = [each.name.replace("_", "").lower() for each in file.definitions]
        own = name.replace("_", "").lower()
        near = next((each.name for each, of in zip(file.definitions, letters, strict=True) if of == own), "")
        words = tr("{name} is not defined in this file.", name=name)
        return function.missing(f"{words} {tr('Did you mean {near}?', near=near)}" if near else words)
    if definition is not None and definition.error:
        return _unparsed(function, definition)
    is_right = bool(function.deciding) and all(map(function.is_right, function.deciding))
    if function.changes:
        return changing(function, is_right)
    if is_right:
        line, cell = (definition.line, definition.cell) if definition else (None, None)
        return Verdict(name, Grade.RIGHT, line=line, cell=cell)
    first = next(iter(function.answers), None)
    not_implemented = isinstance(first, Raised) and first.kind == "NotImplementedError"
    if not_implemented or (definition is not None and is_unwritten(definition.source)):
        return function.missing(tr("{name} is not written yet.", name=name))
    read = _ended(function, outcome) or _returns_outside(function, file) or function.written(data)
    verdict = read or why_wrong(function)
    if verdict.kind == "prints" and PRINTED_FUNCTION in outcome.output:
        return replace(verdict, kind="prints-function", reason=f"{verdict.reason} {tr(PRINTED_FUNCTION_WORDS)}")
    return verdict


def _returns_outside(function: CheckedFunction, file: LearnerFile) -> Verdict | None:
    """The verdict if the lines below a function are not indented, so that Python cannot read its ``return``."""
    definition = function.definition
    if definition is None or "return" in function.code:
        return None
    end = definition.line + len(definition.source.splitlines())
    starts = [each.line for each in file.definitions if each.cell == definition.cell and each.line >= end]
    for each in file.unread:
        is_below = each.cell == definition.cell and end <= each.line < min(starts, default=each.line + 1)
        if is_below and each.error == RETURN_OUTSIDE:
            words = tr("This return is not indented, so it does not belong to the function. Put spaces in front of it.")
            return function.wrong(Recognised("return-outside", words), each.line, each.cell)
    return None


def _unparsed(function: CheckedFunction, definition: Definition) -> Verdict:
    if is_unwritten(definition.source):
        line = definition.line + blank_lines(definition.source)[0] - 1
        words = mark("{name} is not written yet: nothing follows the = in line {line}.")
        return function.missing(tr(words, name=function.name, line=line), line)
    found = Recognised("syntax", cannot_read(definition.error))
    return function.wrong(found, definition.error_line or definition.line, definition.cell)


def _ended(function: CheckedFunction, outcome: Outcome) -> Verdict | None:
    """The verdict if the program ended in this function, before it, or while the function was being defined."""
    ending = next((each.ending for each in function.answers if isinstance(each, Unfinished)), None)
    if ending is None and not function.answers:
        if definition := function.definition:  # a decorator, or a default value
            lines = range(definition.line, definition.line + len(definition.source.splitlines()))
            for raised in outcome.top_level:
                if raised.line in lines and raised.cell == definition.cell:
                    return of_exception(function, raised, function.problems[0])
        ending = outcome.ending
    answered = sum(not isinstance(each, Unfinished) for each in function.answers)
    says_enough = ending in {Ending.TIMED_OUT, Ending.BUSY} and answered >= len(function.deciding)
    if ending is None or says_enough:
        return None
    if ending is Ending.FINISHED:
        words = tr("After the file has run, {name} is not a function.", name=function.name)
        return function.wrong(Recognised("not-callable", words))
    if ending in NOT_RUN:
        return function.unjudged(tr(ending.value), ending.name.lower())
    if ending is Ending.TIMED_OUT and (answered or SLEEP.search(function.code)):
        words = tr(TOO_SLOW, answered=answered, all=len(function.problems))
        return function.wrong(Recognised("too-slow", words, (SLEEP.pattern,)))
    return function.wrong(Recognised(ending.name.lower().replace("_", "-"), tr(ending.value)))
