"""The verdict on a learner's six Jacobians: right, wrong and why, or not yet written."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.exercise.altered import altered_functions
from curvegui.exercise.learner_file import Definition, LearnerFile
from curvegui.exercise.outcome import Answer, Ending, NoNumbers, Outcome, Raised, Unfinished, Value
from curvegui.exercise.pointing import line_of, shows
from curvegui.exercise.problem import Problem
from curvegui.exercise.problems import decides, problems_for_check
from curvegui.exercise.raised import ADVICE, NUMBER_ADVICE, in_words
from curvegui.exercise.recognition import Recognised, recognise, same
from curvegui.exercise.reference import finite_difference, right_answers
from curvegui.exercise.unwritten import blank_lines, is_unwritten
from curvegui.exercise.verdict import Grade, Report, Verdict
from curvegui.exercise.words import ENDINGS, dimensions, no_numbers, remarks

ORDER = ("J_W3", "J_b3", "J_W2", "J_b2", "J_W1", "J_b1")
"""As the exercise goes: from the output back."""


def check_file(path: Path, seed: int | None = None) -> Report:
    """Run a learner's file in a child process and judge it. Whoever calls has asked whether it may run.

    Parameters
    ----------
    path : Path
    seed : int, optional
        Of the networks that it is tried on; a fresh one each time unless given.

    Raises
    ------
    OSError, ValueError
        If the file cannot be read; the message says why.
    """
    from curvegui.exercise.reading import read_learner_file
    from curvegui.exercise.runner import run_learner

    problems = problems_for_check(secrets.randbits(32) if seed is None else seed)
    file = read_learner_file(path)
    return judge(file, problems, run_learner(file, problems))


def judge(file: LearnerFile, problems: Sequence[Problem], outcome: Outcome) -> Report:
    """Judge what a learner's functions answered.

    Parameters
    ----------
    file : LearnerFile
    problems : sequence of Problem
        As they were asked; of ``problems_for_check`` the mistakes are recognised best. At least one must have sizes
        that are all different.
    outcome : Outcome
    """
    right = [right_answers(problem) for problem in problems]
    functions = {}
    for name in ORDER:
        case = _Case(name, file.last(name), problems, [each[name] for each in right], outcome.answers.get(name, []))
        functions[name] = _judged(case, outcome)
    return Report(functions, altered_functions(problems, outcome), remarks(outcome))


@dataclass(frozen=True, eq=False)
class _Case:
    """One function, what it was asked, and what it answered."""

    name: str
    definition: Definition | None
    problems: Sequence[Problem]
    right: Sequence[FloatArray]
    answers: Sequence[Answer]

    @property
    def deciding(self) -> list[int]:
        """The numbers of the problems that decide."""
        return [number for number, problem in enumerate(self.problems) if decides(problem)]

    def answer(self, number: int) -> Answer | None:
        """To a problem; None where it was not asked any more."""
        return self.answers[number] if number < len(self.answers) else None

    def arrays(self) -> list[FloatArray | None]:
        """The answers that are numbers, None for the others."""
        return [each.array if isinstance(each, Value) else None for each in self.answers]

    def wrong(self, found: Recognised, line: int | None = None, cell: int | None = None) -> Verdict:
        """A verdict with its place: the given one, or where the clues are."""
        if line is None:
            line, cell = line_of(self.definition, found.clues), self.definition.cell if self.definition else None
        return Verdict(self.name, Grade.WRONG, found.sentence, found.kind, line, cell)

    def missing(self, reason: str, line: int | None = None) -> Verdict:
        """Not yet written."""
        definition = self.definition
        place = (line or definition.line, definition.cell) if definition else (None, None)
        return Verdict(self.name, Grade.MISSING, reason, "not-written", *place)


def _judged(case: _Case, outcome: Outcome) -> Verdict:
    definition = case.definition
    if definition is None and not case.answers:
        return case.missing(f"{case.name} is not defined in this file.")
    if definition is not None and definition.error:
        return _unparsed(case, definition)
    if _is_right(case):
        return Verdict(case.name, Grade.RIGHT, line=definition.line if definition else None,
                       cell=definition.cell if definition else None)  # fmt: skip
    first = next(iter(case.answers), None)
    not_implemented = isinstance(first, Raised) and first.kind == "NotImplementedError"
    if not_implemented or (definition is not None and is_unwritten(definition.source)):
        return case.missing(f"{case.name} is not yet written.")
    return _ended(case, outcome) or _wrong(case)


def _unparsed(case: _Case, definition: Definition) -> Verdict:
    if is_unwritten(definition.source):
        line = definition.line + blank_lines(definition.source)[0] - 1
        return case.missing(f"{case.name} is not yet written: line {line} ends after the =.", line)
    found = Recognised("syntax", f"Python cannot read it: {definition.error.rstrip('.')}.")
    return case.wrong(found, definition.error_line or definition.line, definition.cell)


def _is_right(case: _Case) -> bool:
    """Right on every network whose sizes are all different."""
    numbers = case.deciding
    answers = [case.answer(number) for number in numbers]
    return bool(numbers) and all(
        isinstance(answer, Value) and same(answer.array, case.right[number])
        for number, answer in zip(numbers, answers, strict=True)
    )


def _ended(case: _Case, outcome: Outcome) -> Verdict | None:
    """The program ended in this function, before it, or while the function was being defined."""
    ending = next((each.ending for each in case.answers if isinstance(each, Unfinished)), None)
    if ending is None and not case.answers:
        raised = _while_defined(case, outcome)
        if raised is not None:
            return _of_exception(case, raised, case.problems[0])
        ending = outcome.ending
    if ending is None:
        return None
    if ending is Ending.FINISHED:
        return case.wrong(
            Recognised("not-callable", f"{case.name} was not there as a function after the file had run.")
        )
    return case.wrong(Recognised(ending.name.lower().replace("_", "-"), ENDINGS[ending]))


def _while_defined(case: _Case, outcome: Outcome) -> Raised | None:
    """What was raised in the lines of the definition itself: by a decorator, or a default value."""
    definition = case.definition
    if definition is None:
        return None
    lines = range(definition.line, definition.line + len(definition.source.splitlines()))
    return next((each for each in outcome.top_level if each.line in lines and each.cell == definition.cell), None)


def _wrong(case: _Case) -> Verdict:
    """Why the answers are wrong: a known mistake, an exception, no numbers, the shape, or the entry most off."""
    number = next((each for each in case.deciding if not _fits(case, each)), 0)
    answer, problem = case.answer(number), case.problems[number]
    known = recognise(case.name, case.problems, case.arrays())
    if isinstance(answer, Raised):
        return _of_exception(case, answer, problem, known)
    if isinstance(answer, NoNumbers):
        return case.wrong(no_numbers(answer, case.name))
    if not isinstance(answer, Value):
        return case.wrong(Recognised("not-reached", f"{case.name} gave no answer."))
    if known is not None:
        known = _as_written(case, known)
    if answer.array.shape != case.right[number].shape:
        return _of_shape(case, answer.array, number, known)
    return _of_numbers(case, answer.array, number, known)


def _fits(case: _Case, number: int) -> bool:
    answer = case.answer(number)
    return isinstance(answer, Value) and same(answer.array, case.right[number])


def _as_written(case: _Case, known: Recognised) -> Recognised:
    """The same mistake in other words, where the source says how it was made."""
    source = case.definition.source if case.definition else ""
    if known.kind == "missing-size" and "len(x)" in source.replace(" ", ""):
        words = "len(x) is 1, the number of rows: divide by x.size, the number of points."
        return Recognised("len-for-size", words, (r"len\(\s*x\s*\)",))
    if known.kind == "missing-2" and "y.size" in source:
        return Recognised("y-size", "y.size is twice the number of points: divide by x.size.", (r"y\.size",))
    return known


def _of_exception(case: _Case, raised: Raised, problem: Problem, known: Recognised | None = None) -> Verdict:
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


def _of_shape(case: _Case, found: FloatArray, number: int, known: Recognised | None) -> Verdict:
    wanted = case.right[number].shape
    words = f"The shape is {dimensions(found.shape)}, and should be {dimensions(wanted)}, as {case.name[2:]} has it."
    if known is not None:
        return case.wrong(Recognised(known.kind, f"{known.sentence} {words}", known.clues))
    shapes = {each.shape for each in case.arrays() if each is not None}
    if len(case.deciding) > 1 and len(shapes) == 1 and found.ndim == 2:
        more = f" It is the same for every network. {NUMBER_ADVICE}"
        return case.wrong(Recognised("fixed-shape", words + more))
    return case.wrong(Recognised("shape", words))


def _of_numbers(case: _Case, found: FloatArray, number: int, known: Recognised | None) -> Verdict:
    right, problem = case.right[number], case.problems[number]
    if not np.all(np.isfinite(found)):
        return case.wrong(Recognised("not-finite", "There are numbers in it that are none: nan, or infinite."))
    row, column = (int(each) for each in np.unravel_index(np.argmax(np.abs(found - right)), right.shape))
    expected = finite_difference(problem, case.name, row, column)
    words = f"On one network, row {row + 1}, column {column + 1} is {found[row, column] + 0.0:.4g}"
    entry = f"{words}; a finite difference gives {expected:.4g}."
    known = _unvarying(case) or known or _unknown(case)
    verdict = case.wrong(Recognised(known.kind, f"{known.sentence} {entry}", known.clues))
    return replace(verdict, entry=(row, column), found=float(found[row, column]), expected=expected)


def _unvarying(case: _Case) -> Recognised | None:
    """An answer that takes no notice of the question."""
    arrays = [array for array in case.arrays() if array is not None]
    if all(not np.any(array) for array in arrays):
        return Recognised("all-zero", "All of it is zero.")
    if len(arrays) > 1 and all(np.array_equal(array, arrays[0]) for array in arrays):
        return Recognised("hard-coded", "The answer is the same whatever the network: it has to be computed.")
    return None


def _unknown(case: _Case) -> Recognised:
    """Wrong numbers of the right shape, and no mistake that is known."""
    numbers = case.deciding
    fitting = sum(_fits(case, each) for each in numbers)
    if fitting:
        words = f"It is right for {fitting} of {len(numbers)} networks only: it must be for networks of any size."
        return Recognised("sometimes-right", words)
    if case.definition is not None and "training_data(" in case.definition.source:
        words = "It asks for training_data() itself: it should use the x and y that it is given."
        return Recognised("own-training-data", words, (r"training_data\(",))
    return Recognised("numbers", "The numbers are wrong.")
