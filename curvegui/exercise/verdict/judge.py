"""The verdict on a learner's six Jacobians: right, wrong and why, or not written yet."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from threading import Event

from curvegui.exercise.file.learner_file import Definition, LearnerFile
from curvegui.exercise.file.parsing import cannot_read
from curvegui.exercise.file.unwritten import blank_lines, is_unwritten
from curvegui.exercise.mistakes.problems import problems_for_check, right_answers
from curvegui.exercise.mistakes.recognition import Recognised
from curvegui.exercise.problem import Problem
from curvegui.exercise.runner.outcome import Ending, Outcome, Raised, Unfinished
from curvegui.exercise.runner.runner import run_learner
from curvegui.exercise.verdict.altered_functions import altered_functions
from curvegui.exercise.verdict.checked_function import CheckedFunction
from curvegui.exercise.verdict.reasons import of_exception, why_wrong
from curvegui.exercise.verdict.verdict import Grade, Report, Verdict
from curvegui.exercise.verdict.words import ENDINGS, PRINTED_FUNCTION, PRINTED_FUNCTION_WORDS, remarks

ORDER = ("J_W3", "J_b3", "J_W2", "J_b2", "J_W1", "J_b1")
"""As the exercise goes: from the output back."""


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
    functions = {}
    for name in ORDER:
        function = CheckedFunction(
            name, file.last(name), problems, [each[name] for each in right], outcome.answers.get(name, [])
        )
        functions[name] = _judged(function, outcome, _alike(name, file))
    return Report(functions, altered_functions(problems, outcome), remarks(outcome, file.unread))


def _alike(name: str, file: LearnerFile) -> str:
    """Another name in the file that may have been meant for this one, or nothing."""
    letters = name.replace("_", "").lower()
    found = (each.name for each in file.definitions if each.name.replace("_", "").lower() == letters)
    return next((each for each in found if each != name), "")


def _judged(function: CheckedFunction, outcome: Outcome, alike: str) -> Verdict:
    definition = function.definition
    if definition is None and not function.answers:
        more = f" Did you mean {alike}?" if alike else ""
        return function.missing(f"{function.name} is not defined in this file.{more}")
    if definition is not None and definition.error:
        return _unparsed(function, definition)
    if function.deciding and all(map(function.is_right, function.deciding)):
        return Verdict(function.name, Grade.RIGHT, line=definition.line if definition else None,
                       cell=definition.cell if definition else None)  # fmt: skip
    first = next(iter(function.answers), None)
    not_implemented = isinstance(first, Raised) and first.kind == "NotImplementedError"
    if not_implemented or (definition is not None and is_unwritten(definition.source)):
        return function.missing(f"{function.name} is not written yet.")
    verdict = _ended(function, outcome) or why_wrong(function)
    if verdict.kind == "prints" and PRINTED_FUNCTION in outcome.output:
        return replace(verdict, kind="prints-function", reason=f"{verdict.reason} {PRINTED_FUNCTION_WORDS}")
    return verdict


def _unparsed(function: CheckedFunction, definition: Definition) -> Verdict:
    if is_unwritten(definition.source):
        line = definition.line + blank_lines(definition.source)[0] - 1
        return function.missing(f"{function.name} is not written yet: nothing follows the = in line {line}.", line)
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
    if ending is None:
        return None
    if ending is Ending.FINISHED:
        return function.wrong(Recognised("not-callable", f"After the file has run, {function.name} is not a function."))
    return function.wrong(Recognised(ending.name.lower().replace("_", "-"), ENDINGS[ending]))


def _while_defined(function: CheckedFunction, outcome: Outcome) -> Raised | None:
    """What was raised in the lines of the definition itself: by a decorator, or a default value."""
    definition = function.definition
    if definition is None:
        return None
    lines = range(definition.line, definition.line + len(definition.source.splitlines()))
    return next((each for each in outcome.top_level if each.line in lines and each.cell == definition.cell), None)
