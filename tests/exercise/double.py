"""A runner in this process, for files of our own that do no harm: the judge's tests need no child."""

import contextlib
import io
import sys
import warnings
from pathlib import Path

import numpy as np

from curvegui.exercise.child.main import CountedOutput, answer, problem_arrays
from curvegui.exercise.child.namespace import LearnerNamespace
from curvegui.exercise.child.stand_ins import REPLACED, StandInImports
from curvegui.exercise.child.wire import LENGTHS, lengths, pack, unpack
from curvegui.exercise.file.learner_file import LearnerFile, learner_file
from curvegui.exercise.file.needed_statements import needed_statements
from curvegui.exercise.problem import GIVEN, JACOBIANS
from curvegui.exercise.runner.outcome import Ending, Outcome
from curvegui.exercise.runner.runner import PROVIDED, Heard


def file_of(source: str) -> LearnerFile:
    """What the real reader finds in a source."""
    return learner_file(Path("learner.py"), source.encode())


def run_here(file: LearnerFile, problems) -> Outcome:
    """As the child does, without its limits."""
    names = [name for name in (*JACOBIANS, *GIVEN) if (found := file.last(name)) and not found.error]
    request = {"task": "ask", "ask": names, "run": needed_statements(file.chunks, names, PROVIDED)}
    heard, printed = Heard(len(problems)), io.StringIO()
    output = CountedOutput(printed, 2**53)

    def send(header, arrays=()):
        message = pack(header, arrays)
        end = LENGTHS.size + lengths(message[: LENGTHS.size])[0]
        heard.take(*unpack(message[LENGTHS.size : end], message[end:]), 0.0)

    with without_plots(), contextlib.redirect_stdout(output), np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        answer(LearnerNamespace(file.chunks), request, problem_arrays(problems), send, output)
    answers, given = ({each: heard.answers.get(each, []) for each in names if each in of} for of in (JACOBIANS, GIVEN))
    return Outcome(answers, given, Ending.FINISHED, printed.getvalue(), tuple(heard.top_level.values()))


@contextlib.contextmanager
def without_plots():
    """Stand-ins for what draws, as in the child: the real Matplotlib would take 36 MB of this process for good."""
    finder, before = StandInImports(), set(sys.modules)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        for name in set(sys.modules) - before:
            if name.partition(".")[0] in REPLACED:
                del sys.modules[name]
