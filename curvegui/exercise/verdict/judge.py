"""The verdict on a learner's six Jacobians: right, wrong and why, or not written yet."""

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from threading import Event

from curvegui.core.language.text import mark, tr
from curvegui.exercise.file.learner_file import Definition, LearnerFile
from curvegui.exercise.file.parsing import cannot_read
from curvegui.exercise.file.unwritten import blank_lines, is_unwritten
from curvegui.exercise.mistakes.problems import problems_for_check, right_answers
from curvegui.exercise.mistakes.recognition import Recognised
from curvegui.exercise.mistakes.written import data_outside
from curvegui.exercise.problem import Problem
from curvegui.exercise.runner.outcome import Ending, Outcome, Raised, Unfinished
from curvegui.exercise.runner.runner import run_learner
from curvegui.exercise.verdict.altered_functions import altered_functions
from curvegui.exercise.verdict.checked_function import CheckedFunction
from curvegui.exercise.verdict.reasons import changing, of_exception, why_wrong
from curvegui.exercise.verdict.verdict import Grade, Report, Verdict
from curvegui.exercise.verdict.words import ENDINGS, NOT_RUN, PRINTED_FUNCTION, PRINTED_FUNCTION_WORDS, remarks

ORDER = ("J_W3", "J_b3", "J_W2", "J_b2", "J_W1", "J_b1")
"""As the exercise goes: from the output back."""
SLEEP = re.compile(r"\bsleep\(")
TOO_SLOW = mark("It is slow: it answered {answered} of {all} questions in the time that it has.")
RETURN_OUTSIDE = "return is outside a function"


def check(file: LearnerFile, seed: int | None = None, stopping: Event | None = None) -> Report:
    """Run a learner's functions in a child process and judge them. The caller has asked whether they may run.

    The networks come from ``seed``, or a fresh one. Setting ``stopping`` ends it, and then the report means nothing.
    """
    problems = problems_for_check(secrets.randbits(32) if seed is None else seed)
    return judge(file, problems, run_learner(file, problems, stopping=stopping))


def judge(file: LearnerFile, problems: Sequence[Problem], outcome: Outcome) -> Report:
    """Judge what a learner's functions answered.

    ``problems`` are those that were asked; at least one must have sizes that are all different. Mistakes are recognised
    best with ``problems_for_check``.
    """
    right = [right_answers(problem) for problem in problems]
    functions, data = {}, data_outside(file.chunks)
    for name in ORDER:
        function = CheckedFunction(
            name, file.last(name), problems, [each[name] for each in right], outcome.answers.get(name, [])
        )
        verdict = _judged(function, outcome, _alike(name, file), file, data)
        functions[name] = replace(verdict, cell_name=file.cell_name(verdict.cell, name))
    told = {verdict.line for verdict in functions.values() if verdict.kind == "return-outside"}
    unread = [each for each in file.unread if each.error != RETURN_OUTSIDE or each.line not in told]
    return Report(functions, altered_functions(problems, outcome), remarks(outcome, file, unread))


def _alike(name: str, file: LearnerFile) -> str:
    """Another name in the file that may have been meant for this one, or nothing."""
    letters = name.replace("_", "").lower()
    found = (each.name for each in file.definitions if each.name.replace("_", "").lower() == letters)
    return next((each for each in found if each != name), "")


def _judged(
    function: CheckedFunction, outcome: Outcome, alike: str, file: LearnerFile, data: Mapping[str, int]
) -> Verdict:
    definition = function.definition
    if definition is None and not function.answers:
        words = tr("{name} is not defined in this file.", name=function.name)
        return function.missing(f"{words} {tr('Did you mean {near}?', near=alike)}" if alike else words)
    if definition is not None and definition.error:
        return _unparsed(function, definition)
    return _answered(function) or _why(function, outcome, file, data)


def _answered(function: CheckedFunction) -> Verdict | None:
    """The verdict if it is right, changes what it is given, or is not written yet."""
    definition = function.definition
    is_right = bool(function.deciding) and all(map(function.is_right, function.deciding))
    if function.changes:
        return changing(function, is_right)
    if is_right:
        return Verdict(function.name, Grade.RIGHT, line=definition.line if definition else None,
                       cell=definition.cell if definition else None)  # fmt: skip
    first = next(iter(function.answers), None)
    not_implemented = isinstance(first, Raised) and first.kind == "NotImplementedError"
    if not_implemented or (definition is not None and is_unwritten(definition.source)):
        return function.missing(tr("{name} is not written yet.", name=function.name))
    return None


def _why(function: CheckedFunction, outcome: Outcome, file: LearnerFile, data: Mapping[str, int]) -> Verdict:
    read = _ended(function, outcome) or _returns_outside(function, file) or function.written(data)
    verdict = read or why_wrong(function)
    if verdict.kind == "prints" and PRINTED_FUNCTION in outcome.output:
        return replace(verdict, kind="prints-function", reason=f"{verdict.reason} {tr(PRINTED_FUNCTION_WORDS)}")
    return verdict


def _returns_outside(function: CheckedFunction, file: LearnerFile) -> Verdict | None:
    """The verdict if the lines below a function are not indented, of which the ``return`` cannot be read."""
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
        return function.missing(
            tr("{name} is not written yet: nothing follows the = in line {line}.", name=function.name, line=line), line
        )
    found = Recognised("syntax", cannot_read(definition.error))
    return function.wrong(found, definition.error_line or definition.line, definition.cell)


def _ended(function: CheckedFunction, outcome: Outcome) -> Verdict | None:
    """The verdict if the program ended in this function, before it, or while the function was being defined."""
    ending = next((each.ending for each in function.answers if isinstance(each, Unfinished)), None)
    if ending is None and not function.answers:
        raised = _while_defined(function, outcome)
        if raised is not None:
            return of_exception(function, raised, function.problems[0])
        ending = outcome.ending
    answered = sum(not isinstance(each, Unfinished) for each in function.answers)
    says_enough = ending in {Ending.TIMED_OUT, Ending.BUSY} and answered >= len(function.deciding)
    if ending is None or says_enough:
        return None
    if ending is Ending.FINISHED:
        return function.wrong(
            Recognised("not-callable", tr("After the file has run, {name} is not a function.", name=function.name))
        )
    if ending in NOT_RUN:
        return function.unjudged(tr(ENDINGS[ending]), ending.name.lower())
    if ending is Ending.TIMED_OUT and (answered or SLEEP.search(function.code)):
        return function.wrong(
            Recognised("too-slow", tr(TOO_SLOW, answered=answered, all=len(function.problems)), (SLEEP.pattern,))
        )
    return function.wrong(Recognised(ending.name.lower().replace("_", "-"), tr(ENDINGS[ending])))


def _while_defined(function: CheckedFunction, outcome: Outcome) -> Raised | None:
    """What was raised in the lines of the definition itself: by a decorator, or a default value."""
    definition = function.definition
    if definition is None:
        return None
    lines = range(definition.line, definition.line + len(definition.source.splitlines()))
    return next((each for each in outcome.top_level if each.line in lines and each.cell == definition.cell), None)
