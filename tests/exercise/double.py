"""A runner in this process, for files of our own that do no harm: the judge's tests need no child."""

import contextlib
import io
import sys
import traceback
import warnings
from functools import partial
from pathlib import Path

import numpy as np

from curvegui.exercise.child.given_functions import OddAnswer, ask_given, given_functions
from curvegui.exercise.child.stand_ins import REPLACED, StandInImports
from curvegui.exercise.file.learner_file import LearnerFile, learner_file
from curvegui.exercise.problem import GIVEN, JACOBIANS
from curvegui.exercise.runner.outcome import Ending, NoNumbers, Outcome, Raised, Unfinished, Value

TEXTS = {}  # of the file that is run


def file_of(source: str) -> LearnerFile:
    """What the real reader finds in a source."""
    return learner_file(Path("learner.py"), source.encode())


def run_here(file: LearnerFile, problems) -> Outcome:
    """As the child does, without its limits."""
    world = {
        "np": np,
        "numpy": np,
        "__name__": "__main__",
        "training_data": lambda: (np.zeros((1, 5)), np.zeros((2, 5))),
    }
    world |= given_functions(world)
    top_level = []
    TEXTS.clear()
    TEXTS.update({(c, line + at): t for s, line, c in file.chunks for at, t in enumerate(s.splitlines())})
    printed = io.StringIO()
    with without_plots(), contextlib.redirect_stdout(printed), np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for source, line, cell in file.chunks:
            try:
                exec(compile("\n" * (line - 1) + source, f"<cell {cell}>", "exec"), world)
            except Exception as error:
                top_level.append(_raised(error))
        theirs = {name: world[name] for name in GIVEN if file.last(name) and callable(world.get(name))}
        mine = {name: world[name] for name in JACOBIANS if name in world}
        world |= given_functions(world)
        answers = {
            name: [_asked(world, mine[name], each, (each.x.copy(), each.y.copy())) for each in problems]
            for name in mine
        }
        given = {
            name: [_asked(world, partial(ask_given, name, theirs[name], world), each, (each,)) for each in problems]
            for name in theirs
        }
    return Outcome(answers, given, Ending.FINISHED, printed.getvalue(), tuple(top_level))


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


def _asked(world, function, problem, arguments):
    world |= {name: array.copy() for name, array in problem.parameters.items()}
    before = sys.stdout.tell()
    try:
        found = function(*arguments)
    except OddAnswer as error:
        return NoNumbers(str(error))
    except SystemExit:
        return Unfinished(Ending.EXITED)
    except Exception as error:
        return _raised(error)
    if not isinstance(found, np.ndarray | np.number | float | int):
        return NoNumbers(type(found).__name__, sys.stdout.tell() > before)
    now = world | dict(zip("xy", arguments, strict=False))
    before = {"x": problem.x, "y": problem.y} | problem.parameters
    changed = [name for name in before if not _alike(now.get(name), before[name])]
    return Value(np.asarray(found, dtype=float), tuple(changed) if len(arguments) == 2 else ())


def _alike(now, before):
    return np.shape(now) == before.shape and bool((np.abs(now - before) <= 1e-9).all())


def _raised(error):
    frames = [each for each in traceback.extract_tb(error.__traceback__) if each.filename.startswith("<cell")]
    line = frames[-1].lineno if frames else getattr(error, "lineno", None)
    cell = int(frames[-1].filename[6:-1]) if frames and "None" not in frames[-1].filename else None
    return Raised(
        type(error).__name__, str(error), line, cell, TEXTS.get((cell, line), ""), getattr(error, "name", None) or ""
    )
